package digitalwallet.ledger.lane;

import static digitalwallet.ledger.lane.EngineFixture.await;
import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.keyed;
import static digitalwallet.ledger.lane.EngineFixture.newId;
import static digitalwallet.ledger.lane.EngineFixture.until;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.Rejection;
import digitalwallet.ledger.decide.Limits;
import digitalwallet.ledger.decide.UniqueReference;
import digitalwallet.local.postgres.PostgresVersion;
import digitalwallet.money.AmountLimits;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders and bank transactions that a user may be charged for once only. */
class UniqueReferencesIT {

    private static final CurrencyCode EUR = CurrencyCode.of("EUR");
    private static final int ROUNDS = 40;

    private final EngineFixture books = EngineFixture.books(PostgresVersion.V18);

    @Test
    void an_order_is_paid_for_once_by_each_user() {
        try (var engine = books.engine(unique(EnumSet.of(UniqueReference.ORDER)))) {
            fund(engine);
            var first = purchase("alice", usd(1_00), "o1");
            assertThat(code(engine, first)).isEqualTo("posted");
            var again = await(engine.submit(purchase("alice", usd(1_00), "o1")));
            assertThat(((Outcome.Rejected) again).rejection())
                    .isEqualTo(new Rejection.OrderAlreadyPaid(first.id()));
            var inEuros = purchase("alice", new Money(1_00, EUR), "o1");
            assertThat(code(engine, inEuros)).isEqualTo("order_already_paid");
            assertThat(code(engine, purchase("alice", usd(1_00), "o2"))).isEqualTo("posted");
            assertThat(code(engine, purchase("bob", usd(1_00), "o1"))).isEqualTo("posted");
            // A purchase that is refused uses nothing up, and who has no order may have many.
            assertThat(code(engine, purchase("bob", usd(999_00), "o3")))
                    .isEqualTo("insufficient_funds");
            assertThat(code(engine, purchase("bob", usd(1_00), "o3"))).isEqualTo("posted");
            var keyed = keyed(purchase("bob", usd(1_00), "o4"), "k");
            assertThat(code(engine, keyed)).isEqualTo("posted");
            assertThat(await(engine.submit(keyed)).replayed()).isTrue();
            // Bank transactions are another guard.
            assertThat(code(engine, withdrawal("alice", new UUID(1, 1)))).isEqualTo("posted");
            assertThat(code(engine, withdrawal("alice", new UUID(1, 1)))).isEqualTo("posted");
        }
        assertThat(books.number("SELECT count(*) FROM used_reference")).isEqualTo(5);
    }

    @Test
    void money_leaves_once_by_a_bank_transaction() {
        try (var engine = books.engine(unique(EnumSet.of(UniqueReference.BANK)))) {
            fund(engine);
            var reference = new UUID(7, 7);
            assertThat(code(engine, withdrawal("alice", reference))).isEqualTo("posted");
            assertThat(code(engine, withdrawal("alice", reference)))
                    .isEqualTo("bank_transaction_already_used");
            var payout = new Command.Payout(header(reference), "alice", usd(1_00));
            assertThat(code(engine, payout)).isEqualTo("bank_transaction_already_used");
            assertThat(code(engine, withdrawal("bob", reference))).isEqualTo("posted");
            // What came in by the bank is a matter of its own: once, whoever gets it.
            var credit = new Command.Deposit(header(reference), "alice", usd(1_00));
            assertThat(code(engine, credit)).isEqualTo("posted");
        }
    }

    @Test
    void what_was_used_before_the_guard_was_there_is_used_up() {
        try (var engine = books.engine(1)) {
            fund(engine);
            assertThat(code(engine, purchase("alice", usd(1_00), "o1"))).isEqualTo("posted");
            assertThat(code(engine, purchase("alice", usd(1_00), "o1"))).isEqualTo("posted");
            assertThat(code(engine, withdrawal("alice", new UUID(7, 7)))).isEqualTo("posted");
        }
        assertThat(books.number("SELECT count(*) FROM used_reference")).isZero();
        try (var engine = books.engine(unique(EnumSet.allOf(UniqueReference.class)))) {
            assertThat(code(engine, purchase("alice", usd(1_00), "o1")))
                    .isEqualTo("order_already_paid");
            assertThat(code(engine, withdrawal("alice", new UUID(7, 7))))
                    .isEqualTo("bank_transaction_already_used");
        }
    }

