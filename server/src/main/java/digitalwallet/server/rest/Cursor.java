package digitalwallet.server.rest;

import digitalwallet.ledger.Digest;
import digitalwallet.ledger.reading.HistoryPage;
import digitalwallet.ledger.reading.TransactionPage;
import digitalwallet.money.CurrencyCode;
import digitalwallet.server.request.ProblemCode;
import digitalwallet.server.request.ProblemException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, as URL-safe text. It also says of which list, so that one list's cursor does
 * not pass for another's. It is no secret: one that is made up shows no more than none.
 */
final class Cursor {

    private static final int BYTES_MAX = 64;
    private static final int CURRENCY_BYTES = 3;

    private final UUID list;

    private Cursor(UUID list) {
        this.list = list;
    }

    static Cursor ofHistory(String userId, HistoryPage.Filter filter) {
        var currency = filter.currency();
        var type = filter.type();
        return new Cursor(
                new Digest()
                        .text("history")
                        .text(userId)
                        .text(type == null ? null : type.word())
                        .text(text(filter.from()))
                        .text(text(filter.to()))
                        .text(currency == null ? null : currency.code())
                        .toId());
    }

    static Cursor ofSearch(TransactionPage.Filter filter) {
        var type = filter.type();
        return new Cursor(
                new Digest()
                        .text("transactions")
                        .text(filter.orderId())
                        .id(filter.bankReference())
                        .text(filter.initiatedBy())
                        .text(type == null ? null : type.word())
                        .text(text(filter.status()))
                        .text(text(filter.from()))
                        .text(text(filter.to()))
                        .toId());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    @Nullable String write(HistoryPage.@Nullable Position position) {
        if (position == null) {
            return null;
        }
        var time = position.createdAt();
        var bytes = begin();
        bytes.putLong(time.getEpochSecond()).putInt(time.getNano());
        bytes.put(position.currency().code().getBytes(StandardCharsets.US_ASCII));
        return end(bytes.putLong(position.version()));
    }

    @Nullable String write(@Nullable UUID lastId) {
        if (lastId == null) {
            return null;
        }
        var bytes = begin();
        bytes.putLong(lastId.getMostSignificantBits());
        return end(bytes.putLong(lastId.getLeastSignificantBits()));
    }

    HistoryPage.@Nullable Position readPosition(@Nullable String text) {
        return read(
                text,
                bytes -> {
                    var time = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
                    var code = new byte[CURRENCY_BYTES];
                    bytes.get(code);
                    return new HistoryPage.Position(
                            time,
                            CurrencyCode.of(new String(code, StandardCharsets.US_ASCII)),
                            bytes.getLong());
                });
    }

    @Nullable UUID readId(@Nullable String text) {
        return read(text, bytes -> new UUID(bytes.getLong(), bytes.getLong()));
    }

    private <T> @Nullable T read(@Nullable String text, Function<ByteBuffer, T> position) {
        if (text == null) {
            return null;
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (new UUID(bytes.getLong(), bytes.getLong()).equals(list)) {
                var read = position.apply(bytes);
                if (!bytes.hasRemaining()) {
                    return read;
                }
            }
        } catch (IllegalArgumentException | BufferUnderflowException | DateTimeException _) {
            // Refused below, as any other text.
        }
        throw ProblemException.ofField(
                ProblemCode.INVALID_CURSOR, "cursor", "this cursor belongs to another list");
    }

    private ByteBuffer begin() {
        return ByteBuffer.allocate(BYTES_MAX)
                .putLong(list.getMostSignificantBits())
                .putLong(list.getLeastSignificantBits());
    }

    private static String end(ByteBuffer bytes) {
        bytes.flip();
        var used = new byte[bytes.remaining()];
        bytes.get(used);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(used);
    }
}
