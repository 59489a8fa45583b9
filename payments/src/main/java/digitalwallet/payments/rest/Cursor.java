package digitalwallet.payments.rest;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, as URL-safe text that also says of which list. It is no secret: who makes one
 * up sees no more than without.
 */
final class Cursor {

    private static final int BYTES = 20;

    private final int list;

    /**
     * Of one list.
     *
     * @param filter what the list shows
     */
    Cursor(String filter) {
        this.list = filter.hashCode();
    }

    String write(UUID last) {
        var bytes =
                ByteBuffer.allocate(BYTES)
                        .putInt(list)
                        .putLong(last.getMostSignificantBits())
                        .putLong(last.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    @Nullable UUID read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES && bytes.getInt() == list) {
                return new UUID(bytes.getLong(), bytes.getLong());
            }
        } catch (IllegalArgumentException _) {
            // Refused below, as any other text.
        }
        throw new ProblemException(
                ProblemCode.INVALID_CURSOR, "this cursor belongs to another list");
    }
}
