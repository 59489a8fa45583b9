package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.request.Call;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Shows what a request costs that does nothing: it comes in the same way, its body is read in the
 * same way, and its answer is constant. It is for benchmarks only: it is there only when a setting
 * asks for it, and only on loopback.
 */
@Controller
@ConditionalOnBooleanProperty("wallet.bench")
final class BenchController {

    @PostMapping("/bench/constant")
    @Allowed(Permission.MEASURE)
    Answer constant(Call call) {
        int fields = call.body().size();
        return Answer.ok(
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("message", "nothing posted");
                    json.writeNumberProperty("fields", fields);
                    json.writeEndObject();
                });
    }
}
