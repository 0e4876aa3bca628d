package io.quorate.node.http;

import io.quorate.coordinator.api.GroupAnswer;
import io.quorate.coordinator.api.GroupWrite;
import io.quorate.coordinator.api.KeyPage;
import io.quorate.coordinator.api.PatchAnswer;
import io.quorate.coordinator.api.ReadAnswer;
import io.quorate.coordinator.api.TypedView;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.core.Bytes;
import io.quorate.core.Group;
import io.quorate.core.Key;
import io.quorate.core.datatype.DataType;
import io.quorate.core.datatype.FieldConflict;
import io.quorate.core.version.ContextCodec;
import io.quorate.core.version.Sibling;
import io.quorate.node.http.json.JsonOut;
import io.quorate.node.http.request.PageToken;
import java.util.List;

/** The bodies of answers about keys: an envelope around values that are copied as they are stored. */
final class KeyAnswers {
    private static final int ENVELOPE_BYTES = 384;
    private static final int VERSION_BYTES = 128;

    private KeyAnswers() {}

    /** One value, or siblings when there are several versions. */
    static JsonOut found(Key key, ReadAnswer read, String token) {
        JsonOut json = named(key, versionBytes(read));
        versions(json, read, token);
        quorum(json, read);
        read.explanation().ifPresent(explanation -> Explanations.write(json, explanation));
        return json.endObject();
    }

    /** All keys of a group that have a value. */
    static JsonOut group(Group group, GroupAnswer answer) {
        int bytes = answer.entries().stream()
                .mapToInt(entry -> ENVELOPE_BYTES + versionBytes(entry.read()))
                .sum();
        JsonOut json = named(group, bytes);
        for (GroupAnswer.Entry entry : answer.entries()) {
            json.object().field("key", entry.key().name());
            versions(json, entry.read(), ContextCodec.toToken(entry.read().context(), entry.key()));
            json.endObject();
        }
        json.endArray().name("quorum").object();
        json.field("n", answer.n()).field("r", answer.r()).field("replies", answer.replies());
        return overlap(json, answer.overlap()).endObject().endObject();
    }

    private static void versions(JsonOut json, ReadAnswer read, String token) {
        if (read.versions().size() == 1) {
            Sibling only = read.versions().get(0);
            json.name("value").raw(only.value().orElseThrow()).field("context", token);
            read.typed().ifPresent(typed -> typed(json, typed));
            Versions.version(json, only.dot(), only.expiresMillis());
        } else {
            json.name("siblings").array();
            read.versions().forEach(version -> Versions.sibling(json, version));
            json.endArray().field("context", token);
        }
    }

    static JsonOut quorum(JsonOut json, ReadAnswer read) {
        json.name("quorum").object();
        json.field("n", read.n()).field("r", read.r()).field("replies", read.replies());
        return overlap(json, read.overlap()).endObject();
    }

    static JsonOut written(Key key, WriteAnswer write, String token) {
        JsonOut json = named(key, 0).field("context", token);
        Versions.version(json, write.dot(), write.expiresMillis());
        quorum(json, write);
        if (write.siblings()) {
            json.field("siblings", true);
        }
        write.explanation().ifPresent(explanation -> Explanations.write(json, explanation));
        return json.endObject();
    }

    /** Several writes of a group, in the order in which they were given. */
    static JsonOut written(Group group, List<GroupWrite> writes, List<WriteAnswer> answers) {
        JsonOut json = named(group, writes.size() * ENVELOPE_BYTES);
        for (int i = 0; i < writes.size(); i++) {
            Key key = writes.get(i).key();
            WriteAnswer answer = answers.get(i);
            json.object().field("key", key.name()).field("context", ContextCodec.toToken(answer.context(), key));
            Versions.version(json, answer.dot(), answer.expiresMillis());
            if (answer.siblings()) {
                json.field("siblings", true);
            }
            json.endObject();
        }
        return quorum(json.endArray(), answers.get(0)).endObject();
    }

    private static JsonOut quorum(JsonOut json, WriteAnswer write) {
        json.name("quorum").object().field("n", write.n()).field("w", write.w());
        Failures.acks(json, write.acks());
        return overlap(json, write.overlap()).endObject();
    }

    private static JsonOut named(Group group, int entryBytes) {
        return new JsonOut(ENVELOPE_BYTES + entryBytes)
                .object()
                .field("bucket", group.bucket())
                .field("tag", group.tag())
                .name("entries")
                .array();
    }

    static JsonOut patched(Key key, PatchAnswer patch, String token) {
        WriteAnswer write = patch.write();
        JsonOut json = named(key, patch.value().length()).name("value").raw(patch.value());
        typed(json, patch.typed());
        json.field("context", token);
        Versions.version(json, write.dot(), write.expiresMillis());
        quorum(json, write);
        write.explanation().ifPresent(explanation -> Explanations.write(json, explanation));
        return json.endObject();
    }

    private static void typed(JsonOut json, TypedView typed) {
        json.field("type", typed.type().label());
        if (typed.type() == DataType.LIST) {
            json.name("ids").array();
            typed.elements().forEach(id -> json.string(id.toText()));
            json.endArray();
        }
        if (!typed.conflicts().isEmpty()) {
            json.name("conflicts").array();
            typed.conflicts().forEach(conflict -> conflict(json, conflict));
            json.endArray();
        }
    }

    /** The names of a path are JSON strings already. */
    private static void conflict(JsonOut json, FieldConflict conflict) {
        json.object().name("path").array();
        conflict.path().names().forEach(name -> json.raw(Bytes.utf8(name)));
        json.endArray().name("value").raw(conflict.shown()).name("lost").array();
        conflict.lost().forEach(json::raw);
        json.endArray().endObject();
    }

    static JsonOut page(String bucket, KeyPage page) {
        JsonOut json = new JsonOut().object().name("keys").array();
        page.names().forEach(json::string);
        json.endArray();
        page.next().ifPresent(place -> json.field("next", PageToken.of(place, bucket)));
        return json.endObject();
    }

    private static JsonOut named(Key key, int versionBytes) {
        return new JsonOut(ENVELOPE_BYTES + key.encoded().length() + versionBytes)
                .object()
                .field("bucket", key.bucket())
                .field("key", key.name());
    }

    private static JsonOut overlap(JsonOut json, boolean overlap) {
        return overlap ? json : json.field("overlap", false);
    }

    private static int versionBytes(ReadAnswer read) {
        int bytes = 0;
        for (Sibling version : read.versions()) {
            bytes += VERSION_BYTES + version.value().orElse(Bytes.EMPTY).length();
        }
        return bytes;
    }
}
