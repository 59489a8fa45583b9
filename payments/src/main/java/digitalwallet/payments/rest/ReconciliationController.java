package digitalwallet.payments.rest;

import digitalwallet.json.JsonObject;
import digitalwallet.payments.flow.Reconciliation;
import digitalwallet.payments.store.Differences.Difference;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Payments against the ledger and the provider. */
@Controller
final class ReconciliationController {

    private static final int HOURS_USUAL = 24;
    private static final int HOURS_MAX = 720;
    private static final int GRACE_SECONDS_USUAL = 60;
    private static final int GRACE_SECONDS_MAX = 86_400;

    private final Reconciliation reconciliation;

    ReconciliationController(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @GetMapping("/payments/reconciliation")
    ResponseEntity<byte[]> report(
            @RequestParam(required = false) @Nullable String hours,
            @RequestParam(name = "grace_seconds", required = false) @Nullable String grace) {
        var since = Duration.ofHours(number("hours", hours, 1, HOURS_USUAL, HOURS_MAX));
        var young =
                Duration.ofSeconds(
                        number("grace_seconds", grace, 0, GRACE_SECONDS_USUAL, GRACE_SECONDS_MAX));
        var report = reconciliation.compare(since, young);
        return Answers.of(
                200,
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
                .put("user_id", difference.userId());
    }

    private static int number(String name, @Nullable String given, int min, int usual, int max) {
        if (given == null) {
            return usual;
        }
        if (given.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(given);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new ProblemException(
                ProblemCode.INVALID_PARAMETER, name + " is a number from " + min + " to " + max);
    }
}
