package digitalwallet.server.rest;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.server.request.ProblemCode;
import digitalwallet.server.request.ProblemException;
import digitalwallet.server.security.Caller;
import digitalwallet.server.security.InvalidTokenException;
import digitalwallet.server.security.KeysUnavailableException;
import digitalwallet.server.security.TokenVerifier;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way in: gives each request its id, and lets nobody pass without a valid token except to
 * the probes and the documentation.
 */
final class Gate implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String BEARER = "Bearer ";
    private static final Set<String> OPEN = Set.of("/healthz", "/readyz", "/docs", "/openapi.yaml");
    private static final String OPEN_FOLDER = "/docs/";

    private final TokenVerifier tokens;

    Gate(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        var request = (HttpServletRequest) anyRequest;
        var response = (HttpServletResponse) anyResponse;
        var id = UuidCreator.getTimeOrderedEpoch();
        response.setHeader("X-Request-Id", id.toString());
        var trace = TraceParent.of(request.getHeader("traceparent"));
        try {
            pass(request, response, id, chain);
        } catch (ProblemException e) {
            AnswerWriter.write(Answer.of(Problem.of(e, id)), response);
        } catch (InvalidTokenException e) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            refuse(response, ProblemCode.UNAUTHORIZED, String.valueOf(e.getMessage()), id);
        } catch (KeysUnavailableException e) {
            LOG.error("request {}: {}", id, e.getMessage(), e);
            refuse(response, ProblemCode.UNAVAILABLE, "tokens cannot be verified now", id);
        } catch (IOException e) {
            throw e;
        } catch (ServletException | RuntimeException e) {
            LOG.error("request {} failed", id, e);
            refuse(response, ProblemCode.INTERNAL_ERROR, "the fault has been logged", id);
        } finally {
            trace.close();
        }
    }

    private void pass(
            HttpServletRequest request, HttpServletResponse response, UUID id, FilterChain chain)
            throws IOException, ServletException {
        var path = request.getRequestURI();
        if (OPEN.contains(path) || path.startsWith(OPEN_FOLDER)) {
            new Call(request, id, null).remember();
            chain.doFilter(request, response);
            return;
        }
        var caller = caller(request, response);
        if (path.indexOf(';') >= 0) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "a path has no parameters after a semicolon");
        }
        Headers.requireJsonAccepted(request);
        new Call(request, id, caller).remember();
        chain.doFilter(request, response);
    }

    private Caller caller(HttpServletRequest request, HttpServletResponse response) {
        var headers = request.getHeaders("Authorization");
        var header = headers.hasMoreElements() ? headers.nextElement() : "";
        if (headers.hasMoreElements()
                || header.length() <= BEARER.length()
                || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            response.setHeader("WWW-Authenticate", "Bearer");
            throw new ProblemException(
                    ProblemCode.UNAUTHORIZED, "send a token: Authorization: Bearer …");
        }
        return tokens.verify(header.substring(BEARER.length()).strip());
    }

    private static void refuse(
            HttpServletResponse response, ProblemCode code, String detail, UUID id)
            throws IOException {
        if (!response.isCommitted()) {
            AnswerWriter.write(Answer.of(Problem.of(code, detail, id)), response);
        }
    }
}
