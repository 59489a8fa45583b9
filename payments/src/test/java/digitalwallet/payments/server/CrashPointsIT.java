package digitalwallet.payments.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import digitalwallet.payments.flow.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Every behaviour of the bank, and a death at every point of the way: each payment ends settled or
 * compensated, and whatever happens for it happens once.
 */
final class CrashPointsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> SCRIPTS =
            List.of(
                    "ok",
                    "decline",
                    "cancel",
                    "late-success",
                    "delay-300ms",
                    "timeout",
                    "unreachable",
                    "duplicate-webhook",
                    "lost-webhook",
                    "out-of-order",
                    "timeout:lost-webhook",
                    "unreachable:decline",
                    "late-success:lost-webhook",
                    "decline:duplicate-webhook:out-of-order");

    /** What is expected of one payment. */
    private record Expected(
            UUID id, String what, Checkpoint point, String script, String end, int wallets) {

        /**
         * Whether the point is reached for sure. It is not when the webhook never comes or the
         * wallet is told nothing.
         */
        boolean diesForSure() {
            return switch (point) {
                case PAYMENT_STORED -> what.startsWith("top-up");
                case CALL_RECORDED, CALL_ANSWERED, ANSWER_UNCOMMITTED, ANSWER_STORED -> true;
                case WEBHOOK_UNCOMMITTED, WEBHOOK_STORED -> !script.contains("lost-webhook");
                case EVENT_SENT -> wallets > 0 || end.equals("refunded");
                case WALLET_EVENT_UNCOMMITTED -> !end.equals("failed");
            };
        }
    }

    @Test
    void every_behaviour_and_every_death_ends_settled_or_compensated() {
        var crashes = new Crashes();
        try (var payments = TestPayments.prepared(Map.of())) {
            payments.start(crashes);
            var expected = new ArrayList<Expected>();
            for (var point : Checkpoint.values()) {
                for (var script : SCRIPTS) {
                    expected.add(topUp("alice", script, point, crashes, payments));
                    expected.add(payout(script, point, crashes, payments));
                }
                expected.add(topUp("closed-1", "ok", point, crashes, payments));
                expected.add(topUp("closed-2", "timeout", point, crashes, payments));
                expected.add(topUp("closed-3", "lost-webhook", point, crashes, payments));
            }
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(
                            () -> {
                                assertThat(open(expected, payments)).isEmpty();
                                // The wallet may have answered what the relay will say once more.
                                assertThat(unpublished(payments)).isEmpty();
                            });
            assertThat(expected)
                    .filteredOn(Expected::diesForSure)
                    .hasSizeGreaterThan(200)
                    .allSatisfy(each -> assertThat(crashes.happened(each.id)).isTrue());
            assertEverythingHappenedOnce(expected, payments);
        }
    }

    private static Expected topUp(
            String user, String script, Checkpoint point, Crashes crashes, TestPayments payments) {
        crashes.planNextTopUp(point);
        var key = UUID.randomUUID().toString();
        var order = TestPayments.order(user, "10.00", "sandbox:" + script);
        var reply = payments.topUp("system", key, order);
        if (point == Checkpoint.PAYMENT_STORED) {
            assertThat(reply.status()).isEqualTo(500);
            reply = payments.topUp("system", key, order);
            assertThat(reply.header("Idempotency-Replayed")).isEqualTo("true");
        }
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        var id = UUID.fromString(reply.text("/payment/id"));
        var end = isRefused(script) ? "failed" : user.startsWith("closed") ? "refunded" : "settled";
        int wallets = end.equals("settled") ? 1 : 0;
        return new Expected(id, "top-up " + user, point, script, end, wallets);
    }

    private static Expected payout(
            String script, Checkpoint point, Crashes crashes, TestPayments payments) {
        var id = FakeWallet.newId();
        crashes.plan(id, point);
        payments.wallet().withdraw(id, "carol", "7.00", "sandbox:" + script);
        var end = isRefused(script) ? "returned" : "settled";
        return new Expected(id, "payout", point, script, end, 1);
    }

    private static boolean isRefused(String script) {
        return script.contains("decline") || script.contains("cancel");
    }

    private static List<String> open(List<Expected> expected, TestPayments payments) {
        var states = payments.query("SELECT id || ' ' || state FROM payments.payment");
        return expected.stream()
                .filter(each -> !states.contains(each.id + " " + each.end))
                .map(Expected::toString)
                .toList();
    }

    private static List<String> unpublished(TestPayments payments) {
        return payments.query("SELECT id FROM payments.outbox WHERE published_at IS NULL");
    }

    private static void assertEverythingHappenedOnce(
            List<Expected> expected, TestPayments payments) {
        var posted = payments.wallet().posted();
        for (var each : expected) {
            assertThat(posted.stream().filter(post -> post.paymentId().equals(each.id)))
                    .as(each.toString())
                    .hasSize(each.wallets);
        }
        // What was withdrawn was settled or came back: nothing is in transit.
        long out = expected.stream().filter(each -> each.what.equals("payout")).count();
        assertThat(posted)
                .filteredOn(post -> !post.type().equals("deposit"))
                .hasSize(Math.toIntExact(out));
        assertThat(unpublished(payments)).isEmpty();
        assertThat(
                        payments.query(
                                """
                                SELECT key FROM payments.sandbox_movement m
                                WHERE NOT EXISTS (
                                  SELECT 1 FROM payments.payment p
                                  WHERE split_part(m.key, ':', 1) = p.provider_key::text)
                                """))
                .isEmpty();
        var report = payments.get("auditor", "/payments/reconciliation?grace_seconds=0");
        assertThat(report.json().path("agrees").asBoolean()).as(report.body()).isTrue();
    }
}
