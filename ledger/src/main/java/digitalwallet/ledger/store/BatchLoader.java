package digitalwallet.ledger.store;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.decide.BatchView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * Locks and loads one batch, outside of any write transaction.
 *
 * <pre>
 *   1. free the last batch's locks, try this one's, load accounts, then keys and bank references
 *   2. anchors of users whose wallet is absent; all accounts of users concerned as a whole
 *   3. what depends on them: outcomes of taken keys, purchases to refund
 * </pre>
 *
 * Account states are read before what depends on them: a stale state then always means a version
 * that cannot be inserted, never a fresh version beside a stale sum.
 */
final class BatchLoader {

    private static final String TAKEN_KEYS =
            "SELECT key, fingerprint, transaction_id FROM idempotency WHERE key = ANY(?::uuid[])";
    private static final String CREDITED_REFERENCES =
            "SELECT reference FROM bank_reference WHERE reference = ANY(?::uuid[])";
    private static final String LOCK_AND_LOAD =
            String.join(
                    ";\n",
                    AdvisoryLocks.UNLOCK,
                    AdvisoryLocks.TRY_LOCK,
                    AccountRows.BY_ID,
                    TAKEN_KEYS,
                    CREDITED_REFERENCES);
    private static final String LOCK_ANCHORS =
            String.join(
                    ";\n",
                    AdvisoryLocks.TRY_LOCK,
                    AccountRows.BY_ID,
                    "SELECT id FROM account WHERE owner = ANY(?::text[]) ORDER BY id");
    private static final String LOCK_USERS =
            String.join(";\n", AdvisoryLocks.TRY_LOCK, AccountRows.BY_OWNER);

    private final Connection connection;
    private final AdvisoryLocks locks;
    private final boolean locking;
    private final List<UnitPlan> plans;
    private final Map<UUID, AccountName> names = new HashMap<>();
    private final Map<UUID, AccountState> accounts = new HashMap<>();
    private final Map<String, List<AccountName>> walletsOf = new HashMap<>();
    private final Map<UUID, KeyRow> keys = new HashMap<>();
    private final Set<UUID> bankReferences = new HashSet<>();
    private final Set<Long> refused = new HashSet<>();
    private int roundTrips;

    private record KeyRow(UUID fingerprint, UUID transactionId) {}

    /**
     * A loader for one batch.
     *
     * @param locking false loads without taking any lock
     */
    BatchLoader(Connection connection, AdvisoryLocks locks, boolean locking, List<UnitPlan> plans) {
        this.connection = connection;
        this.locks = locks;
        this.locking = locking;
        this.plans = plans;
    }

    /** Locks and loads; the system accounts are those of this lane. */
    LoadedBatch load(int lane) throws SQLException {
        for (var plan : plans) {
            plan.wallets().forEach(name -> names.put(name.id(), name));
            for (var system : plan.systemAccounts()) {
                var name = AccountName.system(system.kind(), system.currency(), lane);
                names.put(name.id(), name);
            }
        }
        lockAndLoad();
        loadUsers();
        var purchases = new PurchaseLoader(connection);
        roundTrips += purchases.load(plans);
        return new LoadedBatch(
                new BatchView(
                        accounts,
                        walletsOf,
                        takenKeys(),
                        purchases.purchases(),
                        purchases.orders(),
                        bankReferences),
                runnable());
    }

    /** How many times the lane waited for the database. */
    int roundTrips() {
        return roundTrips;
    }

    private void lockAndLoad() throws SQLException {
        var freed = locks.handBack();
        var wanted = wanted();
        try (var statement = connection.prepareStatement(LOCK_AND_LOAD)) {
            locks.bind(statement, 1, freed);
            locks.bind(statement, 2, wanted);
            statement.setObject(3, UuidArray.of(names.keySet()));
            statement.setObject(4, UuidArray.of(all(UnitPlan::keys)));
            statement.setObject(5, UuidArray.of(all(UnitPlan::bankReferences)));
            statement.execute();
            roundTrips++;
            AdvisoryLocks.requireFreed(freed, statement.getResultSet());
            refused.addAll(locks.refused(wanted, next(statement)));
            readAccounts(next(statement));
            var keyRows = next(statement);
            while (keyRows.next()) {
                keys.put(
                        keyRows.getObject(1, UUID.class),
                        new KeyRow(
                                keyRows.getObject(2, UUID.class),
                                keyRows.getObject(3, UUID.class)));
            }
            var referenceRows = next(statement);
            while (referenceRows.next()) {
                bankReferences.add(referenceRows.getObject(1, UUID.class));
            }
        }
    }

    private void readAccounts(ResultSet rows) throws SQLException {
        while (rows.next()) {
            var id = rows.getObject(1, UUID.class);
            var name = names.get(id);
            if (name == null) {
                throw new SQLException("the database returned an account nobody asked for");
            }
            AccountRows.require(name, rows);
            accounts.put(id, AccountRows.state(rows));
        }
    }

