package digitalwallet.ledger.scenario;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Order;
import digitalwallet.ledger.OrderState;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.PurchaseState;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.decide.BatchDecision.RefundShare;
import digitalwallet.ledger.decide.BatchView;
import digitalwallet.ledger.decide.BatchView.PayoutState;
import digitalwallet.ledger.decide.BatchView.TakenKey;
import digitalwallet.ledger.decide.Unit;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Loads from the books in maps what a batch names, and no more than the store would. */
final class MemoryView {

    private final MemoryBooks books;
    private final int lane;

    private final Map<UUID, AccountState> accounts = new HashMap<>();
    private final Map<String, List<AccountName>> walletsOf = new HashMap<>();
    private final Map<UUID, TakenKey> keys = new HashMap<>();
    private final Map<UUID, PurchaseState> purchases = new HashMap<>();
    private final Map<Order, OrderState> orders = new HashMap<>();
    private final Map<UUID, Order> made = new HashMap<>();
    private final Map<UUID, PayoutState> payouts = new HashMap<>();
    private final Set<UUID> bankReferences = new HashSet<>();

    MemoryView(MemoryBooks books, int lane) {
        this.books = books;
        this.lane = lane;
    }

    BatchView of(List<Unit> units) {
        for (var unit : units) {
            unit.commands().forEach(this::note);
        }
        for (var unit : units) {
            unit.commands().forEach(this::load);
        }
        return new BatchView(
                accounts,
                walletsOf,
                keys,
                purchases,
                orders,
                payouts,
                bankReferences,
                Map.of(),
                Map.of());
    }

    private void note(Command command) {
        if (command instanceof Command.Purchase(_, var user, var amount, var orderId)
                && orderId != null) {
            made.put(command.id(), new Order(user, amount.currency(), orderId));
        }
    }

    private void load(Command command) {
        var key = command.header().key();
        if (key != null && books.keys.containsKey(key.id())) {
            loadKey(key.id());
        }
        var reference = command.header().bankReference();
        if (reference != null && books.bankReferences.contains(reference)) {
            bankReferences.add(reference);
        }
        switch (command) {
            case Command.Freeze _, Command.Unfreeze _, Command.Reopen _ -> loadUser(command.user());
            case Command.Close c -> {
                loadUser(command.user());
                if (c.sweepTo() != null) {
                    loadUser(c.sweepTo());
                }
                loadPayoutsOf(command.user());
            }
            case Command.Open c -> loadWallet(c.userId(), c.currency());
            case Command.Transfer c -> {
                loadWallet(c.fromUserId(), c.amount().currency());
                loadWallet(c.toUserId(), c.amount().currency());
            }
            case Command.Refund c -> loadRefund(c);
            case Command.Deposit c -> loadMovement(c.userId(), c.amount());
            case Command.Withdraw c -> loadMovement(c.userId(), c.amount());
            case Command.Purchase c -> loadMovement(c.userId(), c.amount());
            case Command.Payout c -> loadMovement(c.userId(), c.amount());
            case Command.Settlement c -> {
                loadMovement(c.userId(), c.amount());
                loadPayout(books.transactions.get(c.payoutId()));
            }
            case Command.Reversal c -> {
                loadMovement(c.userId(), c.amount());
                loadPayout(books.transactions.get(c.payoutId()));
            }
        }
    }

    private void loadMovement(String userId, Money amount) {
        loadWallet(userId, amount.currency());
        loadAccount(AccountName.system(AccountKind.BANK, amount.currency(), lane));
        loadAccount(AccountName.system(AccountKind.SALES, amount.currency(), lane));
        loadAccount(AccountName.system(AccountKind.PAYOUTS, amount.currency(), lane));
    }

    private void loadWallet(String userId, CurrencyCode currency) {
        if (!loadAccount(AccountName.wallet(userId, currency))) {
            loadAccount(AccountName.anchor(userId));
        }
    }

    private void loadUser(String userId) {
        loadAccount(AccountName.anchor(userId));
        var wallets = new ArrayList<AccountName>();
        for (var account : books.accounts.values()) {
            if (account.kind() == AccountKind.WALLET && account.owner().equals(userId)) {
                wallets.add(account);
                loadAccount(account);
            }
        }
        walletsOf.put(userId, wallets);
    }

    private boolean loadAccount(AccountName name) {
        var history = books.entries.get(name.id());
        if (history != null) {
            accounts.put(name.id(), history.getLast().state());
        }
        return history != null;
    }

