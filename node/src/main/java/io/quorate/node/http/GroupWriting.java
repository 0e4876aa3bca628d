package io.quorate.node.http;

import io.quorate.coordinator.api.GroupWrite;
import io.quorate.coordinator.api.WriteAnswer;
import io.quorate.coordinator.api.WriteOptions;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.core.Group;
import io.quorate.core.version.Context;
import io.quorate.node.http.json.JsonFault;
import io.quorate.node.http.json.JsonText;
import io.quorate.node.http.metrics.Operation;
import io.quorate.node.http.request.MediaType;
import io.quorate.node.http.request.Parameter;
import io.quorate.node.http.request.Problem;
import io.quorate.node.http.request.Query;
import io.quorate.node.http.request.Refusal;
import io.quorate.node.http.request.Values;
import io.quorate.node.http.request.WriteTerms;
import java.util.List;
import java.util.Optional;

/** One POST to a bucket: its entries are read and checked, then written together. */
final class GroupWriting {
    private final Coordinator coordinator;
    private final Exchange exchange;
    private final String bucket;

    GroupWriting(Coordinator coordinator, Exchange exchange, String bucket) {
        this.coordinator = coordinator;
        this.exchange = exchange;
        this.bucket = bucket;
    }

    void start() {
        exchange.is(Operation.GROUP_WRITE);
        WriteOptions options = options(exchange.query(Parameter.OF_POST));
        MediaType.requireJson(exchange.request().headers());
        exchange.admit();
        BodyReader.read(exchange, exchange.limits().valueBytesMax(), body -> {
            Optional<JsonFault> fault = JsonText.fault(body);
            if (fault.isPresent()) {
                throw new Refusal(Problem.invalidJson(fault.get()));
            }
            List<GroupWrite> writes =
                    GroupBody.read(body, bucket, exchange.limits().keyBytesMax());
            coordinator.writeGroup(
                    writes,
                    options,
                    result -> KeyRequests.settle(exchange, true, result, answers -> answer(writes, answers)));
        });
    }

    private WriteOptions options(Query query) {
        return new WriteOptions(
                Values.n(query),
                Values.quorum(query, Parameter.W),
                Values.sloppy(query),
                Values.timeoutMillis(query),
                Context.EMPTY,
                WriteTerms.idempotencyKey(exchange.request().headers()));
    }

    private void answer(List<GroupWrite> writes, List<WriteAnswer> answers) {
        Group group = Group.of(writes.get(0).key()).orElseThrow();
        exchange.answer(200, KeyAnswers.written(group, writes, answers));
    }
}
