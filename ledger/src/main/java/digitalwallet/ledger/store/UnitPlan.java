package digitalwallet.ledger.store;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.decide.BatchView.Order;
import digitalwallet.ledger.decide.Unit;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a unit of commands names in the books: computed by the caller's thread, so that the lane
 * finds it ready.
 */
public final class UnitPlan {

    private final Unit unit;
    private final Set<AccountName> wallets = new LinkedHashSet<>(4);
    private final Set<SystemAccount> systemAccounts = new LinkedHashSet<>(2);
    private final Set<String> wholeUsers = new LinkedHashSet<>(0);
    private final List<UUID> keys = new ArrayList<>(1);
    private final List<UUID> bankReferences = new ArrayList<>(1);
    private final List<UUID> purchases = new ArrayList<>(0);
    private final List<Order> orders = new ArrayList<>(0);
    private final long[] accountLocks;
    private final long[] locks;
    private final long[] blocks;

    /** A system account but for its lane. */
    record SystemAccount(AccountKind kind, CurrencyCode currency) {}

    /** What these commands name. */
    public static UnitPlan of(List<Command> commands) {
        return new UnitPlan(new Unit(List.copyOf(commands)));
    }

    private UnitPlan(Unit unit) {
        this.unit = unit;
        unit.commands().forEach(this::add);
        accountLocks =
                sorted(
                        Stream.concat(
                                wallets.stream().map(AccountName::id),
                                wholeUsers.stream().map(user -> AccountName.anchor(user).id())));
        var others = sorted(Stream.concat(keys.stream(), bankReferences.stream()));
        locks = sorted(accountLocks, others);
        var users = Stream.concat(wallets.stream().map(AccountName::owner), wholeUsers.stream());
        blocks = sorted(locks, users.mapToLong(UnitPlan::userBlock).toArray());
    }

    /** The 64 bits of an id that its advisory lock is taken on. */
    static long lockOf(UUID id) {
        return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    }

    /**
     * What a unit of this user is blocked by when the user as a whole must wait. Two users with one
     * number wait for each other in vain, no more.
     */
    static long userBlock(String userId) {
        return 0x7573_6572_0000_0000L ^ userId.hashCode();
    }

    /** The commands. */
    public Unit unit() {
        return unit;
    }

    /** The user whose commands must keep their order. */
    public String user() {
        return unit.commands().getFirst().user();
    }

    /** The advisory locks of the users' accounts, in order. */
    public long[] accountLocks() {
        return accountLocks.clone();
    }

    /** How many advisory locks the unit needs, anchors of absent wallets aside. */
    public int lockCount() {
        return locks.length;
    }

    /** What a later unit must not overtake this one on: its locks, and its users. */
    public long[] blocks() {
        return blocks.clone();
    }

    long[] locks() {
        return locks.clone();
    }

    Set<AccountName> wallets() {
        return wallets;
    }

    Set<SystemAccount> systemAccounts() {
        return systemAccounts;
    }

    Set<String> wholeUsers() {
        return wholeUsers;
    }

    List<UUID> keys() {
        return keys;
    }

    List<UUID> bankReferences() {
        return bankReferences;
    }

    List<UUID> purchases() {
        return purchases;
    }

    List<Order> orders() {
        return orders;
    }

    private void add(Command command) {
        var key = command.header().key();
        if (key != null) {
            keys.add(key.id());
        }
        switch (command) {
            case Command.Deposit c -> {
                move(c.userId(), AccountKind.BANK, c.amount());
                var reference = c.header().bankReference();
                if (reference != null) {
                    bankReferences.add(reference);
                }
            }
            case Command.Withdraw c -> move(c.userId(), AccountKind.BANK, c.amount());
            case Command.Purchase c -> move(c.userId(), AccountKind.SALES, c.amount());
            case Command.Refund c -> {
                move(c.userId(), AccountKind.SALES, c.amount());
                refers(c);
            }
            case Command.Transfer c -> {
                wallets.add(AccountName.wallet(c.fromUserId(), c.amount().currency()));
                wallets.add(AccountName.wallet(c.toUserId(), c.amount().currency()));
            }
            case Command.Open c -> wallets.add(AccountName.wallet(c.userId(), c.currency()));
            case Command.Freeze c -> wholeUsers.add(c.userId());
            case Command.Unfreeze c -> wholeUsers.add(c.userId());
            case Command.Close c -> wholeUsers.add(c.userId());
        }
    }

    private void move(String userId, AccountKind other, Money amount) {
        wallets.add(AccountName.wallet(userId, amount.currency()));
        systemAccounts.add(new SystemAccount(other, amount.currency()));
    }

    private void refers(Command.Refund refund) {
        var purchaseId = refund.purchaseId();
        var orderId = refund.orderId();
        if (purchaseId != null) {
            purchases.add(purchaseId);
        }
        if (orderId != null) {
            orders.add(new Order(refund.userId(), refund.amount().currency(), orderId));
        }
    }

    private static long[] sorted(Stream<UUID> ids) {
        return ids.mapToLong(UnitPlan::lockOf).sorted().distinct().toArray();
    }

    private static long[] sorted(long[] some, long[] others) {
        return LongStream.concat(Arrays.stream(some), Arrays.stream(others))
                .sorted()
                .distinct()
                .toArray();
    }
}
