package io.quorate.node.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Addresses, written {@code [10.0.0.1:9101, 10.0.0.2:9101]} or, as one text, with commas between them. */
final class AddressList implements Kind<List<String>> {
    private final Kind<String> address;

    AddressList(Kind<String> address) {
        this.address = address;
    }

    @Override
    public List<String> parse(JsonNode node) throws MalformedValueException {
        List<String> addresses = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode entry : node) {
                addresses.add(address.parse(entry));
            }
        } else {
            for (String part : node.asText().split(",", -1)) {
                addresses.add(address.parse(TextNode.valueOf(part.trim())));
            }
        }
        return addresses;
    }
}
