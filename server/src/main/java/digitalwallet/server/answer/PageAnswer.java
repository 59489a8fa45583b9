package digitalwallet.server.answer;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.permission.Grant;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.reading.HistoryPage;
import digitalwallet.ledger.reading.TransactionPage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How pages of lists look. */
public final class PageAnswer {

    private PageAnswer() {}

    /**
     * A page of a wallet's history. Users see no labels but their own.
     *
     * @param cursor of the next page; null on the last one
     */
    public static Answer of(HistoryPage page, @Nullable String cursor, Grant grant) {
        return Answer.ok(json -> write(json, page, cursor, grant));
    }

    /**
     * A page of what a search found.
     *
     * @param cursor of the next page; null on the last one
     */
    public static Answer of(TransactionPage page, @Nullable String cursor) {
        return Answer.ok(json -> write(json, page, cursor));
    }

    /**
     * A page of a wallet's history that has what was rejected: nothing of it changed the wallet.
     *
     * @param cursor of the next page; null on the last one
     * @param grant of the caller, who may not be shown the notes of employees
     */
    public static Answer ofRejected(TransactionPage page, @Nullable String cursor, Grant grant) {
        return Answer.ok(
                json -> {
                    json.writeStartObject();
                    json.writeArrayPropertyStart("data");
                    json.writeEndArray();
                    json.writeArrayPropertyStart("rejected");
                    for (var each : page.transactions()) {
                        var transaction = VisibleTransaction.shown(each, grant);
                        json.writeStartObject();
                        TransactionJson.writeFields(json, transaction);
                        TransactionJson.writeRejection(json, transaction);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeStringProperty("next_cursor", cursor);
                    json.writeEndObject();
                });
    }

    private static void write(
            JsonGenerator json, HistoryPage page, @Nullable String cursor, Grant grant) {
        json.writeStartObject();
        json.writeArrayPropertyStart("data");
        page.items().forEach(item -> write(json, item, grant));
        json.writeEndArray();
        json.writeStringProperty("next_cursor", cursor);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, HistoryPage.Item item, Grant grant) {
        var transaction = item.transaction();
        json.writeStartObject();
        json.writeStringProperty("id", transaction.id().toString());
        json.writeStringProperty("type", transaction.type().word());
        json.writeStringProperty("status", "posted");
        TransactionJson.writeMoney(json, item.amount());
        json.writeStringProperty("balance_after", item.balanceAfter().toDecimal());
        json.writeNumberProperty("version", item.version());
        json.writeStringProperty("wallet_status", item.status().word());
        json.writeStringProperty("created_at", TransactionJson.time(item.createdAt()));
        if (transaction.type() == TransactionType.TRANSFER) {
            json.writeStringProperty("from_user_id", transaction.userId());
            TransactionJson.optional(json, "to_user_id", transaction.toUserId());
        }
        json.writeStringProperty("initiated_by", transaction.initiator().initiatedBy());
        TransactionJson.writeReferences(json, transaction);
        TransactionJson.optional(json, "description", transaction.details().description());
        var author = transaction.initiator().authenticatedAs();
        if (!grant.seesOwnSideOnly() || grant.caller().id().equals(author)) {
            TransactionJson.writeMetadata(json, transaction);
        }
        TransactionJson.writePayout(json, transaction);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, TransactionPage page, @Nullable String cursor) {
        json.writeStartObject();
        json.writeArrayPropertyStart("data");
        for (var transaction : page.transactions()) {
            json.writeStartObject();
            TransactionJson.writeFields(json, transaction);
            TransactionJson.writeInitiator(json, transaction);
            TransactionJson.writeRejection(json, transaction);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringProperty("next_cursor", cursor);
        json.writeEndObject();
    }
}
