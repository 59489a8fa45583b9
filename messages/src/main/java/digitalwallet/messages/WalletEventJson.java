package digitalwallet.messages;

import digitalwallet.json.JsonObject;
import digitalwallet.messages.MalformedMessageException.Reason;
import digitalwallet.messages.WalletEvent.Rejection;
import digitalwallet.messages.WalletEvent.Status;
import digitalwallet.messages.WalletEvent.Transaction;
import digitalwallet.messages.WalletEvent.Wallet;
import org.jspecify.annotations.Nullable;

/** Wallet events to and from JSON. */
final class WalletEventJson {

    private WalletEventJson() {}

    static JsonObject write(Transaction transaction) {
        var object =
                new JsonObject()
                        .put("id", transaction.id())
                        .put("type", transaction.type())
                        .put("status", transaction.status().word())
                        .put("amount", transaction.amount())
                        .put("currency", transaction.currency());
        transaction.parties().write(object);
        object.put("initiated_by", transaction.initiatedBy());
        transaction.references().write(object);
        transaction.notes().write(object);
        PayoutTarget.write(transaction.payout(), object);
        object.put("created_at", transaction.createdAt());
        var rejection = transaction.rejection();
        return rejection == null ? object : object.put("rejection", write(rejection));
    }

    private static JsonObject write(Rejection rejection) {
        return new JsonObject().put("code", rejection.code()).putAll("facts", rejection.facts());
    }

    static JsonObject write(Wallet wallet) {
        return new JsonObject()
                .put("user_id", wallet.userId())
                .put("currency", wallet.currency())
                .put("version", wallet.version())
                .put("amount", wallet.amount())
                .put("balance_after", wallet.balanceAfter())
                .put("status", wallet.status());
    }

    static WalletEvent read(CloudEvent event) {
        var subject = event.subject();
        if (subject == null) {
            throw new MalformedMessageException(
                    Reason.MISSING_ATTRIBUTE, "the attribute subject is missing");
        }
        var data = new DataReader(event.data());
        var transaction = transaction(data.object("transaction"));
        var wallet = data.optionalObject("wallet");
        if (transaction.status() == Status.REJECTED && wallet != null) {
            throw DataReader.invalid("wallet", "left out when the transaction was rejected");
        }
        return new WalletEvent(subject, transaction, wallet == null ? null : wallet(wallet));
    }

    private static Transaction transaction(DataReader data) {
        return new Transaction(
                data.id("id"),
                data.text("type"),
                WalletEvent.status(data.text("status")),
                data.optionalAmount("amount"),
                data.optionalText("currency"),
                parties(data),
                data.text("initiated_by"),
                References.read(data),
                Notes.read(data),
                PayoutTarget.read(data),
                data.time("created_at"),
                rejection(data.optionalObject("rejection")));
    }

    private static Parties parties(DataReader data) {
        var from = data.optionalText("from_user_id");
        return from == null
                ? new Parties.One(data.text("user_id"))
                : new Parties.Two(from, data.text("to_user_id"));
    }

    private static @Nullable Rejection rejection(@Nullable DataReader data) {
        return data == null ? null : new Rejection(data.text("code"), data.texts("facts"));
    }

    private static Wallet wallet(DataReader data) {
        return new Wallet(
                data.text("user_id"),
                data.text("currency"),
                data.count("version"),
                data.amount("amount"),
                data.amount("balance_after"),
                data.text("status"));
    }
}
