package digitalwallet.server.queue;

import digitalwallet.gate.permission.Denied;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Identifiers;
import digitalwallet.gate.token.Caller;
import digitalwallet.gate.token.Role;
import digitalwallet.json.Json;
import digitalwallet.ledger.Command;
import digitalwallet.messages.CloudEvent;
import digitalwallet.messages.MalformedMessageException;
import digitalwallet.server.kafka.QueueKey;
import digitalwallet.server.request.BatchReader;
import digitalwallet.server.request.CommandFields;
import digitalwallet.server.request.CommandReader;
import digitalwallet.server.request.Request;
import digitalwallet.server.request.Verb;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes commands of the messages in {@code wallet.commands}: what they ask for, and for whom. */
final class MessageReader {

    private static final Duration ID_DISTANCE_MAX = Duration.ofDays(7);
    private static final int UUID_VERSION = 7;
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._:@/-]{1,64}");

    private final CommandReader commands;
    private final BatchReader batches;
    private final QueueKey key;

    MessageReader(CommandReader commands, QueueKey key) {
        this.commands = commands;
        this.key = key;
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
            if (message.value() == null) {
                throw new MalformedCommandException("no_value", "the message has no value");
            }
            var event = CloudEvent.read(message.value());
            var caller = caller(message, event);
            var fields = new LinkedHashMap<>(event.data().values());
            return switch (event.knownType()) {
                case COMMAND -> List.of(List.of(command(message, event, fields, caller)));
                case COMMAND_BATCH -> batch(message, fields, caller);
                case TRANSACTION, TOP_UP, PAYOUT ->
                        throw new MalformedCommandException(
                                "unknown_type", "this type does not belong into this topic");
            };
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

    /** The caller that the signature proves, or else the service that the message itself names. */
    private Caller caller(ConsumerRecord<byte[], byte[]> message, CloudEvent event) {
        var header = message.headers().lastHeader(digitalwallet.messages.Caller.SIGNATURE_HEADER);
        if (header == null) {
            if (!SOURCE.matcher(event.source()).matches()) {
                throw new MalformedCommandException(
                        "invalid_attribute",
                        "source has 1 to 64 characters of A-Z a-z 0-9 . _ : @ / -");
            }
            return new Caller(event.source(), Set.of(Role.SYSTEM));
        }
        var caller = digitalwallet.messages.Caller.of(event);
        if (caller == null || !key.signed(message.value(), header.value())) {
            throw new MalformedCommandException(
                    "bad_signature", "the signature is not that of this wallet");
        }
        var roles =
                Arrays.stream(caller.role().split(" ", -1))
                        .map(MessageReader::role)
                        .collect(Collectors.toUnmodifiableSet());
        return new Caller(caller.id(), roles);
    }

    private static Role role(String word) {
        return Arrays.stream(Role.values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new MalformedCommandException(
                                        "invalid_attribute", "there is no such role"));
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
        return new MalformedCommandException(
                e.code().word(),
                index == null ? e.detail() : "command " + index + ": " + e.detail());
    }
}
