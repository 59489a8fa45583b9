package digitalwallet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.payments.provider.SandboxScript;
import digitalwallet.server.WalletVariables;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The methods that the wallet takes unless it is told others are those of the sandbox bank. */
final class PayoutMethodsTest {

    private static final Pattern USUAL =
            WalletVariables.ALL.all().stream()
                    .filter(variable -> variable.name().equals("PAYOUT_METHODS"))
                    .map(variable -> Pattern.compile(String.valueOf(variable.usual())))
                    .findFirst()
                    .orElseThrow();

    @Test
    void each_word_of_the_bank_is_taken() {
        for (var word : SandboxScript.Word.values()) {
            var method = "sandbox:" + word.name().toLowerCase(Locale.ROOT).replace('_', '-');
            assertThat(SandboxScript.parse(method)).as(method).isPresent();
            assertThat(method).matches(USUAL);
            assertThat(method + ":delay-20ms").matches(USUAL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iban", "sandbox", "sandbox:", "sandbox:bogus", "sandbox:ok:", "x:ok"})
    void what_the_bank_does_not_understand_is_not(String method) {
        assertThat(SandboxScript.parse(method)).isEmpty();
        assertThat(method).doesNotMatch(USUAL);
    }
}
