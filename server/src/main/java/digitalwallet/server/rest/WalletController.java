package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Identifiers;
import digitalwallet.gate.request.Parameters;
import digitalwallet.ledger.reading.Wallet;
import digitalwallet.ledger.reading.WalletReader;
import digitalwallet.money.CurrencyCode;
import digitalwallet.process.clock.DatabaseClock;
import digitalwallet.server.answer.WalletAnswer;
import digitalwallet.server.command.Posting;
import digitalwallet.server.request.Currencies;
import digitalwallet.server.request.Verb;
import digitalwallet.server.request.WalletProblem;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Wallets: opening them, and what is in them. */
@Controller
final class WalletController {

    private static final Set<String> NONE = Set.of();
    private static final Set<String> OF_BALANCE = Set.of("at", "currency");

    private static final Duration AHEAD_MAX = Duration.ofSeconds(1);

    private final Posting posting;
    private final WalletReader wallets;
    private final RestSettings settings;
    private final DatabaseClock clock;
    private final OverPast past;

    WalletController(
            Posting posting,
            WalletReader wallets,
            RestSettings settings,
            DatabaseClock clock,
            OverPast past) {
        this.past = past;
        this.posting = posting;
        this.wallets = wallets;
        this.settings = settings;
        this.clock = clock;
    }

    @PostMapping("/wallets")
    @Allowed(Permission.OPEN_WALLET)
    Answer open(Call call) {
        return posting.post(call, Verb.OPEN);
    }

    @GetMapping("/wallets/{user_id}")
    @Allowed(Permission.READ_WALLET)
    Answer wallet(Call call, @PathVariable("user_id") String userId) {
        requireVisible(call, userId);
        var _ = Parameters.of(call.request(), NONE);
        var wallet = wallets.wallet(userId).orElseThrow(() -> notFound(userId));
        return WalletAnswer.of(wallet);
    }

    @GetMapping("/wallets/{user_id}/balance")
    @Allowed(Permission.READ_WALLET)
    Answer balance(Call call, @PathVariable("user_id") String userId) {
        requireVisible(call, userId);
        var parameters = Parameters.of(call.request(), OF_BALANCE);
        var named = parameters.read("currency", Currencies::of);
        var at = parameters.time("at");
        requirePast(at);
        var currency = named == null ? settings.currency() : named;
        if (at != null && !past.isOver(at) && !wallets.isOver(userId, currency, at)) {
            past.await(at);
        }
        var balance =
                wallets.balance(userId, currency, at).orElseThrow(() -> notFound(userId, currency));
        // At the time of its entry it was this, and will have been this whenever somebody asks.
        var entered = Objects.requireNonNullElseGet(balance.changedAt(), clock::instant);
        return WalletAnswer.of(userId, balance, at == null ? entered : at);
    }

    /** What is to come is not known; the clocks of two instances may differ a little. */
    private void requirePast(@Nullable Instant at) {
        var now = clock.instant();
        if (at != null && at.isAfter(now.plus(AHEAD_MAX))) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_PARAMETER,
                    "at",
                    "at is still to come: send at most " + now.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    /**
     * Makes sure that the path names a wallet that the caller may know of.
     *
     * @throws ProblemException when it does not
     */
    static void requireVisible(Call call, String userId) {
        var grant = call.grant(Permission.READ_WALLET);
        Identifiers.checked("user_id", userId);
        if (!grant.seesWalletOf(userId)) {
            throw notFound(userId);
        }
    }

    /** Whether there is no such user, or they only hold other currencies. */
    private ProblemException notFound(String userId, CurrencyCode currency) {
        var held =
                wallets.wallet(userId).map(Wallet::balances).orElse(List.of()).stream()
                        .map(balance -> balance.amount().currency().code())
                        .toList();
        return held.isEmpty()
                ? notFound(userId)
                : new ProblemException(
                        WalletProblem.WALLET_NOT_FOUND,
                        userId + " holds no " + currency + ": ask for " + String.join(", ", held),
                        Map.of("currency", currency.code()));
    }

    static ProblemException notFound(String userId) {
        return new ProblemException(
                WalletProblem.WALLET_NOT_FOUND,
                userId + " has no wallet that you may see: check the id");
    }
}
