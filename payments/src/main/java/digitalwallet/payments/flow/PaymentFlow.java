package digitalwallet.payments.flow;

import digitalwallet.messages.PaymentEvent;
import digitalwallet.payments.EventIds;
import digitalwallet.payments.Lifecycle;
import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.PaymentState;
import digitalwallet.payments.Signal;
import digitalwallet.payments.Step;
import digitalwallet.payments.provider.Answer;
import digitalwallet.payments.store.Database;
import digitalwallet.payments.store.Outbox;
import digitalwallet.payments.store.Payment;
import digitalwallet.payments.store.Payments;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies what is heard about a payment. Every method runs within its caller's transaction. */
public final class PaymentFlow {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentFlow.class);

    /** The wallet's refusals after which it is certain that the money is in no wallet. */
    private static final Set<String> CANNOT_BE_CREDITED =
            Set.of(
                    "wallet_not_found",
                    "wallet_closed",
                    "wallet_frozen",
                    "currency_mismatch",
                    "receiver_unavailable",
                    "amount_too_large",
                    "balance_too_large");

    private final Payments payments;
    private final Outbox outbox;
    private final FlowSettings settings;
    private final InstantSource clock;
    private final Counter contradictions;

    /** On this database. */
    public PaymentFlow(
            Database database, FlowSettings settings, InstantSource clock, MeterRegistry registry) {
        this.payments = new Payments(database);
        this.outbox = new Outbox(database);
        this.settings = settings;
        this.clock = clock;
        this.contradictions =
                Counter.builder("payments_contradictions")
                        .description("What was heard of a payment and cannot be true")
                        .register(registry);
    }

    /**
     * Hears a provider's final word; anything else changes nothing.
     *
     * @param isRefund whether it is about paying a top-up back
     */
    public void hear(UUID paymentId, Answer answer, boolean isRefund) {
        switch (answer) {
            case Answer.Succeeded paid -> paid(lock(paymentId), paid, isRefund);
            case Answer.Failed refused -> refused(lock(paymentId), refused, isRefund);
            case Answer.Processing _, Answer.NotFound _, Answer.Unknown _ -> {}
        }
    }

    private void paid(Payment payment, Answer.Succeeded paid, boolean isRefund) {
        if (!paid.amount().equals(payment.amount())) {
            contradicts(payment, "the provider moved another amount: " + paid.amount().toDecimal());
        } else if (isRefund) {
            apply(payment, payment, Signal.REFUND_SUCCEEDED);
        } else {
            apply(payment, payment.paid(paid.reference()), Signal.PROVIDER_SUCCEEDED);
        }
    }

    private void refused(Payment payment, Answer.Failed refused, boolean isRefund) {
        if (isRefund) {
            // The money is the user's: somebody has to pay it back by hand, in some other way.
            contradicts(payment, "the provider refuses to pay back: " + refused.failure());
        } else {
            apply(payment, payment.refused(refused.failure()), Signal.PROVIDER_FAILED);
        }
    }

    /**
     * Hears that the wallet has posted what this payment asked for. After a restore the payment may
     * not know that it had asked: then it learns the transaction and the provider's reference here.
     *
     * @param signal whether the money is where it should go, or back in the wallet
     * @param reference the provider's, as the transaction names it
     */
    public void posted(
            UUID paymentId, Signal signal, UUID transactionId, @Nullable String reference) {
        var payment = lock(paymentId);
        var informed = payment.telling(transactionId);
        apply(
                payment,
                reference == null || payment.providerReference() != null
                        ? informed
                        : informed.paid(reference),
                signal);
    }

    /**
     * Hears that the wallet has refused it.
     *
     * @param code the wallet's reason
     */
    public void rejected(UUID paymentId, UUID transactionId, String code) {
        var payment = lock(paymentId);
        if (payment.kind() == PaymentKind.TOP_UP && CANNOT_BE_CREDITED.contains(code)) {
            apply(payment, payment.telling(transactionId), Signal.WALLET_REJECTED);
        } else {
            // It may have been credited, by hand or before a restore: paying it back would give
            // the money away twice.
            contradicts(payment, "the wallet refused transaction " + transactionId + ": " + code);
        }
    }

    /**
     * Applies a signal.
     *
     * @param payment as it is stored
     * @param informed the same payment, with the facts that came with the signal added
     */
    private void apply(Payment payment, Payment informed, Signal signal) {
        switch (Lifecycle.step(payment.kind(), payment.state(), signal)) {
            case Step.Moves(var to, var effect) -> move(informed.moved(to, now()), effect);
            case Step.Stays() -> {}
            case Step.Contradicts() -> contradicts(payment, signal.name());
        }
    }

    private void move(Payment payment, Step.Effect effect) {
        LOG.info("{} {} is {}", payment.kind().word(), payment.id(), payment.state().word());
        switch (effect) {
            case NONE -> payments.update(mayBePaidLate(payment));
            case REFUND -> payments.update(payment.actingAt(now()));
            case TELL_WALLET -> {
                var id = EventIds.of(payment.kind(), payment.state(), payment.id());
                var event = event(payment.telling(id));
                payments.update(payment.telling(id));
                outbox.insert(
                        payment.id(),
                        event.id(),
                        event.key(),
                        new String(event.toEvent().write(), StandardCharsets.UTF_8),
                        now());
            }
        }
    }

    private Payment mayBePaidLate(Payment payment) {
        boolean isAskedOn =
                payment.kind() == PaymentKind.TOP_UP && payment.state() == PaymentState.FAILED;
        return isAskedOn ? payment.actingAt(now().plus(settings.backoff(1))) : payment;
    }

    private PaymentEvent event(Payment payment) {
        var id = Objects.requireNonNull(payment.eventId());
        var amount = payment.amount().toDecimal();
        var currency = payment.amount().currency().code();
        if (payment.kind() == PaymentKind.TOP_UP) {
            return new PaymentEvent.TopUpSucceeded(
                    id,
                    now(),
                    payment.id(),
                    payment.userId(),
                    amount,
                    currency,
                    Objects.requireNonNull(payment.providerReference()),
                    payment.initiatedBy());
        }
        return payment.state() == PaymentState.SUCCEEDED
                ? new PaymentEvent.PayoutSucceeded(
                        id,
                        now(),
                        payment.id(),
                        payment.userId(),
                        amount,
                        currency,
                        payment.providerReference())
                : new PaymentEvent.PayoutFailed(
                        id,
                        now(),
                        payment.id(),
                        payment.userId(),
                        amount,
                        currency,
                        Objects.requireNonNull(payment.failure()));
    }

    private void contradicts(Payment payment, String what) {
        contradictions.increment();
        LOG.error(
                "somebody has to look: {} {} is {}, but {}",
                payment.kind().word(),
                payment.id(),
                payment.state().word(),
                what);
    }

    private Payment lock(UUID paymentId) {
        return payments.lock(paymentId)
                .orElseThrow(() -> new IllegalStateException("no payment " + paymentId));
    }

    private Instant now() {
        return clock.instant();
    }
}
