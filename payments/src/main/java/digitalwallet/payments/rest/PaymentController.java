package digitalwallet.payments.rest;

import digitalwallet.json.JsonObject;
import digitalwallet.payments.PaymentKind;
import digitalwallet.payments.PaymentState;
import digitalwallet.payments.store.Payments;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Payments, one by one and as a list. */
@Controller
final class PaymentController {

    private static final int PAGE_USUAL = 50;
    private static final int PAGE_MAX = 200;
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Payments payments;

    PaymentController(Payments payments) {
        this.payments = payments;
    }

    @GetMapping("/payments/{id}")
    ResponseEntity<byte[]> payment(@PathVariable String id, Authentication authentication) {
        var caller = Caller.of(authentication);
        // What is another's is not there: who may not see it learns nothing.
        return (ID.matcher(id).matches()
                        ? payments.find(UUID.fromString(id))
                        : java.util.Optional.<digitalwallet.payments.store.Payment>empty())
                .filter(payment -> caller.isMoreThanUser() || payment.userId().equals(caller.id()))
                .map(payment -> Answers.of(200, PaymentJson.of(payment)))
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemCode.NOT_FOUND, "there is no such payment"));
    }

    @GetMapping("/payments")
    ResponseEntity<byte[]> list(
            @RequestParam(name = "user_id", required = false) @Nullable String userId,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        var filter =
                new Payments.Filter(
                        userId,
                        word("kind", kind, PaymentKind::of),
                        word("state", state, PaymentState::of));
        int max = limit(limit);
        var mark = new Cursor(String.valueOf(filter));
        var found = payments.page(filter, mark.read(cursor), max + 1);
        boolean isLast = found.size() <= max;
        var page = isLast ? found : found.subList(0, max);
        var body = new JsonObject().put("data", page.stream().map(PaymentJson::of).toList());
        return Answers.of(
                200,
                isLast
                        ? body.putNull("next_cursor")
                        : body.put("next_cursor", mark.write(page.getLast().id())));
    }

    private static int limit(@Nullable String given) {
        if (given == null) {
            return PAGE_USUAL;
        }
        if (given.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(given);
            if (limit >= 1 && limit <= PAGE_MAX) {
                return limit;
            }
        }
        throw new ProblemException(
                ProblemCode.INVALID_PARAMETER, "limit is a number from 1 to " + PAGE_MAX);
    }

    private static <T> @Nullable T word(
            String name, @Nullable String given, Function<String, T> meaning) {
        try {
            return given == null ? null : meaning.apply(given);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(ProblemCode.INVALID_PARAMETER, "there is no such " + name);
        }
    }
}
