package digitalwallet.server.restored;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may confirm is what the sentence tells them to. */
final class GapTest {

    @Test
    void what_is_shown_is_read_again() {
        var gap =
                new Gap(
                        Instant.parse("2026-01-31T11:00:00Z"),
                        Instant.parse("2026-01-31T12:00:00.5Z"));
        assertThat(Gap.parse(gap.toString())).contains(gap);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "yesterday/today",
                "2026-01-31T11:00:00Z",
                "2026-01-31T11:00:00Z/",
                "2026-01-31T12:00:00Z/2026-01-31T11:00:00Z",
                "2026-01-31T12:00:00Z/2026-01-31T12:00:00Z"
            })
    void anything_else_confirms_nothing(String text) {
        assertThat(Gap.parse(text)).isEmpty();
    }
}
