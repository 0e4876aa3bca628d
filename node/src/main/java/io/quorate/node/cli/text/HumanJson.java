package io.quorate.node.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Any JSON as text for people: fields as lines, a list of objects as a table. */
public final class HumanJson {
    private static final int CELL_CHARACTERS_MAX = 48;

    private final List<String> lines = new ArrayList<>();

    private HumanJson() {}

    /** The lines of the text, without the last line's end. */
    public static String render(JsonNode json) {
        HumanJson text = new HumanJson();
        text.value("", json);
        return String.join("\n", text.lines);
    }

    private void value(String indent, JsonNode json) {
        if (json.isObject()) {
            object(indent, json);
        } else if (isTable(json)) {
            table(indent, json);
        } else {
            lines.add(indent + cell(json));
        }
    }

    private void object(String indent, JsonNode json) {
        int width = json.properties().stream()
                .filter(field -> !isBlock(field.getValue()))
                .mapToInt(field -> field.getKey().length())
                .max()
                .orElse(0);
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (isBlock(field.getValue())) {
                lines.add(indent + field.getKey());
                value(indent + "  ", field.getValue());
            } else {
                lines.add(indent + padded(field.getKey(), width) + "  " + cell(field.getValue()));
            }
        }
    }

    private void table(String indent, JsonNode json) {
        Set<String> columns = new LinkedHashSet<>();
        json.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.copyOf(columns));
        json.forEach(row ->
                rows.add(columns.stream().map(column -> cell(row.path(column))).toList()));
        rows(indent, rows);
    }

    private void rows(String indent, List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < widths.length; i++) {
                line.append(padded(row.get(i), widths[i])).append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    /** Whether it takes lines of its own. */
    private static boolean isBlock(JsonNode json) {
        return json.isObject() || isTable(json);
    }

    private static boolean isTable(JsonNode json) {
        return json.isArray() && !json.isEmpty() && json.get(0).isObject();
    }

    private static String cell(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return "-";
        }
        if (isTable(json)) {
            return Integer.toString(json.size());
        }
        if (json.isArray()) {
            List<String> elements = new ArrayList<>();
            json.forEach(element -> elements.add(element.asText()));
            return elements.isEmpty() ? "-" : String.join(" ", elements);
        }
        String text = json.isValueNode() ? json.asText() : json.toString();
        return text.length() <= CELL_CHARACTERS_MAX ? text : text.substring(0, CELL_CHARACTERS_MAX) + "…";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
