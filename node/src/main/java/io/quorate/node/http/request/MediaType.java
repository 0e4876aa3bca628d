package io.quorate.node.http.request;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request's body says it is. */
public final class MediaType {
    /** A form is what {@code curl -d} calls everything; the body is checked to be JSON whatever it is called. */
    private static final Pattern JSON =
            Pattern.compile("application/(json|[a-z0-9!#$&^_.+-]+\\+json|x-www-form-urlencoded)");

    private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)\"?");

    private MediaType() {}

    /** Refuses a body that is said to be something else than JSON in UTF-8, uncompressed. */
    public static void requireJson(MultiMap headers) {
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        if (type != null && !type.equals("application/json")) {
            requireJson(type.toLowerCase(Locale.ROOT));
        }
        String encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Refusal(Problem.unsupportedMediaType("Send the body as it is, without a Content-Encoding."));
        }
    }

    private static void requireJson(String type) {
        int end = type.indexOf(';');
        String essence = (end < 0 ? type : type.substring(0, end)).strip();
        if (!JSON.matcher(essence).matches()) {
            throw new Refusal(Problem.unsupportedMediaType(
                    "Values are JSON: send Content-Type: application/json instead of '" + essence + "', or none."));
        }
        Matcher charset = CHARSET.matcher(type);
        if (charset.find() && !charset.group(1).equals("utf-8")) {
            throw new Refusal(Problem.unsupportedMediaType(
                    "JSON is UTF-8: send no charset or utf-8 instead of '" + charset.group(1) + "'."));
        }
    }
}
