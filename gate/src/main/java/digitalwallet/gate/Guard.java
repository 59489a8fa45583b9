package digitalwallet.gate;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a caller reach an endpoint only as its rule allows; an endpoint without a rule is closed.
 */
final class Guard implements HandlerInterceptor {

    private static final String FRAMEWORK = "org.springframework.";

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
        var rule = endpoints.rule(endpoint.getMethod());
        if (rule != null) {
            var _ = Call.of(request).grant(rule);
            return true;
        }
        if (endpoints.isOpen(endpoint.getMethod()) || isListOfMethods(request, endpoint)) {
            return true;
        }
        throw closed();
    }

    /** OPTIONS is answered by the framework itself, with the allowed methods and nothing else. */
    private static boolean isListOfMethods(HttpServletRequest request, HandlerMethod endpoint) {
        return request.getMethod().equals("OPTIONS")
                && endpoint.getBeanType().getName().startsWith(FRAMEWORK);
    }

    private static ProblemException closed() {
        return new ProblemException(ProblemCode.FORBIDDEN, "this endpoint is closed");
    }
}
