package digitalwallet.server.queue;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a queued command stands in its queue, for a caller who asks later. It tells nobody
 * anything.
 *
 * @param topicId the topic's id; a topic that is made again has another one
 */
public record QueueToken(UUID topicId, int partition, long offset) {

    private static final int BYTES = 28;

    /** The token as it stands in an address. */
    public String text() {
        var bytes =
                ByteBuffer.allocate(BYTES)
                        .putLong(topicId.getMostSignificantBits())
                        .putLong(topicId.getLeastSignificantBits())
                        .putInt(partition)
                        .putLong(offset);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Reads what {@link #text()} wrote; empty when it is something else. */
    public static Optional<QueueToken> read(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            var token =
                    new QueueToken(
                            new UUID(bytes.getLong(), bytes.getLong()),
                            bytes.getInt(),
                            bytes.getLong());
            return bytes.hasRemaining() ? Optional.empty() : Optional.of(token);
        } catch (IllegalArgumentException | BufferUnderflowException _) {
            return Optional.empty();
        }
    }
}
