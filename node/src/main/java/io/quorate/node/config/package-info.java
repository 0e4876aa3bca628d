/**
 * The node's configuration: read once at start from defaults, a YAML file, the environment and {@code --set}, each over the one
 * before, into one immutable {@link io.quorate.node.config.Settings}. Nothing is guessed: an unknown key or a malformed value
 * stops the node with one sentence that says where it stands and what is allowed.
 */
package io.quorate.node.config;
