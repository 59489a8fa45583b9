package digitalwallet.server.rest;

import digitalwallet.server.request.ProblemCode;
import digitalwallet.server.request.ProblemException;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.OpenToAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a caller reach an endpoint only with the permission it names; one that names none is closed.
 */
final class Guard implements HandlerInterceptor {

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod endpoint)) {
            throw closed();
        }
        var allowed = endpoint.getMethodAnnotation(Allowed.class);
        if (allowed != null) {
            var _ = Call.of(request).grant(allowed.value());
            return true;
        }
        if (endpoint.hasMethodAnnotation(OpenToAll.class) || isListOfMethods(request, endpoint)) {
            return true;
        }
        throw closed();
    }

    /** OPTIONS is answered by the framework itself, with the allowed methods and nothing else. */
    private static boolean isListOfMethods(HttpServletRequest request, HandlerMethod endpoint) {
        return request.getMethod().equals("OPTIONS")
                && !endpoint.getBeanType().getPackage().equals(Guard.class.getPackage());
    }

    private static ProblemException closed() {
        return new ProblemException(ProblemCode.FORBIDDEN, "this endpoint is closed");
    }
}
