package digitalwallet.messages;

import digitalwallet.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Several commands on their way to the wallet as one message.
 *
 * @param id a UUIDv7 of the batch
 * @param source who sends it: without a signature this is also the caller
 * @param time when it was sent
 * @param caller on whose behalf, when the wallet itself queued it; null otherwise
 * @param atomic whether all are posted or none
 * @param idempotencyKey one key for all of them, or null
 * @param items 1 to {@value #ITEMS_MAX}, or to {@value #ATOMIC_ITEMS_MAX} when atomic
 */
public record CommandBatchMessage(
        UUID id,
        String source,
        Instant time,
        @Nullable Caller caller,
        boolean atomic,
        @Nullable String idempotencyKey,
        List<Item> items) {

    /** The most commands of a batch. */
    public static final int ITEMS_MAX = 1_000;

    /** The most commands of an atomic batch. */
    public static final int ATOMIC_ITEMS_MAX = 100;

    /** The most bytes of the data of a batch. */
    public static final int DATA_BYTES_MAX = 1 << 20;

    /**
     * One of the commands.
     *
     * @param id a UUIDv7; it becomes the transaction's id
     */
    public record Item(UUID id, CommandItem command) {}

    /**
     * Copies the items.
     *
     * @throws IllegalArgumentException when there are none or too many
     */
    public CommandBatchMessage {
        items = List.copyOf(items);
        if (items.isEmpty() || items.size() > (atomic ? ATOMIC_ITEMS_MAX : ITEMS_MAX)) {
            throw new IllegalArgumentException("a batch of " + items.size() + " commands");
        }
    }

    /** The record key: the user whose money the first command moves. */
    public String key() {
        return items.getFirst().command().parties().key();
    }

    /** As an envelope. */
    public CloudEvent toEvent() {
        var commands =
                items.stream()
                        .map(item -> item.command.write(new JsonObject().put("id", item.id)))
                        .toList();
        var data =
                new JsonObject()
                        .put("atomic", atomic)
                        .put("idempotency_key", idempotencyKey)
                        .put("commands", commands);
        return CloudEvent.of(MessageType.COMMAND_BATCH, source, id.toString(), key(), time, data)
                .from(caller);
    }
}
