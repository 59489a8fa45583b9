package digitalwallet.payments.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import digitalwallet.local.postgres.LocalPostgres;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.payments.flow.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What becomes of callers and payments when the database goes away, or one of two instances. */
final class SurvivalIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> SCRIPTS =
            List.of(
                    "ok",
                    "decline",
                    "delay-1s",
                    "timeout",
                    "unreachable",
                    "duplicate-webhook",
                    "lost-webhook",
                    "out-of-order");
    private static final List<String> PATHS =
            List.of(
                    "/payments",
                    "/payments/" + FakeWallet.newId(),
                    "/payments/reconciliation",
                    "/readyz");

    @Test
    void without_postgresql_callers_are_told_to_come_back_and_the_service_recovers() {
        try (var postgres = LocalPostgres.temporary(PostgresVersion.V18, Map.of());
                var payments = TestPayments.on(postgres, Map.of())) {
            payments.start(Checkpoint.NOTHING);
            try (var callers = new Callers(payments)) {
                callers.awaitMore(200, 202, 404);
                postgres.kill();
                callers.awaitMore(503);
                assertThat(payments.get("system", "/healthz").status()).isEqualTo(200);
                postgres.restart();
                callers.awaitMore(200, 202, 404);
                // This time it stops in order, while its clients are connected.
                postgres.stop();
                callers.awaitMore(503);
                postgres.restart();
                callers.awaitMore(200, 202, 404);
                callers.finish();
                callers.repeatAll();
                awaitEnd(payments);
                assertThat(payments.query("SELECT id FROM payments.payment"))
                        .hasSize(callers.keys.size());
                assertThat(payments.wallet().posted()).hasSize(callers.keys.size());
            }
        }
    }

    @Test
    void of_two_instances_the_other_takes_over_and_nothing_happens_twice() {
        try (var payments = TestPayments.prepared(Map.of());
                var one = PaymentsProcess.start(payments)) {
            // The first one reads the wallet's events, until it is gone.
            one.awaitReady();
            try (var other = PaymentsProcess.start(payments)) {
                other.awaitReady();
                var orders = new ArrayList<String>();
                order(orders, List.of(one, other), payments);
                awaitEnd(payments);

                order(orders, List.of(one, other), payments);
                one.kill();
                order(orders, List.of(other), payments);
                awaitEnd(payments);
                assertHappenedOnce(orders, payments);
            }
        }
    }

    private static void assertHappenedOnce(List<String> orders, TestPayments payments) {
        assertThat(payments.query("SELECT id FROM payments.payment WHERE kind = 'top-up'"))
                .containsExactlyInAnyOrderElementsOf(orders);
        int refused = orders.size() / SCRIPTS.size();
        assertThat(payments.wallet().posted().stream().map(FakeWallet.Posted::paymentId))
                .doesNotHaveDuplicates()
                .hasSize(2 * orders.size() - refused);
        assertThat(payments.query("SELECT key FROM payments.sandbox_movement"))
                .hasSize(2 * orders.size());
    }

    /** A payout of each behaviour, and a top-up that is ordered from all instances at once. */
    private static void order(
            List<String> orders, List<PaymentsProcess> instances, TestPayments payments) {
        for (var script : SCRIPTS) {
            payments.wallet().withdraw(FakeWallet.newId(), "bob", "5.00", "sandbox:" + script);
            var order = TestPayments.order("alice", "10.00", "sandbox:" + script);
            var key = UUID.randomUUID().toString();
            var ids = ConcurrentHashMap.<String>newKeySet();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var instance : instances) {
                    threads.execute(() -> ids.add(topUp(instance.port(), key, order, payments)));
                }
            }
            assertThat(ids).hasSize(1);
            orders.addAll(ids);
        }
    }

    private static String topUp(int port, String key, String order, TestPayments payments) {
        var reply = payments.topUp(port, "system", key, order);
        return reply.status() == 202 ? reply.text("/payment/id") : reply.toString();
    }

    private static void awaitEnd(TestPayments payments) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(payments.unfinished()).isEmpty());
    }

    /** Threads that never cease to call: one orders top-ups, each other one looks at something. */
    private static final class Callers implements AutoCloseable {

        private static final String ORDER = TestPayments.order("alice", "10.00", "sandbox:ok");

        private final TestPayments payments;
        private final Set<String> keys = ConcurrentHashMap.newKeySet();
        private final Map<String, List<Integer>> statuses = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<Object> unexpected = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        Callers(TestPayments payments) {
            this.payments = payments;
            begin("top-ups", this::order);
            for (var path : PATHS) {
                begin(path, () -> payments.get("auditor", path));
            }
        }

        private void begin(String name, Supplier<Reply> call) {
            statuses.put(name, List.of());
            threads.add(Thread.ofVirtual().name(name).start(() -> run(name, call)));
        }

        private Reply order() {
            var key = UUID.randomUUID().toString();
            keys.add(key);
            return payments.topUp("system", key, ORDER);
        }

        private void run(String name, Supplier<Reply> call) {
            try {
                while (!ended.get()) {
                    var reply = call.get();
                    if (!isExpected(reply)) {
                        unexpected.add(reply);
                    }
                    statuses.computeIfPresent(name, (_, before) -> with(reply.status(), before));
                    Thread.sleep(100);
                }
            } catch (RuntimeException | InterruptedException e) {
                unexpected.add(e);
            }
        }

        private static List<Integer> with(int status, List<Integer> before) {
            var all = new ArrayList<>(before);
            all.add(status);
            return all;
        }

        private static boolean isExpected(Reply reply) {
            return switch (reply.status()) {
                case 200, 202, 404 -> true;
                case 503 ->
                        reply.code().equals("unavailable")
                                && "1".equals(reply.header("Retry-After"));
                default -> false;
            };
        }

        /** Waits until every thread has once more had one of these answers. */
        void awaitMore(Integer... answers) {
            statuses.replaceAll((_, _) -> List.of());
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                assertThat(unexpected).isEmpty();
                                assertThat(statuses.values())
                                        .allSatisfy(
                                                seen -> assertThat(seen).containsAnyOf(answers));
                            });
        }

        void finish() {
            close();
            assertThat(unexpected).isEmpty();
        }

        /** Each order is taken, whether its answer was lost or not. */
        void repeatAll() {
            for (var key : keys) {
                assertThat(payments.topUp("system", key, ORDER).status()).isEqualTo(202);
            }
        }

        @Override
        public void close() {
            ended.set(true);
            for (var thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
