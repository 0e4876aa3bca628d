package io.quorate.node.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Bytes;
import org.junit.jupiter.api.Test;

class JsonOutTest {
    @Test
    void commasStandBetweenFieldsAndElementsOnly() {
        JsonOut json = new JsonOut(1).object().field("a", 1).name("b").array();
        json.object().endObject().object().field("c", true).field("d", "x").endObject();
        json.array().endArray().number(-5).nothing().endArray();
        json.name("e").raw(Bytes.utf8("{\"f\": 2.50}")).name("g").object().endObject();

        assertThat(json.endObject().toBuffer().toString())
                .isEqualTo("{\"a\":1,\"b\":[{},{\"c\":true,\"d\":\"x\"},[],-5,null],\"e\":{\"f\": 2.50},\"g\":{}}");
    }

    @Test
    void stringsAreEscapedWhereTheyMustBe() {
        String json = new JsonOut()
                .string("\"\\/\b\f\n\r\t\u0000\u001f\u007f'<\u00e9\u4e2d\ud83d\ude00")
                .toBuffer()
                .toString();

        assertThat(json)
                .isEqualTo("\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0000\\u001f\u007f'<\u00e9\u4e2d\ud83d\ude00\"");
    }
}
