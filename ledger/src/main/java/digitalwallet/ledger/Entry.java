package digitalwallet.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One account's side of a transaction, and the account's whole state after it.
 *
 * @param version gapless from 1 per account
 * @param amount in minor units: positive when the account gains
 * @param balanceAfter in minor units
 * @param floor the lowest balance a debit may leave, in minor units; null when there is none
 * @param createdAt never before the account's previous entry
 */
public record Entry(
        UUID accountId,
        long version,
        UUID transactionId,
        long amount,
        long balanceAfter,
        @Nullable Long floor,
        AccountStatus status,
        Instant createdAt) {

    /** The state the account has after this entry. */
    public AccountState state() {
        return new AccountState(version, balanceAfter, floor, status, createdAt);
    }
}
