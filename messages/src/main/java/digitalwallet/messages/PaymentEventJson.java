package digitalwallet.messages;

import digitalwallet.json.JsonObject;
import digitalwallet.messages.MalformedMessageException.Reason;
import digitalwallet.messages.PaymentEvent.PayoutFailed;
import digitalwallet.messages.PaymentEvent.PayoutSucceeded;
import digitalwallet.messages.PaymentEvent.TopUpSucceeded;

/** Payment events to and from JSON. */
final class PaymentEventJson {

    private static final String SUCCEEDED = "succeeded";
    private static final String FAILED = "failed";

    private PaymentEventJson() {}

    static CloudEvent write(PaymentEvent event) {
        return switch (event) {
            case TopUpSucceeded e ->
                    envelope(
                            MessageType.TOP_UP,
                            e,
                            begin(SUCCEEDED, e)
                                    .put("bank_transaction_id", e.bankTransactionId())
                                    .put("initiated_by", e.initiatedBy()));
            case PayoutSucceeded e ->
                    envelope(
                            MessageType.PAYOUT,
                            e,
                            begin(SUCCEEDED, e).put("bank_transaction_id", e.bankTransactionId()));
            case PayoutFailed e ->
                    envelope(MessageType.PAYOUT, e, begin(FAILED, e).put("failure", e.failure()));
        };
    }

    private static JsonObject begin(String status, PaymentEvent event) {
        return new JsonObject()
                .put("status", status)
                .put("payment_id", event.paymentId())
                .put("user_id", event.userId())
                .put("amount", event.amount())
                .put("currency", event.currency());
    }

    private static CloudEvent envelope(MessageType type, PaymentEvent event, JsonObject data) {
        return CloudEvent.of(
                type,
                PaymentEvent.SOURCE,
                event.id().toString(),
                event.userId(),
                event.time(),
                data);
    }

    static PaymentEvent read(CloudEvent event) {
        var data = new DataReader(event.data());
        return switch (event.knownType()) {
            case TOP_UP -> topUp(event, data);
            case PAYOUT -> payout(event, data);
            case COMMAND, COMMAND_BATCH, TRANSACTION ->
                    throw new MalformedMessageException(
                            Reason.UNKNOWN_TYPE, "the type must be one of a payment event");
        };
    }

    private static PaymentEvent topUp(CloudEvent event, DataReader data) {
        if (!data.text("status").equals(SUCCEEDED)) {
            throw DataReader.invalid("status", SUCCEEDED);
        }
        return new TopUpSucceeded(
                DataReader.uuid("id", event.id()),
                event.time(),
                data.id("payment_id"),
                data.text("user_id"),
                data.amount("amount"),
                data.text("currency"),
                data.text("bank_transaction_id"),
                data.text("initiated_by"));
    }

    private static PaymentEvent payout(CloudEvent event, DataReader data) {
        var id = DataReader.uuid("id", event.id());
        var paymentId = data.id("payment_id");
        var userId = data.text("user_id");
        var amount = data.amount("amount");
        var currency = data.text("currency");
        return switch (data.text("status")) {
            case SUCCEEDED ->
                    new PayoutSucceeded(
                            id,
                            event.time(),
                            paymentId,
                            userId,
                            amount,
                            currency,
                            data.optionalText("bank_transaction_id"));
            case FAILED ->
                    new PayoutFailed(
                            id,
                            event.time(),
                            paymentId,
                            userId,
                            amount,
                            currency,
                            data.text("failure"));
            default -> throw DataReader.invalid("status", SUCCEEDED + " or " + FAILED);
        };
    }
}
