package digitalwallet.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which webhooks are believed. */
final class WebhookSignatureTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final byte[] BODY = bytes("{\"status\":\"succeeded\"}");
    private static final WebhookSignature OURS =
            new WebhookSignature(bytes("a key that has thirty-two bytes."));

    @Test
    void what_was_signed_with_the_key_is_believed_for_five_minutes() {
        var header = OURS.sign(BODY, NOW);
        assertThat(OURS.isValid(header, BODY, NOW)).isTrue();
        assertThat(OURS.isValid(header, BODY, NOW.plusSeconds(300))).isTrue();
        assertThat(OURS.isValid(header, BODY, NOW.minusSeconds(300))).isTrue();
        assertThat(OURS.isValid(header, BODY, NOW.plusSeconds(301))).isFalse();
        assertThat(OURS.isValid(header, BODY, NOW.minusSeconds(301))).isFalse();
    }

    @Test
    void another_body_time_or_key_is_not() {
        var header = OURS.sign(BODY, NOW);
        var other = new WebhookSignature(bytes("another key of thirty-two bytes."));
        assertThat(OURS.isValid(header, bytes("{}"), NOW)).isFalse();
        assertThat(OURS.isValid(other.sign(BODY, NOW), BODY, NOW)).isFalse();
        var later = header.replaceFirst("t=[0-9]+", "t=" + NOW.plusSeconds(9).getEpochSecond());
        assertThat(OURS.isValid(later, BODY, NOW)).isFalse();
    }

    @Test
    void no_header_or_another_form_is_not() {
        var header = OURS.sign(BODY, NOW);
        for (var bad :
                new String[] {"", "v1=00", "t=1", header + ",v1=00", " " + header, "t=x,v1=y"}) {
            assertThat(OURS.isValid(bad, BODY, NOW)).as(bad).isFalse();
        }
        assertThat(OURS.isValid(null, BODY, NOW)).isFalse();
    }

    @Test
    void a_short_key_is_refused() {
        assertThatThrownBy(() -> new WebhookSignature(bytes("short")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A vector of our own, so that a provider can check theirs: openssl dgst -sha256 -hmac. */
    @Test
    void the_signature_is_over_the_time_a_point_and_the_body() {
        assertThat(OURS.sign(BODY, NOW)).startsWith("t=1795428000,v1=").hasSize(80);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
