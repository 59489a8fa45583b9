package digitalwallet.gate.answer;

import digitalwallet.json.Json;
import digitalwallet.process.http.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Sends what a controller's method returned. */
public final class AnswerWriter implements HandlerMethodReturnValueHandler {

    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return returnType.getParameterType() == Answer.class;
    }

    @Override
    public void handleReturnValue(
            @Nullable Object returned,
            MethodParameter returnType,
            ModelAndViewContainer container,
            NativeWebRequest request)
            throws IOException {
        container.setRequestHandled(true);
        var response = Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class));
        var answer = (Answer) Objects.requireNonNull(returned);
        var validator = answer.headers().get("ETag");
        if (validator != null
                && request instanceof ServletWebRequest web
                && web.checkNotModified(validator)) {
            return; // The caller has this answer already: 304.
        }
        var servlet = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        write(answer, servlet, response);
    }

    /** Sends an answer to this request; problems are counted. */
    public static void write(
            Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var code = answer.code();
        if (code != null) {
            Refusals.count(request, code);
        }
        var body = Json.write(answer.body());
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentType(answer.mediaType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