    @Test
    void an_order_is_paid_for_once_within_a_group_and_a_batch_and_a_message() {
        try (var engine = books.engine(unique(EnumSet.allOf(UniqueReference.class)))) {
            fund(engine);
            var twice =
                    List.of(purchase("alice", usd(1_00), "o1"), purchase("alice", usd(1_00), "o1"));
            var failed = (GroupOutcome.Failed) await(engine.submitAtomically(twice));
            assertThat(failed.index()).isEqualTo(1);
            assertThat(code(engine, purchase("alice", usd(1_00), "o1"))).isEqualTo("posted");
            var pending = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < 100; i++) {
                pending.add(engine.submit(purchase("alice", usd(1), "o" + (i % 10 + 10))));
            }
            var codes = pending.stream().map(EngineFixture::await).map(Outcome::code).toList();
            assertThat(codes.stream().filter("posted"::equals)).hasSize(10);
            assertThat(codes.stream().filter("order_already_paid"::equals)).hasSize(90);
            var settled = new ArrayList<GroupOutcome>();
            try (var feed = engine.open(new UUID(3, 3), 0, EngineFixture.at(0), settled::add)) {
                assertThat(feed.offer(0, List.of(twice("o30")))).isTrue();
                var single = purchase("alice", usd(1_00), "o31");
                assertThat(feed.offer(1, List.of(List.of(single)))).isTrue();
                // It comes again: it is the same purchase, not a second one.
                assertThat(feed.offer(2, List.of(List.of(single)))).isTrue();
                until(() -> feed.position() == 3);
            }
            assertThat(settled.get(0)).isInstanceOf(GroupOutcome.Failed.class);
            assertThat(settled.get(1)).isInstanceOf(GroupOutcome.Posted.class);
            assertThat(settled.get(2)).isInstanceOf(GroupOutcome.Posted.class);
        }
    }

    private static List<Command> twice(String order) {
        return List.of(purchase("alice", usd(1), order), purchase("alice", usd(1), order));
    }

    /** In two currencies nothing but the reference's own key stands between the two. */
    @ParameterizedTest
    @EnumSource(Locks.class)
    void two_instances_cannot_charge_for_an_order_at_the_same_time(Locks locks) {
        var settings = unique(EnumSet.of(UniqueReference.ORDER));
        var used = locks == Locks.ON ? settings : settings.withoutAdvisoryLocks();
        try (var one = books.engine(used);
                var other = books.engine(used)) {
            fund(one);
            for (int round = 0; round < ROUNDS; round++) {
                var order = "race-" + round;
                var first = one.submit(purchase("alice", usd(1), order));
                var second = other.submit(purchase("alice", new Money(1, EUR), order));
                var codes = List.of(await(first).code(), await(second).code());
                assertThat(codes)
                        .as("round %d", round)
                        .containsExactlyInAnyOrder("posted", "order_already_paid");
            }
        }
        assertThat(books.number("SELECT count(*) FROM used_reference")).isEqualTo(ROUNDS);
    }

    /** Whether instances keep out of each other's way, or meet at the constraints. */
    enum Locks {
        ON,
        OFF
    }

    private static EngineSettings unique(Set<UniqueReference> unique) {
        return EngineSettings.of(
                2,
                100_000,
                EngineFixture.DIGEST_KEY,
                new Limits(AmountLimits.USUAL, false, unique));
    }

    private static void fund(PostingEngine engine) {
        for (var user : List.of("alice", "bob")) {
            assertThat(code(engine, deposit(user, 100_00))).isEqualTo("posted");
            var euros = new Command.Deposit(header(null), user, new Money(100_00, EUR));
            assertThat(code(engine, euros)).isEqualTo("posted");
        }
    }

    private static String code(PostingEngine engine, Command command) {
        return await(engine.submit(command)).code();
    }

    private static Command purchase(String user, Money amount, String order) {
        return new Command.Purchase(header(null), user, amount, order);
    }

    private static Command withdrawal(String user, UUID reference) {
        return new Command.Withdraw(header(reference), user, usd(1_00));
    }

    private static Command.Header header(@Nullable UUID bankReference) {
        return new Command.Header(
                newId(),
                new Initiator("shop", "shop", "system"),
                Details.NONE,
                bankReference,
                null);
    }
}
