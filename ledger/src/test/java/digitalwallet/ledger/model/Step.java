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
}
