package digitalwallet.process.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Sees each request before anything else does, also one that is refused because it is not proper
 * HTTP: gives it its id, and its answer the headers that all answers have.
 */
final class FirstAdapter implements Adapter {

    private static final int ERROR_MIN = 400;
    private static final long DRAIN_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);
    private static final long SILENCE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final int DRAIN_BYTES_MAX = 2 << 20;

    private final Adapter next;
    private final Refusals refusals;

    FirstAdapter(Adapter next, Refusals refusals) {
        this.next = next;
        this.refusals = refusals;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        begin(request, response, RequestId.of(request.getHeader(RequestId.HEADER)));
        refusals.remember(request);
        if (request.requestURI().equals("*")
                && "OPTIONS".equals(request.getMethod())
                && response.getStatus() < ERROR_MIN) {
            response.setHeader("Allow", "GET, HEAD, OPTIONS, POST");
            response.setContentLength(0);
            return;
        }
        next.service(request, response);
        if (isDrained(request, response)) {
            drain(request);
        }
    }

    private static void begin(Request request, Response response, RequestId id) {
        id.remember(request);
        response.setHeader(RequestId.HEADER, id.shown());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    /** Not where the connection is broken, nor where the caller waits before they send a body. */
    private static boolean isDrained(Request request, Response response) {
        var broken = new AtomicBoolean();
        response.action(ActionCode.IS_ERROR, broken);
        return !broken.get()
                && !request.hasExpectation()
                && response.getStatus() != HttpServletResponse.SC_REQUEST_TIMEOUT;
    }

    /**
     * Reads what a refused caller still sends, so that they see the answer. Tomcat would do it too,
     * but for as long as they send a byte now and then.
     */
    private void drain(Request request) {
        long start = System.nanoTime();
        long heard = start;
        long before = request.getBytesRead();
        var rest = new PassingBytes();
        try {
            while (!isRead(request)) {
                long now = System.nanoTime();
                if (request.getBytesRead() - before > DRAIN_BYTES_MAX
                        || now - start > DRAIN_NANOS_MAX
                        || now - heard > SILENCE_NANOS_MAX) {
                    giveUp(request);
                    return;
                }
                if (isThere(request)) {
                    if (request.doRead(rest) < 0) {
                        giveUp(request);
                        return;
                    }
                    heard = System.nanoTime();
                } else {
                    Thread.sleep(LOOK_EVERY);
                }
            }
        } catch (IOException _) {
            giveUp(request);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            giveUp(request);
        }
    }

    /** Whether something more can be read without waiting for it. */
    private static boolean isThere(Request request) {
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable() > 0;
    }

    /** The connection is closed then. */
    private void giveUp(Request request) {
        refusals.countRest();
        request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    private static boolean isRead(Request request) {
        var read = new AtomicBoolean(true);
        request.action(ActionCode.REQUEST_BODY_FULLY_READ, read);
        return read.get();
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return next.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent status)
            throws Exception {
        return next.asyncDispatch(request, response, status);
    }

    @Override
    public void log(Request request, Response response, long time) {
        next.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        next.checkRecycled(request, response);
    }

    @Override
    public @Nullable String getDomain() {
        return next.getDomain();
    }

    /** Takes what is read, and keeps nothing of it. */
    private static final class PassingBytes implements ApplicationBufferHandler {

        private ByteBuffer last = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            last = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return last;
        }

        @Override
        public void expand(int size) {}
    }
}
