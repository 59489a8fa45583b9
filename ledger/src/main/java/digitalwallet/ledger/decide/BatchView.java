package digitalwallet.ledger.decide;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.Order;
import digitalwallet.ledger.OrderState;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.PurchaseState;
import digitalwallet.money.CurrencyCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the books say about everything a batch names. Whatever is not in here does not exist.
 *
 * @param accounts by account id; the anchors of users whose wallet is absent and of users concerned
 *     as a whole are among them
 * @param walletsOf all wallets of the users that a freeze, unfreeze or close concerns, by user id
 * @param keys the idempotency keys of the batch that are taken, by key id
 * @param purchases the purchases its refunds may draw on, by transaction id
 * @param orders those that its refunds name, by themselves or by a purchase
 * @param payouts the posted payouts that its settlements and reversals name, and those in transit
 *     of the users it closes, by transaction id
 * @param bankReferences those of the batch that have been credited
 * @param used the unique references of the batch that are used up, with the transaction that did
 * @param recorded the outcomes of queued commands of the batch that are in the books already, by
 *     transaction id; may miss some, for no transaction can be inserted twice
 */
public record BatchView(
        Map<UUID, AccountState> accounts,
        Map<String, List<AccountName>> walletsOf,
        Map<UUID, TakenKey> keys,
        Map<UUID, PurchaseState> purchases,
        Map<Order, OrderState> orders,
        Map<UUID, PayoutState> payouts,
        Set<UUID> bankReferences,
        Map<UUID, UUID> used,
        Map<UUID, Outcome.Recorded> recorded) {

    /**
     * A key whose outcome is known.
     *
     * @param fingerprint of the request that took it
     * @param outcome replayed
     */
    public record TakenKey(UUID fingerprint, Outcome.Recorded outcome) {}

    /**
     * A posted payout.
     *
     * @param amount in minor units
     * @param endedBy the settlement or reversal that ended it; null while it is under way
     */
    public record PayoutState(
            String userId, CurrencyCode currency, long amount, @Nullable UUID endedBy) {}
}
