package digitalwallet.payments.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import digitalwallet.payments.provider.WebhookSignature;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks: forged, old, replayed, contradictory. */
final class WebhookIT {

    private static final WebhookSignature BANK =
            new WebhookSignature(TestPayments.WEBHOOK_KEY.getBytes(StandardCharsets.US_ASCII));

    private final TestPayments payments = TestPayments.shared();

    /** A payment that the provider says nothing about for a long time. */
    private String aPendingTopUp() {
        return payments.aTopUp("alice", "10.00", "sandbox:delay-300s");
    }

    @Test
    void a_signed_webhook_settles_a_payment_and_its_replay_does_nothing() {
        var id = aPendingTopUp();
        var body = succeeded(UUID.randomUUID().toString(), id, "10.00");
        var header = BANK.sign(bytes(body), Instant.now());
        assertThat(send(body, header)).isEqualTo(200);
        awaitState(id, "settled");
        assertThat(send(body, header)).isEqualTo(200);
        assertThat(send(succeeded(UUID.randomUUID().toString(), id, "10.00"))).isEqualTo(200);
        assertThat(payments.query("SELECT id FROM payments.outbox WHERE payment_id = '" + id + "'"))
                .hasSize(1);
    }

    @Test
    void a_forged_or_old_one_is_refused_without_effect() {
        var id = aPendingTopUp();
        var body = succeeded(UUID.randomUUID().toString(), id, "10.00");
        var now = Instant.now();
        var other = new WebhookSignature(bytes("another key of thirty-two bytes."));
        assertThat(send(body, "")).isEqualTo(401);
        assertThat(send(body, "t=1,v1=" + "0".repeat(64))).isEqualTo(401);
        assertThat(send(body, other.sign(bytes(body), now))).isEqualTo(401);
        assertThat(send(body, BANK.sign(bytes(body), now.minusSeconds(310)))).isEqualTo(401);
        assertThat(send(body, BANK.sign(bytes(body), now.plusSeconds(310)))).isEqualTo(401);
        assertThat(send(body.replace("10.00", "99.00"), BANK.sign(bytes(body), now)))
                .isEqualTo(401);
        assertThat(payments.state(id)).isEqualTo("pending");
    }

    @Test
    void one_that_tells_of_another_amount_changes_nothing() {
        var id = aPendingTopUp();
        assertThat(send(succeeded(UUID.randomUUID().toString(), id, "9.99"))).isEqualTo(200);
        assertThat(payments.state(id)).isEqualTo("pending");
    }

    @Test
    void an_older_word_after_the_final_one_changes_nothing() {
        var id = aPendingTopUp();
        assertThat(send(succeeded(UUID.randomUUID().toString(), id, "10.00"))).isEqualTo(200);
        awaitState(id, "settled");
        for (var status : new String[] {"processing", "failed"}) {
            var late =
                    """
                    {"event_id":"%s","key":"%s","status":"%s","failure":"declined"}\
                    """
                            .formatted(UUID.randomUUID(), payments.providerKey(id), status);
            assertThat(send(late)).isEqualTo(200);
        }
        assertThat(payments.state(id)).isEqualTo("settled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{}",
                "{\"event_id\":\"e\",\"key\":\"k\",\"status\":\"succeeded\"}",
                "{\"event_id\":\"e\",\"key\":\"019ab000-0000-7000-8000-000000000001\","
                        + "\"status\":\"odd\"}",
                "{\"event_id\":\"a\\u0000b\",\"key\":\"019ab000-0000-7000-8000-000000000001\","
                        + "\"status\":\"processing\"}",
            })
    void one_that_cannot_be_understood_is_refused(String body) {
        assertThat(send(body)).isEqualTo(400);
    }

    @Test
    void one_about_a_payment_that_is_not_ours_is_taken_and_has_no_effect() {
        var stranger = UUID.randomUUID().toString();
        assertThat(send(succeeded(UUID.randomUUID().toString(), stranger, "10.00"))).isEqualTo(200);
        assertThat(payments.get("admin", "/payments/" + stranger).status()).isEqualTo(404);
    }

    private String succeeded(String event, String id, String amount) {
        return """
        {"event_id":"%s","key":"%s","status":"succeeded","reference":"sandbox-%s","amount":"%s",\
        "currency":"USD","added_later":true}\
        """
                .formatted(event, payments.providerKey(id), event, amount);
    }

    private int send(String body) {
        return send(body, BANK.sign(bytes(body), Instant.now()));
    }

    private int send(String body, String signature) {
        var request =
                payments.request("/webhooks/sandbox")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (!signature.isEmpty()) {
            request.header(WebhookSignature.HEADER, signature);
        }
        return payments.send(request).status();
    }

    private void awaitState(String id, String state) {
        await().atMost(Duration.ofMinutes(5))
                .untilAsserted(() -> assertThat(payments.state(id)).isEqualTo(state));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
