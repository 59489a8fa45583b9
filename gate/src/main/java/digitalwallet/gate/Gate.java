package digitalwallet.gate;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.answer.AnswerWriter;
import digitalwallet.gate.problem.Problem;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Bodies;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Headers;
import digitalwallet.gate.request.TraceParent;
import digitalwallet.gate.token.Caller;
import digitalwallet.gate.token.InvalidTokenException;
import digitalwallet.gate.token.KeysUnavailableException;
import digitalwallet.gate.token.TokenVerifier;
import digitalwallet.process.http.RequestId;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way in. It gives each request its id, and lets a request without a valid token reach
 * only what is open to all.
 */
final class Gate implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String BEARER = "Bearer ";

    private static final int URI_LENGTH_MAX = 8 << 10;

    private final TokenVerifier tokens;
    private final Endpoints endpoints;
    private final Cors cors;
    private final Bodies bodies;
    private final Readiness readiness;

    Gate(TokenVerifier tokens, Endpoints endpoints, Cors cors, Bodies bodies, Readiness readiness) {
        this.tokens = tokens;
        this.endpoints = endpoints;
        this.cors = cors;
        this.bodies = bodies;
        this.readiness = readiness;
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        var request = (HttpServletRequest) anyRequest;
        var response = (HttpServletResponse) anyResponse;
        var requestId = RequestId.of(request);
        var id = requestId.shown();
        var trace = TraceParent.of(request.getHeader("traceparent"));
        try {
            pass(request, response, requestId, chain);
        } catch (ProblemException e) {
            AnswerWriter.write(Answer.of(Problem.of(e, id)), request, response);
        } catch (InvalidTokenException e) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            refuse(request, response, ProblemCode.UNAUTHORIZED, String.valueOf(e.getMessage()), id);
        } catch (KeysUnavailableException e) {
            LOG.error("request {}: {}", id, e.getMessage(), e);
            refuse(
                    request,
                    response,
                    ProblemCode.UNAVAILABLE,
                    "tokens cannot be verified now: try again after Retry-After",
                    id);
        } catch (IOException e) {
            throw e;
        } catch (ServletException | RuntimeException e) {
            LOG.error("request {} failed", id, e);
            refuse(
                    request,
                    response,
                    ProblemCode.INTERNAL_ERROR,
                    "a fault of ours has been logged: send the same again, or report its"
                            + " request_id",
                    id);
        } finally {
            trace.close();
            bodies.release(request);
        }
    }

    private void pass(
            HttpServletRequest request,
            HttpServletResponse response,
            RequestId id,
            FilterChain chain)
            throws IOException, ServletException {
        requireShort(request);
        var path = request.getRequestURI();
        if (cors.isPreflight(request)) {
            answerOptions(new Call(request, id.shown(), id.own(), null, bodies), response);
            return;
        }
        boolean open = endpoints.isOpen(path);
        if (!open) {
            readiness.requireNoFault();
        }
        var caller = open ? null : caller(request, response);
        if (path.indexOf(';') >= 0) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "the path has a semicolon: leave it out with what follows it");
        }
        if (!open) {
            Headers.requireJsonAccepted(request);
        }
        cors.allow(request, response, endpoints);
        var call = new Call(request, id.shown(), id.own(), caller, bodies);
        call.remember();
        switch (request.getMethod()) {
            case "OPTIONS" -> answerOptions(call, response);
            // The framework would send the request back, with the token in it.
            case "TRACE" -> refuseMethod(call, methods(path), response);
            default -> chain.doFilter(request, response);
        }
    }

    /** What works on the path; a browser is told as much of it as it may use. */
    private void answerOptions(Call call, HttpServletResponse response) throws IOException {
        var allowed = methods(call.request().getRequestURI());
        if (allowed.isEmpty()) {
            refuseMethod(call, allowed, response);
            return;
        }
        response.setHeader("Allow", String.join(", ", allowed));
        response.setContentLength(0);
        cors.allow(call.request(), response, endpoints);
    }

    private static void refuseMethod(Call call, Set<String> allowed, HttpServletResponse response)
            throws IOException {
        AnswerWriter.write(MethodList.refusal(call, allowed), call.request(), response);
    }

    private Set<String> methods(String path) {
        return endpoints.methods(path);
    }

    private static void requireShort(HttpServletRequest request) {
        var query = request.getQueryString();
        int length = request.getRequestURI().length() + (query == null ? 0 : query.length());
        if (length > URI_LENGTH_MAX) {
            throw new ProblemException(
                    ProblemCode.URI_TOO_LONG,
                    "the address is too long: send at most " + URI_LENGTH_MAX + " characters");
        }
    }

    private Caller caller(HttpServletRequest request, HttpServletResponse response) {
        var headers = request.getHeaders("Authorization");
        var header = headers.hasMoreElements() ? headers.nextElement() : "";
        if (headers.hasMoreElements()
                || header.length() <= BEARER.length()
                || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            response.setHeader("WWW-Authenticate", "Bearer");
            throw new ProblemException(
                    ProblemCode.UNAUTHORIZED,
                    "the token is missing: send one as Authorization: Bearer …");
        }
        return tokens.verify(header.substring(BEARER.length()).strip());
    }

    private static void refuse(
            HttpServletRequest request,
            HttpServletResponse response,
            ProblemCode code,
            String detail,
            String id)
            throws IOException {
        if (!response.isCommitted()) {
            AnswerWriter.write(Answer.of(Problem.of(code, detail, id)), request, response);
        }
    }
}
