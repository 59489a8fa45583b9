package digitalwallet.gate;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.answer.AnswerWriter;
import digitalwallet.gate.problem.Problem;
import digitalwallet.gate.problem.ProblemCode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that the web server itself refuses, such as ones that are not HTTP. */
public final class ProblemPages extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemPages.class);
    private static final int ERROR_MIN = 400;
    private static final int FAULT_MIN = 500;

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < ERROR_MIN
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        var id = UuidCreator.getTimeOrderedEpoch();
        response.setHeader("X-Request-Id", id.toString());
        try {
            AnswerWriter.write(answer(response.getStatus(), id, throwable), response);
            response.finishResponse();
        } catch (IOException | RuntimeException e) {
            LOG.debug("request {} could not be answered", id, e);
        }
    }

    private static Answer answer(int status, UUID id, @Nullable Throwable throwable) {
        // The caller's mistake: an encoding or a version of HTTP that the web server does not know.
        boolean unknown =
                status == HttpServletResponse.SC_NOT_IMPLEMENTED
                        || status == HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED;
        if (status >= FAULT_MIN && !unknown) {
            LOG.error("request {} failed in the web server", id, throwable);
            return Answer.of(
                    Problem.of(ProblemCode.INTERNAL_ERROR, "the fault has been logged", id));
        }
        var code =
                switch (status) {
                    case 404 -> ProblemCode.NOT_FOUND;
                    case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
                    case 413 -> ProblemCode.BODY_TOO_LARGE;
                    default -> ProblemCode.BAD_REQUEST;
                };
        return Answer.of(Problem.of(code, "the web server refuses this request", id));
    }
}
