package digitalwallet.ledger.posting;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.database.UsedReferences;
import digitalwallet.ledger.decide.UniqueReference;
import digitalwallet.ledger.decide.Unit;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a unit of commands names in the books: computed by the caller's thread, so that the lane
 * finds it ready.
 */
public final class UnitPlan {

    private final Unit unit;
    private final List<AccountName> wallets = new ArrayList<>(2);
    private final List<SystemAccount> systemAccounts = new ArrayList<>(1);
    private final List<String> wholeUsers = new ArrayList<>(0);
    private final List<String> closedUsers = new ArrayList<>(0);
    private final List<UUID> keys = new ArrayList<>(1);
    private final List<UUID> bankReferences = new ArrayList<>(0);
    private final List<Command.Refund> refunds = new ArrayList<>(0);
    private final List<UUID> payouts = new ArrayList<>(0);
    private final List<UsedReferences.Wanted> uses;
    private final Set<String> users;
    private final int length;
    private final long[] locks;
    private final long[] blocks;

    /** A system account but for its lane. */
    record SystemAccount(AccountKind kind, CurrencyCode currency) {}

    /**
     * What these commands name.
     *
     * @param unique what a user may be charged for once only
     */
    public static UnitPlan of(List<Command> commands, Set<UniqueReference> unique) {
        return new UnitPlan(new Unit(List.copyOf(commands)), unique);
    }

    /**
     * The same for commands from a queue.
     *
     * @param commands empty for a message that does nothing
     * @param unique what a user may be charged for once only
     */
    public static UnitPlan queued(List<Command> commands, Set<UniqueReference> unique) {
        return new UnitPlan(new Unit(List.copyOf(commands), true), unique);
    }

    private UnitPlan(Unit unit, Set<UniqueReference> unique) {
        this.unit = unit;
        unit.commands().forEach(this::add);
        uses = unique.isEmpty() ? List.of() : uses(unit.commands(), unique);
        length = unit.commands().stream().mapToInt(each -> each.header().details().length()).sum();
        users = unit.commands().stream().map(Command::user).collect(Collectors.toUnmodifiableSet());
        var wanted = new long[wallets.size() + wholeUsers.size()];
        int count = 0;
        for (var wallet : wallets) {
            wanted[count++] = lockOf(wallet.id());
        }
        for (var user : wholeUsers) {
            wanted[count++] = lockOf(AccountName.anchor(user).id());
        }
        locks = distinct(wanted);
        blocks = blocks();
    }

    /** The 64 bits of an id that its advisory lock is taken on. */
    static long lockOf(UUID id) {
        return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    }

    /**
     * What a unit of this user is blocked by when the user as a whole must wait. Two users with the
     * same number wait for each other without need; nothing worse happens.
     */
    static long userBlock(String userId) {
        return 0x7573_6572_0000_0000L ^ userId.hashCode();
    }

    /** The commands. */
    public Unit unit() {
        return unit;
    }

    /** The user whose commands must keep their order; of a group, the first one's. */
    public String user() {
        return unit.commands().isEmpty() ? "" : unit.commands().getFirst().user();
    }

    /** All users whose commands these are. */
    public Set<String> users() {
        return users;
    }

    /** How many characters the commands' details have: how much memory they take, about. */
    public int length() {
        return length;
    }

    /** The advisory locks of the users' accounts, in ascending order. */
    public long[] locks() {
        return locks.clone();
    }

    /** How many advisory locks the unit needs, anchors of absent wallets aside. */
    public int lockCount() {
        return locks.length;
    }

    /** Whether this unit must not overtake one that added its own {@link #blockAll}. */
    boolean isBlocked(Set<Long> blocked) {
        for (long block : blocks) {
            if (blocked.contains(block)) {
                return true;
            }
        }
        return false;
    }

    /** Adds what later units must not overtake this one on: its locks, and its users. */
    void blockAll(Set<Long> blocked) {
        for (long block : blocks) {
            blocked.add(block);
        }
    }

    List<AccountName> wallets() {
        return wallets;
    }

