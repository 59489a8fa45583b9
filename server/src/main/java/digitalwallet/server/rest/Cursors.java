package digitalwallet.server.rest;

import digitalwallet.gate.request.Cursor;
import digitalwallet.ledger.Digest;
import digitalwallet.ledger.reading.HistoryPage;
import digitalwallet.ledger.reading.TransactionPage;
import digitalwallet.money.CurrencyCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The cursors of the wallet's lists. */
final class Cursors {

    private static final int CURRENCY_BYTES = 3;

    private Cursors() {}

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

    static @Nullable String write(HistoryPage.@Nullable Position position, Cursor cursor) {
        if (position == null) {
            return null;
        }
        return cursor.write(
                bytes -> {
                    var time = position.createdAt();
                    bytes.putLong(time.getEpochSecond()).putInt(time.getNano());
                    bytes.put(position.currency().code().getBytes(StandardCharsets.US_ASCII));
                    bytes.putLong(position.version());
                });
    }

    static HistoryPage.@Nullable Position readPosition(@Nullable String text, Cursor cursor) {
        return cursor.read(
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
}
