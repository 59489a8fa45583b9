package digitalwallet.ledger.reading;

import digitalwallet.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wallet's balance at a point in time.
 *
 * @param version of the wallet's account; 0 before it was opened
 * @param changedAt when this balance came about; null before the wallet was opened
 */
public record BalanceAt(Money amount, long version, @Nullable Instant changedAt) {}
