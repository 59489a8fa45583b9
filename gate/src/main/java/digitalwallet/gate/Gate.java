package digitalwallet.gate;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.answer.AnswerWriter;
import digitalwallet.gate.problem.Problem;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Headers;
import digitalwallet.gate.request.TraceParent;
import digitalwallet.gate.token.Caller;
import digitalwallet.gate.token.InvalidTokenException;
import digitalwallet.gate.token.KeysUnavailableException;
import digitalwallet.gate.token.TokenVerifier;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way in. It gives each request its id, and lets a request without a valid token reach
 * only what is open to all.
 */
final class Gate implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String BEARER = "Bearer ";

    private final TokenVerifier tokens;
    private final Endpoints endpoints;

    Gate(TokenVerifier tokens, Endpoints endpoints) {
        this.tokens = tokens;
        this.endpoints = endpoints;
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
        if (endpoints.isOpen(path)) {
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
