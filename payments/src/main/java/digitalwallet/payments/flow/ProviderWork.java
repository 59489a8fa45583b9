package digitalwallet.payments.flow;

import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.PaymentState;
import digitalwallet.payments.loop.Loop;
import digitalwallet.payments.provider.Answer;
import digitalwallet.payments.provider.Provider;
import digitalwallet.payments.provider.ProviderCall;
import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.Payment;
import digitalwallet.payments.store.Payments;
import digitalwallet.payments.store.ProviderCalls;
import digitalwallet.payments.store.ProviderCalls.Action;
import digitalwallet.payments.store.WalletTransactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the provider for every payment that is due. A call is written down before it is made. A
 * movement that was sent once is asked about, and is sent again only when the provider has never
 * heard of it. So is one that is old: what was written down of it may have been lost.
 */
public final class ProviderWork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderWork.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PAID_LATE_MAX = Duration.ofDays(1);
    private static final Duration SENT_AT_ONCE_MAX = Duration.ofMinutes(1);
    private static final int UUID_TIME_SHIFT = 16;
    private static final long STOP_SECONDS_MAX = 10;

    private final Database database;
    private final Payments payments;
    private final ProviderCalls calls;
    private final WalletTransactions transactions;
    private final PaymentFlow flow;
    private final Provider provider;
    private final FlowSettings settings;
    private final InstantSource clock;
    private final BiConsumer<Checkpoint, UUID> checkpoint;
    private final Semaphore free;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Loop loop;

    private record Task(Payment payment, Action action, long call) {}

    private ProviderWork(
            Database database,
            PaymentFlow flow,
            Provider provider,
            FlowSettings settings,
            InstantSource clock,
            BiConsumer<Checkpoint, UUID> checkpoint) {
        this.database = database;
        this.payments = new Payments(database);
        this.calls = new ProviderCalls(database);
        this.transactions = new WalletTransactions(database);
        this.flow = flow;
        this.provider = provider;
        this.settings = settings;
        this.clock = clock;
        this.checkpoint = checkpoint;
        this.free = new Semaphore(settings.callsMax());
        this.loop = Loop.start("provider-work", PAUSE, this::round);
    }

    /** Starts. */
    public static ProviderWork start(
            Database database,
            PaymentFlow flow,
            Provider provider,
            FlowSettings settings,
            InstantSource clock,
            BiConsumer<Checkpoint, UUID> checkpoint) {
        return new ProviderWork(database, flow, provider, settings, clock, checkpoint);
    }

    /** Looks for work at once, because there may be some. */
    public void wake() {
        loop.wake();
    }

    /** Lets running calls end. */
    @Override
    public void close() {
        loop.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean round() {
        int max = free.availablePermits();
        var tasks = max == 0 ? List.<Task>of() : database.inTransaction(() -> claim(max));
        for (var task : tasks) {
            free.acquireUninterruptibly();
            threads.execute(() -> guarded(task));
        }
        return !tasks.isEmpty();
    }

    private List<Task> claim(int max) {
        return payments.claimDue(now(), settings.callLease(), max).stream()
                .map(payment -> begin(payment, mayBeKnown(payment)))
                .toList();
    }

    private boolean mayBeKnown(Payment payment) {
        return isOld(payment) || calls.wasSent(key(payment)) || !mayBeSent(payment);
    }

    /** A wallet that was restored may have lost a payout, and refuse it now: that is not paid. */
    private boolean mayBeSent(Payment payment) {
        return payment.kind() == PaymentKind.TOP_UP || !transactions.isRefused(payment.id());
    }

    /**
     * Whether the provider may know more of it than we do, because our database was restored. By
     * the time in its id: a payout that is heard of again is as old as its withdrawal.
     */
    private boolean isOld(Payment payment) {
        long madeAt = payment.id().getMostSignificantBits() >>> UUID_TIME_SHIFT;
        return Instant.ofEpochMilli(madeAt).plus(SENT_AT_ONCE_MAX).isBefore(now());
    }

    private Task begin(Payment payment, boolean mayBeKnown) {
        var action = mayBeKnown ? Action.QUERY : Action.SEND;
        return new Task(payment, action, calls.begin(payment.id(), key(payment), action, now()));
    }

    private void guarded(Task task) {
        try {
            work(task);
        } catch (RuntimeException e) {
            LOG.warn("payment {} is tried again: {}", task.payment.id(), e.getMessage(), e);
        } finally {
            free.release();
        }
    }

    private void work(Task task) {
        var id = task.payment.id();
        checkpoint.accept(Checkpoint.CALL_RECORDED, id);
        var answer =
                switch (task.action) {
                    case SEND -> provider.send(call(task.payment));
                    case QUERY -> provider.query(key(task.payment));
                };
        checkpoint.accept(Checkpoint.CALL_ANSWERED, id);
        if (answer instanceof Answer.NotFound
                && isWaiting(task.payment)
                && mayBeSent(task.payment)) {
            work(database.inTransaction(() -> sendAgain(task)));
            return;
        }
        database.inTransactionDo(
                () -> {
                    store(task, answer);
                    checkpoint.accept(Checkpoint.ANSWER_UNCOMMITTED, id);
                });
        checkpoint.accept(Checkpoint.ANSWER_STORED, id);
    }

    private Task sendAgain(Task task) {
        calls.end(task.call, new Answer.NotFound().word(), now());
        return begin(task.payment, false);
    }

    private void store(Task task, Answer answer) {
        var payment = task.payment;
        calls.end(task.call, answer.word(), now());
        if (answer instanceof Answer.Unknown(var why)) {
            LOG.info("nothing is known of payment {}: {}", payment.id(), why);
        }
        // Before the flow hears the answer, which may change the state: then nothing is postponed.
        payments.postpone(payment, nextActionAt(payment));
        flow.hear(payment.id(), answer, payment.state() == PaymentState.REFUNDING);
    }

    /** A top-up that failed is asked about for a day: some providers pay late. */
    private @Nullable Instant nextActionAt(Payment payment) {
        boolean isOver =
                payment.state() == PaymentState.FAILED
                        && payment.changedAt().plus(PAID_LATE_MAX).isBefore(now());
        return isOver ? null : now().plus(settings.backoff(payment.attempts()));
    }

    private static boolean isWaiting(Payment payment) {
        return payment.state() == PaymentState.PENDING || payment.state() == PaymentState.REFUNDING;
    }

    /** The key of the movement that this payment waits for. */
    static String key(Payment payment) {
        return payment.state() == PaymentState.REFUNDING
                ? payment.providerKey() + ":refund"
                : payment.providerKey().toString();
    }

    private static ProviderCall call(Payment payment) {
        var kind =
                payment.state() == PaymentState.REFUNDING
                        ? ProviderCall.Kind.REFUND
                        : payment.kind() == PaymentKind.TOP_UP
                                ? ProviderCall.Kind.CHARGE
                                : ProviderCall.Kind.PAY;
        return new ProviderCall(
                key(payment),
                kind,
                payment.amount(),
                payment.userId(),
                payment.method(),
                payment.destination());
    }

    private Instant now() {
        return clock.instant();
    }
}
