package digitalwallet.payments.rest;

import digitalwallet.json.Json;
import digitalwallet.json.JsonObject;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.InvalidAmountException;
import digitalwallet.money.Money;
import digitalwallet.payments.flow.Webhooks;
import digitalwallet.payments.provider.Answer;
import digitalwallet.payments.provider.WebhookSignature;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** What the sandbox bank tells by itself. Its signature stands for a token. */
@Controller
final class WebhookController {

    private static final Pattern KEY =
            Pattern.compile(
                    "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(:refund)?");

    private final WebhookSignature signature;
    private final Webhooks webhooks;
    private final InstantSource clock;

    WebhookController(WebhookSignature signature, Webhooks webhooks, InstantSource clock) {
        this.signature = signature;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    @PostMapping("/webhooks/sandbox")
    ResponseEntity<byte[]> hear(HttpServletRequest request) {
        var body = RequestFields.body(request);
        var header = request.getHeader(WebhookSignature.HEADER);
        if (!signature.isValid(header, body, clock.instant())) {
            throw new ProblemException(
                    ProblemCode.INVALID_SIGNATURE, "the signature is wrong or too old");
        }
        webhooks.hear(event(RequestFields.object(body)));
        return Answers.of(200, new JsonObject().put("status", "taken"));
    }

    /** Fields we do not know are passed over: the provider may add some. */
    private static Webhooks.Event event(Map<String, Json.Value> fields) {
        var key = KEY.matcher(text(fields, "key"));
        if (!key.matches()) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "key is none of ours");
        }
        return new Webhooks.Event(
                text(fields, "event_id"),
                UUID.fromString(key.group(1)),
                key.group(2) != null,
                answer(fields));
    }

    private static Answer answer(Map<String, Json.Value> fields) {
        return switch (text(fields, "status")) {
            case "succeeded" -> new Answer.Succeeded(text(fields, "reference"), amount(fields));
            case "failed" -> new Answer.Failed(text(fields, "failure"));
            case "processing" -> new Answer.Processing();
            default -> throw new ProblemException(ProblemCode.BAD_REQUEST, "an unknown status");
        };
    }

    private static Money amount(Map<String, Json.Value> fields) {
        var text = text(fields, "amount");
        var currency =
                CurrencyCode.find(text(fields, "currency"))
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                ProblemCode.BAD_REQUEST, "an unknown currency"));
        try {
            return Money.parse(text, currency);
        } catch (InvalidAmountException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static String text(Map<String, Json.Value> fields, String name) {
        if (fields.get(name) instanceof Json.Text(var text)
                && !text.isEmpty()
                && text.length() <= 128) {
            return text;
        }
        throw new ProblemException(ProblemCode.MISSING_FIELD, name + " is missing");
    }
}
