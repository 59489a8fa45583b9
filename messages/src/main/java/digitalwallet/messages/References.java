package digitalwallet.messages;

import digitalwallet.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What else a command or a transaction names; each may be null.
 *
 * @param orderId the order that is paid
 * @param relatedOrderId the order whose purchases are refunded
 * @param relatedTransactionId the transaction it refers to
 * @param bankTransactionId the bank's id of the movement
 */
public record References(
        @Nullable String orderId,
        @Nullable String relatedOrderId,
        @Nullable UUID relatedTransactionId,
        @Nullable String bankTransactionId) {

    /** Names nothing. */
    public static final References NONE = new References(null, null, null, null);

    static References read(DataReader data) {
        return new References(
                data.optionalText("order_id"),
                data.optionalText("related_order_id"),
                data.optionalId("related_transaction_id"),
                data.optionalText("bank_transaction_id"));
    }

    void write(JsonObject object) {
        object.put("order_id", orderId)
                .put("related_order_id", relatedOrderId)
                .put("related_transaction_id", relatedTransactionId)
                .put("bank_transaction_id", bankTransactionId);
    }
}
