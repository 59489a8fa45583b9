package digitalwallet.gate;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.answer.AnswerWriter;
import digitalwallet.gate.permission.Denied;
import digitalwallet.gate.problem.Problem;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The one place where an exception becomes a problem document. */
final class ProblemResolver implements HandlerExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemResolver.class);

    private final PassingFaults faults;
    private final Endpoints endpoints;

    ProblemResolver(PassingFaults faults, Endpoints endpoints) {
        this.faults = faults;
        this.endpoints = endpoints;
    }

    @Override
    public ModelAndView resolveException(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler,
            Exception exception) {
        try {
            if (!response.isCommitted()) {
                AnswerWriter.write(answer(Call.of(request), exception), request, response);
            }
            return new ModelAndView();
        } catch (IOException e) {
            throw new UncheckedIOException("the caller has gone", e);
        }
    }

    private Answer answer(Call call, Exception exception) {
        return switch (exception) {
            case ProblemException e -> Answer.of(Problem.of(e, call.requestId()));
            case Denied e -> Answer.of(Problem.of(ProblemException.of(e), call.requestId()));
            case NoHandlerFoundException _, NoResourceFoundException _ ->
                    Answer.of(
                            Problem.of(
                                    ProblemCode.NOT_FOUND,
                                    "there is no such path: see /docs for those there are",
                                    call.requestId()));
            case HttpRequestMethodNotSupportedException _, WrongMethodException _ ->
                    wrongMethod(call);
            case Exception e when faults.include(e) -> unavailable(call, e);
            default -> fault(call, exception);
        };
    }

    private Answer wrongMethod(Call call) {
        return MethodList.refusal(call, endpoints.methods(call.request().getRequestURI()));
    }

    private Answer unavailable(Call call, Exception e) {
        LOG.warn("request {} refused: {}", call.requestId(), e.getMessage());
        return Answer.of(Problem.of(ProblemCode.UNAVAILABLE, faults.sentence(), call.requestId()));
    }

    private static Answer fault(Call call, Exception exception) {
        LOG.error("request {} failed", call.requestId(), exception);
        return Answer.of(Problem.ofFault(call.requestId()));
    }
}
