package digitalwallet.server.answer;

import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import digitalwallet.money.Money;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How transactions and balances look in answers. */
final class TransactionJson {

    // Always six digits: the books keep as many, and equal times look equal.
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private TransactionJson() {}

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** The transaction as the sender of the command sees it. */
    static void write(JsonGenerator json, Outcome.Posted posted) {
        json.writeStartObject();
        writeFields(json, posted.transaction());
        if (posted.transaction().type() == TransactionType.REFUND) {
            writeDraws(json, posted.draws());
        }
        json.writeEndObject();
    }

    /** What a refund drew on; empty when it matched no purchase. */
    static void writeDraws(JsonGenerator json, List<Outcome.Draw> draws) {
        json.writeArrayPropertyStart("draws");
        for (var draw : draws) {
            json.writeStartObject();
            json.writeStringProperty("transaction_id", draw.purchaseId().toString());
            json.writeStringProperty("amount", draw.amount().toDecimal());
            json.writeStringProperty("left", draw.left().toDecimal());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void writeFields(JsonGenerator json, Transaction transaction) {
        json.writeStringProperty("id", transaction.id().toString());
        json.writeStringProperty("type", transaction.type().word());
        json.writeStringProperty("status", transaction.isPosted() ? "posted" : "rejected");
        var amount = transaction.amount();
        if (amount != null) {
            writeMoney(json, amount);
        }
        if (transaction.type() == TransactionType.TRANSFER) {
            json.writeStringProperty("from_user_id", transaction.userId());
            optional(json, "to_user_id", transaction.toUserId());
        } else {
            json.writeStringProperty("user_id", transaction.userId());
        }
        json.writeStringProperty("initiated_by", transaction.initiator().initiatedBy());
        writeReferences(json, transaction);
        writeDetails(json, transaction);
        json.writeStringProperty("created_at", time(transaction.createdAt()));
    }

    static void writeReferences(JsonGenerator json, Transaction transaction) {
        optional(json, "bank_transaction_id", transaction.details().bankTransactionId());
        boolean refund = transaction.type() == TransactionType.REFUND;
        optional(json, refund ? "related_order_id" : "order_id", transaction.orderId());
        optional(json, "related_transaction_id", transaction.relatedTransactionId());
    }

    private static void writeDetails(JsonGenerator json, Transaction transaction) {
        var details = transaction.details();
        optional(json, "description", details.description());
        optional(json, "reason", details.reason());
        writeMetadata(json, transaction);
        writePayout(json, transaction);
    }

    static void writeMetadata(JsonGenerator json, Transaction transaction) {
        var metadata = transaction.details().metadata();
        if (!metadata.isEmpty()) {
            json.writeObjectPropertyStart("metadata");
            metadata.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }

    static void writePayout(JsonGenerator json, Transaction transaction) {
        var payout = transaction.details().payout();
        if (payout != null) {
            json.writeObjectPropertyStart("payout");
            json.writeStringProperty("method", payout.method());
            json.writeStringProperty("destination", payout.destination());
            json.writeEndObject();
        }
    }

    static void writeInitiator(JsonGenerator json, Transaction transaction) {
        json.writeStringProperty("authenticated_as", transaction.initiator().authenticatedAs());
        json.writeStringProperty("role", transaction.initiator().role());
    }

    static void writeRejection(JsonGenerator json, Transaction transaction) {
        var rejection = transaction.rejection();
        if (rejection == null) {
            return;
        }
        json.writeObjectPropertyStart("rejection");
        json.writeStringProperty("code", rejection.code());
        RejectionAnswer.facts(rejection).forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    static void writeBalance(JsonGenerator json, Outcome.Balance balance) {
        json.writeStartObject();
        writeMoney(json, balance.amount());
        json.writeNumberProperty("version", balance.version());
        json.writeEndObject();
    }

    static void writeMoney(JsonGenerator json, Money amount) {
        json.writeStringProperty("amount", amount.toDecimal());
        json.writeStringProperty("currency", amount.currency().code());
    }

    static void optional(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    static void optional(JsonGenerator json, String name, @Nullable UUID value) {
        if (value != null) {
            json.writeStringProperty(name, value.toString());
        }
    }
}
