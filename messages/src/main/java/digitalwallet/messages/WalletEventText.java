package digitalwallet.messages;

import digitalwallet.messages.WalletEvent.Transaction;
import digitalwallet.messages.WalletEvent.Wallet;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A transaction written once for all its events. The bytes are those of {@link CloudEvent#write},
 * for a fifth of the time: whoever publishes all events of a busy wallet writes tens of thousands a
 * second.
 */
public final class WalletEventText {

    private static final int EVENT_LENGTH_USUAL = 768;
    private static final int TRANSACTION_LENGTH_USUAL = 512;

    private final Transaction transaction;
    private final String time;
    private final String json;

    /** Writes the transaction. */
    public WalletEventText(Transaction transaction) {
        this.transaction = transaction;
        time = JsonObject.text(transaction.createdAt());
        json = json(transaction, time);
    }

    /**
     * The bytes of one of its events.
     *
     * @param subject the wallet's user; without a wallet, the user it concerns
     * @param wallet the wallet afterwards; null when no wallet was touched
     */
    public byte[] event(String subject, @Nullable Wallet wallet) {
        var text = new StringBuilder(EVENT_LENGTH_USUAL);
        text.append('{');
        put(text, "specversion", CloudEvent.SPECVERSION);
        put(text, "type", MessageType.TRANSACTION.word());
        put(text, "source", WalletEvent.SOURCE);
        put(text, "id", new WalletEvent(subject, transaction, wallet).id());
        put(text, "time", time);
        put(text, "subject", subject);
        put(text, "datacontenttype", CloudEvent.JSON);
        name(text, "data").append("{\"transaction\":").append(json);
        if (wallet != null) {
            name(text, "wallet").append('{');
            put(text, "user_id", wallet.userId());
            put(text, "currency", wallet.currency());
            name(text, "version").append(wallet.version());
            put(text, "amount", wallet.amount());
            put(text, "balance_after", wallet.balanceAfter());
            put(text, "status", wallet.status());
            text.append('}');
        }
        return text.append("}}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String json(Transaction transaction, String time) {
        var text = new StringBuilder(TRANSACTION_LENGTH_USUAL);
        text.append('{');
        put(text, "id", transaction.id().toString());
        put(text, "type", transaction.type());
        put(text, "status", transaction.status().word());
        put(text, "amount", transaction.amount());
        put(text, "currency", transaction.currency());
        switch (transaction.parties()) {
            case Parties.One(var user) -> put(text, "user_id", user);
            case Parties.Two(var from, var to) -> {
                put(text, "from_user_id", from);
                put(text, "to_user_id", to);
            }
        }
        put(text, "initiated_by", transaction.initiatedBy());
        put(text, transaction.references());
        put(text, "description", transaction.notes().description());
        put(text, "reason", transaction.notes().reason());
        putAll(text, "metadata", transaction.notes().metadata());
        var payout = transaction.payout();
        if (payout != null) {
            name(text, "payout").append('{');
            put(text, "method", payout.method());
            put(text, "destination", payout.destination());
            text.append('}');
        }
        put(text, "created_at", time);
        var rejection = transaction.rejection();
        if (rejection != null) {
            name(text, "rejection").append('{');
            put(text, "code", rejection.code());
            putAll(text, "facts", rejection.facts());
            text.append('}');
        }
        return text.append('}').toString();
    }

    private static void put(StringBuilder text, References references) {
        put(text, "order_id", references.orderId());
        put(text, "related_order_id", references.relatedOrderId());
        var related = references.relatedTransactionId();
        put(text, "related_transaction_id", related == null ? null : related.toString());
        put(text, "bank_transaction_id", references.bankTransactionId());
    }

    private static void putAll(StringBuilder text, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            name(text, name).append('{');
            texts.forEach((key, value) -> put(text, escaped(key), value));
            text.append('}');
        }
    }

    private static void put(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            name(text, name).append('"').append(escaped(value)).append('"');
        }
    }

    private static StringBuilder name(StringBuilder text, String name) {
        if (text.charAt(text.length() - 1) != '{') {
            text.append(',');
        }
        return text.append('"').append(name).append("\":");
    }

    private static String escaped(String value) {
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character < ' ' || character == '"' || character == '\\') {
                return new String(JsonStringEncoder.getInstance().quoteAsCharArray(value));
            }
        }
        return value;
    }
}
