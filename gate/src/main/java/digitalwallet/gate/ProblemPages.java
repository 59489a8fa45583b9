package digitalwallet.gate;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.answer.AnswerWriter;
import digitalwallet.gate.problem.Problem;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.process.http.HttpLimits;
import digitalwallet.process.http.RequestId;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that the web server itself refuses, such as ones that are not HTTP. */
public final class ProblemPages extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemPages.class);
    private static final int ERROR_MIN = 400;
    private static final int FAULT_MIN = 500;
    private static final String HEAD_TOO_LARGE =
            StringManager.getManager("org.apache.coyote.http11")
                    .getString("iib.requestheadertoolarge.error");

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < ERROR_MIN
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        var id = RequestId.of(request).shown();
        // A fault of the web server itself takes all headers away.
        response.setHeader(RequestId.HEADER, id);
        try {
            var answer = answer(request, response.getStatus(), id);
            AnswerWriter.write(answer, request, response);
            response.finishResponse();
        } catch (IOException | RuntimeException e) {
            LOG.debug("request {} could not be answered", id, e);
        }
    }

    private static Answer answer(Request request, int status, String id) {
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            return Answer.of(
                    Problem.of(
                            ProblemCode.UNAVAILABLE,
                            "the process is being stopped and takes nothing new: try again"
                                    + " elsewhere",
                            id));
        }
        // The caller's mistake: an encoding or a version of HTTP that the web server does not know.
        boolean unknown =
                status == HttpServletResponse.SC_NOT_IMPLEMENTED
                        || status == HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED;
        if (status >= FAULT_MIN && !unknown) {
            LOG.error("request {} failed in the web server", id, fault(request));
            return Answer.of(Problem.ofFault(id));
        }
        return refusal(request, status, id);
    }

    private static Answer refusal(Request request, int status, String id) {
        return switch (status) {
            case 404 ->
                    refusal(
                            ProblemCode.NOT_FOUND,
                            "there is no such path: see /docs for those there are",
                            id);
            case 405 ->
                    refusal(
                            ProblemCode.METHOD_NOT_ALLOWED,
                            "the path does not know this method: OPTIONS lists those it knows",
                            id);
            case 408 ->
                    refusal(
                            ProblemCode.REQUEST_TIMEOUT,
                            "the body did not come in time: send it without pauses",
                            id);
            case 413 ->
                    refusal(
                            ProblemCode.BODY_TOO_LARGE,
                            "the body is too large: send less at once",
                            id);
            case 417 ->
                    refusal(
                            ProblemCode.EXPECTATION_FAILED,
                            "the header Expect has an unknown value: send 100-continue or leave it"
                                    + " out",
                            id);
            default -> unreadable(request, id);
        };
    }

    /** Tomcat says only in its exceptions why it could not read the head of a request. */
    private static Answer unreadable(Request request, String id) {
        var fault = fault(request);
        if (fault instanceof IllegalStateException) {
            return refusal(
                    ProblemCode.HEADERS_TOO_LARGE,
                    "the request has too many headers: send at most " + HttpLimits.HEADERS_MAX,
                    id);
        }
        if (fault != null && HEAD_TOO_LARGE.equals(fault.getMessage())) {
            return request.getCoyoteRequest().requestURI().isNull()
                    ? refusal(
                            ProblemCode.URI_TOO_LONG,
                            "the address is too long: put less into its query",
                            id)
                    : refusal(
                            ProblemCode.HEADERS_TOO_LARGE,
                            "the address and the headers are too long: together they have at most "
                                    + HttpLimits.HEAD_BYTES_MAX
                                    + " bytes",
                            id);
        }
        return refusal(
                ProblemCode.BAD_REQUEST,
                "the request is not well-formed HTTP: check its first line and its headers",
                id);
    }

    private static Answer refusal(ProblemCode code, String detail, String id) {
        return Answer.of(Problem.of(code, detail, id));
    }

    private static @Nullable Throwable fault(Request request) {
        return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable fault
                ? fault
                : null;
    }
}
