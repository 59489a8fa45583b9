package digitalwallet.process.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Adapter;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 of Tomcat within our limits. Tomcat makes it by its name, and it is bounded then. */
public final class BoundedProtocol extends Http11NioProtocol {

    private static final int SWEEP_MILLIS = 250;

    /** How many may at least wait to be let in; they cost this process nothing. */
    private static final int WAITING_MIN = 256;

    private final BoundedEndpoint endpoint;
    private @Nullable Future<?> sweeping;
    private @Nullable Refusals refusals;

    public BoundedProtocol() {
        this(new BoundedEndpoint());
    }

    private BoundedProtocol(BoundedEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /**
     * Sets the limits; to be called before it gets an adapter.
     *
     * @param port what is behind the port: api or metrics
     */
    public void bound(HttpLimits limits, String port, MeterRegistry registry) {
        endpoint.bound(new Connections(limits, port, registry));
        refusals = new Refusals(port, registry);
        setMaxConnections(limits.connectionsMax());
        setAcceptCount(Math.max(WAITING_MIN, limits.connectionsMax()));
        // Beyond 200 connections Tomcat would make its buffers anew for every request.
        setProcessorCache(limits.connectionsMax());
        setConnectionTimeout((int) limits.silenceMax().toMillis());
        setKeepAliveTimeout((int) limits.idleMax().toMillis());
        // Tomcat would close every connection after a hundred requests.
        setMaxKeepAliveRequests(-1);
        setMaxHttpRequestHeaderSize(HttpLimits.HEAD_BYTES_MAX);
        setMaxHeaderCount(HttpLimits.HEADERS_MAX);
        // Who announces a body hears a refusal that is known already, and need not send it.
        setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
    }

    @Override
    public void setAdapter(Adapter adapter) {
        super.setAdapter(new FirstAdapter(adapter, Objects.requireNonNull(refusals)));
    }

    @Override
    public void start() throws Exception {
        super.start();
        sweeping =
                getUtilityExecutor()
                        .scheduleWithFixedDelay(
                                endpoint::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (sweeping != null) {
            sweeping.cancel(false);
        }
        super.stop();
    }
}
