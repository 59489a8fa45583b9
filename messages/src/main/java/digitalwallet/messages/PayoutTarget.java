package digitalwallet.messages;

import digitalwallet.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Where the money of a withdrawal is paid to.
 *
 * @param method how, a word of the payments service
 * @param destination to where, as the method understands it
 */
public record PayoutTarget(String method, String destination) {

    static @Nullable PayoutTarget read(DataReader data) {
        var payout = data.optionalObject("payout");
        return payout == null
                ? null
                : new PayoutTarget(payout.text("method"), payout.text("destination"));
    }

    static void write(@Nullable PayoutTarget target, JsonObject object) {
        if (target != null) {
            object.put(
                    "payout",
                    new JsonObject()
                            .put("method", target.method)
                            .put("destination", target.destination));
        }
    }
}
