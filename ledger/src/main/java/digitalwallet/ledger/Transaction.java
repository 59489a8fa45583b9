package digitalwallet.ledger;

import digitalwallet.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One command's outcome, posted or rejected, as the journal keeps it.
 *
 * @param rejection why it was rejected; null when it was posted
 * @param userId the user whose money moves; the sender of a transfer
 * @param toUserId the receiver of a transfer, otherwise null
 * @param amount positive; zero of its currency for an opening; null where no currency is concerned
 * @param orderId the order a purchase belongs to or a refund names, or null
 * @param relatedTransactionId the purchase a refund names, the payout a settlement or reversal
 *     ends, or null
 * @param bankReference keyed digest of the details' bank transaction id, or null
 * @param entries what it changed: account and version of each entry; empty when rejected
 */
public record Transaction(
        UUID id,
        TransactionType type,
        @Nullable Rejection rejection,
        String userId,
        @Nullable String toUserId,
        @Nullable Money amount,
        Initiator initiator,
        @Nullable String orderId,
        @Nullable UUID relatedTransactionId,
        @Nullable UUID bankReference,
        Details details,
        List<EntryKey> entries,
        Instant createdAt) {

    /**
     * The time in an id is that of the command, createdAt that of its posting. A command that was
     * made longer before, because it waited in a queue or brought its id, is distant.
     */
    public static final Duration MADE_BEFORE_MAX = Duration.ofHours(12);

    /** The same for a command that was made by a clock that is ahead. */
    public static final Duration MADE_AHEAD_MAX = Duration.ofMinutes(30);

    /** Which entry: the version-th of the account. */
    public record EntryKey(UUID accountId, long version) {}

    /**
     * Whether this command is the one it came from: the same id, the same meaning. False for types
     * whose meaning the journal does not keep in full: freeze, unfreeze, close and reopen.
     */
    public boolean isOf(Command command) {
        var header = new Command.Header(id, initiator, details, bankReference, null);
        var same =
                switch (type) {
                    case DEPOSIT -> new Command.Deposit(header, userId, moved());
                    case WITHDRAW -> new Command.Withdraw(header, userId, moved());
                    case PURCHASE -> new Command.Purchase(header, userId, moved(), orderId);
                    case REFUND ->
                            new Command.Refund(
                                    header, userId, moved(), orderId, relatedTransactionId);
                    case TRANSFER ->
                            new Command.Transfer(
                                    header, userId, Objects.requireNonNull(toUserId), moved());
                    case OPEN -> new Command.Open(header, userId, moved().currency());
                    case FREEZE, UNFREEZE, CLOSE, REOPEN -> null;
                    case PAYOUT -> new Command.Payout(header, userId, moved());
                    case SETTLEMENT -> new Command.Settlement(header, userId, moved(), related());
                    case REVERSAL -> new Command.Reversal(header, userId, moved(), related());
                };
        return same != null
                && id.equals(command.id())
                && same.fingerprint().equals(command.fingerprint());
    }

    private Money moved() {
        return Objects.requireNonNull(amount);
    }

    private UUID related() {
        return Objects.requireNonNull(relatedTransactionId);
    }

    /** Whether its id says quite another time than that of its posting. */
    public boolean isDistant() {
        var made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        return made.isBefore(createdAt.minus(MADE_BEFORE_MAX))
                || made.isAfter(createdAt.plus(MADE_AHEAD_MAX));
    }

    /** Whether it changed the books. */
    public boolean isPosted() {
        return rejection == null;
    }
}
