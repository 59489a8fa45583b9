package digitalwallet.process.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/** Shows what is measured, and nothing else. */
public final class MetricsAdapter implements Adapter {

    private static final int OK = 200;
    private static final int ERROR_MIN = 400;
    private static final int FAULT_MIN = 500;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final PrometheusMeterRegistry registry;

    public MetricsAdapter(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void service(Request request, Response response) throws IOException {
        int refusal = response.getStatus();
        if (refusal >= ERROR_MIN) {
            // Tomcat's word for a version or an encoding that it does not know blames the server.
            int status = refusal >= FAULT_MIN ? BAD_REQUEST : refusal;
            answer(response, status, "this is not a request for /metrics\n");
        } else if (!request.requestURI().equals("/metrics")) {
            answer(response, NOT_FOUND, "see /metrics\n");
        } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            answer(response, METHOD_NOT_ALLOWED, "the metrics are read with GET\n");
        } else {
            answer(response, OK, registry.scrape());
        }
    }

    private static void answer(Response response, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain; version=0.0.4; charset=utf-8");
        response.setContentLength(body.length);
        response.doWrite(ByteBuffer.wrap(body));
    }

    @Override
    public boolean prepare(Request request, Response response) {
        return true;
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent status) {
        return false; // Nothing here is asynchronous.
    }

    @Override
    public void log(Request request, Response response, long time) {}

    @Override
    public void checkRecycled(Request request, Response response) {}

    @Override
    public @Nullable String getDomain() {
        return null;
    }
}
