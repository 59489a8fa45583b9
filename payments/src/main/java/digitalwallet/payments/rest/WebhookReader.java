package digitalwallet.payments.rest;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Fields;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.InvalidAmountException;
import digitalwallet.money.Money;
import digitalwallet.payments.flow.Webhooks;
import digitalwallet.payments.provider.Answer;
import java.util.UUID;
import java.util.regex.Pattern;

/** Turns the fields of a webhook into an event. */
final class WebhookReader {

    private static final int TEXT_LENGTH_MAX = 128;
    private static final Pattern KEY =
            Pattern.compile(
                    "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(:refund)?");

    private WebhookReader() {}

    /** Fields we do not know are passed over: the provider may add some. */
    static Webhooks.Event event(Fields fields) {
        var key = KEY.matcher(fields.text("key", TEXT_LENGTH_MAX));
        if (!key.matches()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "key is no id of a payment: send the one that was sent with it");
        }
        return new Webhooks.Event(
                fields.text("event_id", TEXT_LENGTH_MAX),
                UUID.fromString(key.group(1)),
                key.group(2) != null,
                answer(fields));
    }

    private static Answer answer(Fields fields) {
        return switch (fields.text("status", TEXT_LENGTH_MAX)) {
            case "succeeded" ->
                    new Answer.Succeeded(fields.text("reference", TEXT_LENGTH_MAX), amount(fields));
            case "failed" -> new Answer.Failed(fields.text("failure", TEXT_LENGTH_MAX));
            case "processing" -> new Answer.Processing();
            default ->
                    throw new ProblemException(
                            ProblemCode.BAD_REQUEST,
                            "status is no word that is known: send one that the contract has");
        };
    }

    private static Money amount(Fields fields) {
        var text = fields.text("amount", TEXT_LENGTH_MAX);
        var currency =
                CurrencyCode.find(fields.text("currency", TEXT_LENGTH_MAX))
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                ProblemCode.BAD_REQUEST,
                                                "currency is none that is known: send a code of ISO"
                                                        + " 4217 in capital letters"));
        try {
            return Money.parse(text, currency);
        } catch (InvalidAmountException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }
}
