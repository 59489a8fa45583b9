package digitalwallet.ledger.scenario;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.decide.Limits;
import digitalwallet.ledger.decide.Unit;
import digitalwallet.money.AmountLimits;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Decider over books in memory. */
final class MemoryWallets implements Wallets {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00.123456789Z");

    private static final Limits USUAL = new Limits(AmountLimits.USUAL, false);

    private final boolean oneBatch;
    private final List<Unit> units = new ArrayList<>();
    private final Limits limits;
    private MemoryBooks books;
    private long ids;

    private MemoryWallets(boolean oneBatch, Limits limits) {
        this.oneBatch = oneBatch;
        this.limits = limits;
        this.books = new MemoryBooks(limits);
    }

    /** Each request is a batch of its own. */
    static MemoryWallets batchByBatch() {
        return new MemoryWallets(false, USUAL);
    }

    /** All requests so far are decided anew as one batch, so that they meet inside of it. */
    static MemoryWallets inOneBatch() {
        return new MemoryWallets(true, USUAL);
    }

    /** Each request is a batch of its own, and may move this much. */
    static MemoryWallets limitedTo(String amountMax) {
        return new MemoryWallets(false, new Limits(new BigDecimal(amountMax)));
    }

    /** Deposits as often as the largest amount fits into 64 bits of minor units. */
    void fill(String userId, CurrencyCode currency) {
        var largest = limits.largest(currency);
        var deposits = new ArrayList<Unit>();
        for (long left = Long.MAX_VALUE; left >= largest.minorUnits(); ) {
            deposits.add(new Unit(List.of(Translation.deposit(userId, largest, nextId()))));
            left -= largest.minorUnits();
        }
        books.post(deposits, 1, START);
    }

    @Override
    public Answer send(Request request) {
        return Translation.answer(post(List.of(Translation.command(request, nextId()))).first());
    }

    @Override
    public GroupAnswer sendTogether(List<Request> requests, @Nullable String key) {
        return Translation.answer(post(Translation.commands(requests, key, this::nextId)));
    }

    @Override
    public Optional<Money> balance(String userId, CurrencyCode currency) {
        return books.balance(userId, currency);
    }

    /** Fails unless the books are right. */
    void check() {
        books.check();
    }

    private GroupOutcome post(List<Command> commands) {
        units.add(new Unit(commands));
        if (oneBatch) {
            books = new MemoryBooks(limits);
            return books.post(units, 1, START).getLast();
        }
        return books.post(List.of(units.getLast()), 1, START.plusMillis(ids)).getFirst();
    }

    private UUID nextId() {
        return new UUID(0x7000L | ++ids << 16, 0x8000000000000000L | ids);
    }
}
