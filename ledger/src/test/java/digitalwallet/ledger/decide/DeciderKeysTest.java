package digitalwallet.ledger.decide;

import static digitalwallet.ledger.decide.Fixture.deposit;
import static digitalwallet.ledger.decide.Fixture.id;
import static digitalwallet.ledger.decide.Fixture.key;
import static digitalwallet.ledger.decide.Fixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.Transaction;
import digitalwallet.ledger.decide.BatchDecision.TakenKeyRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which keys a decision takes, and what is answered from those taken. */
class DeciderKeysTest {

    private static final Outcome.KeyReused REUSED = new Outcome.KeyReused();

    @Test
    void a_key_is_taken_by_what_is_posted_and_by_what_is_rejected() {
        var decision =
                new Fixture()
                        .decide(
                                deposit(1, "alice", "1.00").withKey(key("a", 1)),
                                withdraw(2, "alice", "9.00").withKey(key("b", 2)));

        assertThat(decision.keys())
                .containsExactly(
                        new TakenKeyRow(key("a", 1), id(1)), new TakenKeyRow(key("b", 2), id(2)));
    }

    @Test
    void a_duplicate_inside_the_batch_is_answered_from_the_first() {
        var decision =
                new Fixture()
                        .decide(
                                deposit(1, "alice", "1.00").withKey(key("a", 1)),
                                deposit(2, "alice", "1.00").withKey(key("a", 1)),
                                deposit(3, "alice", "2.00").withKey(key("a", 3)));

        assertThat(decision.transactions()).hasSize(1);
        assertThat(decision.keys()).hasSize(1);
        var first = (Outcome.Posted) Fixture.outcome(decision, 0);
        assertThat(decision.outcomes().get(1))
                .isEqualTo(new GroupOutcome.Posted(List.of(replayed(first))));
        assertThat(decision.outcomes().get(2)).isEqualTo(new GroupOutcome.Failed(0, REUSED));
    }

    @Test
    void a_key_of_the_books_is_answered_from_the_books() {
        var posted = posted("1.00");
        var fixture = new Fixture().taken(key("a", 1), posted);

        var decision =
                fixture.decide(
                        deposit(5, "alice", "1.00").withKey(key("a", 1)),
                        deposit(6, "alice", "1.00").withKey(key("a", 2)));

        assertThat(decision.isEmpty()).isTrue();
        assertThat(decision.keys()).isEmpty();
        assertThat(decision.outcomes())
                .containsExactly(
                        new GroupOutcome.Posted(List.of(replayed(posted))),
                        new GroupOutcome.Failed(0, REUSED));
    }

    @Test
    void a_rejected_group_under_one_key_takes_the_first_key_and_that_of_the_failing_command() {
        var decision =
                new Fixture()
                        .decideTogether(
                                deposit(1, "alice", "1.00").withKey(ofBatch(0)),
                                deposit(2, "alice", "1.00").withKey(ofBatch(1)),
                                withdraw(3, "alice", "9.00").withKey(ofBatch(2)));

        assertThat(decision.keys())
                .containsExactlyInAnyOrder(
                        new TakenKeyRow(ofBatch(0), id(3)), new TakenKeyRow(ofBatch(2), id(3)));
    }

    @Test
    void a_rejected_group_under_several_keys_takes_that_of_the_failing_command() {
        var decision =
                new Fixture()
                        .decideTogether(
                                deposit(1, "alice", "1.00").withKey(key("a", 1)),
                                withdraw(2, "alice", "9.00").withKey(key("b", 2)));

        assertThat(decision.keys()).containsExactly(new TakenKeyRow(key("b", 2), id(2)));
    }

    @Test
    void two_alike_commands_under_keys_of_their_own_do_not_take_each_others_key() {
        var one = withdraw(2, "alice", "9.00");
        var other = withdraw(3, "alice", "9.00");
        var decision =
                new Fixture()
                        .wallet("alice", "10.00", 1)
                        .decideTogether(
                                one.withKey(new IdempotencyKey(id(71), one.fingerprint())),
                                other.withKey(new IdempotencyKey(id(72), other.fingerprint())));

        assertThat(decision.keys())
                .containsExactly(
                        new TakenKeyRow(new IdempotencyKey(id(72), other.fingerprint()), id(3)));
    }

    @Test
    void a_rejected_group_is_replayed_at_the_command_that_failed() {
        var rejected = rejected();
        var decision =
                new Fixture()
                        .taken(ofBatch(0), rejected)
                        .taken(ofBatch(1), rejected)
                        .decideTogether(
                                deposit(1, "alice", "1.00").withKey(ofBatch(0)),
                                withdraw(2, "alice", "9.00").withKey(ofBatch(1)),
                                deposit(3, "alice", "1.00").withKey(ofBatch(2)));

        assertThat(decision.isEmpty()).isTrue();
        assertThat(decision.outcomes())
                .containsExactly(
                        new GroupOutcome.Failed(
                                1, new Outcome.Rejected(rejected.transaction(), true)));
    }

    @Test
    void a_group_of_which_only_a_part_was_posted_is_another_request() {
        var decision =
                new Fixture()
                        .taken(key("b", 2), posted("1.00"))
                        .decideTogether(
                                deposit(1, "alice", "1.00").withKey(key("a", 1)),
                                deposit(2, "alice", "1.00").withKey(key("b", 2)));

        assertThat(decision.isEmpty()).isTrue();
        assertThat(decision.outcomes()).containsExactly(new GroupOutcome.Failed(1, REUSED));
    }

    @Test
    void a_group_with_an_unkeyed_command_is_never_a_replay() {
        var decision =
                new Fixture()
                        .taken(key("a", 1), posted("1.00"))
                        .decideTogether(
                                deposit(1, "alice", "1.00").withKey(key("a", 1)),
                                deposit(2, "alice", "1.00"));

        assertThat(decision.isEmpty()).isTrue();
        assertThat(decision.outcomes()).containsExactly(new GroupOutcome.Failed(0, REUSED));
    }

    @Test
    void a_queued_group_with_one_key_twice_is_rejected_command_by_command() {
        var commands =
                List.<Command>of(
                        deposit(1, "alice", "1.00").withKey(key("a", 1)),
                        deposit(2, "alice", "2.00").withKey(key("a", 2)));

        var decision = new Fixture().decide(List.of(new Unit(commands, true)));

        assertThat(decision.transactions().stream().map(Transaction::rejection))
                .containsExactlyInAnyOrder(
                        new Rejection.GroupFailed(id(2)), new Rejection.IdempotencyKeyReused());
        assertThat(decision.outcomes())
                .singleElement()
                .isInstanceOfSatisfying(
                        GroupOutcome.Failed.class,
                        failed -> assertThat(failed.index()).isEqualTo(1));
    }

    private static IdempotencyKey ofBatch(int index) {
        return IdempotencyKey.ofBatch("shop", "batch", index, id(77));
    }

    private static Outcome.Posted posted(String amount) {
        var decision = new Fixture().decide(deposit(50, "alice", amount));
        return (Outcome.Posted) Fixture.outcome(decision, 0);
    }

    private static Outcome.Rejected rejected() {
        var decision = new Fixture().decide(withdraw(51, "alice", "9.00"));
        return (Outcome.Rejected) Fixture.outcome(decision, 0);
    }

    private static Outcome.Posted replayed(Outcome.Posted posted) {
        return posted.withReplayed(true);
    }
}
