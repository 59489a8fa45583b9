package digitalwallet.gate;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Lets a caller reach an endpoint only as its rule allows; an endpoint without a rule is closed.
 */
final class Guard implements HandlerInterceptor {

    private final Endpoints endpoints;

    Guard(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod endpoint)) {
            throw closed();
        }
        requireOwnPattern(request);
        var rule = endpoints.rule(endpoint.getMethod());
        if (rule != null) {
            var _ = Call.of(request).grant(rule);
            return true;
        }
        if (endpoints.isOpen(endpoint.getMethod())) {
            return true;
        }
        throw closed();
    }

    /**
     * A path such as {@code /payments/top-ups} is not one of {@code /payments/{id}}, although the
     * framework would take it for one when the method is wrong.
     */
    private void requireOwnPattern(HttpServletRequest request) {
        var path = request.getRequestURI();
        var matched = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (matched instanceof String pattern
                && pattern.indexOf('{') >= 0
                && endpoints.isPlain(path)
                && !endpoints.methods(path).contains(request.getMethod())) {
            throw new WrongMethodException();
        }
    }

    private static ProblemException closed() {
        return new ProblemException(
                ProblemCode.FORBIDDEN,
                "this endpoint is closed to everybody: see /docs for those there are");
    }
}
