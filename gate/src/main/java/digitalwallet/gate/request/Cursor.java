package digitalwallet.gate.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, as URL-safe text. It also names the list, so that the cursor of one list is
 * not accepted for another. It is no secret: with an invented cursor, a caller sees no more than
 * without one.
 */
public final class Cursor {

    private static final int BYTES_MAX = 64;

    private final UUID list;

    /**
     * The cursors of one list.
     *
     * @param list a digest of what the list shows
     */
    public Cursor(UUID list) {
        this.list = list;
    }

    /**
     * A place in the list.
     *
     * @param place writes at most 48 bytes
     */
    public String write(Consumer<ByteBuffer> place) {
        var bytes = ByteBuffer.allocate(BYTES_MAX);
        bytes.putLong(list.getMostSignificantBits()).putLong(list.getLeastSignificantBits());
        place.accept(bytes);
        bytes.flip();
        var used = new byte[bytes.remaining()];
        bytes.get(used);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(used);
    }

    /** The place behind the item with this id; null when there is no id. */
    public @Nullable String write(@Nullable UUID lastId) {
        return lastId == null
                ? null
                : write(
                        bytes -> {
                            bytes.putLong(lastId.getMostSignificantBits());
                            bytes.putLong(lastId.getLeastSignificantBits());
                        });
    }

    /**
     * The place that a cursor stands for; null when there is no cursor.
     *
     * @throws ProblemException when it is not a cursor of this list
     */
    public <T> @Nullable T read(@Nullable String text, Function<ByteBuffer, T> place) {
        if (text == null) {
            return null;
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (new UUID(bytes.getLong(), bytes.getLong()).equals(list)) {
                var read = place.apply(bytes);
                if (!bytes.hasRemaining()) {
                    return read;
                }
            }
        } catch (IllegalArgumentException | BufferUnderflowException | DateTimeException _) {
            // Refused below, as any other text.
        }
        throw ProblemException.ofField(
                ProblemCode.INVALID_CURSOR,
                "cursor",
                "cursor belongs to another list: send next_cursor with the same parameters, or none"
                        + " to begin anew");
    }

    /** The id that a cursor stands for; null when there is no cursor. */
    public @Nullable UUID readId(@Nullable String text) {
        return read(text, bytes -> new UUID(bytes.getLong(), bytes.getLong()));
    }
}
