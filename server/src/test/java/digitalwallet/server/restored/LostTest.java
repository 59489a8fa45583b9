package digitalwallet.server.restored;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.messages.Notes;
import digitalwallet.messages.Parties;
import digitalwallet.messages.PayoutTarget;
import digitalwallet.messages.References;
import digitalwallet.messages.WalletEvent.Rejection;
import digitalwallet.messages.WalletEvent.Status;
import digitalwallet.messages.WalletEvent.Transaction;
import java.time.Instant;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is kept of what restored books have lost, and how much of it. */
final class LostTest {

    private static final int SIZE = 500;
    private static final long PLENTY = 1_000_000;
    private static final Rejection CLOSED = new Rejection("wallet_closed", new TreeMap<>());

    @Test
    void payouts_and_refused_deposits_matter_and_nothing_else() {
        assertThat(Lost.matters(of("payout", null))).isTrue();
        assertThat(Lost.matters(of("deposit", CLOSED))).isTrue();
        assertThat(Lost.matters(of("payout", CLOSED))).isFalse();
        assertThat(Lost.matters(of("deposit", null))).isFalse();
        assertThat(Lost.matters(of("transfer", null))).isFalse();
    }

    @Test
    void a_payout_is_kept_as_it_was() {
        var payout = of("payout", null);
        var found = new Lost.Found(2, PLENTY);
        found.add(payout, SIZE);
        var kept = requireNonNull(found.all().orElseThrow().payouts().get(payout.id()));
        assertThat(kept.header().transactionId()).isEqualTo(payout.id());
        assertThat(kept.header().initiator().initiatedBy()).isEqualTo("alice");
        assertThat(kept.amount().toDecimal()).isEqualTo("10.00");
    }

    @Test
    void more_than_the_number_is_too_much() {
        var found = new Lost.Found(2, PLENTY);
        found.add(of("payout", null), SIZE);
        found.add(of("deposit", CLOSED), SIZE);
        assertThat(found.all()).isPresent();
        found.add(of("deposit", CLOSED), SIZE);
        assertThat(found.all()).isEmpty();
    }

    @Test
    void more_than_the_memory_is_too_much() {
        var found = new Lost.Found(1_000, 5_000);
        found.add(of("payout", null), SIZE);
        found.add(of("payout", null), SIZE);
        assertThat(found.all()).hasValueSatisfying(lost -> assertThat(lost.bytes()).isPositive());
        found.add(of("payout", null), SIZE);
        assertThat(found.all()).isEmpty();
    }

    private static Transaction of(String type, @Nullable Rejection rejection) {
        return new Transaction(
                UUID.randomUUID(),
                type,
                rejection == null ? Status.POSTED : Status.REJECTED,
                "10.00",
                "USD",
                new Parties.One("alice"),
                "alice",
                References.NONE,
                Notes.NONE,
                new PayoutTarget("sandbox:ok", "DE89370400440532013000"),
                Instant.EPOCH,
                rejection);
    }
}
