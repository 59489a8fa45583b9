package digitalwallet.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading events as a consumer does: additions are passed over, contradictions refused. */
final class EventsTest {

    @Test
    void a_field_that_was_added_later_breaks_no_consumer() {
        for (var name : new String[] {"transaction-rejected", "payout-succeeded"}) {
            var text = text(name).replace("\"data\":{", "\"data\":{\"new\":{\"a\":[1]},");
            assertThat(typed(text)).isEqualTo(typed(text(name)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "transaction-payout | \"posted\" | \"rejected\"",
                "transaction-payout | \"posted\" | \"pending\"",
                "transaction-payout | \"version\":8 | \"version\":\"8\"",
                "transaction-payout | \"-10.00\" | \"-1e1\"",
                "transaction-payout | \"-10.00\" | -10.00",
                "transaction-payout | \"subject\" | \"subj\"",
                "transaction-payout | transaction.v1 | transaction.v2",
                "transaction-payout | \"method\" | \"way\"",
                "transaction-rejected | \"from_user_id\" | \"from\"",
                "top-up-succeeded | \"succeeded\" | \"failed\"",
                "top-up-succeeded | \"user_id\" | \"user\"",
                "top-up-succeeded | \"payment_id\":\"019ab | \"payment_id\":\"",
                "payout-failed | \"failed\" | \"unknown\"",
                "payout-failed | \"failure\" | \"fail\"",
            })
    void an_event_that_contradicts_itself_is_refused(String name, String good, String bad) {
        assertThat(text(name)).contains(good);
        var text = text(name).replace(good, bad);
        assertThatThrownBy(() -> typed(text)).isInstanceOf(MalformedMessageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.34", "0.05", "-0.05", "0.000", "7", "-1.000"})
    void an_amount_with_all_its_decimals_is_one_of_a_message(String text) {
        assertThat(DecimalText.isDecimal(text)).isTrue();
    }

    private static String text(String name) {
        var sample = Objects.requireNonNull(Samples.all().get(name));
        return new String(sample.write(), StandardCharsets.UTF_8);
    }

    private static Object typed(String text) {
        var event = CloudEvent.read(text.getBytes(StandardCharsets.UTF_8));
        return event.type().startsWith("wallet")
                ? WalletEvent.read(event)
                : PaymentEvent.read(event);
    }
}
