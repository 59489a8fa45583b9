package digitalwallet.messages;

import digitalwallet.json.JsonBytes;
import digitalwallet.json.JsonObject;
import digitalwallet.messages.WalletEvent.Transaction;
import digitalwallet.messages.WalletEvent.Wallet;
import org.jspecify.annotations.Nullable;

/**
 * A transaction written once for all its events. The bytes are those of {@link CloudEvent#write},
 * for a fraction of the time: the publisher of a busy wallet's events writes tens of thousands a
 * second.
 */
public final class WalletEventText {

    private static final int LENGTH_USUAL = 4 * 1024;

    private final JsonBytes text;
    private final Transaction transaction;
    private final String time;
    private final byte[] json;

    /** Writes transactions and their events, one after the other. Not for several threads. */
    public static final class Writer {

        private final JsonBytes text = new JsonBytes(LENGTH_USUAL);

        /** Writes a transaction. */
        public WalletEventText write(Transaction transaction) {
            return new WalletEventText(transaction, text);
        }
    }

    private WalletEventText(Transaction transaction, JsonBytes text) {
        this.transaction = transaction;
        this.text = text;
        time = JsonObject.text(transaction.createdAt());
        json = json();
    }

    /**
     * One of its events.
     *
     * @param subject the wallet's user, and the record key; without a wallet, the user it concerns
     * @param wallet the wallet afterwards; null when no wallet was touched
     */
    public Message event(String subject, @Nullable Wallet wallet) {
        var id = new WalletEvent(subject, transaction, wallet).id();
        text.clear()
                .open()
                .put("specversion", CloudEvent.SPECVERSION)
                .put("type", MessageType.TRANSACTION.word())
                .put("source", WalletEvent.SOURCE)
                .put("id", id)
                .put("time", time)
                .put("subject", subject)
                .put("datacontenttype", CloudEvent.JSON)
                .name("data")
                .open()
                .put("transaction", json);
        if (wallet != null) {
            text.name("wallet")
                    .open()
                    .put("user_id", wallet.userId())
                    .put("currency", wallet.currency())
                    .put("version", wallet.version())
                    .put("amount", wallet.amount())
                    .put("balance_after", wallet.balanceAfter())
                    .put("status", wallet.status())
                    .close();
        }
        var value = text.close().close().toBytes();
        return new Message(
                subject, MessageType.TRANSACTION.word(), id, time, value, transaction.type());
    }

    private byte[] json() {
        text.clear()
                .open()
                .put("id", transaction.id().toString())
                .put("type", transaction.type())
                .put("status", transaction.status().word())
                .put("amount", transaction.amount())
                .put("currency", transaction.currency());
        switch (transaction.parties()) {
            case Parties.One(var user) -> text.put("user_id", user);
            case Parties.Two(var from, var to) ->
                    text.put("from_user_id", from).put("to_user_id", to);
        }
        text.put("initiated_by", transaction.initiatedBy());
        putReferences(transaction.references());
        putNotes(transaction.notes());
        var payout = transaction.payout();
        if (payout != null) {
            text.name("payout")
                    .open()
                    .put("method", payout.method())
                    .put("destination", payout.destination())
                    .close();
        }
        text.put("created_at", time);
        var rejection = transaction.rejection();
        if (rejection != null) {
            text.name("rejection")
                    .open()
                    .put("code", rejection.code())
                    .putAll("facts", rejection.facts())
                    .close();
        }
        return text.close().toBytes();
    }

    private void putReferences(References references) {
        var related = references.relatedTransactionId();
        text.put("order_id", references.orderId())
                .put("related_order_id", references.relatedOrderId())
                .put("related_transaction_id", related == null ? null : related.toString())
                .put("bank_transaction_id", references.bankTransactionId());
    }

    private void putNotes(Notes notes) {
        text.put("description", notes.description())
                .put("reason", notes.reason())
                .putAll("metadata", notes.metadata());
    }
}
