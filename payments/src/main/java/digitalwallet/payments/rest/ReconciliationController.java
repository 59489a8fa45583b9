package digitalwallet.payments.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Parameters;
import digitalwallet.json.JsonObject;
import digitalwallet.payments.flow.Reconciliation;
import digitalwallet.payments.flow.Remedy;
import digitalwallet.payments.store.Differences.Difference;
import java.time.Duration;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Payments against the ledger and the provider. */
@Controller
final class ReconciliationController {

    static final Set<String> PARAMETERS = Set.of("hours", "grace_seconds");
    private static final int HOURS_USUAL = 24;
    private static final int HOURS_MAX = 720;
    private static final int GRACE_SECONDS_USUAL = 60;
    private static final int GRACE_SECONDS_MAX = 86_400;

    private final Reconciliation reconciliation;

    ReconciliationController(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @GetMapping("/payments/reconciliation")
    @Allowed(Permission.RECONCILE)
    Answer report(Call call) {
        var parameters = Parameters.of(call.request(), PARAMETERS);
        var since = Duration.ofHours(parameters.number("hours", 1, HOURS_USUAL, HOURS_MAX));
        var young =
                Duration.ofSeconds(
                        parameters.number(
                                "grace_seconds", 0, GRACE_SECONDS_USUAL, GRACE_SECONDS_MAX));
        var report = reconciliation.compare(since, young);
        return Answer.ok(
                new JsonObject()
                        .put("agrees", report.differences().isEmpty())
                        .put("complete", report.isComplete())
                        .put("checked_at", report.checkedAt())
                        .put("provider_asked_since", report.from())
                        .put("provider_asked", report.asked())
                        .put(
                                "differences",
                                report.differences().stream()
                                        .map(ReconciliationController::json)
                                        .toList()));
    }

    private static JsonObject json(Difference difference) {
        return new JsonObject()
                .put("code", difference.code())
                .put("payment_id", difference.paymentId())
                .put("transaction_id", difference.transactionId())
                .put("user_id", difference.userId())
                .put("amount", difference.amount().toDecimal())
                .put("currency", difference.amount().currency().code())
                .put("remedy", Remedy.of(difference.code()));
    }
}
