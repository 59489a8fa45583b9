package digitalwallet.ledger.decide;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.Entry;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Order;
import digitalwallet.ledger.OrderState;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.PurchaseState;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.UnitOutcome;
import digitalwallet.ledger.decide.BatchDecision.CreditedBankReference;
import digitalwallet.ledger.decide.BatchDecision.OpenedAccount;
import digitalwallet.ledger.decide.BatchDecision.PayoutEnd;
import digitalwallet.ledger.decide.BatchDecision.RefundShare;
import digitalwallet.ledger.decide.BatchDecision.TakenKeyRow;
import digitalwallet.ledger.decide.BatchDecision.UsedReference;
import digitalwallet.ledger.decide.BatchView.PayoutState;
import digitalwallet.ledger.decide.BatchView.TakenKey;
import digitalwallet.money.CurrencyCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The books as a batch sees them while it is decided: its own rows over what lies below, which is
 * the view, or for an atomic group the batch so far. What is dropped without being merged has never
 * happened.
 */
final class Scratch {

    private final BatchView view;
    private final @Nullable Scratch below;

    private final Map<UUID, AccountState> states = new HashMap<>();
    private final Map<String, List<AccountName>> openedWallets = new HashMap<>();
    private final Map<UUID, PurchaseState> purchases = new HashMap<>();
    private final Map<Order, List<UUID>> orders = new HashMap<>();
    private final Map<Order, Long> orderCredits = new HashMap<>();
    private final Set<Order.Alike> sold = new HashSet<>();
    private final Map<UUID, PayoutState> payouts = new HashMap<>();
    private final Set<UUID> bankReferences = new HashSet<>();
    private final Map<UUID, UUID> used = new HashMap<>();
    private final Map<UUID, TakenKey> takenKeys = new HashMap<>();
    private final Map<UUID, Outcome.Recorded> recorded = new HashMap<>();

    private final List<Transaction> transactions = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<OpenedAccount> accounts = new ArrayList<>();
    private final List<RefundShare> refunds = new ArrayList<>();
    private final List<CreditedBankReference> credited = new ArrayList<>();
    private final List<PayoutEnd> payoutEnds = new ArrayList<>();
    private final List<TakenKeyRow> keys = new ArrayList<>();

    private Scratch(BatchView view, @Nullable Scratch below) {
        this.view = view;
        this.below = below;
    }

    static Scratch over(BatchView view) {
        return new Scratch(view, null);
    }

    static Scratch over(Scratch below) {
        return new Scratch(below.view, below);
    }

    @Nullable AccountState account(AccountName name) {
        var state = states.get(name.id());
        if (state != null) {
            return state;
        }
        return below == null ? view.accounts().get(name.id()) : below.account(name);
    }

    /** Whether an entry of this account was decided in this batch. */
    boolean hasChanged(AccountName name) {
        return states.containsKey(name.id()) || (below != null && below.hasChanged(name));
    }

    Side side(String userId, CurrencyCode currency) {
        var wallet = AccountName.wallet(userId, currency);
        var state = account(wallet);
        var anchor = state == null ? account(AccountName.anchor(userId)) : null;
        return new Side(wallet, state, anchor);
    }

    /** All wallets of a user whom a freeze, unfreeze or close concerns, in order of opening. */
    List<AccountName> walletsOf(String userId) {
        var wallets =
                new ArrayList<>(
                        below == null
                                ? view.walletsOf().getOrDefault(userId, List.of())
                                : below.walletsOf(userId));
        wallets.addAll(openedWallets.getOrDefault(userId, List.of()));
        return wallets;
    }

    @Nullable PurchaseState purchase(UUID id) {
        var purchase = purchases.get(id);
        if (purchase != null) {
            return purchase;
        }
        return below == null ? view.purchases().get(id) : below.purchase(id);
    }

    OrderState order(Order order) {
        var before =
                below == null
                        ? view.orders().getOrDefault(order, OrderState.NONE)
                        : below.order(order);
        var ids = new ArrayList<>(before.purchases());
        // Nothing newer is drawn on while older ones were not looked at.
        ids.addAll(before.complete() ? orders.getOrDefault(order, List.of()) : List.of());
        return new OrderState(
                ids,
                before.complete(),
                before.credited() + orderCredits.getOrDefault(order.folded(), 0L),
                before.sold() || sold.contains(order.alike()));
    }

    @Nullable PayoutState payout(UUID id) {
        var payout = payouts.get(id);
        if (payout != null) {
            return payout;
        }
        return below == null ? view.payouts().get(id) : below.payout(id);
    }

