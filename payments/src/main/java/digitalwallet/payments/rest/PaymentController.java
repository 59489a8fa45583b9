package digitalwallet.payments.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Cursor;
import digitalwallet.gate.request.Identifiers;
import digitalwallet.gate.request.Parameters;
import digitalwallet.json.JsonObject;
import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.PaymentState;
import digitalwallet.payments.store.Payments;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Payments, one by one and as a list. */
@Controller
final class PaymentController {

    static final Set<String> PARAMETERS = Set.of("user_id", "kind", "state", "cursor", "limit");
    private static final Set<String> NONE = Set.of();
    private static final Set<String> KINDS = words(PaymentKind.values(), PaymentKind::word);
    private static final Set<String> STATES = words(PaymentState.values(), PaymentState::word);

    private final Payments payments;

    PaymentController(Payments payments) {
        this.payments = payments;
    }

    @GetMapping("/payments/{id}")
    @Allowed(Permission.READ_PAYMENT)
    Answer payment(Call call, @PathVariable("id") String id) {
        var grant = call.grant(Permission.READ_PAYMENT);
        var uuid = Identifiers.uuid("id", id);
        var _ = Parameters.of(call.request(), NONE);
        // A payment of somebody else is answered like a missing one, so callers learn nothing.
        return payments.find(uuid)
                .filter(payment -> grant.seesWalletOf(payment.userId()))
                .map(payment -> Answer.ok(PaymentJson.of(payment)))
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemCode.NOT_FOUND,
                                        "there is no such payment that you may see: check its id"));
    }

    @GetMapping("/payments")
    @Allowed(Permission.LIST_PAYMENTS)
    Answer list(Call call) {
        var grant = call.grant(Permission.LIST_PAYMENTS);
        var parameters = Parameters.of(call.request(), PARAMETERS);
        var userId = parameters.identifier("user_id");
        if (userId != null) {
            grant.mayTouchWalletOf(userId);
        } else if (grant.seesOwnSideOnly()) {
            userId = grant.caller().id();
        }
        var kind = parameters.word("kind", KINDS);
        var state = parameters.word("state", STATES);
        var filter =
                new Payments.Filter(
                        userId,
                        kind == null ? null : PaymentKind.of(kind),
                        state == null ? null : PaymentState.of(state));
        int max = parameters.limit();
        var cursor = cursor(filter);
        var after = cursor.readId(parameters.text("cursor"));
        var found = payments.page(filter, after, max + 1);
        boolean isLast = found.size() <= max;
        var page = isLast ? found : found.subList(0, max);
        var body = new JsonObject().put("data", page.stream().map(PaymentJson::of).toList());
        return Answer.ok(
                isLast
                        ? body.putNull("next_cursor")
                        : body.put("next_cursor", cursor.write(page.getLast().id())));
    }

    private static Cursor cursor(Payments.Filter filter) {
        return new Cursor(UUID.nameUUIDFromBytes(filter.toString().getBytes(UTF_8)));
    }

    private static <T> Set<String> words(T[] values, Function<T, String> word) {
        return Arrays.stream(values).map(word).collect(Collectors.toCollection(TreeSet::new));
    }
}
