package digitalwallet.messages;

import digitalwallet.json.JsonObject;

/** Whose wallets a command or a transaction is about. */
public sealed interface Parties {

    /** One wallet: everything but a transfer. */
    record One(String userId) implements Parties {}

    /** The wallet that pays and the wallet that receives. */
    record Two(String fromUserId, String toUserId) implements Parties {}

    /** The user whose messages stand in one order: whose money moves. */
    default String key() {
        return switch (this) {
            case One(var userId) -> userId;
            case Two(var fromUserId, var _) -> fromUserId;
        };
    }

    /** Writes the fields {@code user_id}, or {@code from_user_id} and {@code to_user_id}. */
    default void write(JsonObject object) {
        switch (this) {
            case One(var userId) -> object.put("user_id", userId);
            case Two(var from, var to) -> object.put("from_user_id", from).put("to_user_id", to);
        }
    }
}