    private void loadRefund(Command.Refund command) {
        loadMovement(command.userId(), command.amount());
        var purchaseId = command.purchaseId();
        if (purchaseId != null) {
            loadPurchase(books.transactions.get(purchaseId));
            var purchase = purchases.get(purchaseId);
            var order = purchase == null ? made.get(purchaseId) : purchase.order();
            if (order != null) {
                loadOrder(order);
            }
            return;
        }
        var orderId = command.orderId();
        if (orderId != null) {
            loadOrder(new Order(command.userId(), command.amount().currency(), orderId));
        }
    }

    private void loadOrder(Order order) {
        var ids = new ArrayList<UUID>();
        boolean sold = false;
        long credited = 0;
        for (var transaction : books.transactions.values()) {
            var named = orderOf(transaction);
            if (named == null || !named.alike().equals(order.alike())) {
                continue;
            }
            boolean purchase = transaction.type() == TransactionType.PURCHASE;
            sold |= purchase;
            if (purchase && named.equals(order)) {
                ids.add(transaction.id());
                loadPurchase(transaction);
            } else if (!purchase
                    && named.folded().equals(order.folded())
                    && transaction.relatedTransactionId() == null
                    && drewOnNothing(transaction.id())) {
                credited += Objects.requireNonNull(transaction.amount()).minorUnits();
            }
        }
        orders.put(order, new OrderState(ids, true, credited, sold));
    }

    private boolean drewOnNothing(UUID refundId) {
        return books.refunds.values().stream()
                .flatMap(List::stream)
                .noneMatch(share -> share.transactionId().equals(refundId));
    }

    /** Of what was posted. */
    private static @Nullable Order orderOf(Transaction transaction) {
        var orderId = transaction.orderId();
        var amount = transaction.amount();
        return transaction.isPosted() && orderId != null && amount != null
                ? new Order(transaction.userId(), amount.currency(), orderId)
                : null;
    }

    private void loadPurchase(@Nullable Transaction purchase) {
        if (purchase == null
                || purchase.type() != TransactionType.PURCHASE
                || !purchase.isPosted()) {
            return;
        }
        var amount = Objects.requireNonNull(purchase.amount());
        var shares = books.refunds.getOrDefault(purchase.id(), List.of());
        purchases.put(
                purchase.id(),
                new PurchaseState(
                        purchase.userId(),
                        amount.currency(),
                        purchase.orderId(),
                        amount.minorUnits(),
                        shares.isEmpty() ? 0 : shares.getLast().refundedAfter(),
                        shares.size()));
    }

    private void loadPayoutsOf(String userId) {
        books.transactions.values().stream()
                .filter(transaction -> transaction.userId().equals(userId))
                .filter(transaction -> !books.payoutEnds.containsKey(transaction.id()))
                .forEach(this::loadPayout);
    }

    private void loadPayout(@Nullable Transaction payout) {
        if (payout != null && payout.type() == TransactionType.PAYOUT && payout.isPosted()) {
            var amount = Objects.requireNonNull(payout.amount());
            payouts.put(
                    payout.id(),
                    new PayoutState(
                            payout.userId(),
                            amount.currency(),
                            amount.minorUnits(),
                            books.payoutEnds.get(payout.id())));
        }
    }

    private void loadKey(UUID id) {
        var row = Objects.requireNonNull(books.keys.get(id));
        var transaction = Objects.requireNonNull(books.transactions.get(row.transactionId()));
        var outcome =
                transaction.isPosted()
                        ? new Outcome.Posted(
                                transaction, balanceAfter(transaction), draws(transaction), true)
                        : new Outcome.Rejected(transaction, true);
        keys.put(id, new TakenKey(row.key().fingerprint(), outcome));
    }

    private List<Outcome.Draw> draws(Transaction transaction) {
        return books.transactions.keySet().stream()
                .flatMap(id -> books.refunds.getOrDefault(id, List.of()).stream())
                .filter(share -> share.transactionId().equals(transaction.id()))
                .map(share -> draw(share, Objects.requireNonNull(transaction.amount())))
                .toList();
    }

    private static Outcome.Draw draw(RefundShare share, Money refund) {
        long left = share.purchaseAmount() - share.refundedAfter();
        return new Outcome.Draw(
                share.purchaseId(),
                new Money(share.amount(), refund.currency()),
                new Money(left, refund.currency()));
    }

    /** Of the user's own wallet: the replay must tell what the first answer told. */
    private Outcome.@Nullable Balance balanceAfter(Transaction transaction) {
        var amount = transaction.amount();
        if (amount == null) {
            return null;
        }
        var wallet = AccountName.wallet(transaction.userId(), amount.currency());
        for (var key : transaction.entries()) {
            if (key.accountId().equals(wallet.id())) {
                var history = Objects.requireNonNull(books.entries.get(wallet.id()));
                var entry = history.get((int) key.version() - 1);
                var balance = new Money(entry.balanceAfter(), amount.currency());
                return new Outcome.Balance(balance, key.version());
            }
        }
        return null;
    }
}
