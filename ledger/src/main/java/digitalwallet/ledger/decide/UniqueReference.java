package digitalwallet.ledger.decide;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Digest;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user may be charged for once only, where the operator wants it so. */
public enum UniqueReference {
    /** An order, by purchases, in whichever currency. */
    ORDER,
    /** A bank transaction, by withdrawals, paid out by a provider or not. */
    BANK;

    /**
     * What this command uses up for its user: a digest, so that each kind of reference of each user
     * has its own. Null when it uses up nothing.
     *
     * @param guarded what may be used once
     */
    public static @Nullable UUID of(Set<UniqueReference> guarded, Command command) {
        if (guarded.isEmpty()) {
            return null;
        }
        return switch (command) {
            case Command.Purchase c -> {
                var order = c.orderId();
                yield order == null || !guarded.contains(ORDER)
                        ? null
                        : new Digest().text("order").text(c.userId()).text(order).toId();
            }
            case Command.Withdraw c -> ofBank(guarded, c);
            case Command.Payout c -> ofBank(guarded, c);
            case Command.Deposit _,
                    Command.Refund _,
                    Command.Transfer _,
                    Command.Open _,
                    Command.Freeze _,
                    Command.Unfreeze _,
                    Command.Close _,
                    Command.Reopen _,
                    Command.Settlement _,
                    Command.Reversal _ ->
                    null;
        };
    }

    private static @Nullable UUID ofBank(Set<UniqueReference> guarded, Command command) {
        var reference = command.header().bankReference();
        return reference == null || !guarded.contains(BANK)
                ? null
                : new Digest().text("bank").text(command.user()).id(reference).toId();
    }
}
