package digitalwallet.server.queue;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.messages.CommandItem;
import digitalwallet.messages.Notes;
import digitalwallet.messages.Parties;
import digitalwallet.messages.PayoutTarget;
import digitalwallet.messages.References;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import digitalwallet.server.request.Verb;
import org.jspecify.annotations.Nullable;

/**
 * What a queued message says: a command in the words of messages. It leaves nothing for its reader
 * to fill in: instances may differ in the currency that is meant where none is named.
 */
final class CommandContent {

    private CommandContent() {}

    /**
     * The words of a command.
     *
     * @param key the caller's idempotency key for it, or null
     * @throws IllegalArgumentException when it may not be queued
     */
    static CommandItem of(Command command, @Nullable String key) {
        var verb = Verb.of(command.type());
        if (!verb.isQueueable()) {
            throw new IllegalArgumentException("nobody queues " + verb.word());
        }
        var amount = command.movedAmount();
        var currency = currency(command, amount);
        return new CommandItem(
                verb.word(),
                parties(command),
                amount == null ? null : amount.toDecimal(),
                currency == null ? null : currency.code(),
                command.header().initiator().initiatedBy(),
                references(command),
                notes(command.header().details()),
                payout(command.header().details()),
                key);
    }

    private static @Nullable CurrencyCode currency(Command command, @Nullable Money amount) {
        if (amount != null) {
            return amount.currency();
        }
        return command instanceof Command.Open open ? open.currency() : null;
    }

    private static Parties parties(Command command) {
        return command instanceof Command.Transfer transfer
                ? new Parties.Two(transfer.fromUserId(), transfer.toUserId())
                : new Parties.One(command.user());
    }

    private static References references(Command command) {
        var bankTransactionId = command.header().details().bankTransactionId();
        return switch (command) {
            case Command.Purchase purchase ->
                    new References(purchase.orderId(), null, null, bankTransactionId);
            case Command.Refund refund ->
                    new References(null, refund.orderId(), refund.purchaseId(), bankTransactionId);
            case Command.Deposit _,
                    Command.Withdraw _,
                    Command.Transfer _,
                    Command.Open _,
                    Command.Freeze _,
                    Command.Unfreeze _,
                    Command.Close _,
                    Command.Reopen _,
                    Command.Payout _,
                    Command.Settlement _,
                    Command.Reversal _ ->
                    new References(null, null, null, bankTransactionId);
        };
    }

    private static Notes notes(Details details) {
        return new Notes(details.description(), details.reason(), details.metadata());
    }

    private static @Nullable PayoutTarget payout(Details details) {
        var target = details.payout();
        return target == null ? null : new PayoutTarget(target.method(), target.destination());
    }
}
