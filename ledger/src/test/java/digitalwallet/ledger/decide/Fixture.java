package digitalwallet.ledger.decide;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Command.Header;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.Entry;
import digitalwallet.ledger.GroupOutcome;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Initiator;
import digitalwallet.ledger.Order;
import digitalwallet.ledger.OrderState;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.PurchaseState;
import digitalwallet.ledger.decide.BatchView.PayoutState;
import digitalwallet.ledger.decide.BatchView.TakenKey;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A view in the making, and commands, in words. */
final class Fixture {

    static final int LANE = 3;
    static final CurrencyCode USD = CurrencyCode.of("USD");
    static final CurrencyCode EUR = CurrencyCode.of("EUR");
    static final Instant BEFORE = Instant.parse("2026-02-28T23:00:00.000001Z");
    static final Instant NOW = Instant.parse("2026-03-01T00:00:00.123456Z");

    private static final Initiator SHOP = new Initiator("shop", "shop", "system");

    private final BatchView view =
            new BatchView(
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashSet<>(),
                    new HashMap<>(),
                    new HashMap<>());

    Fixture wallet(String user, String amount, long version) {
        var name = AccountName.wallet(user, usd(amount).currency());
        return account(name, usd(amount).minorUnits(), 0L, version, AccountStatus.OPEN, BEFORE);
    }

    Fixture anchor(String user, AccountStatus status, long version) {
        return account(AccountName.anchor(user), 0, null, version, status, BEFORE);
    }

    Fixture account(
            AccountName name,
            long balance,
            @Nullable Long floor,
            long version,
            AccountStatus status,
            Instant changedAt) {
        view.accounts()
                .put(name.id(), new AccountState(version, balance, floor, status, changedAt));
        return this;
    }

    Fixture concerned(String user, AccountName... wallets) {
        view.walletsOf().put(user, List.of(wallets));
        return this;
    }

    Fixture purchase(
            UUID id, String user, @Nullable String order, long paid, long refunded, int n) {
        view.purchases().put(id, new PurchaseState(user, USD, order, paid, refunded, n));
        if (order != null) {
            view.orders()
                    .merge(
                            new Order(user, USD, order),
                            new OrderState(List.of(id), true, 0, true),
                            Fixture::together);
        }
        return this;
    }

    private static OrderState together(OrderState a, OrderState b) {
        var ids = new ArrayList<>(a.purchases());
        ids.addAll(b.purchases());
        return new OrderState(ids, true, 0, true);
    }

    Fixture order(String user, String order, OrderState state) {
        view.orders().put(new Order(user, USD, order), state);
        return this;
    }

    Fixture payout(UUID id, String user, String amount, @Nullable UUID endedBy) {
        long cents = usd(amount).minorUnits();
        view.payouts().put(id, new PayoutState(user, USD, cents, endedBy));
        return this;
    }

    Fixture taken(IdempotencyKey key, Outcome.Recorded outcome) {
        view.keys().put(key.id(), new TakenKey(key.fingerprint(), outcome));
        return this;
    }

    BatchDecision decide(Command... commands) {
        var units = new ArrayList<Unit>();
        for (var command : commands) {
            units.add(new Unit(List.of(command)));
        }
        return decide(units);
    }

    BatchDecision decideTogether(Command... commands) {
        return decide(List.of(new Unit(List.of(commands))));
    }

    BatchDecision decide(List<Unit> units) {
        var limits = new Limits(new BigDecimal("1000000000.00"));
        return Decider.decide(view, units, LANE, NOW.plusNanos(789), limits);
    }

    /** The outcome of a unit's only, or of its failing command. */
    static Outcome outcome(BatchDecision decision, int unit) {
        return ((GroupOutcome) decision.outcomes().get(unit)).first();
    }

    static Money usd(String amount) {
        return new Money(new BigDecimal(amount).movePointRight(2).longValueExact(), USD);
    }

    static AccountName bank() {
        return AccountName.system(AccountKind.BANK, USD, LANE);
    }

    static AccountName sales() {
        return AccountName.system(AccountKind.SALES, USD, LANE);
    }

    static AccountName payouts() {
        return AccountName.system(AccountKind.PAYOUTS, USD, LANE);
    }

    static AccountName walletOf(String user) {
        return AccountName.wallet(user, USD);
    }

    static UUID id(int number) {
        return new UUID(0x7000L, 0x8000000000000000L | number);
    }

    static IdempotencyKey key(String text, int meaning) {
        return IdempotencyKey.of("shop", text, id(meaning));
    }

    static Header header(int number) {
        return new Header(id(number), SHOP, Details.NONE, null, null);
    }

    static Command deposit(int number, String user, String amount) {
        return new Command.Deposit(header(number), user, usd(amount));
    }

    static Command withdraw(int number, String user, String amount) {
        return new Command.Withdraw(header(number), user, usd(amount));
    }

    static Command purchase(int number, String user, String amount, @Nullable String order) {
        return new Command.Purchase(header(number), user, usd(amount), order);
    }

    static Command refund(int number, String user, String amount, @Nullable String order) {
        return new Command.Refund(header(number), user, usd(amount), order, null);
    }

    static Command refundOf(int number, String user, String amount, UUID purchase) {
        return new Command.Refund(header(number), user, usd(amount), null, purchase);
    }

    static Command payout(int number, String user, String amount) {
        return new Command.Payout(header(number), user, usd(amount));
    }

    static Command settlement(int number, String user, String amount, UUID payout) {
        return new Command.Settlement(header(number), user, usd(amount), payout);
    }

    static Command reversal(int number, String user, String amount, UUID payout) {
        return new Command.Reversal(header(number), user, usd(amount), payout);
    }

    static Command transfer(int number, String from, String to, String amount) {
        return new Command.Transfer(header(number), from, to, usd(amount));
    }

    /** The entries in short: {@code alice/USD v2 -10.00 = 5.00 open}. */
    static List<String> inShort(BatchDecision decision, Map<UUID, String> names) {
        var lines = new ArrayList<String>();
        for (var entry : decision.entries()) {
            lines.add(
                    "%s v%d %s = %s %s"
                            .formatted(
                                    names.getOrDefault(entry.accountId(), "?"),
                                    entry.version(),
                                    new Money(entry.amount(), USD).toDecimal(),
                                    new Money(entry.balanceAfter(), USD).toDecimal(),
                                    floorAndStatus(entry)));
        }
        return lines;
    }

    private static String floorAndStatus(Entry entry) {
        var floor = entry.floor();
        return (floor == null ? "no floor" : "floor " + floor) + ", " + entry.status().word();
    }

    /** The accounts of alice, bob and the lane by id. */
    static Map<UUID, String> names() {
        var names = new HashMap<UUID, String>();
        for (var user : List.of("alice", "bob")) {
            names.put(AccountName.anchor(user).id(), user);
            names.put(AccountName.wallet(user, USD).id(), user + "/USD");
            names.put(AccountName.wallet(user, EUR).id(), user + "/EUR");
        }
        names.put(bank().id(), "bank");
        names.put(sales().id(), "sales");
        names.put(payouts().id(), "payouts");
        return names;
    }
}