    /** The first payout of a user that has not ended. */
    @Nullable UUID payoutInTransit(String userId) {
        var ids = new TreeSet<>(view.payouts().keySet());
        for (var books = this; books != null; books = books.below) {
            ids.addAll(books.payouts.keySet());
        }
        for (var id : ids) {
            var payout = payout(id);
            if (payout != null && payout.endedBy() == null && payout.userId().equals(userId)) {
                return id;
            }
        }
        return null;
    }

    boolean isCredited(UUID bankReference) {
        if (bankReferences.contains(bankReference)) {
            return true;
        }
        return below == null
                ? view.bankReferences().contains(bankReference)
                : below.isCredited(bankReference);
    }

    /** The transaction that has used this unique reference up; null when none has. */
    @Nullable UUID userOf(UUID reference) {
        var user = used.get(reference);
        if (user != null) {
            return user;
        }
        return below == null ? view.used().get(reference) : below.userOf(reference);
    }

    @Nullable TakenKey takenKey(IdempotencyKey key) {
        var taken = takenKeys.get(key.id());
        if (taken != null) {
            return taken;
        }
        return below == null ? view.keys().get(key.id()) : below.takenKey(key);
    }

    /** What became of the queued command of this id, as far as the books or this batch say. */
    Outcome.@Nullable Recorded recorded(UUID transactionId) {
        var outcome = recorded.get(transactionId);
        if (outcome != null) {
            return outcome;
        }
        return below == null ? view.recorded().get(transactionId) : below.recorded(transactionId);
    }

    void record(UUID transactionId, Outcome.Recorded outcome) {
        recorded.put(transactionId, outcome);
    }

    void add(Transaction transaction) {
        transactions.add(transaction);
    }

    void add(Move move, Entry entry) {
        var account = move.account();
        if (move.before() == null) {
            accounts.add(new OpenedAccount(account, entry.transactionId()));
            if (account.kind() == AccountKind.WALLET) {
                openedWallets.computeIfAbsent(account.owner(), _ -> new ArrayList<>()).add(account);
            }
        }
        entries.add(entry);
        states.put(account.id(), entry.state());
    }

    void addPurchase(UUID id, PurchaseState purchase) {
        purchases.put(id, purchase);
        var order = purchase.order();
        if (order != null) {
            orders.computeIfAbsent(order, _ -> new ArrayList<>()).add(id);
            sold.add(order.alike());
        }
    }

    /** Something was given back for an order that has no purchase, in minor units. */
    void addCredit(Order order, long amount) {
        orderCredits.merge(order.folded(), amount, Math::addExact);
    }

    void add(RefundShare share, PurchaseState after) {
        refunds.add(share);
        purchases.put(share.purchaseId(), after);
    }

    void addPayout(UUID id, PayoutState payout) {
        payouts.put(id, payout);
    }

    void add(PayoutEnd end, PayoutState after) {
        payoutEnds.add(end);
        payouts.put(end.payoutId(), after);
    }

    void addCredit(UUID bankReference, UUID transactionId) {
        bankReferences.add(bankReference);
        credited.add(new CreditedBankReference(bankReference, transactionId));
    }

    void use(UUID reference, UUID transactionId) {
        used.put(reference, transactionId);
    }

    void take(IdempotencyKey key, UUID transactionId, Outcome.Recorded outcome) {
        takenKeys.put(key.id(), new TakenKey(key.fingerprint(), outcome));
        keys.add(new TakenKeyRow(key, transactionId));
    }

    /** Makes this part of what lies below. */
    void merge(Scratch into) {
        into.states.putAll(states);
        openedWallets.forEach(
                (user, names) ->
                        into.openedWallets
                                .computeIfAbsent(user, _ -> new ArrayList<>())
                                .addAll(names));
        into.purchases.putAll(purchases);
        orders.forEach(
                (order, ids) ->
                        into.orders.computeIfAbsent(order, _ -> new ArrayList<>()).addAll(ids));
        orderCredits.forEach(
                (order, amount) -> into.orderCredits.merge(order, amount, Math::addExact));
        into.sold.addAll(sold);
        into.payouts.putAll(payouts);
        into.bankReferences.addAll(bankReferences);
        into.used.putAll(used);
        into.takenKeys.putAll(takenKeys);
        into.recorded.putAll(recorded);
        into.transactions.addAll(transactions);
        into.entries.addAll(entries);
        into.accounts.addAll(accounts);
        into.refunds.addAll(refunds);
        into.credited.addAll(credited);
        into.payoutEnds.addAll(payoutEnds);
        into.keys.addAll(keys);
    }

    BatchDecision decision(List<UnitOutcome> outcomes) {
        return new BatchDecision(
                transactions,
                entries,
                accounts,
                refunds,
                credited,
                used.entrySet().stream()
                        .map(use -> new UsedReference(use.getKey(), use.getValue()))
                        .toList(),
                payoutEnds,
                keys,
                states,
                outcomes);
    }
}
