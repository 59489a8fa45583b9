package digitalwallet.server.restored;

import digitalwallet.gate.token.Role;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.PayoutTarget;
import digitalwallet.messages.WalletEvent;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the books once said and no longer know, and the world outside relies on: deposits that they
 * refused, after which a provider pays back, and payouts, which a provider pays. The same answer
 * must be given again.
 *
 * @param refused the ids of deposits that were refused
 * @param payouts what was withdrawn to be paid out, by its id
 * @param bytes of memory that these take, about
 */
public record Lost(Set<UUID> refused, Map<UUID, Command.Payout> payouts, long bytes) {

    /** Nothing is lost. */
    public static final Lost NOTHING = new Lost(Set.of(), Map.of(), 0);

    /** Who the books say asked for a payout that is booked again. */
    private static final String RESTORE = "restore";

    /** Whether the world outside relies on this: only that is kept. */
    static boolean matters(WalletEvent.Transaction transaction) {
        return isRefusedDeposit(transaction) || isPayout(transaction);
    }

    private static boolean isRefusedDeposit(WalletEvent.Transaction transaction) {
        return transaction.type().equals("deposit") && transaction.rejection() != null;
    }

    private static boolean isPayout(WalletEvent.Transaction transaction) {
        return transaction.type().equals("payout") && transaction.rejection() == null;
    }

    /** Gathers them while events are read, as long as there is room. */
    static final class Found {

        private static final long REFUSED_BYTES = 128;
        private static final long PAYOUT_BYTES = 1_024;

        private final int countMax;
        private final long bytesMax;
        private final Set<UUID> refused = new HashSet<>();
        private final Map<UUID, Command.Payout> payouts = new HashMap<>();
        private long bytes;
        private boolean isTooMuch;

        /**
         * Empty.
         *
         * @param countMax payouts and refusals
         * @param bytesMax of memory, about
         */
        Found(int countMax, long bytesMax) {
            this.countMax = countMax;
            this.bytesMax = bytesMax;
        }

        /**
         * Keeps what matters of it, unless there is no room.
         *
         * @param size of the message, in bytes: its text takes at most twice as many
         */
        void add(WalletEvent.Transaction transaction, int size) {
            long more = isPayout(transaction) ? PAYOUT_BYTES + 2L * size : REFUSED_BYTES;
            if (isTooMuch
                    || bytes + more > bytesMax
                    || refused.size() + payouts.size() >= countMax) {
                isTooMuch = true;
                return;
            }
            bytes += more;
            if (isRefusedDeposit(transaction)) {
                refused.add(transaction.id());
            } else {
                var payout = payout(transaction);
                if (payout != null) {
                    payouts.put(transaction.id(), payout);
                }
            }
        }

        /** All of them; empty when they are more than there is room for. */
        Optional<Lost> all() {
            return isTooMuch
                    ? Optional.empty()
                    : Optional.of(new Lost(Set.copyOf(refused), Map.copyOf(payouts), bytes));
        }

        private static Command.@Nullable Payout payout(WalletEvent.Transaction transaction) {
            var target = transaction.payout();
            var amount = transaction.amount();
            var currency = transaction.currency();
            if (target == null || amount == null || currency == null) {
                return null;
            }
            var notes = transaction.notes();
            var details =
                    new Details(
                            UUID.randomUUID(),
                            transaction.references().bankTransactionId(),
                            notes.description(),
                            notes.reason(),
                            notes.metadata(),
                            new PayoutTarget(target.method(), target.destination()));
            var initiator = new Initiator(transaction.initiatedBy(), RESTORE, Role.SYSTEM.word());
            return new Command.Payout(
                    new Command.Header(transaction.id(), initiator, details, null, null),
                    transaction.parties().key(),
                    Money.parse(amount, CurrencyCode.of(currency)));
        }
    }
}
