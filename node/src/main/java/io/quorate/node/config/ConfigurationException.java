package io.quorate.node.config;

/** A configuration that no node can start with; its message is one sentence that names the key and where it was set. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1;

    ConfigurationException(String message) {
        super(message);
    }

    ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
