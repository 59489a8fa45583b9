package digitalwallet.messages;

import digitalwallet.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What one command says: the body of its REST verb and its type.
 *
 * @param type deposit, withdraw, purchase, refund, transfer or open
 * @param amount decimal digits in major units; null for open
 * @param currency ISO 4217, or null for the wallet's usual one
 * @param initiatedBy in whose name
 * @param payout where a withdrawal is paid to, or null
 * @param idempotencyKey the caller's own key, or null
 */
public record CommandItem(
        String type,
        Parties parties,
        @Nullable String amount,
        @Nullable String currency,
        String initiatedBy,
        References references,
        Notes notes,
        @Nullable PayoutTarget payout,
        @Nullable String idempotencyKey) {

    /** Writes its fields, in one order. */
    JsonObject write(JsonObject object) {
        object.put("type", type);
        parties.write(object);
        object.put("amount", amount).put("currency", currency).put("initiated_by", initiatedBy);
        references.write(object);
        notes.write(object);
        PayoutTarget.write(payout, object);
        return object.put("idempotency_key", idempotencyKey);
    }
}
