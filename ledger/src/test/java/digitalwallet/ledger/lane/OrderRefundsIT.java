package digitalwallet.ledger.lane;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.header;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.lane.TwoEngines.Guard;
import digitalwallet.local.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refunds of orders, however many purchases and lanes there are. */
class OrderRefundsIT {

    private static final int GROUP = 100;
    private static final int ORDERS = 4;
    private static final int ROUNDS = 12;
    private static final int CALLERS = 24;

    /** Credit comes first, in between and at last; the books are looked through by their rules. */
    @ParameterizedTest
    @EnumSource(Guard.class)
    void refunds_of_an_order_stay_within_its_purchases_in_any_interleaving(Guard guard) {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        try (var engines = TwoEngines.on(PostgresVersion.V18, guard)) {
            engines.post(deposit("alice", 1_000_000_00));
            var purchases = new ArrayList<UUID>();
            int refused = 0;
            for (int round = 0; round < ROUNDS; round++) {
                var commands = new ArrayList<Command>();
                for (int i = 0; i < CALLERS; i++) {
                    commands.add(command(random, purchases));
                }
                var outcomes = engines.race(CALLERS, commands::get);
                for (int i = 0; i < CALLERS; i++) {
                    boolean posted = outcomes.get(i) instanceof Outcome.Posted;
                    if (posted && commands.get(i) instanceof Command.Purchase purchase) {
                        purchases.add(purchase.id());
                    }
                    refused += outcomes.get(i).code().equals("refund_exceeds_purchase") ? 1 : 0;
                }
            }
            assertThat(refused).as("refused refunds, seed %d", seed).isPositive();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void an_order_with_thousands_of_purchases_is_refunded_from_its_oldest_rest() {
        try (var engines = TwoEngines.on(PostgresVersion.V18, Guard.LOCKS_AND_VERSIONS)) {
            engines.post(deposit("alice", 1_000_00));
            var bought =
                    engines.raceTogether(15, _ -> purchases()).stream()
                            .map(outcome -> outcome.first().code())
                            .toList();
            assertThat(bought).containsOnly("posted");

            assertThat(rejection(engines.post(refund(10_01, "o1", null))))
                    .isEqualTo(new Rejection.TooManyPurchases(usd(10_00), usd(10_01)));
            assertThat(draws(engines.post(refund(10_00, "o1", null)))).hasSize(1_000);
            assertThat(draws(engines.post(refund(3, "o1", null)))).hasSize(3);
            assertThat(rejection(engines.post(refund(4_98, "o1", null))))
                    .isEqualTo(new Rejection.RefundExceedsPurchase(usd(4_97), usd(4_98)));
            assertThat(draws(engines.post(refund(4_97, "o1", null)))).hasSize(497);
        }
    }

    @Test
    void another_users_purchases_under_the_same_order_id_are_not_looked_at() {
        try (var engines = TwoEngines.on(PostgresVersion.V18, Guard.LOCKS_AND_VERSIONS)) {
            engines.post(deposit("alice", 1_000_00));
            engines.post(deposit("bob", 1_00));
            engines.raceTogether(15, _ -> purchases());
            var purchase = new Command.Purchase(header(null), "bob", usd(10), "o1");
            engines.post(purchase);

            var refund = new Command.Refund(header(null), "bob", usd(10), "o1", null);
            assertThat(draws(engines.post(refund)))
                    .containsExactly(new Outcome.Draw(purchase.id(), usd(10), usd(0)));
        }
    }

    private static Command command(Random random, List<UUID> purchases) {
        var order = "o" + random.nextInt(ORDERS);
        long cents = random.nextLong(1, 31);
        int dice = random.nextInt(10);
        if (dice < 4) {
            return new Command.Purchase(header(null), "alice", usd(cents), order);
        }
        return dice < 8 || purchases.isEmpty()
                ? refund(cents, order, null)
                : refund(cents, null, purchases.get(random.nextInt(purchases.size())));
    }

    private static List<Command> purchases() {
        var commands = new ArrayList<Command>();
        for (int i = 0; i < GROUP; i++) {
            commands.add(new Command.Purchase(header(null), "alice", usd(1), "o1"));
        }
        return commands;
    }

    private static Command refund(long cents, @Nullable String order, @Nullable UUID purchase) {
        return new Command.Refund(header(null), "alice", usd(cents), order, purchase);
    }

    private static Rejection rejection(Outcome outcome) {
        return ((Outcome.Rejected) outcome).rejection();
    }

    private static List<Outcome.Draw> draws(Outcome outcome) {
        return ((Outcome.Posted) outcome).draws();
    }
}
