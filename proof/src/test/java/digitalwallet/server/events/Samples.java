package digitalwallet.server.events;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.publishing.JournalTransaction;
import digitalwallet.ledger.publishing.WalletChange;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Transactions as they might stand in the journal. */
final class Samples {

    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    private Samples() {}

    /** The time this many seconds after ten o'clock. */
    static Instant second(int second) {
        return TEN.plusSeconds(second);
    }

    static JournalTransaction deposit(String user, long version, Instant at) {
        var change =
                new WalletChange(
                        AccountName.wallet(user, EngineFixture.USD).id(),
                        user,
                        version,
                        EngineFixture.usd(100),
                        EngineFixture.usd(100 * version),
                        AccountStatus.OPEN,
                        at);
        return new JournalTransaction(1, version, transaction(user, null, at), List.of(change));
    }

    static JournalTransaction rejected(String user, Rejection rejection, Instant at) {
        return new JournalTransaction(1, 1, transaction(user, rejection, at), List.of());
    }

    private static Transaction transaction(String user, @Nullable Rejection rejection, Instant at) {
        return new Transaction(
                UUID.fromString("0199a000-0000-7000-8000-000000000001"),
                TransactionType.DEPOSIT,
                rejection,
                user,
                null,
                EngineFixture.usd(100),
                new Initiator("shop", "shop", "system"),
                null,
                null,
                null,
                Details.NONE,
                List.of(),
                at);
    }
}
