package io.quorate.node.http;

import io.quorate.coordinator.api.PatchAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.conflict.PatchJson;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Key;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.datatype.Operation;
import io.quorate.core.version.ContextCodec;
import io.quorate.node.http.json.JsonFault;
import io.quorate.node.http.json.JsonText;
import io.quorate.node.http.request.MediaType;
import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** One PATCH: its operations are read and checked, then carried out all together. */
final class KeyPatch {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Coordinator coordinator;
    private final Exchange exchange;
    private final Key key;
    private final WriteOptions options;

    KeyPatch(Coordinator coordinator, Exchange exchange, Key key, WriteOptions options) {
        this.coordinator = coordinator;
        this.exchange = exchange;
        this.key = key;
        this.options = options;
    }

    void start() {
        MultiMap headers = exchange.request().headers();
        MediaType.requireJson(headers);
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        boolean mergePatch = type != null && type.startsWith(MERGE_PATCH);
        exchange.admit();
        BodyReader.read(
                exchange,
                exchange.limits().valueBytesMax(),
                body -> coordinator.patch(
                        key,
                        operations(body, mergePatch),
                        options,
                        result -> KeyRequests.settle(exchange, true, result, this::answer)));
    }

    private static List<Operation> operations(byte[] body, boolean mergePatch) {
        Optional<JsonFault> fault = JsonText.fault(body);
        if (fault.isPresent()) {
            throw new Refusal(Problem.invalidJson(fault.get()));
        }
        try {
            return mergePatch ? PatchJson.mergePatch(body) : PatchJson.operations(body);
        } catch (MalformedException e) {
            throw new Refusal(new Problem(400, "invalid_operation", e.getMessage()));
        }
    }

    private void answer(PatchAnswer patch) {
        String token = ContextCodec.toToken(patch.write().context(), key);
        exchange.contextHeader(token);
        exchange.answer(200, KeyAnswers.patched(key, patch, token));
    }
}
