package digitalwallet.gate.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of requests. A body is taken from the {@link BodyBudget} before it is read and
 * given back when its request has ended, and it must be there in time.
 */
public final class Bodies {

    private static final String ATTRIBUTE = Bodies.class.getName();
    private static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(20);
    private static final int STEP_BYTES = 8 << 10;

    private final BodyBudget budget;

    /** Bodies within this budget. */
    public Bodies(BodyBudget budget) {
        this.budget = budget;
    }

    /**
     * The body, which claims to be JSON.
     *
     * @param caller whose share of the budget it takes; null for that of the request's address
     * @param max of its bytes
     * @throws ProblemException when it is missing, not JSON by its header, too large, too slow, or
     *     there is no room for it now
     */
    byte[] read(HttpServletRequest request, @Nullable Caller caller, int max) {
        long announced = request.getContentLengthLong();
        boolean chunked = request.getHeader("Transfer-Encoding") != null;
        if (announced == 0 || (announced < 0 && !chunked)) {
            throw missing();
        }
        Headers.requireJsonBody(request);
        if (announced > max) {
            throw tooLarge(max);
        }
        var sender = caller == null ? request.getRemoteAddr() : caller.id();
        var share = budget.share(sender, caller != null);
        request.setAttribute(ATTRIBUTE, share);
        try {
            return announced < 0
                    ? chunks(request, share, max)
                    : whole(request, share, (int) announced);
        } catch (SocketTimeoutException _) {
            throw tooSlow();
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "the body ended too early: send all of it");
        }
    }

    /** To be called when a request has ended; what its body held is free again. */
    public void release(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof BodyBudget.Share share) {
            share.close();
        }
    }

    private byte[] whole(HttpServletRequest request, BodyBudget.Share share, int length)
            throws IOException {
        share.take(length);
        long start = System.nanoTime();
        var body = new byte[length];
        var in = request.getInputStream();
        int read = 0;
        while (read < length) {
            int more = in.read(body, read, length - read);
            if (more < 0) {
                throw new IOException("the body ends too early");
            }
            read += more;
            requireInTime(start);
        }
        return body;
    }

    private byte[] chunks(HttpServletRequest request, BodyBudget.Share share, int max)
            throws IOException {
        long start = System.nanoTime();
        var body = new ByteArrayOutputStream(STEP_BYTES);
        var step = new byte[STEP_BYTES];
        var in = request.getInputStream();
        share.take(STEP_BYTES);
        for (int more = in.read(step); more >= 0; more = in.read(step)) {
            if (body.size() + more > max) {
                throw tooLarge(max);
            }
            share.take(more);
            body.write(step, 0, more);
            requireInTime(start);
        }
        if (body.size() == 0) {
            throw missing();
        }
        return body.toByteArray();
    }

    private void requireInTime(long start) {
        if (System.nanoTime() - start > NANOS_MAX) {
            throw tooSlow();
        }
    }

    private ProblemException tooSlow() {
        budget.countSlow();
        return new ProblemException(
                ProblemCode.REQUEST_TIMEOUT,
                "the body did not come in time: send it without pauses");
    }

    private static ProblemException missing() {
        return new ProblemException(
                ProblemCode.MALFORMED_JSON, "the body is missing: send one JSON object");
    }

    private static ProblemException tooLarge(int max) {
        return new ProblemException(
                ProblemCode.BODY_TOO_LARGE,
                "the body is too large: send at most " + max + " bytes");
    }
}
