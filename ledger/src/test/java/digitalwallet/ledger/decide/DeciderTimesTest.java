package digitalwallet.ledger.decide;

import static digitalwallet.ledger.decide.Fixture.BEFORE;
import static digitalwallet.ledger.decide.Fixture.NOW;
import static digitalwallet.ledger.decide.Fixture.bank;
import static digitalwallet.ledger.decide.Fixture.walletOf;
import static digitalwallet.ledger.decide.Fixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Entry;
import org.junit.jupiter.api.Test;

/** How entries are dated. */
final class DeciderTimesTest {

    @Test
    void time_is_kept_in_microseconds_and_never_runs_back_on_an_account() {
        var later = NOW.plusSeconds(60);
        var decision =
                new Fixture()
                        .account(walletOf("alice"), 500, 0L, 2, AccountStatus.OPEN, later)
                        .account(bank(), -500, null, 2, AccountStatus.OPEN, BEFORE)
                        .decide(withdraw(1, "alice", "1.00"));

        assertThat(decision.transactions().getFirst().createdAt()).isEqualTo(NOW);
        assertThat(decision.entries().get(0).createdAt()).isEqualTo(later.plusNanos(1_000));
        assertThat(decision.entries().get(1).createdAt()).isEqualTo(NOW);
    }

    @Test
    void entries_are_dated_after_those_of_earlier_batches_and_with_those_of_their_own() {
        var decision =
                new Fixture()
                        .account(walletOf("alice"), 500, 0L, 2, AccountStatus.OPEN, NOW)
                        .account(bank(), -500, null, 2, AccountStatus.OPEN, BEFORE)
                        .decide(withdraw(1, "alice", "1.00"), withdraw(2, "alice", "1.00"));

        assertThat(decision.entries())
                .extracting(Entry::createdAt)
                .containsExactly(NOW.plusNanos(1_000), NOW, NOW.plusNanos(1_000), NOW);
    }
}
