package digitalwallet.ledger.publishing;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.money.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * What a transaction did to one wallet.
 *
 * @param walletId the account's id
 * @param version of the wallet afterwards; gapless from 1
 * @param amount what was added, negative when it was taken
 * @param createdAt never before that of the version below
 */
public record WalletChange(
        UUID walletId,
        String userId,
        long version,
        Money amount,
        Money balanceAfter,
        AccountStatus status,
        Instant createdAt) {}
