package digitalwallet.ledger.model;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.scenario.Translation;
import digitalwallet.ledger.scenario.Wallets.Request;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of a program: a request, or several that are posted together or not at all.
 *
 * @param ids of the transactions, one per request
 * @param key covers all requests of a group; null when there is none
 */
record Step(List<Request> requests, List<UUID> ids, @Nullable String key) {

    List<Command> commands() {
        return Translation.commands(requests, key, ids.iterator()::next);
    }

    /** The key that this request goes under: its own, or its part of the group's. */
    @Nullable String keyOf(int index) {
        if (key == null) {
            return requests.get(index).key();
        }
        return index == 0 ? key : key + "#" + index;
    }

    /** What must be the same for the key to be the same. */
    Object meaningOf(int index) {
        return key == null ? requests.get(index) : requests;
    }
}
