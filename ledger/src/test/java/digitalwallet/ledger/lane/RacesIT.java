package digitalwallet.ledger.lane;

import static digitalwallet.ledger.lane.EngineFixture.USD;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.header;
import static digitalwallet.ledger.lane.EngineFixture.keyed;
import static digitalwallet.ledger.lane.EngineFixture.newId;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static digitalwallet.ledger.lane.EngineFixture.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.TwoEngines.Guard;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Many callers of two engines want the same thing at the same moment. */
@ParameterizedClass
@CsvSource({
    "V18, LOCKS_AND_VERSIONS",
    "V18, VERSIONS_ALONE",
    "V15, LOCKS_AND_VERSIONS",
    "V15, VERSIONS_ALONE"
})
class RacesIT {

    private static final String IN_TRANSIT =
            """
            SELECT coalesce(sum(e.amount), 0) FROM entry e JOIN account a ON a.id = e.account_id
            WHERE a.kind = 5\
            """;

    @Parameter(0)
    private PostgresVersion version = PostgresVersion.V18;

    @Parameter(1)
    private Guard guard = Guard.LOCKS_AND_VERSIONS;

    @Test
    void fifty_calls_with_one_key_have_one_effect_and_one_answer() {
        try (var engines = TwoEngines.on(version, guard)) {
            engines.post(deposit("alice", 100_00));
            var outcomes = engines.race(50, _ -> keyed(withdraw("alice", 10_00), "k1"));

            var answers = outcomes.stream().map(RacesIT::withoutReplayed).distinct().toList();
            assertThat(answers).hasSize(1);
            assertThat(answers.getFirst()).isInstanceOf(Outcome.Posted.class);
            assertThat(outcomes.stream().filter(Outcome::replayed)).hasSize(49);
            assertThat(engines.books().balances().get("alice/USD")).isEqualTo(usd(90_00));
        }
    }

    @Test
    void fifty_calls_with_one_key_are_rejected_once() {
        try (var engines = TwoEngines.on(version, guard)) {
            engines.post(deposit("alice", 1_00));
            var outcomes = engines.race(50, _ -> keyed(withdraw("alice", 10_00), "k1"));

            assertThat(outcomes.stream().map(RacesIT::withoutReplayed).distinct()).hasSize(1);
            assertThat(outcomes).allMatch(Outcome.Rejected.class::isInstance);
            assertThat(engines.books().number("SELECT count(*) FROM transaction")).isEqualTo(2);
        }
    }

    @Test
    void thirty_groups_with_one_key_have_one_effect_and_one_answer() {
        try (var engines = TwoEngines.on(version, guard)) {
            engines.post(deposit("bob", 1_00));
            var meaning = newId();
            var outcomes =
                    engines.raceTogether(
                            30,
                            _ ->
                                    List.of(
                                            inGroup(deposit("alice", 10_00), 0, meaning),
                                            inGroup(transfer("alice", "bob", 4_00), 1, meaning)));

            assertThat(outcomes).allMatch(GroupOutcome.Posted.class::isInstance);
            assertThat(outcomes.stream().map(RacesIT::withoutReplayed).distinct()).hasSize(1);
            assertThat(engines.books().balances())
                    .containsEntry("alice/USD", usd(6_00))
                    .containsEntry("bob/USD", usd(5_00));
        }
    }

    @Test
    void refunds_stop_at_the_purchase() {
        try (var engines = TwoEngines.on(version, guard)) {
            engines.post(deposit("alice", 100_00));
            var purchase = new Command.Purchase(header(null), "alice", usd(100_00), "o1");
            engines.post(purchase);
            // Half of them name the order, half the purchase: both draw on the same.
            var outcomes = engines.race(30, i -> refundOf(purchase, i % 4 < 2));

            assertThat(posted(outcomes)).isEqualTo(10);
            assertThat(codes(outcomes)).containsOnly("refund_exceeds_purchase");
            assertThat(engines.books().balances().get("alice/USD")).isEqualTo(usd(100_00));
        }
    }

    @Test
    void withdrawals_stop_at_the_balance() {
        try (var engines = TwoEngines.on(version, guard)) {
            engines.post(deposit("alice", 100_00));
            var outcomes = engines.race(40, _ -> withdraw("alice", 10_00));

            assertThat(posted(outcomes)).isEqualTo(10);
            assertThat(codes(outcomes)).containsOnly("insufficient_funds");
            assertThat(engines.books().balances().get("alice/USD")).isEqualTo(usd(0));
        }
    }

