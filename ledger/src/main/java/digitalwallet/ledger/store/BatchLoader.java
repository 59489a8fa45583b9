package digitalwallet.ledger.store;

import digitalwallet.ledger.AccountName;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final Connection connection;
    private final AdvisoryLocks locks;
    private final boolean locking;
    private final List<UnitPlan> plans;
    private final AccountStates accounts = new AccountStates();
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
            plan.wallets().forEach(accounts::expect);
            for (var system : plan.systemAccounts()) {
                accounts.expect(AccountName.system(system.kind(), system.currency(), lane));
            }
        }
        lockAndLoad();
        var users = new UserLoader(connection, locks, locking, accounts);
        roundTrips += users.load(plans);
        refused.addAll(users.refused());
        var purchases = new PurchaseLoader(connection);
        roundTrips += purchases.load(plans);
        return new LoadedBatch(
                new BatchView(
                        accounts.states(),
                        users.walletsOf(),
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
            statement.setObject(3, UuidArray.of(accounts.expected()));
            statement.setObject(4, UuidArray.of(all(UnitPlan::keys)));
            statement.setObject(5, UuidArray.of(all(UnitPlan::bankReferences)));
            statement.execute();
            roundTrips++;
            AdvisoryLocks.requireFreed(freed, statement.getResultSet());
            refused.addAll(locks.refused(wanted, next(statement)));
            accounts.read(next(statement));
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

    private List<UUID> all(Function<UnitPlan, List<UUID>> part) {
        var all = new ArrayList<UUID>();
        plans.forEach(plan -> all.addAll(part.apply(plan)));
        return all;
    }

    /** The next result of a pipeline. */
    static ResultSet next(PreparedStatement statement) throws SQLException {
        if (!statement.getMoreResults()) {
            throw new SQLException("a statement of the pipeline returned no rows");
        }
        return statement.getResultSet();
    }
}
