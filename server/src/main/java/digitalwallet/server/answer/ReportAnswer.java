package digitalwallet.server.answer;

import digitalwallet.gate.answer.Answer;
import digitalwallet.ledger.check.CheckReport;
import digitalwallet.ledger.check.CheckReport.Check;
import digitalwallet.ledger.check.CheckReport.CurrencySums;
import tools.jackson.core.JsonGenerator;

/** How a check of the books looks. */
public final class ReportAnswer {

    private ReportAnswer() {}

    /** What the check found. */
    public static Answer of(CheckReport report) {
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
