package digitalwallet.payments.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The one place where an exception becomes a problem document. */
@Controller
@RestControllerAdvice
final class Problems implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler(Exception.class)
    ResponseEntity<byte[]> problem(Exception exception) {
        return switch (exception) {
            case ProblemException e -> Answers.problem(e.code(), e.detail());
            case NoHandlerFoundException _, NoResourceFoundException _ ->
                    Answers.problem(ProblemCode.NOT_FOUND, "there is no such path");
            case HttpRequestMethodNotSupportedException e -> wrongMethod(e);
            case HttpMediaTypeNotAcceptableException _ ->
                    Answers.problem(
                            ProblemCode.NOT_ACCEPTABLE, "answers are application/json only");
            case Exception e when isForNow(e) -> {
                LOG.warn("a request is refused: {}", e.getMessage());
                yield Answers.problem(
                        ProblemCode.UNAVAILABLE, "the database is away; repeat with the same key");
            }
            default -> {
                LOG.error("a request failed", exception);
                yield Answers.problem(ProblemCode.INTERNAL_ERROR, "the fault has been logged");
            }
        };
    }

    /** What never reached a controller. */
    @RequestMapping("/error")
    ResponseEntity<byte[]> error(HttpServletRequest request) {
        var status = request.getAttribute("jakarta.servlet.error.status_code");
        return status instanceof Integer number && number >= 500
                ? Answers.problem(ProblemCode.INTERNAL_ERROR, "the fault has been logged")
                : Answers.problem(ProblemCode.BAD_REQUEST, "the request is refused");
    }

    private static ResponseEntity<byte[]> wrongMethod(HttpRequestMethodNotSupportedException e) {
        var headers = new HttpHeaders();
        var methods = e.getSupportedHttpMethods();
        headers.setAllow(methods == null ? Set.<HttpMethod>of() : methods);
        return Answers.problem(
                ProblemCode.METHOD_NOT_ALLOWED,
                "the method " + e.getMethod() + " is not allowed here",
                headers);
    }

    /** Whether the database is away or slow, rather than the request or the program wrong. */
    private static boolean isForNow(Throwable exception) {
        for (Throwable t = exception; t != null; t = t.getCause()) {
            if (t instanceof CannotGetJdbcConnectionException
                    || t instanceof DataAccessResourceFailureException
                    || t instanceof TransientDataAccessException
                    || t instanceof TransactionException
                    || (t instanceof SQLException e && isConnectionLoss(e))) {
                return true;
            }
        }
        return false;
    }

    /** Classes 08 and 57 of SQLSTATE: no connection, and the server going down. */
    private static boolean isConnectionLoss(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57"));
    }
}
