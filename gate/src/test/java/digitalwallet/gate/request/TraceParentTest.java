package digitalwallet.gate.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** The examples of the W3C's Trace Context, and texts that are not such a header. */
final class TraceParentTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-00",
                "cc-" + TRACE + "-" + SPAN + "-01-what-the-future-will-be-like"
            })
    void what_is_logged_carries_the_trace_until_the_request_ends(String header) {
        try (var _ = TraceParent.of(header)) {
            assertThat(MDC.get("trace.id")).isEqualTo(TRACE);
            assertThat(MDC.get("span.id")).isEqualTo(SPAN);
        }
        assertThat(MDC.get("trace.id")).isNull();
        assertThat(MDC.get("span.id")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-01\nx"
            })
    void what_is_no_trace_is_ignored(String header) {
        try (var _ = TraceParent.of(header)) {
            assertThat(MDC.get("trace.id")).isNull();
        }
    }

    @Test
    void without_a_header_there_is_no_trace() {
        try (var _ = TraceParent.of(null)) {
            assertThat(MDC.get("trace.id")).isNull();
        }
    }
}
