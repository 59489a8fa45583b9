package digitalwallet.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way of reading times and the platform's read the same of the same texts. */
final class MessageTimeTest {

    private static final String CHARACTERS = "0123456789-:.TZtz+ ٣";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T10:00:00Z",
                "2026-11-23T10:00:00.1Z",
                "2026-11-23T23:59:59.123456789Z",
                "2024-02-29T00:00:00.000Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T23:59:60Z",
                "2026-11-23T10:00:00.Z",
                "2026-11-23t10:00:00z",
                "+12026-11-23T10:00:00Z",
                "-2026-11-23T10:00:00Z",
                "2026-11-23T10:00:00+01:00"
            })
    void a_time_is_the_same(String text) {
        assertThat(quick(text)).isPresent().isEqualTo(usual(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "now",
                "2026-11-23T10:00:00",
                "2026-11-23 10:00:00Z",
                "2026-02-30T10:00:00Z",
                "2023-02-29T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-00-01T10:00:00Z",
                "2026-11-00T10:00:00Z",
                "2026-11-23T24:00:01Z",
                "2026-11-23T25:00:00Z",
                "2026-11-23T10:60:00Z",
                "2026-11-23T10:00:61Z",
                "2026-11-23T10:00Z",
                "2026-11-23T10:00:00.1234567890Z",
                "2026-11-23T10:00:00.12x4Z",
                "٢٠٢٦-11-23T10:00:00Z"
            })
    void what_is_none_is_none(String text) {
        assertThat(usual(text)).isEmpty();
        assertThatThrownBy(() -> MessageTime.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void whatever_is_altered_both_read_the_same() {
        var random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            var time = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1000));
            var text = new StringBuilder(time.toString());
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
                text.setCharAt(random.nextInt(text.length()), other);
            }
            assertThat(quick(text.toString())).as("%s", text).isEqualTo(usual(text.toString()));
        }
    }

    private static Optional<Instant> quick(String text) {
        try {
            return Optional.of(MessageTime.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> usual(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
