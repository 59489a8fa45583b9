package digitalwallet.payments.flow;

import digitalwallet.messages.WalletEvent;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.InvalidAmountException;
import digitalwallet.money.Money;
import digitalwallet.payments.EventIds;
import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.Signal;
import digitalwallet.payments.provider.Provider;
import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.Payment;
import digitalwallet.payments.store.Payments;
import digitalwallet.payments.store.WalletTransaction;
import digitalwallet.payments.store.WalletTransactions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what the wallet posted and refused, and picks what concerns payments. */
public final class WalletNews {

    private static final Logger LOG = LoggerFactory.getLogger(WalletNews.class);
    private static final String PAYOUT = "payout";
    private static final String DEPOSIT = "deposit";
    private static final String REVERSAL = "reversal";
    private static final Set<String> ENDS_OF_PAYOUTS = Set.of("settlement", REVERSAL);

    private final Payments payments;
    private final WalletTransactions transactions;
    private final PaymentFlow flow;
    private final Provider provider;
    private final InstantSource clock;
    private final BiConsumer<Checkpoint, UUID> checkpoint;

    /** Into this flow. */
    public WalletNews(
            Database database,
            PaymentFlow flow,
            Provider provider,
            InstantSource clock,
            BiConsumer<Checkpoint, UUID> checkpoint) {
        this.payments = new Payments(database);
        this.transactions = new WalletTransactions(database);
        this.flow = flow;
        this.provider = provider;
        this.clock = clock;
        this.checkpoint = checkpoint;
    }

    /** Hears events in their order, within the caller's transaction. */
    public void hear(List<WalletEvent> events) {
        var mayBeOurs = events.stream().filter(WalletNews::mayConcernPayments).toList();
        if (mayBeOurs.isEmpty()) {
            return;
        }
        var causes = causes(mayBeOurs.stream().map(WalletEvent::transaction).toList());
        for (var event : mayBeOurs) {
            hear(event.transaction(), causes);
        }
    }

    private static boolean mayConcernPayments(WalletEvent event) {
        return mayConcernPayments(event.transaction().type());
    }

    /** Whether a transaction of this type may concern payments. */
    public static boolean mayConcernPayments(String type) {
        return type.equals(PAYOUT) || type.equals(DEPOSIT) || ENDS_OF_PAYOUTS.contains(type);
    }

    /**
     * The payments that caused these transactions. One that was restored may not know yet what it
     * causes, but the transaction says it.
     */
    private Map<UUID, UUID> causes(List<WalletEvent.Transaction> news) {
        var named = new HashMap<UUID, UUID>();
        news.forEach(each -> named.put(each.id(), named(each)));
        var known = new HashSet<>(payments.known(named.values()));
        // After a restore a payout and its end may be read at once.
        news.stream().filter(WalletNews::begins).forEach(each -> known.add(each.id()));
        named.values().retainAll(known);
        named.putAll(transactions.paymentsOf(news.stream().map(each -> each.id()).toList()));
        return named;
    }

    private static boolean begins(WalletEvent.Transaction transaction) {
        return isPayout(transaction) && transaction.payout() != null && amount(transaction) != null;
    }

    private static boolean isPayout(WalletEvent.Transaction transaction) {
        return transaction.type().equals(PAYOUT) && isPosted(transaction);
    }

    private static UUID named(WalletEvent.Transaction transaction) {
        var payout = transaction.references().relatedTransactionId();
        return switch (transaction.type()) {
            case DEPOSIT -> EventIds.topUpOf(transaction.id());
            case PAYOUT -> transaction.id();
            default -> payout == null ? transaction.id() : payout;
        };
    }

    private void hear(WalletEvent.Transaction transaction, Map<UUID, UUID> causes) {
        var paymentId = causes.get(transaction.id());
        boolean isPayout = isPayout(transaction);
        if (!isPayout && paymentId == null && !isOurs(transaction)) {
            return;
        }
        var amount = amount(transaction);
        if (amount == null) {
            LOG.error("the wallet's transaction {} has no amount", transaction.id());
            return;
        }
        if (!transactions.hear(seen(transaction, isPayout, paymentId, amount))) {
            return;
        }
        if (isPayout) {
            begin(transaction, amount);
        } else if (paymentId == null) {
            LOG.error("the {} {} has no payment", transaction.type(), transaction.id());
        } else {
            end(transaction, paymentId);
        }
        checkpoint.accept(
                Checkpoint.WALLET_EVENT_UNCOMMITTED,
                paymentId == null ? transaction.id() : paymentId);
    }

    private void begin(WalletEvent.Transaction transaction, Money amount) {
        var target = transaction.payout();
        if (target == null) {
            LOG.error("the payout {} does not say where to", transaction.id());
            return;
        }
        payments.insert(
                Payment.begin(
                        transaction.id(),
                        transaction.id(),
                        PaymentKind.PAYOUT,
                        transaction.parties().key(),
                        amount,
                        target.method(),
                        target.destination(),
                        transaction.initiatedBy(),
                        WalletEvent.SOURCE,
                        clock.instant()));
    }

    private void end(WalletEvent.Transaction transaction, UUID paymentId) {
        var rejection = transaction.rejection();
        if (rejection == null) {
            flow.posted(
                    paymentId,
                    transaction.type().equals(REVERSAL)
                            ? Signal.WALLET_RETURNED
                            : Signal.WALLET_POSTED,
                    transaction.id(),
                    transaction.references().bankTransactionId());
        } else {
            flow.rejected(paymentId, transaction.id(), rejection.code());
        }
    }

    /** Whether the transaction should have a payment, although as far as we know none caused it. */
    private boolean isOurs(WalletEvent.Transaction transaction) {
        var reference = transaction.references().bankTransactionId();
        return isPosted(transaction)
                && (ENDS_OF_PAYOUTS.contains(transaction.type())
                        || (reference != null && provider.isReference(reference)));
    }

    private static WalletTransaction seen(
            WalletEvent.Transaction transaction,
            boolean isPayout,
            @Nullable UUID paymentId,
            Money amount) {
        var rejection = transaction.rejection();
        return new WalletTransaction(
                transaction.id(),
                transaction.type(),
                isPayout ? transaction.id() : paymentId,
                transaction.parties().key(),
                amount,
                transaction.references().bankTransactionId(),
                rejection == null ? null : rejection.code(),
                transaction.createdAt());
    }

    private static @Nullable Money amount(WalletEvent.Transaction transaction) {
        var amount = transaction.amount();
        var code = transaction.currency();
        if (amount == null || code == null) {
            return null;
        }
        try {
            return CurrencyCode.find(code)
                    .map(currency -> Money.parse(amount, currency))
                    .orElse(null);
        } catch (InvalidAmountException _) {
            return null;
        }
    }

    private static boolean isPosted(WalletEvent.Transaction transaction) {
        return transaction.status() == WalletEvent.Status.POSTED;
    }
}