    List<SystemAccount> systemAccounts() {
        return systemAccounts;
    }

    /** The transaction ids that may be in the books already. */
    Stream<UUID> queuedIds() {
        return unit.queued() ? unit.commands().stream().map(Command::id) : Stream.empty();
    }

    List<String> wholeUsers() {
        return wholeUsers;
    }

    List<String> closedUsers() {
        return closedUsers;
    }

    List<UUID> keys() {
        return keys;
    }

    List<UUID> bankReferences() {
        return bankReferences;
    }

    /** The unique references that its commands want to use up. */
    List<UsedReferences.Wanted> uses() {
        return uses;
    }

    private static List<UsedReferences.Wanted> uses(
            List<Command> commands, Set<UniqueReference> unique) {
        var uses = new ArrayList<UsedReferences.Wanted>(1);
        for (var command : commands) {
            var reference = UniqueReference.of(unique, command);
            if (reference != null) {
                var bank = command.header().bankReference();
                uses.add(
                        command instanceof Command.Purchase purchase
                                ? new UsedReferences.Wanted(
                                        reference, purchase.userId(), purchase.orderId(), null)
                                : new UsedReferences.Wanted(reference, command.user(), null, bank));
            }
        }
        return uses;
    }

    List<Command.Refund> refunds() {
        return refunds;
    }

    List<UUID> payouts() {
        return payouts;
    }

    private long[] blocks() {
        var wanted = Arrays.copyOf(locks, locks.length + wallets.size() + wholeUsers.size());
        int count = locks.length;
        for (var wallet : wallets) {
            wanted[count++] = userBlock(wallet.owner());
        }
        for (var user : wholeUsers) {
            wanted[count++] = userBlock(user);
        }
        return distinct(wanted);
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
                refunds.add(c);
            }
            case Command.Transfer c -> {
                wallets.add(AccountName.wallet(c.fromUserId(), c.amount().currency()));
                wallets.add(AccountName.wallet(c.toUserId(), c.amount().currency()));
            }
            case Command.Open c -> wallets.add(AccountName.wallet(c.userId(), c.currency()));
            case Command.Freeze c -> wholeUsers.add(c.userId());
            case Command.Unfreeze c -> wholeUsers.add(c.userId());
            case Command.Reopen c -> wholeUsers.add(c.userId());
            case Command.Close c -> close(c);
            case Command.Payout c -> move(c.userId(), AccountKind.PAYOUTS, c.amount());
            case Command.Settlement c -> {
                // The wallet stays as it is; its lock keeps whatever else ends the payout apart.
                ends(c.userId(), c.amount(), c.payoutId());
                systemAccounts.add(new SystemAccount(AccountKind.BANK, c.amount().currency()));
            }
            case Command.Reversal c -> ends(c.userId(), c.amount(), c.payoutId());
        }
    }

    private void close(Command.Close command) {
        wholeUsers.add(command.userId());
        closedUsers.add(command.userId());
        if (command.sweepTo() != null) {
            wholeUsers.add(command.sweepTo());
        }
    }

    private void move(String userId, AccountKind other, Money amount) {
        wallets.add(AccountName.wallet(userId, amount.currency()));
        systemAccounts.add(new SystemAccount(other, amount.currency()));
    }

    private void ends(String userId, Money amount, UUID payoutId) {
        move(userId, AccountKind.PAYOUTS, amount);
        payouts.add(payoutId);
    }

    /** The locks of all of these, in ascending order. */
    static long[] locksOf(List<UnitPlan> plans) {
        return distinct(
                plans.stream().map(UnitPlan::locks).flatMapToLong(Arrays::stream).toArray());
    }

    /** The numbers in ascending order, each once; the array may be changed. */
    static long[] distinct(long[] numbers) {
        Arrays.sort(numbers);
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (i == 0 || numbers[i] != numbers[i - 1]) {
                numbers[count++] = numbers[i];
            }
        }
        return count == numbers.length ? numbers : Arrays.copyOf(numbers, count);
    }
}
