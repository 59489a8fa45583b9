package digitalwallet.payments.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.permission.OpenToAll;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Fields;
import digitalwallet.json.JsonObject;
import digitalwallet.payments.flow.Webhooks;
import digitalwallet.payments.provider.WebhookSignature;
import java.time.InstantSource;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Takes what the sandbox bank reports of its own accord. Its signature takes the place of a token.
 */
@Controller
final class WebhookController {

    private final WebhookSignature signature;
    private final Webhooks webhooks;
    private final InstantSource clock;

    WebhookController(WebhookSignature signature, Webhooks webhooks, InstantSource clock) {
        this.signature = signature;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    @PostMapping("/webhooks/sandbox")
    @OpenToAll
    Answer hear(Call call) {
        var body = call.bytes();
        var header = call.request().getHeader(WebhookSignature.HEADER);
        if (!signature.isValid(header, body, clock.instant())) {
            throw new ProblemException(
                    PaymentProblem.INVALID_SIGNATURE,
                    "the signature is wrong or too old: sign the body anew with the shared secret");
        }
        webhooks.hear(WebhookReader.event(Fields.ofSome(Call.object(body))));
        return Answer.ok(new JsonObject().put("status", "taken"));
    }
}
