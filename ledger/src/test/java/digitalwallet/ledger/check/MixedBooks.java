package digitalwallet.ledger.check;

import static digitalwallet.ledger.lane.EngineFixture.deposit;
import static digitalwallet.ledger.lane.EngineFixture.header;
import static digitalwallet.ledger.lane.EngineFixture.keyed;
import static digitalwallet.ledger.lane.EngineFixture.newId;
import static digitalwallet.ledger.lane.EngineFixture.transfer;
import static digitalwallet.ledger.lane.EngineFixture.usd;
import static digitalwallet.ledger.lane.EngineFixture.withdraw;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.lane.EngineFixture;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Books with some of everything in them, made by the engine. */
final class MixedBooks {

    private static final CurrencyCode EUR = CurrencyCode.of("EUR");

    private final PostingEngine engine;
    private final Random random = new Random(1);
    private final List<CompletableFuture<Outcome>> answers = new ArrayList<>();

    private MixedBooks(PostingEngine engine) {
        this.engine = engine;
    }

    /** One of each, one after the other: few rows, known by their users. */
    static void small(PostingEngine engine) {
        var books = new MixedBooks(engine);
        books.now(books.bankDeposit("alice", 100_00));
        books.now(keyed(deposit("bob", 50_00), "k1"));
        books.now(new Command.Open(header(null), "alice", EUR));
        books.now(new Command.Deposit(header(null), "alice", new Money(7_00, EUR)));
        books.now(transfer("alice", "bob", 5_00));
        books.now(new Command.Purchase(header(null), "alice", usd(10_00), "order-1"));
        books.now(new Command.Purchase(header(null), "alice", usd(5_00), "order-1"));
        books.now(new Command.Refund(header(null), "alice", usd(4_00), "order-1", null));
        books.now(new Command.Refund(header(null), "alice", usd(8_00), "order-1", null));
        books.now(withdraw("bob", 500_00));
        books.now(withdraw("bob", 5_00));
        books.now(new Command.Freeze(header(null), "bob", AccountStatus.FROZEN));
        books.now(deposit("bob", 1));
        books.now(new Command.Unfreeze(header(null), "bob"));
        books.now(keyed(deposit("carol", 3_00), "k2"));
        books.payouts();
        books.rejectedGroup();
    }

    /** Thousands of commands at once. */
    static void large(PostingEngine engine, int commands) {
        var books = new MixedBooks(engine);
        for (int i = 0; i < commands; i++) {
            books.answers.add(engine.submit(books.any(i)));
        }
        books.answers.forEach(EngineFixture::await);
    }

    private void now(Command command) {
        EngineFixture.await(engine.submit(command));
    }

    private Command any(int i) {
        var user = "user-" + random.nextInt(50);
        var amount = usd(1 + random.nextInt(20_00));
        var order = "order-" + random.nextInt(30);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> bankDeposit(user, amount.minorUnits());
            case 3 -> new Command.Deposit(header(null), user, new Money(i + 1, EUR));
            case 4 -> keyed(deposit(user, amount.minorUnits()), "key-" + random.nextInt(2_000));
            case 5 -> withdraw(user, amount.minorUnits());
            case 6, 7 -> new Command.Purchase(header(null), user, amount, order);
            case 8 -> new Command.Refund(header(null), user, usd(1_00), order, null);
            case 9 ->
                    random.nextInt(4) > 0
                            ? new Command.Unfreeze(header(null), user)
                            : new Command.Freeze(header(null), user, AccountStatus.DEBITS_FROZEN);
            default -> transfer(user, "user-" + random.nextInt(60), amount.minorUnits());
        };
    }

    private Command bankDeposit(String user, long cents) {
        var details =
                new Details(
                        newId(), "bt-1", "a gift", null, new TreeMap<>(Map.of("colour", "red")));
        return new Command.Deposit(
                new Command.Header(
                        newId(), new Initiator("eve", "desk", "support"), details, newId(), null),
                user,
                usd(cents));
    }

    /** One is settled, one comes back, one is under way. */
    private void payouts() {
        now(deposit("dora", 20_00));
        var settled = new Command.Payout(header(null), "dora", usd(4_00));
        now(settled);
        var returned = new Command.Payout(header(null), "dora", usd(3_00));
        now(returned);
        now(new Command.Payout(header(null), "dora", usd(2_00)));
        now(new Command.Settlement(header(null), "dora", usd(4_00), settled.id()));
        now(new Command.Reversal(header(null), "dora", usd(3_00), returned.id()));
        now(new Command.Reversal(header(null), "dora", usd(4_00), settled.id()));
    }

    /** One key covers it: its rejection answers that key and its own. */
    private void rejectedGroup() {
        var fingerprint = UUID.randomUUID();
        var commands =
                List.of(
                        deposit("alice", 1_00)
                                .withKey(IdempotencyKey.ofBatch("shop", "all", 0, fingerprint)),
                        withdraw("alice", 1_000_000_00)
                                .withKey(IdempotencyKey.ofBatch("shop", "all", 1, fingerprint)));
        var outcome = EngineFixture.await(engine.submitAtomically(commands));
        if (!(outcome instanceof GroupOutcome.Failed(var index, _)) || index != 1) {
            throw new IllegalStateException("alice has not that much");
        }
    }
}
