package digitalwallet.server.queue;

import digitalwallet.kafka.signature.MessageKeys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a queued command stands in its queue, for a caller who asks later. It is sealed for the one
 * transaction that it is about, so that nobody else can make one.
 *
 * @param topicId the topic's id; a topic that is made again has another one
 */
record QueueToken(UUID topicId, int partition, long offset) {

    private static final String SCHEME = "wallet-queue-token-v1";
    private static final int PLACE_BYTES = 28;
    private static final int ID_BYTES = 16;

    /** The token as it stands in the address of this transaction. */
    String text(UUID id, MessageKeys keys) {
        var place =
                ByteBuffer.allocate(PLACE_BYTES)
                        .putLong(topicId.getMostSignificantBits())
                        .putLong(topicId.getLeastSignificantBits())
                        .putInt(partition)
                        .putLong(offset)
                        .array();
        var token =
                ByteBuffer.allocate(PLACE_BYTES + MessageKeys.SEAL_BYTES)
                        .put(place)
                        .put(keys.seal(SCHEME, place, bytes(id)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** Reads what {@link #text} wrote for this transaction; empty when it is something else. */
    static Optional<QueueToken> read(String text, UUID id, MessageKeys keys) {
        byte[] token;
        try {
            token = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (token.length != PLACE_BYTES + MessageKeys.SEAL_BYTES) {
            return Optional.empty();
        }
        var place = Arrays.copyOf(token, PLACE_BYTES);
        var seal = Arrays.copyOfRange(token, PLACE_BYTES, token.length);
        if (!keys.isSealed(seal, SCHEME, place, bytes(id))) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(place);
        return Optional.of(
                new QueueToken(
                        new UUID(bytes.getLong(), bytes.getLong()),
                        bytes.getInt(),
                        bytes.getLong()));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
