package digitalwallet.ledger.decide;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Rejection.PayoutAlreadyEnded;
import digitalwallet.ledger.Rejection.PayoutNotFound;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a payout ends: its whole amount reaches the bank or comes back, once. Neither asks for the
 * wallet's status, nor for the largest amount: what was posted before must be able to end.
 */
final class PayoutRules {

    private PayoutRules() {}

    /** The payout that this command ends; null when it ends none. */
    static @Nullable UUID endedBy(Command command) {
        return switch (command) {
            case Command.Settlement c -> c.payoutId();
            case Command.Reversal c -> c.payoutId();
            case Command.Deposit _,
                    Command.Withdraw _,
                    Command.Purchase _,
                    Command.Refund _,
                    Command.Transfer _,
                    Command.Open _,
                    Command.Freeze _,
                    Command.Unfreeze _,
                    Command.Close _,
                    Command.Reopen _,
                    Command.Payout _ ->
                    null;
        };
    }

    static Verdict settle(Scratch books, Command.Settlement command, Move payouts, Move bank) {
        var objection = objection(books, command.userId(), command.amount(), command.payoutId());
        return objection == null ? Verdict.yes(List.of(payouts, bank)) : objection;
    }

    /**
     * The wallet has been opened before the payout was posted. A view without it is older than the
     * payout: opening it then makes a version that cannot be inserted, and all is loaded again.
     */
    static Verdict reverse(Scratch books, Command.Reversal command, Move payouts) {
        var amount = command.amount();
        var objection = objection(books, command.userId(), amount, command.payoutId());
        if (objection != null) {
            return objection;
        }
        var receiver = books.side(command.userId(), amount.currency());
        var moves = new ArrayList<Move>(3);
        moves.add(receiver.move(amount.minorUnits()));
        moves.add(payouts);
        moves.addAll(receiver.opening());
        return Verdict.yes(moves);
    }

    private static @Nullable Verdict objection(
            Scratch books, String userId, Money amount, UUID payoutId) {
        var payout = books.payout(payoutId);
        if (payout == null
                || !payout.userId().equals(userId)
                || payout.currency() != amount.currency()
                || payout.amount() != amount.minorUnits()) {
            return Verdict.no(new PayoutNotFound());
        }
        var endedBy = payout.endedBy();
        return endedBy == null ? null : Verdict.no(new PayoutAlreadyEnded(endedBy));
    }
}
