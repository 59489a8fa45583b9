package digitalwallet.ledger.decide;

import static digitalwallet.ledger.decide.Fixture.BEFORE;
import static digitalwallet.ledger.decide.Fixture.EUR;
import static digitalwallet.ledger.decide.Fixture.header;
import static digitalwallet.ledger.decide.Fixture.id;
import static digitalwallet.ledger.decide.Fixture.inShort;
import static digitalwallet.ledger.decide.Fixture.names;
import static digitalwallet.ledger.decide.Fixture.payout;
import static digitalwallet.ledger.decide.Fixture.reversal;
import static digitalwallet.ledger.decide.Fixture.settlement;
import static digitalwallet.ledger.decide.Fixture.usd;
import static digitalwallet.ledger.decide.Fixture.walletOf;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.decide.BatchDecision.PayoutEnd;
import digitalwallet.money.Money;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of payouts and of what ends them. */
class DeciderPayoutsTest {

    @Test
    void a_payout_waits_between_the_wallet_and_the_bank() {
        var decision = new Fixture().wallet("alice", "10.00", 4).decide(payout(1, "alice", "4.00"));

        assertThat(inShort(decision, names()))
                .containsExactly(
                        "alice/USD v5 -4.00 = 6.00 floor 0, open",
                        "payouts v1 4.00 = 4.00 no floor, open");
        assertThat(decision.payoutEnds()).isEmpty();
    }

    @Test
    void a_settlement_touches_no_wallet_and_tells_no_balance() {
        var decision =
                new Fixture()
                        .wallet("alice", "6.00", 5)
                        .payout(id(101), "alice", "4.00", null)
                        .decide(settlement(1, "alice", "4.00", id(101)));

        assertThat(inShort(decision, names()))
                .containsExactly(
                        "payouts v1 -4.00 = -4.00 no floor, open",
                        "bank v1 4.00 = 4.00 no floor, open");
        assertThat(decision.payoutEnds()).containsExactly(new PayoutEnd(id(101), id(1)));
        var transaction = decision.transactions().getFirst();
        assertThat(transaction.relatedTransactionId()).isEqualTo(id(101));
        assertThat(Fixture.outcome(decision, 0))
                .isEqualTo(new Outcome.Posted(transaction, null, List.of(), false));
    }

    @ParameterizedTest
    @EnumSource(AccountStatus.class)
    void a_payout_comes_back_into_a_wallet_of_any_status(AccountStatus status) {
        var decision =
                new Fixture()
                        .account(walletOf("alice"), 0, 0L, 5, status, BEFORE)
                        .payout(id(101), "alice", "4.00", null)
                        .decide(reversal(1, "alice", "4.00", id(101)));

        assertThat(inShort(decision, names()))
                .containsExactly(
                        "alice/USD v6 4.00 = 4.00 floor 0, " + status.word(),
                        "payouts v1 -4.00 = -4.00 no floor, open");
        assertThat(decision.payoutEnds()).containsExactly(new PayoutEnd(id(101), id(1)));
    }

    @Test
    void a_payout_ends_once() {
        var decision =
                new Fixture()
                        .wallet("alice", "10.00", 5)
                        .payout(id(101), "alice", "4.00", id(77))
                        .decide(
                                reversal(1, "alice", "4.00", id(101)),
                                payout(2, "alice", "3.00"),
                                settlement(3, "alice", "3.00", id(2)),
                                reversal(4, "alice", "3.00", id(2)),
                                settlement(5, "alice", "3.00", id(2)));

        assertThat(rejections(decision))
                .containsExactly(
                        new Rejection.PayoutAlreadyEnded(id(77)),
                        new Rejection.PayoutAlreadyEnded(id(3)),
                        new Rejection.PayoutAlreadyEnded(id(3)));
        assertThat(decision.payoutEnds()).containsExactly(new PayoutEnd(id(2), id(3)));
    }

    @Test
    void only_a_payout_of_this_user_and_amount_ends() {
        var euros = new Money(400, EUR);
        var decision =
                new Fixture()
                        .wallet("alice", "6.00", 5)
                        .wallet("bob", "6.00", 5)
                        .payout(id(101), "alice", "4.00", null)
                        .decide(
                                settlement(1, "bob", "4.00", id(101)),
                                reversal(2, "alice", "4.01", id(101)),
                                settlement(3, "alice", "4.00", id(102)),
                                new Command.Reversal(header(4), "alice", euros, id(101)));

        assertThat(rejections(decision)).hasSize(4).containsOnly(new Rejection.PayoutNotFound());
        assertThat(decision.payoutEnds()).isEmpty();
    }

    @Test
    void a_group_that_fails_ends_nothing() {
        var fixture =
                new Fixture().wallet("alice", "1.00", 5).payout(id(101), "alice", "4.00", null);
        var failing =
                new Unit(
                        List.of(reversal(1, "alice", "4.00", id(101)), payout(2, "alice", "5.01")));
        var ending = new Unit(List.of(settlement(3, "alice", "4.00", id(101))));
        var decision = fixture.decide(List.of(failing, ending));

        assertThat(rejections(decision))
                .containsExactly(new Rejection.InsufficientFunds(usd("5.00"), usd("5.01")));
        assertThat(decision.payoutEnds()).containsExactly(new PayoutEnd(id(101), id(3)));
    }

    private static List<Rejection> rejections(BatchDecision decision) {
        return decision.transactions().stream()
                .filter(transaction -> !transaction.isPosted())
                .map(transaction -> Objects.requireNonNull(transaction.rejection()))
                .toList();
    }
}
