package digitalwallet.server.queue;

import digitalwallet.gate.permission.Denied;
import digitalwallet.gate.problem.ItemProblem;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Identifiers;
import digitalwallet.gate.token.Caller;
import digitalwallet.json.Json;
import digitalwallet.kafka.signature.AuthenticReader;
import digitalwallet.ledger.Command;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.MalformedMessageException;
import digitalwallet.server.request.BatchReader;
import digitalwallet.server.request.CommandFields;
import digitalwallet.server.request.CommandReader;
import digitalwallet.server.request.Request;
import digitalwallet.server.request.Verb;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes commands of the messages in {@code wallet.commands}: what they ask for, and for whom. */
final class MessageReader {

    private static final Duration ID_DISTANCE_MAX = Duration.ofDays(7);
    private static final int UUID_VERSION = 7;

    private final CommandReader commands;
    private final BatchReader batches;
    private final Senders senders;
    private final AuthenticReader messages;

    MessageReader(CommandReader commands, Senders senders) {
        this.commands = commands;
        this.senders = senders;
        messages = new AuthenticReader(senders::key, senders.trustsBroker());
        // Every message has an id of its own, which is as good as a key.
        batches = new BatchReader(commands, false);
    }

    /**
     * The units a message asks for, each together or not at all.
     *
     * @throws MalformedCommandException when it cannot be understood or may not be sent
     */
    List<List<Command>> read(ConsumerRecord<byte[], byte[]> message) {
        try {
            var authentic = messages.read(message);
            var event = authentic.event();
            var sender = senders.of(event, authentic.keyId());
            var fields = new LinkedHashMap<>(event.data().values());
            var units =
                    switch (event.knownType()) {
                        case COMMAND ->
                                List.of(List.of(command(message, event, fields, sender.caller())));
                        case COMMAND_BATCH -> batch(message, fields, sender.caller());
                        case TRANSACTION, TOP_UP, PAYOUT ->
                                throw new MalformedCommandException(
                                        "unknown_type",
                                        "this type does not belong into this topic");
                    };
            AuthenticReader.requireKey(message, units.getFirst().getFirst().user());
            units.forEach(unit -> unit.forEach(sender::requireAllowed));
            return units;
        } catch (MalformedMessageException e) {
            throw new MalformedCommandException(e.reason().word(), e.sentence());
        } catch (Denied e) {
            throw malformed(ProblemException.of(e));
        } catch (ProblemException e) {
            throw malformed(e);
        }
    }

    private Command command(
            ConsumerRecord<byte[], byte[]> message,
            CloudEvent event,
            Map<String, Json.Value> fields,
            Caller caller) {
        var id = id(event.id(), message.timestamp());
        var request = Request.of(fields);
        requireQueueable(request.verb());
        return commands.read(request, caller, id);
    }

    private List<List<Command>> batch(
            ConsumerRecord<byte[], byte[]> message, Map<String, Json.Value> fields, Caller caller) {
        var key = CommandFields.takeKey(fields);
        var batch =
                batches.read(fields, caller, key, item -> id(takeId(item), message.timestamp()));
        batch.items().forEach(item -> requireQueueable(item.request().verb()));
        return batch.atomic()
                ? List.of(batch.commands())
                : batch.commands().stream().map(List::of).toList();
    }

    private static String takeId(Map<String, Json.Value> item) {
        return item.remove("id") instanceof Json.Text(var text) ? text : "";
    }

    /**
     * The transaction id. Its time must be near the message's: the books remember ids for ever, but
     * look for an id only where its time says.
     */
    private static UUID id(String text, long timestampMillis) {
        var id = Identifiers.uuid("id", text);
        long millis = id.getMostSignificantBits() >>> 16;
        if (id.version() != UUID_VERSION
                || id.variant() != 2
                || Math.abs(millis - timestampMillis) > ID_DISTANCE_MAX.toMillis()) {
            throw new MalformedCommandException(
                    "invalid_id",
                    "the id is a UUID of version 7, made at most 7 days before or after the"
                            + " message");
        }
        return id;
    }

    private static void requireQueueable(Verb verb) {
        if (!verb.isQueueable()) {
            throw new MalformedCommandException(
                    "not_queueable", verb.word() + " is not sent through the queue");
        }
    }

    private static MalformedCommandException malformed(ProblemException e) {
        @Nullable Object index = e.facts().get("index");
        @Nullable Object field = e.facts().get("field");
        var detail =
                field == null || e.detail().contains(field.toString())
                        ? e.detail()
                        : field + ": " + e.detail();
        return new MalformedCommandException(
                e.code().word(),
                index == null ? detail : "command " + index + ": " + detail + others(e));
    }

    /** Which other commands of the batch are malformed, too. */
    private static String others(ProblemException e) {
        if (!(e.facts().get("malformed") instanceof List<?> malformed) || malformed.size() == 1) {
            return "";
        }
        var places =
                malformed.stream()
                        .skip(1)
                        .map(each -> each instanceof ItemProblem item ? "" + item.index() : "")
                        .collect(Collectors.joining(", "));
        return "; malformed are also %s, of %s in all"
                .formatted(places, e.facts().get("malformed_count"));
    }
}
