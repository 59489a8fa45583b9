package digitalwallet.messages;

import digitalwallet.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way to the wallet.
 *
 * @param id a UUIDv7; it becomes the transaction's id
 * @param source who sends it: without a signature this is also the caller
 * @param time when it was sent
 * @param caller on whose behalf, when the wallet itself queued it; null otherwise
 */
public record CommandMessage(
        UUID id, String source, Instant time, @Nullable Caller caller, CommandItem command) {

    /** The record key: the user whose money moves. */
    public String key() {
        return command.parties().key();
    }

    /** As an envelope. */
    public CloudEvent toEvent() {
        return CloudEvent.of(
                        MessageType.COMMAND,
                        source,
                        id.toString(),
                        key(),
                        time,
                        command.write(new JsonObject()))
                .from(caller);
    }
}