    private void loadUsers() throws SQLException {
        var whole = new LinkedHashSet<String>();
        var users = new LinkedHashSet<String>();
        for (var plan : plans) {
            whole.addAll(plan.wholeUsers());
            for (var wallet : plan.wallets()) {
                if (!accounts.containsKey(wallet.id())) {
                    users.add(wallet.owner());
                }
            }
        }
        users.addAll(whole);
        if (users.isEmpty()) {
            return;
        }
        var accountsOfWhole = lockAndLoadAnchors(users, whole);
        if (!whole.isEmpty()) {
            lockAndLoadWhole(whole, accountsOfWhole);
        }
    }

    /** Returns the accounts that the users concerned as a whole have, as locks to take. */
    private SortedSet<Long> lockAndLoadAnchors(Set<String> users, Set<String> whole)
            throws SQLException {
        var anchors = new LinkedHashSet<UUID>();
        var wanted = new TreeSet<Long>();
        for (var user : users) {
            var anchor = AccountName.anchor(user);
            names.put(anchor.id(), anchor);
            anchors.add(anchor.id());
            wanted.add(UnitPlan.lockOf(anchor.id()));
        }
        var ofWhole = new TreeSet<Long>();
        try (var statement = connection.prepareStatement(LOCK_ANCHORS)) {
            var asked = notHeld(wanted);
            locks.bind(statement, 1, asked);
            statement.setObject(2, UuidArray.of(anchors));
            statement.setArray(3, connection.createArrayOf("text", whole.toArray()));
            statement.execute();
            roundTrips++;
            var refusedAnchors = locks.refused(asked, statement.getResultSet());
            for (var user : users) {
                if (refusedAnchors.contains(UnitPlan.lockOf(AccountName.anchor(user).id()))) {
                    refused.add(UnitPlan.userBlock(user));
                }
            }
            readAccounts(next(statement));
            var ids = next(statement);
            while (ids.next()) {
                ofWhole.add(UnitPlan.lockOf(ids.getObject(1, UUID.class)));
            }
        }
        return ofWhole;
    }

    /**
     * Anchors and wallets in one statement, so that the list of wallets fits the anchor's version.
     */
    private void lockAndLoadWhole(Set<String> whole, SortedSet<Long> wanted) throws SQLException {
        try (var statement = connection.prepareStatement(LOCK_USERS)) {
            var asked = notHeld(wanted);
            locks.bind(statement, 1, asked);
            statement.setArray(2, connection.createArrayOf("text", whole.toArray()));
            statement.execute();
            roundTrips++;
            refused.addAll(locks.refused(asked, statement.getResultSet()));
            var rows = next(statement);
            whole.forEach(user -> walletsOf.put(user, new ArrayList<>()));
            while (rows.next()) {
                var name = AccountRows.name(rows);
                accounts.put(name.id(), AccountRows.state(rows));
                var wallets = walletsOf.get(name.owner());
                if (name.kind() == AccountKind.WALLET && wallets != null) {
                    wallets.add(name);
                }
                // A wallet opened since its owner's accounts were listed is not locked: wait.
                long lock = UnitPlan.lockOf(name.id());
                if (locking && !locks.holds(lock)) {
                    refused.add(UnitPlan.userBlock(name.owner()));
                }
            }
        }
    }

    private Map<UUID, BatchView.TakenKey> takenKeys() throws SQLException {
        if (keys.isEmpty()) {
            return Map.of();
        }
        var ids = keys.values().stream().map(KeyRow::transactionId).toList();
        var outcomes = RecordedOutcomes.load(connection, ids);
        roundTrips++;
        var taken = new HashMap<UUID, BatchView.TakenKey>();
        for (var row : keys.entrySet()) {
            var outcome = outcomes.get(row.getValue().transactionId());
            if (outcome == null) {
                throw new SQLException("a key's transaction is not in the books");
            }
            taken.put(row.getKey(), new BatchView.TakenKey(row.getValue().fingerprint(), outcome));
        }
        return taken;
    }

    /** A unit waits when a lock was refused, and so does all behind it that it concerns. */
    private BitSet runnable() {
        var runnable = new BitSet(plans.size());
        for (int i = 0; i < plans.size(); i++) {
            var blocks = plans.get(i).blocks();
            if (refused.isEmpty() || !anyRefused(blocks)) {
                runnable.set(i);
            } else {
                for (long block : blocks) {
                    refused.add(block);
                }
            }
        }
        return runnable;
    }

    private boolean anyRefused(long[] blocks) {
        for (long block : blocks) {
            if (refused.contains(block)) {
                return true;
            }
        }
        return false;
    }

    private long[] wanted() {
        if (!locking) {
            return new long[0];
        }
        return plans.stream()
                .flatMapToLong(plan -> Arrays.stream(plan.locks()))
                .sorted()
                .distinct()
                .toArray();
    }

    private long[] notHeld(SortedSet<Long> wanted) {
        return locking
                ? wanted.stream()
                        .filter(lock -> !locks.holds(lock))
                        .mapToLong(Long::longValue)
                        .toArray()
                : new long[0];
    }

    private List<UUID> all(Function<UnitPlan, List<UUID>> part) {
        var all = new ArrayList<UUID>();
        plans.forEach(plan -> all.addAll(part.apply(plan)));
        return all;
    }

    private static ResultSet next(PreparedStatement statement) throws SQLException {
        if (!statement.getMoreResults()) {
            throw new SQLException("a statement of the pipeline returned no rows");
        }
        return statement.getResultSet();
    }
}
