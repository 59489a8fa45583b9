package digitalwallet.ledger.model;

import digitalwallet.ledger.scenario.Wallets.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The payouts there have been, and what ended them. */
final class NaivePayouts {

    private final Map<UUID, Request> made;
    private final Map<UUID, UUID> ended;

    NaivePayouts() {
        this(new HashMap<>(), new HashMap<>());
    }

    private NaivePayouts(Map<UUID, Request> made, Map<UUID, UUID> ended) {
        this.made = made;
        this.ended = ended;
    }

    NaivePayouts copy() {
        return new NaivePayouts(new HashMap<>(made), new HashMap<>(ended));
    }

    void make(UUID id, Request payout) {
        made.put(id, payout);
    }

    void end(Request request, UUID id) {
        ended.put(Objects.requireNonNull(request.purchaseId()), id);
    }

    /** Whether a settlement or reversal names a payout of its user with its amount. */
    boolean isNamedBy(Request request) {
        var payout = made.get(request.purchaseId());
        return payout != null
                && payout.userId().equals(request.userId())
                && Objects.equals(payout.amount(), request.amount());
    }

    boolean isInTransit(String user) {
        return made.entrySet().stream()
                .anyMatch(
                        payout ->
                                user.equals(payout.getValue().userId())
                                        && !ended.containsKey(payout.getKey()));
    }

    /** What ended the payout that this settlement or reversal names. */
    @Nullable UUID endOf(Request request) {
        return ended.get(request.purchaseId());
    }
}
