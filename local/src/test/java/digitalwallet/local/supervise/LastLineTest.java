package digitalwallet.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastLineTest {

    @TempDir private Path folder;

    private Path log(String text) throws IOException {
        return Files.writeString(folder.resolve("log"), text);
    }

    @Test
    void it_is_the_last_that_is_not_blank_and_has_no_full_stop() throws IOException {
        assertThat(LastLine.of(log("one\ntwo.\n\n"), 0)).hasValue("two");
    }

    @Test
    void what_an_earlier_process_wrote_does_not_count() throws IOException {
        assertThat(LastLine.of(log("earlier\n"), "earlier\n".length())).isEmpty();
        assertThat(LastLine.of(log("earlier\nlater\n"), "earlier\n".length())).hasValue("later");
    }

    @Test
    void of_a_stack_trace_it_is_the_root_cause() throws IOException {
        var trace =
                """
                ERROR the process cannot start
                java.lang.IllegalStateException: outer
                \tat some.Where(Where.java:1)
                Caused by: java.io.IOException: no room left
                \tat some.Else(Else.java:2)
                \t... 3 more
                """;
        assertThat(LastLine.of(log(trace), 0)).hasValue("java.io.IOException: no room left");
    }

    @Test
    void a_very_long_line_is_cut() throws IOException {
        assertThat(LastLine.of(log("x".repeat(1000)), 0)).hasValue("x".repeat(500) + "…");
    }

    @Test
    void a_log_that_is_gone_has_none() {
        assertThat(LastLine.of(folder.resolve("none"), 0)).isEmpty();
    }

    @Test
    void of_a_log_that_was_rotated_since_all_counts() throws IOException {
        assertThat(LastLine.of(log("short\n"), 100)).hasValue("short");
    }
}
