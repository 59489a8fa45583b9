package digitalwallet.gate.request;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The trace that a request is part of (W3C Trace Context, {@code traceparent}): everything logged
 * while the request is handled carries its ids. What is not a valid header is ignored, as the
 * standard asks.
 */
public final class TraceParent implements AutoCloseable {

    private static final String TRACE_ID = "trace.id";
    private static final String SPAN_ID = "span.id";
    private static final Pattern VALID =
            Pattern.compile(
                    "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}"
                            + "(-.*)?");

    private static final TraceParent NONE = new TraceParent();

    private TraceParent() {}

    /** Remembers the trace that this header names, if it names one, until this object is closed. */
    public static TraceParent of(@Nullable String header) {
        if (header == null) {
            return NONE;
        }
        var parts = VALID.matcher(header);
        if (!parts.matches()) {
            return NONE;
        }
        MDC.put(TRACE_ID, parts.group(1));
        MDC.put(SPAN_ID, parts.group(2));
        return new TraceParent();
    }

    @Override
    public void close() {
        if (this != NONE) {
            MDC.remove(TRACE_ID);
            MDC.remove(SPAN_ID);
        }
    }
}
