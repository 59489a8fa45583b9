package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Parameters;
import digitalwallet.ledger.check.CheckReport;
import digitalwallet.ledger.check.CheckReport.Check;
import digitalwallet.ledger.check.CheckReport.CurrencySums;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import digitalwallet.server.watch.BooksWatch;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.core.JsonGenerator;

/** Are the books right, now? */
@Controller
final class ConsistencyController {

    private final BooksWatch books;

    ConsistencyController(BooksWatch books) {
        this.books = books;
    }

    @GetMapping("/consistency-check")
    @Allowed(Permission.CHECK_CONSISTENCY)
    Answer check(Call call) {
        var scope =
                Parameters.of(call.request(), Set.of("scope"))
                        .word("scope", Set.of("full", "incremental"));
        var report = "full".equals(scope) ? books.full() : books.incremental();
        return Answer.ok(json -> write(json, report));
    }

    private static void write(JsonGenerator json, CheckReport report) {
        json.writeStartObject();
        json.writeBooleanProperty("consistent", report.consistent());
        json.writeStringProperty("message", report.message());
        json.writeStringProperty("scope", report.full() ? "full" : "incremental");
        json.writeStringProperty("checked_at", TransactionJson.time(report.checkedAt()));
        var full = report.lastFullCheck();
        json.writeName("last_full_check");
        if (full == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeStringProperty("checked_at", TransactionJson.time(full.checkedAt()));
            json.writeBooleanProperty("consistent", full.consistent());
            json.writeNumberProperty("entries", full.entries());
            json.writeEndObject();
        }
        json.writeArrayPropertyStart("currencies");
        report.currencies().forEach(sums -> write(json, sums));
        json.writeEndArray();
        json.writeArrayPropertyStart("checks");
        report.checks().forEach(check -> write(json, check));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, CurrencySums sums) {
        json.writeStartObject();
        json.writeStringProperty("currency", sums.currency().code());
        json.writeStringProperty("sum_of_balances", sums.sumOfBalances().toPlainString());
        json.writeStringProperty("deposits", sums.deposits().toPlainString());
        json.writeStringProperty("withdrawals", sums.withdrawals().toPlainString());
        json.writeStringProperty("purchases", sums.purchases().toPlainString());
        json.writeStringProperty("refunds", sums.refunds().toPlainString());
        json.writeStringProperty("reversals", sums.reversals().toPlainString());
        json.writeStringProperty("in_transit", sums.inTransit().toPlainString());
        json.writeStringProperty("difference", sums.difference().toPlainString());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Check check) {
        json.writeStartObject();
        json.writeStringProperty("name", check.name());
        json.writeBooleanProperty("ok", check.ok());
        json.writeNumberProperty("examined", check.examined());
        json.writeNumberProperty("violated", check.violated());
        json.writeArrayPropertyStart("violations");
        check.violations().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }
}
