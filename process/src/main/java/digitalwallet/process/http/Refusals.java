package digitalwallet.process.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletRequest;
import org.apache.coyote.Request;

/** Counts what a port refuses, by the code that the caller is told: each bound has one. */
public final class Refusals {

    private static final String ATTRIBUTE = Refusals.class.getName();
    private static final String REFUSED = "http.requests.refused";

    private final MeterRegistry registry;
    private final Counter rests;

    /**
     * None yet.
     *
     * @param port what is behind the port: api or metrics
     */
    Refusals(String port, MeterRegistry registry) {
        this.registry = registry;
        rests = registry.counter("http.connections.closed", "port", port, "why", "rest");
    }

    /** Shows this code as 0 until it is counted: a rise from nothing is no rise to an alert. */
    public static void show(MeterRegistry registry, String code) {
        registry.counter(REFUSED, "code", code);
    }

    void remember(Request request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * A request is refused.
     *
     * @param code one of the few that there are, never a text of the caller's
     */
    public static void count(ServletRequest request, String code) {
        if (request.getAttribute(ATTRIBUTE) instanceof Refusals refusals) {
            refusals.registry.counter(REFUSED, "code", code).increment();
        }
    }

    /** The rest of a refused request was too long or too slow, and its connection is closed. */
    void countRest() {
        rests.increment();
    }
}