    @Test
    void a_bank_transaction_is_credited_once_among_many_users() {
        try (var engines = TwoEngines.on(version, guard)) {
            var reference = newId();
            var outcomes = engines.race(40, i -> credited("user-" + i % 20, reference));

            assertThat(posted(outcomes)).isEqualTo(1);
            assertThat(codes(outcomes)).containsOnly("bank_transaction_already_used");
            assertThat(engines.books().balances()).hasSize(1);
        }
    }

    @Test
    void a_wallet_is_opened_once() {
        try (var engines = TwoEngines.on(version, guard)) {
            var outcomes = engines.race(40, _ -> new Command.Open(header(null), "alice", USD));

            assertThat(posted(outcomes)).isEqualTo(1);
            assertThat(codes(outcomes)).containsOnly("wallet_exists");
        }
    }

    @Test
    void first_deposits_in_many_currencies_open_one_user() {
        var currencies = List.of("USD", "EUR", "JPY", "KWD", "GBP");
        try (var engines = TwoEngines.on(version, guard)) {
            var outcomes =
                    engines.race(
                            40,
                            i -> {
                                var currency = CurrencyCode.of(currencies.get(i % 5));
                                var amount = new Money(1, currency);
                                return new Command.Deposit(header(null), "alice", amount);
                            });

            assertThat(posted(outcomes)).isEqualTo(40);
            assertThat(engines.books().number("SELECT count(*) FROM account WHERE kind = 1"))
                    .isEqualTo(1);
            assertThat(engines.books().balances().values())
                    .hasSize(5)
                    .allMatch(money -> money.minorUnits() == 8);
        }
    }

    @Test
    void a_payout_is_settled_or_comes_back_and_never_both() {
        try (var engines = TwoEngines.on(version, guard)) {
            for (int round = 0; round < 30; round++) {
                var user = "user-" + round;
                engines.post(deposit(user, 10_00));
                var payout = new Command.Payout(header(null), user, usd(4_00));
                engines.post(payout);
                int swap = round % 2;
                var outcomes = engines.race(2, i -> endOf(payout, i == swap));

                assertThat(posted(outcomes)).isEqualTo(1);
                assertThat(codes(outcomes)).containsExactly("payout_already_ended");
                boolean settled = outcomes.get(swap) instanceof Outcome.Posted;
                assertThat(engines.books().balances().get(user + "/USD"))
                        .isEqualTo(usd(settled ? 6_00 : 10_00));
            }
            assertThat(engines.books().number(IN_TRANSIT)).isZero();
        }
    }

    private static Command endOf(Command.Payout payout, boolean settled) {
        var header = header(null);
        return settled
                ? new Command.Settlement(header, payout.userId(), payout.amount(), payout.id())
                : new Command.Reversal(header, payout.userId(), payout.amount(), payout.id());
    }

    private static Command refundOf(Command.Purchase purchase, boolean byOrder) {
        return new Command.Refund(
                header(null),
                purchase.userId(),
                usd(10_00),
                byOrder ? purchase.orderId() : null,
                byOrder ? null : purchase.id());
    }

    private static Command credited(String user, UUID reference) {
        var plain = header(null);
        var header =
                new Command.Header(
                        plain.transactionId(), plain.initiator(), plain.details(), reference, null);
        return new Command.Deposit(header, user, usd(5_00));
    }

    private static Command inGroup(Command command, int index, UUID meaning) {
        return command.withKey(IdempotencyKey.ofBatch("shop", "group", index, meaning));
    }

    private static long posted(List<Outcome> outcomes) {
        return outcomes.stream().filter(Outcome.Posted.class::isInstance).count();
    }

    /** Why the others were rejected. */
    private static List<String> codes(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> !(outcome instanceof Outcome.Posted))
                .map(Outcome.Rejected.class::cast)
                .map(Outcome::code)
                .toList();
    }

    private static Outcome withoutReplayed(Outcome outcome) {
        return outcome instanceof Outcome.Recorded recorded
                ? recorded.withReplayed(false)
                : outcome;
    }

    private static List<Outcome> withoutReplayed(GroupOutcome outcome) {
        return switch (outcome) {
            case GroupOutcome.Posted(var outcomes) ->
                    outcomes.stream().map(RacesIT::withoutReplayed).toList();
            case GroupOutcome.Failed(_, var because) -> List.of(withoutReplayed(because));
        };
    }
}
