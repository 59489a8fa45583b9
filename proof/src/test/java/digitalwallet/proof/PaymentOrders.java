package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that order top-ups and payouts of every behaviour of the bank, each under one key. */
final class PaymentOrders implements AutoCloseable {

    /** The users whose money moves. */
    static final List<String> USERS = List.of("alice", "bob", "carol", "dave", "erin");

    /** The money that each of them has at first. */
    static final BigDecimal BEGINNING = new BigDecimal("1000000.00");

    private static final String CLOSED = "zoe";
    private static final int THREADS = 6;
    private static final List<String> SCRIPTS =
            List.of(
                    "ok",
                    "decline",
                    "cancel",
                    "late-success",
                    "delay-300ms",
                    "delay-2s",
                    "timeout",
                    "unreachable",
                    "duplicate-webhook",
                    "lost-webhook",
                    "out-of-order",
                    "delay-1s:lost-webhook",
                    "timeout:lost-webhook",
                    "unreachable:decline",
                    "late-success:lost-webhook",
                    "decline:duplicate-webhook:out-of-order");

    private final URI wallet;
    private final URI payments;
    private final PersistentCaller caller;
    private final Semaphore permits = new Semaphore(0);
    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final Map<String, Order> taken = new ConcurrentHashMap<>();
    private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /**
     * An order.
     *
     * @param key the idempotency key
     * @param script what the bank is to do
     */
    record Order(String key, boolean isTopUp, String user, String amount, String script) {

        /** How its payment has to end. */
        String end() {
            boolean isRefused = script.contains("decline") || script.contains("cancel");
            if (isRefused) {
                return isTopUp ? "failed" : "returned";
            }
            return user.equals(CLOSED) ? "refunded" : "settled";
        }

        private static Order of(int number) {
            boolean isTopUp = number % 2 == 0;
            var script = SCRIPTS.get(number / 2 % SCRIPTS.size());
            // A closed wallet takes nothing, so the money has to go back.
            boolean isForClosed = isTopUp && number % 11 == 0;
            var user = isForClosed ? CLOSED : USERS.get(number % USERS.size());
            var amount = BigDecimal.valueOf(100L + number, 2).toPlainString();
            return new Order("order-" + number, isTopUp, user, amount, script);
        }
    }

    PaymentOrders(URI wallet, URI payments, PersistentCaller caller) {
        this.wallet = wallet;
        this.payments = payments;
        this.caller = caller;
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofVirtual().name("orders-" + i).start(this::run));
        }
    }

    /** Gives each user some money to begin with, and closes the wallet of one. */
    void openWallets() {
        for (var user : USERS) {
            var body =
                    "{\"user_id\":\"%s\",\"amount\":\"%s\",\"initiated_by\":\"shop\"}"
                            .formatted(user, BEGINNING);
            caller.post(wallet, "system", "/deposit", "begin-" + user, body, 201);
        }
        var open = "{\"user_id\":\"%s\",\"initiated_by\":\"shop\"}".formatted(CLOSED);
        caller.post(wallet, "system", "/wallets", "open", open, 201);
        var close = "{\"initiated_by\":\"the-admin\",\"reason\":\"asked for it\"}";
        caller.post(wallet, "admin", "/wallets/" + CLOSED + "/close", "close", close, 201);
    }

    void begin(int more) {
        wanted.addAndGet(more);
        permits.release(more);
    }

    /** How many orders are begun and not yet taken. */
    int open() {
        return wanted.get() - taken.size();
    }

    /** Whether one was answered in a way that no crash explains. */
    boolean areBroken() {
        return !unexpected.isEmpty();
    }

    /** The orders that were taken, by the id of their payment. */
    Map<String, Order> taken() {
        return taken;
    }

    /** Ends the threads, and makes sure that every order was taken. */
    void finish() {
        close();
        assertThat(unexpected).as("what no crash explains").isEmpty();
        assertThat(open()).isZero();
    }

    private void run() {
        try {
            permits.acquire();
            while (!ended) {
                take(Order.of(begun.getAndIncrement()));
                permits.acquire();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            unexpected.add(e);
        }
    }

    private void take(Order order) {
        var id = order.isTopUp ? topUp(order) : payOut(order);
        if (taken.putIfAbsent(id, order) != null) {
            throw new IllegalStateException(order + " is another's: " + id);
        }
    }

    private String topUp(Order order) {
        var body =
                "{\"user_id\":\"%s\",\"amount\":\"%s\",\"method\":\"sandbox:%s\"}"
                        .formatted(order.user, order.amount, order.script);
        return caller.post(payments, "system", "/payments/top-ups", order.key, body, 202)
                .at("/payment/id")
                .asString();
    }

    private String payOut(Order order) {
        var body =
                """
                {"user_id":"%s","amount":"%s","initiated_by":"shop",
                 "payout":{"method":"sandbox:%s","destination":"DE89370400440532013000"}}\
                """
                        .formatted(order.user, order.amount, order.script);
        return caller.post(wallet, "system", "/withdraw", order.key, body, 201)
                .at("/transaction/id")
                .asString();
    }

    @Override
    public void close() {
        ended = true;
        permits.release(THREADS);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
