package digitalwallet.process.http;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.servlet.ServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.coyote.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a request is called.
 *
 * @param own made here, never used before
 * @param shown in answers and logs: the caller's own id, if they sent one, otherwise ours
 */
public record RequestId(UUID own, String shown) {

    /** The header that has it, in requests and in answers. */
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:@+/=~-]{1,64}");

    /** A new one; an id of the caller's that is not safe to show is passed over. */
    static RequestId of(@Nullable String given) {
        var own = UuidCreator.getTimeOrderedEpoch();
        return new RequestId(
                own, given != null && SAFE.matcher(given).matches() ? given : own.toString());
    }

    void remember(Request request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * That of this request.
     *
     * @throws IllegalStateException when it did not come through a port of ours
     */
    public static RequestId of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestId id) {
            return id;
        }
        throw new IllegalStateException("a request without an id");
    }
}
