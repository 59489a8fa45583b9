package digitalwallet.server.rest;

import digitalwallet.gate.request.Cursor;
import digitalwallet.ledger.Digest;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.reading.HistoryPage;
import digitalwallet.ledger.reading.TransactionPage;
import digitalwallet.money.CurrencyCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cursors of the wallet's lists. */
final class Cursors {

    private static final int CURRENCY_BYTES = 3;

    private Cursors() {}

    static Cursor ofHistory(String userId, HistoryPage.Filter filter) {
        var currency = filter.currency();
        return new Cursor(
                new Digest()
                        .text("history")
                        .text(userId)
                        .text(words(filter.types()))
                        .text(text(filter.from()))
                        .text(text(filter.to()))
                        .text(currency == null ? null : currency.code())
                        .toId());
    }

    static Cursor ofSearch(TransactionPage.Filter filter) {
        return new Cursor(
                new Digest()
                        .text("transactions")
                        .text(text(filter.party()))
                        .text(text(filter.currency()))
                        .text(filter.orderId())
                        .id(filter.bankReference())
                        .text(filter.initiatedBy())
                        .text(words(filter.types()))
                        .text(text(filter.status()))
                        .text(text(filter.from()))
                        .text(text(filter.to()))
                        .toId());
    }

    private static String words(Set<TransactionType> types) {
        return types.stream().map(TransactionType::word).sorted().collect(Collectors.joining(" "));
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
