package digitalwallet.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of an account: what its latest entry says.
 *
 * @param version of the latest entry, from 1
 * @param balance in minor units
 * @param floor the lowest balance a debit may leave, in minor units; null when there is none
 * @param changedAt when the latest entry was made
 */
public record AccountState(
        long version,
        long balance,
        @Nullable Long floor,
        AccountStatus status,
        Instant changedAt) {}
