package io.quorate.node.http.request;

/**
 * A request's target, cut in two but not decoded: decoding first would make a slash of the key a slash of the path.
 *
 * @param path starts with a slash
 * @param query what follows the question mark; empty when nothing does
 */
public record Target(String path, String query) {
    public static Target of(String uri) {
        String own = uri.startsWith("/") ? uri : withoutAuthority(uri);
        int question = own.indexOf('?');
        return question < 0 ? new Target(own, "") : new Target(own.substring(0, question), own.substring(question + 1));
    }

    /** A proxy may send the absolute form, {@code http://host/path}. */
    private static String withoutAuthority(String uri) {
        int authority = uri.indexOf("://");
        int path = authority < 0 ? -1 : uri.indexOf('/', authority + 3);
        return path < 0 ? "/" : uri.substring(path);
    }
}
