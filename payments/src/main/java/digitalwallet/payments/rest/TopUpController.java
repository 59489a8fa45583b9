package digitalwallet.payments.rest;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.json.JsonObject;
import digitalwallet.money.Money;
import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.flow.ProviderWork;
import digitalwallet.payments.flow.TopUps;
import digitalwallet.payments.flow.TopUps.Taken;
import digitalwallet.payments.provider.Provider;
import digitalwallet.payments.store.Payment;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Orders for money to come in. */
@Controller
final class TopUpController {

    static final Set<String> FIELDS =
            Set.of("user_id", "amount", "currency", "method", "initiated_by");
    private static final int KEY_LENGTH_MAX = 255;

    private final RestSettings settings;
    private final TopUps topUps;
    private final Provider provider;
    private final ProviderWork work;
    private final Health health;
    private final InstantSource clock;

    TopUpController(
            RestSettings settings,
            TopUps topUps,
            Provider provider,
            ProviderWork work,
            Health health,
            InstantSource clock) {
        this.settings = settings;
        this.topUps = topUps;
        this.provider = provider;
        this.work = work;
        this.health = health;
        this.clock = clock;
    }

    @PostMapping("/payments/top-ups")
    ResponseEntity<byte[]> topUp(HttpServletRequest request, Authentication authentication) {
        var fields = RequestFields.of(request, FIELDS);
        var payment = payment(fields, Caller.of(authentication));
        var key = key(request);
        health.requireAll();
        return switch (topUps.take(payment, key, fingerprint(payment))) {
            case Taken.Created(var created) -> {
                work.wake();
                yield taken(created, new HttpHeaders());
            }
            case Taken.Repeated(var first) -> {
                var headers = new HttpHeaders();
                headers.set("Idempotency-Replayed", "true");
                yield taken(first.asCreated(), headers);
            }
            case Taken.KeyReused() ->
                    throw new ProblemException(
                            ProblemCode.IDEMPOTENCY_KEY_REUSED,
                            "the idempotency key stands for another top-up");
        };
    }

    private Payment payment(RequestFields fields, Caller caller) {
        var userId = fields.identifier("user_id");
        if (!caller.isSystem() && !userId.equals(caller.id())) {
            throw new ProblemException(
                    ProblemCode.NOT_YOUR_WALLET, "users top up their own wallet only");
        }
        var amount = fields.amount(fields.currency(settings.currency()));
        requireNotTooLarge(amount);
        var method = fields.identifier("method");
        if (!provider.takes(method)) {
            throw new ProblemException(
                    ProblemCode.INVALID_METHOD, "no provider takes money by this method");
        }
        return Payment.begin(
                UuidCreator.getTimeOrderedEpoch(),
                PaymentKind.TOP_UP,
                userId,
                amount,
                method,
                null,
                initiatedBy(fields, caller),
                caller.id(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private static String initiatedBy(RequestFields fields, Caller caller) {
        var given = fields.optionalIdentifier("initiated_by");
        if (given != null && !caller.isSystem() && !given.equals(caller.id())) {
            throw new ProblemException(
                    ProblemCode.INITIATED_BY_MISMATCH, "users act in their own name only");
        }
        return given == null ? caller.id() : given;
    }

    private void requireNotTooLarge(Money amount) {
        var largest = Money.largest(settings.amountMax(), amount.currency());
        if (amount.minorUnits() > largest.minorUnits()) {
            throw new ProblemException(
                    ProblemCode.AMOUNT_TOO_LARGE,
                    "one payment moves at most " + settings.amountMax().toPlainString());
        }
    }

    private static String key(HttpServletRequest request) {
        var keys = request.getHeaders("Idempotency-Key");
        if (!keys.hasMoreElements()) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_KEY_MISSING,
                    "send a header Idempotency-Key: a repeated request is taken once");
        }
        var key = keys.nextElement();
        if (keys.hasMoreElements()
                || key.isEmpty()
                || key.length() > KEY_LENGTH_MAX
                || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new ProblemException(
                    ProblemCode.INVALID_IDEMPOTENCY_KEY,
                    "an idempotency key has 1 to 255 printable ASCII characters");
        }
        return key;
    }

    /** None of the parts can contain the separator. */
    private static String fingerprint(Payment payment) {
        return String.join(
                " ",
                payment.userId(),
                payment.amount().toDecimal(),
                payment.amount().currency().code(),
                payment.method(),
                payment.initiatedBy());
    }

    private static ResponseEntity<byte[]> taken(Payment payment, HttpHeaders headers) {
        headers.set(HttpHeaders.LOCATION, "/payments/" + payment.id());
        var body =
                new JsonObject()
                        .put("message", "top-up taken")
                        .put("payment", PaymentJson.of(payment));
        return Answers.of(202, body, headers);
    }
}
