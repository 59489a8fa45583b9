package digitalwallet.payments.rest;

import digitalwallet.json.JsonObject;
import digitalwallet.payments.store.Payment;

/** A payment as callers see it. */
final class PaymentJson {

    private PaymentJson() {}

    static JsonObject of(Payment payment) {
        return new JsonObject()
                .put("id", payment.id())
                .put("kind", payment.kind().word())
                .put("state", payment.state().word())
                .put("user_id", payment.userId())
                .put("amount", payment.amount().toDecimal())
                .put("currency", payment.amount().currency().code())
                .put("method", payment.method())
                .put("destination", payment.destination())
                .put("initiated_by", payment.initiatedBy())
                .put("provider_reference", payment.providerReference())
                .put("failure", payment.failure())
                .put("transaction_id", payment.eventId())
                .put("created_at", payment.createdAt())
                .put("changed_at", payment.changedAt());
    }
}
