package digitalwallet.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Details;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.TransactionType;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EventContentTest {

    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final UUID OTHER = UUID.fromString("019ab000-0000-7000-8000-000000000001");

    @Test
    void facts_of_a_rejection_are_amounts_in_major_units_or_words_as_they_are() {
        assertThat(facts(new Rejection.InsufficientFunds(usd(100), usd(550))))
                .isEqualTo(Map.of("available", "1.00", "required", "5.50", "currency", "USD"));
        assertThat(facts(new Rejection.Duplicate(OTHER)))
                .isEqualTo(Map.of("original_transaction_id", OTHER.toString()));
        assertThat(facts(new Rejection.GroupFailed(OTHER)))
                .isEqualTo(Map.of("failed_transaction_id", OTHER.toString()));
        assertThat(facts(new Rejection.PayoutAlreadyEnded(OTHER)))
                .isEqualTo(Map.of("ended_by", OTHER.toString()));
        assertThat(facts(new Rejection.IdempotencyKeyReused())).isEmpty();
        assertThat(facts(new Rejection.WalletFrozen("alice")))
                .isEqualTo(Map.of("user_id", "alice"));
    }

    private static Map<String, String> facts(Rejection rejection) {
        var transaction =
                new Transaction(
                        OTHER,
                        TransactionType.WITHDRAW,
                        rejection,
                        "alice",
                        null,
                        usd(550),
                        new Initiator("shop", "shop", "system"),
                        null,
                        null,
                        null,
                        Details.NONE,
                        List.of(),
                        Instant.EPOCH);
        return Objects.requireNonNull(EventContent.of(transaction).rejection()).facts();
    }

    private static Money usd(long cents) {
        return new Money(cents, USD);
    }
}
