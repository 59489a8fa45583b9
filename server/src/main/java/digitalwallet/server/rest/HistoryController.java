package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Parameters;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.reading.HistoryPage;
import digitalwallet.ledger.reading.HistoryReader;
import digitalwallet.server.request.Currencies;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import tools.jackson.core.JsonGenerator;

/** What happened to a wallet, newest first. */
@Controller
final class HistoryController {

    private static final Set<String> PARAMETERS =
            Set.of("cursor", "limit", "type", "from", "to", "currency");

    private final HistoryReader histories;

    HistoryController(HistoryReader histories) {
        this.histories = histories;
    }

    @GetMapping("/wallets/{user_id}/transactions")
    @Allowed(Permission.READ_WALLET)
    Answer history(Call call, @PathVariable("user_id") String userId) {
        WalletController.requireVisible(call, userId);
        var parameters = Parameters.of(call.request(), PARAMETERS);
        var filter =
                new HistoryPage.Filter(
                        TypeParameter.read(parameters),
                        parameters.time("from"),
                        parameters.time("to"),
                        parameters.read("currency", Currencies::of));
        var cursor = Cursors.ofHistory(userId, filter);
        var after = Cursors.readPosition(parameters.text("cursor"), cursor);
        var page =
                histories
                        .history(userId, filter, after, parameters.limit())
                        .orElseThrow(() -> WalletController.notFound(userId));
        return Answer.ok(json -> write(json, page, Cursors.write(page.next(), cursor)));
    }

    private static void write(JsonGenerator json, HistoryPage page, @Nullable String cursor) {
        json.writeStartObject();
        json.writeArrayPropertyStart("data");
        page.items().forEach(item -> write(json, item));
        json.writeEndArray();
        json.writeStringProperty("next_cursor", cursor);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, HistoryPage.Item item) {
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
        TransactionJson.writePayout(json, transaction);
        json.writeEndObject();
    }
}
