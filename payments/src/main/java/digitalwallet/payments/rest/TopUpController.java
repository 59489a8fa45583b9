package digitalwallet.payments.rest;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.permission.Grant;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Fields;
import digitalwallet.gate.request.Headers;
import digitalwallet.json.JsonObject;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.InvalidAmountException;
import digitalwallet.money.Money;
import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.flow.ProviderWork;
import digitalwallet.payments.flow.TopUps;
import digitalwallet.payments.flow.TopUps.Taken;
import digitalwallet.payments.provider.Provider;
import digitalwallet.payments.store.Payment;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Orders for money to come in. */
@Controller
final class TopUpController {

    static final Set<String> FIELDS =
            Set.of("user_id", "amount", "currency", "method", "initiated_by");
    private static final int ACCEPTED = 202;

    /** A name space of our own, so that no other name-based id is equal to one of these. */
    private static final UUID PROVIDER_KEYS =
            UUID.fromString("5f0d1c52-3b1e-4c0b-9a86-6d0f5a4c7e21");

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
    @Allowed(Permission.TOP_UP)
    Answer topUp(Call call) {
        var fields = Fields.of(call.body(), FIELDS);
        var key = Headers.idempotencyKey(call.request());
        var payment = payment(fields, call.grant(Permission.TOP_UP), key);
        if (key == null) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_KEY_MISSING,
                    "the idempotency key is missing: send one as Idempotency-Key: …");
        }
        health.requireAll();
        return switch (topUps.take(payment, key, fingerprint(payment))) {
            case Taken.Created(var created) -> {
                work.wake();
                yield taken(created, Map.of());
            }
            case Taken.Repeated(var first) ->
                    taken(first.asCreated(), Map.of("Idempotency-Replayed", "true"));
            case Taken.KeyReused() ->
                    throw new ProblemException(
                            ProblemCode.IDEMPOTENCY_KEY_REUSED,
                            "this idempotency key was used for another request: send a new one");
        };
    }

    private Payment payment(Fields fields, Grant grant, @Nullable String key) {
        var userId = fields.identifier("user_id");
        grant.mayTouchWalletOf(userId);
        var amount = amount(fields, currency(fields));
        var method = fields.identifier("method");
        if (!provider.takes(method)) {
            throw ProblemException.ofField(
                    PaymentProblem.INVALID_METHOD,
                    "method",
                    "method is none that a provider takes money by: ask the operator which there"
                            + " are");
        }
        return Payment.begin(
                UuidCreator.getTimeOrderedEpoch(),
                providerKey(grant.caller().id(), key),
                PaymentKind.TOP_UP,
                userId,
                amount,
                method,
                null,
                initiatedBy(fields, grant),
                grant.caller().id(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * Of the caller's own key, which outlives our database: when that is restored and the caller
     * repeats the request, the provider knows it again and charges nobody twice. A caller's id
     * cannot contain the separator.
     */
    private static UUID providerKey(String caller, @Nullable String key) {
        var name = caller + '\n' + key;
        return UuidCreator.getNameBasedSha1(PROVIDER_KEYS, name);
    }

    private static String initiatedBy(Fields fields, Grant grant) {
        var given = fields.optionalIdentifier("initiated_by");
        if (given == null) {
            return grant.caller().id();
        }
        grant.mayActInTheNameOf(given);
        return given;
    }

    private CurrencyCode currency(Fields fields) {
        var given = fields.optionalWord("currency");
        return given == null
                ? settings.currency()
                : CurrencyCode.find(given).orElseThrow(TopUpController::unknownCurrency);
    }

    private static ProblemException unknownCurrency() {
        return ProblemException.ofField(
                ProblemCode.UNKNOWN_CURRENCY,
                "currency",
                "currency is none that is known: send a code of ISO 4217 in capital letters");
    }

    private Money amount(Fields fields, CurrencyCode currency) {
        var amount = parsed(fields.literal("amount"), currency);
        var largest = settings.amountMax().largest(currency);
        if (amount.minorUnits() > largest.minorUnits()) {
            throw new ProblemException(
                    PaymentProblem.AMOUNT_TOO_LARGE,
                    "the amount is more than one payment may move: send at most " + largest,
                    Map.of("largest", largest.toDecimal(), "currency", currency.code()));
        }
        return amount;
    }

    private static Money parsed(String literal, CurrencyCode currency) {
        try {
            return Money.parse(literal, currency);
        } catch (InvalidAmountException e) {
            throw ProblemException.ofField(
                    ProblemCode.ofAmount(e.code()), "amount", String.valueOf(e.getMessage()));
        }
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

    private static Answer taken(Payment payment, Map<String, String> more) {
        var headers = new LinkedHashMap<>(more);
        headers.put("Location", "/payments/" + payment.id());
        var body =
                new JsonObject()
                        .put("message", "top-up taken")
                        .put("payment", PaymentJson.of(payment));
        return Answer.of(ACCEPTED, body, headers);
    }
}
