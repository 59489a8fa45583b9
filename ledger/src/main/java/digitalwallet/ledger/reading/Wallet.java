package digitalwallet.ledger.reading;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Outcome;
import java.time.Instant;
import java.util.List;

/**
 * What a user has.
 *
 * @param status of the user as a whole
 * @param openedAt when the first of the user's wallets was opened
 * @param balances one per currency, in the order of the currency codes
 */
public record Wallet(
        String userId, AccountStatus status, Instant openedAt, List<Outcome.Balance> balances) {}
