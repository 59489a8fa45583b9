package digitalwallet.payments.flow;

import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.PaymentState;
import digitalwallet.payments.provider.Answer;
import digitalwallet.payments.provider.Provider;
import digitalwallet.payments.provider.ProviderCall;
import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.Differences;
import digitalwallet.payments.store.Differences.Difference;
import digitalwallet.payments.store.Payment;
import digitalwallet.payments.store.Payments;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares payments with the ledger and with the provider, and names each difference. */
public final class Reconciliation {

    private static final int DIFFERENCES_MAX = 500;
    private static final int ASKED_MAX = 500;
    private static final String REFUND = ":refund";
    private static final Answer PAID_BACK = new Answer.Failed(Answer.Failed.PAID_BACK);

    private final Differences differences;
    private final Payments payments;
    private final Provider provider;
    private final InstantSource clock;

    /** Of this database and this provider. */
    public Reconciliation(Database database, Provider provider, InstantSource clock) {
        this.differences = new Differences(database);
        this.payments = new Payments(database);
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param asked how many payments the provider was asked about
     * @param isComplete false when there were more payments or differences than a report holds
     */
    public record Report(
            Instant checkedAt,
            Instant from,
            int asked,
            List<Difference> differences,
            boolean isComplete) {}

    /**
     * Compares everything with the ledger, and what changed lately with the provider.
     *
     * @param since how far back the provider is asked
     * @param grace a difference younger than this does not count, because everything takes some
     *     time
     */
    public Report compare(Duration since, Duration grace) {
        var now = clock.instant();
        var before = now.minus(grace);
        var found = new ArrayList<>(differences.ofLedger(before, DIFFERENCES_MAX));
        boolean isComplete = found.size() < DIFFERENCES_MAX;
        var asked = differences.toAsk(now.minus(since), before, ASKED_MAX);
        for (var payment : asked) {
            var code = compare(payment);
            if (code != null) {
                found.add(
                        new Difference(
                                code,
                                payment.id(),
                                payment.eventId(),
                                payment.userId(),
                                payment.amount()));
            }
        }
        var statement = provider.statement(now.minus(since), ASKED_MAX);
        statement.ifPresent(lines -> compare(lines, before, found));
        boolean isAll =
                isComplete
                        && asked.size() < ASKED_MAX
                        && statement.isPresent()
                        && statement.get().size() < ASKED_MAX;
        return new Report(now, now.minus(since), asked.size(), found, isAll);
    }

    /**
     * What the provider moved and we do not know: it was asked for before a restore, or by others.
     */
    private void compare(
            List<Provider.Movement> statement, Instant before, List<Difference> found) {
        for (var line : statement) {
            var payment = payment(line.key());
            var code = compare(line, payment);
            if (code != null && line.movedAt().isBefore(before)) {
                found.add(
                        new Difference(
                                code,
                                payment == null ? null : payment.id(),
                                payment == null ? null : payment.eventId(),
                                line.userId(),
                                line.amount()));
            }
        }
    }

    private static @Nullable String compare(Provider.Movement line, @Nullable Payment payment) {
        if (payment == null) {
            return switch (line.kind()) {
                case CHARGE -> "provider_charged_without_payment";
                case PAY -> "provider_paid_without_payment";
                case REFUND -> "provider_paid_back_without_payment";
            };
        }
        boolean isPaidBack =
                payment.state() == PaymentState.REFUNDING
                        || payment.state() == PaymentState.REFUNDED;
        return line.kind() == ProviderCall.Kind.REFUND && !isPaidBack
                ? "provider_paid_back_here_" + payment.state().word()
                : null;
    }

    private @Nullable Payment payment(String key) {
        var id = key.endsWith(REFUND) ? key.substring(0, key.length() - REFUND.length()) : key;
        try {
            return payments.byProviderKey(UUID.fromString(id)).orElse(null);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private @Nullable String compare(Payment payment) {
        var answer = provider.query(payment.providerKey().toString());
        if (answer instanceof Answer.Succeeded(var _, var amount)
                && !amount.equals(payment.amount())) {
            return "provider_amount_differs";
        }
        if (answer instanceof Answer.Unknown) {
            return "provider_does_not_answer";
        }
        return switch (payment.state()) {
            case PENDING -> pending(answer);
            case FAILED, RETURNED -> failed(payment, answer);
            case REFUNDING, REFUNDED -> answer.equals(PAID_BACK) ? null : succeeded(answer);
            case SUCCEEDED, SETTLED -> succeeded(answer);
        };
    }

    private static @Nullable String pending(Answer answer) {
        return switch (answer) {
            case Answer.Succeeded _ -> "provider_succeeded_here_pending";
            case Answer.Failed _ -> "provider_failed_here_pending";
            case Answer.Processing _, Answer.NotFound _, Answer.Unknown _ -> null;
        };
    }

    private static @Nullable String failed(Payment payment, Answer answer) {
        return switch (answer) {
            case Answer.Succeeded _ -> "provider_succeeded_here_" + payment.state().word();
            case Answer.Processing _
                    when payment.kind() == PaymentKind.PAYOUT
                            || payment.state() == PaymentState.RETURNED ->
                    "provider_undecided_here_" + payment.state().word();
            case Answer.Failed _, Answer.NotFound _, Answer.Processing _, Answer.Unknown _ -> null;
        };
    }

    private static @Nullable String succeeded(Answer answer) {
        return switch (answer) {
            case Answer.Failed _ -> "provider_failed_here_succeeded";
            case Answer.Processing _ -> "provider_undecided_here_succeeded";
            case Answer.NotFound _ -> "provider_unaware_here_succeeded";
            case Answer.Succeeded _, Answer.Unknown _ -> null;
        };
    }
}
