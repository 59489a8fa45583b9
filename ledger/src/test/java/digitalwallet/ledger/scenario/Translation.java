package digitalwallet.ledger.scenario;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Command.Header;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.Digest;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.PayoutTarget;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.scenario.Wallets.Answer;
import digitalwallet.ledger.scenario.Wallets.GroupAnswer;
import digitalwallet.ledger.scenario.Wallets.Request;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Between the words of a scenario and those of the ledger. */
public final class Translation {

    private static final Initiator INITIATOR = new Initiator("shop", "shop", "system");

    private Translation() {}

    /** The command that a request means, under this transaction id. */
    public static Command command(Request request, UUID id) {
        var bank = request.bankTransactionId();
        var payout =
                request.type() == TransactionType.PAYOUT ? new PayoutTarget("iban", "DE00") : null;
        var details = new Details(new UUID(0, 0), bank, null, null, new TreeMap<>(), payout);
        var reference = bank == null ? null : new Digest().text(bank).toId();
        var command = command(request, new Header(id, INITIATOR, details, reference, null));
        var key = request.key();
        return key == null
                ? command
                : command.withKey(IdempotencyKey.of("shop", key, command.fingerprint()));
    }

    /** A plain deposit under this transaction id. */
    static Command deposit(String userId, Money amount, UUID id) {
        var header = new Header(id, INITIATOR, Details.NONE, null, null);
        return new Command.Deposit(header, userId, amount);
    }

    private static Command command(Request request, Header header) {
        var user = request.userId();
        return switch (request.type()) {
            case DEPOSIT -> new Command.Deposit(header, user, amount(request));
            case WITHDRAW -> new Command.Withdraw(header, user, amount(request));
            case PURCHASE -> new Command.Purchase(header, user, amount(request), request.orderId());
            case REFUND ->
                    new Command.Refund(
                            header, user, amount(request), request.orderId(), request.purchaseId());
            case TRANSFER ->
                    new Command.Transfer(
                            header,
                            user,
                            Objects.requireNonNull(request.toUserId()),
                            amount(request));
            case OPEN -> new Command.Open(header, user, Objects.requireNonNull(request.currency()));
            case FREEZE ->
                    new Command.Freeze(header, user, Objects.requireNonNull(request.frozen()));
            case UNFREEZE -> new Command.Unfreeze(header, user);
            case CLOSE -> new Command.Close(header, user, request.toUserId());
            case REOPEN -> new Command.Reopen(header, user);
            case PAYOUT -> new Command.Payout(header, user, amount(request));
            case SETTLEMENT ->
                    new Command.Settlement(header, user, amount(request), payout(request));
            case REVERSAL -> new Command.Reversal(header, user, amount(request), payout(request));
        };
    }

    /** The commands of a group that one key may cover. */
    public static List<Command> commands(
            List<Request> requests, @Nullable String key, Supplier<UUID> ids) {
        var commands = new ArrayList<Command>(requests.size());
        var whole = new Digest();
        for (var request : requests) {
            var command = command(request, ids.get());
            commands.add(command);
            whole.id(command.fingerprint());
        }
        if (key == null) {
            return commands;
        }
        var fingerprint = whole.toId();
        var keyed = new ArrayList<Command>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            keyed.add(commands.get(i).withKey(IdempotencyKey.ofBatch("shop", key, i, fingerprint)));
        }
        return keyed;
    }

    /** The answer that an outcome means. */
    public static Answer answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Posted(var transaction, var balance, _, var replayed) ->
                    new Answer(
                            transaction.id(),
                            "posted",
                            replayed,
                            Map.of(),
                            balance == null ? null : balance.amount().toDecimal());
            case Outcome.Rejected rejected ->
                    new Answer(
                            rejected.transaction().id(),
                            "rejected " + rejected.code(),
                            rejected.replayed(),
                            facts(rejected.rejection()),
                            null);
            case Outcome.KeyReused _ -> new Answer(null, "key reused", false, Map.of(), null);
        };
    }

    /** The answer that a group's outcome means. */
    public static GroupAnswer answer(GroupOutcome outcome) {
        return switch (outcome) {
            case GroupOutcome.Posted(var outcomes) ->
                    new GroupAnswer(outcomes.stream().map(Translation::answer).toList(), -1);
            case GroupOutcome.Failed(var index, var because) ->
                    new GroupAnswer(List.of(answer(because)), index);
        };
    }

    private static Map<String, String> facts(Rejection rejection) {
        return new TreeMap<>(rejection.facts().texts(Money::toDecimal));
    }

    private static UUID payout(Request request) {
        return Objects.requireNonNull(request.purchaseId());
    }

    private static Money amount(Request request) {
        return Objects.requireNonNull(request.amount());
    }
}
