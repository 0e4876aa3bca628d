package io.quorate.node.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A key's value as somebody wrote it.
 *
 * @param source where, as it reads after "in": {@code conf/production.yaml}, {@code --set}
 */
record Entry(String key, JsonNode value, String source) {}
