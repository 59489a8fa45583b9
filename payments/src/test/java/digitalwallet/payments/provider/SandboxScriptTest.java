package digitalwallet.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.payments.provider.SandboxScript.Notice;
import digitalwallet.payments.provider.SandboxScript.Status;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the words of a method make the sandbox bank do. */
final class SandboxScriptTest {

    private static final Instant ASKED = Instant.parse("2026-11-23T10:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sandbox:ok",
                "sandbox:delay-5s:decline",
                "sandbox:timeout:lost-webhook:late-success",
            })
    void words_are_joined_by_colons(String method) {
        assertThat(SandboxScript.parse(method)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok",
                "sandbox",
                "sandbox:",
                "sandbox:maybe",
                "sandbox:ok:decline",
                "sandbox:delay-5",
                "sandbox:delay-601s",
                "card:ok",
            })
    void what_makes_no_sense_is_no_method(String method) {
        assertThat(SandboxScript.parse(method)).isEmpty();
    }

    @Test
    void a_late_success_is_a_no_to_a_top_up_but_silence_about_a_payout() {
        var script = SandboxScript.parse("sandbox:late-success").orElseThrow();
        var later = ASKED.plusSeconds(2);
        assertThat(script.at(ASKED, ASKED, ProviderCall.Kind.CHARGE)).isEqualTo(Status.FAILED);
        assertThat(script.at(later, ASKED, ProviderCall.Kind.CHARGE)).isEqualTo(Status.SUCCEEDED);
        assertThat(script.at(ASKED, ASKED, ProviderCall.Kind.PAY)).isEqualTo(Status.PROCESSING);
        assertThat(script.at(later, ASKED, ProviderCall.Kind.PAY)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void a_payout_that_was_refused_is_never_paid_later() {
        for (var word : SandboxScript.Word.values()) {
            var method =
                    "sandbox:" + word.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            var script = SandboxScript.parse(method).orElseThrow();
            var first = script.at(ASKED, ASKED, ProviderCall.Kind.PAY);
            var last = script.at(ASKED.plusSeconds(60), ASKED, ProviderCall.Kind.PAY);
            assertThat(first == Status.FAILED && last != Status.FAILED).as(method).isFalse();
            assertThat(last).as(method).isNotEqualTo(Status.PROCESSING);
        }
    }

    @Test
    void webhooks_are_repeated_lost_or_shuffled_as_told() {
        assertThat(notices("sandbox:lost-webhook")).isEmpty();
        assertThat(notices("sandbox:ok"))
                .containsExactly(new Notice(1, Duration.ZERO, Status.SUCCEEDED));
        assertThat(notices("sandbox:duplicate-webhook"))
                .extracting(Notice::event)
                .containsExactly(1, 1, 3);
        var shuffled = notices("sandbox:delay-1s:out-of-order");
        assertThat(shuffled)
                .extracting(Notice::status)
                .containsExactly(Status.SUCCEEDED, Status.PROCESSING);
    }

    private static java.util.List<Notice> notices(String method) {
        return SandboxScript.parse(method).orElseThrow().notices(ProviderCall.Kind.CHARGE);
    }
}
