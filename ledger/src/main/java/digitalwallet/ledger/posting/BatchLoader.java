package digitalwallet.ledger.posting;

import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.AccountState;
import digitalwallet.ledger.Outcome;
import digitalwallet.ledger.database.AccountRows;
import digitalwallet.ledger.database.BinaryArray;
import digitalwallet.ledger.database.RecordedOutcomes;
import digitalwallet.ledger.database.UsedReferences;
import digitalwallet.ledger.decide.BatchView;
import java.sql.Connection;
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
 *   1. free the last batch's locks, try this one's, load accounts whose state is not remembered,
 *      then keys and bank references
 *   2. anchors of users whose wallet is absent; all accounts of users concerned as a whole
 *   3. what depends on them: outcomes of taken keys, purchases to refund, payouts to end
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
    private final Connection connection;
    private final AdvisoryLocks locks;
    private final boolean locking;
    private final Care care;
    private final KnownStates known;
    private final List<UnitPlan> plans;
    private final AccountStates accounts = new AccountStates();
    private final Map<UUID, KeyRow> keys = new HashMap<>();
    private final Set<UUID> bankReferences = new HashSet<>();
    private final Set<Long> refused = new HashSet<>();
    private int roundTrips;

    private record KeyRow(UUID fingerprint, UUID transactionId) {}

    /** Which units run, and what is looked up for them. */
    enum Care {
        /**
         * Units whose locks somebody else holds wait; queued commands are taken to be new, unless a
         * key says otherwise.
         */
        USUAL,
        /** The same, but it is looked up which queued commands are in the books already. */
        RECALLING,
        /** That is looked up too, and all units run, also those whose locks were refused. */
        INSISTING
    }

    /**
     * A loader for one batch.
     *
     * @param locking false loads without taking any lock
     * @param known spares loading these states
     */
    BatchLoader(
            Connection connection,
            AdvisoryLocks locks,
            boolean locking,
            Care care,
            KnownStates known,
            List<UnitPlan> plans) {
        this.connection = connection;
        this.locks = locks;
        this.locking = locking;
        this.care = care;
        this.known = known;
        this.plans = plans;
    }

    /**
     * Locks what is not locked yet, and loads; the system accounts are those of this lane.
     *
     * @param freed locks of an earlier batch, to be freed first
     */
    LoadedBatch load(long[] freed, int lane) throws SQLException {
        for (var plan : plans) {
            plan.wallets().forEach(accounts::expect);
            for (var system : plan.systemAccounts()) {
                accounts.expect(AccountName.system(system.kind(), system.currency(), lane));
            }
        }
        lockAndLoad(freed);
        var users = new UserLoader(connection, locks, locking, accounts);
        roundTrips += users.load(plans);
        refused.addAll(users.refused());
        var purchases = new PurchaseLoader(connection);
        roundTrips += purchases.load(plans);
        var payouts = new PayoutLoader(connection);
        roundTrips += payouts.load(plans);
        var runnable = runnable();
        return new LoadedBatch(
                new BatchView(
                        accounts.states(),
                        users.walletsOf(),
                        takenKeys(),
                        purchases.purchases(),
                        purchases.orders(),
                        payouts.payouts(),
                        bankReferences,
                        used(),
                        recorded()),
                runnable,
                assumedFor(runnable));
    }

    /** How many times the lane waited for the database. */
    int roundTrips() {
        return roundTrips;
    }

    private void lockAndLoad(long[] freed) throws SQLException {
        var pipeline = new Pipeline();
        if (freed.length > 0) {
            pipeline.add(
                    AdvisoryLocks.UNLOCK,
                    BinaryArray.int8s(freed),
                    rows -> AdvisoryLocks.requireFreed(freed, rows));
        }
        var wanted = wanted();
        if (wanted.length > 0) {
            pipeline.add(
                    AdvisoryLocks.TRY_LOCK,
                    BinaryArray.int8s(wanted),
                    rows -> refused.addAll(locks.refused(wanted, rows)));
        }
        addIds(pipeline, AccountRows.BY_ID, accounts.assume(known), accounts::read);
        addIds(pipeline, TAKEN_KEYS, all(UnitPlan::keys), this::readKeys);
        addIds(pipeline, CREDITED_REFERENCES, all(UnitPlan::bankReferences), this::readReferences);
        roundTrips += pipeline.run(connection);
    }

    private static void addIds(
            Pipeline pipeline, String sql, List<UUID> ids, Pipeline.Reader reader) {
        if (!ids.isEmpty()) {
            pipeline.add(sql, BinaryArray.uuids(ids), reader);
        }
    }

    private void readKeys(ResultSet rows) throws SQLException {
        while (rows.next()) {
            var row = new KeyRow(rows.getObject(2, UUID.class), rows.getObject(3, UUID.class));
            keys.put(rows.getObject(1, UUID.class), row);
        }
    }

    private void readReferences(ResultSet rows) throws SQLException {
        while (rows.next()) {
            bankReferences.add(rows.getObject(1, UUID.class));
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
                throw new IllegalStateException("a key's transaction is not in the books");
            }
            taken.put(row.getKey(), new BatchView.TakenKey(row.getValue().fingerprint(), outcome));
        }
        return taken;
    }

    private Map<UUID, UUID> used() throws SQLException {
        var uses = plans.stream().flatMap(plan -> plan.uses().stream()).toList();
        if (uses.isEmpty()) {
            return Map.of();
        }
        roundTrips++;
        return UsedReferences.load(connection, uses);
    }

    private Map<UUID, Outcome.Recorded> recorded() throws SQLException {
        var ids = plans.stream().flatMap(UnitPlan::queuedIds).toList();
        if (ids.isEmpty() || (care == Care.USUAL && !isKeyOfOneOf(ids))) {
            return Map.of();
        }
        roundTrips++;
        return RecordedOutcomes.load(connection, ids);
    }

    /** Whether a key shows that one of these is in the books: then its message came before. */
    private boolean isKeyOfOneOf(List<UUID> ids) {
        if (keys.isEmpty()) {
            return false;
        }
        var queued = new HashSet<>(ids);
        return keys.values().stream().anyMatch(row -> queued.contains(row.transactionId()));
    }

    /**
     * A unit waits when a lock was refused, and so do the later units that it concerns. A unit that
     * insists does not wait.
     */
    private BitSet runnable() {
        var runnable = new BitSet(plans.size());
        if (care == Care.INSISTING || refused.isEmpty()) {
            runnable.set(0, plans.size());
            return runnable;
        }
        for (int i = 0; i < plans.size(); i++) {
            if (plans.get(i).isBlocked(refused)) {
                plans.get(i).blockAll(refused);
            } else {
                runnable.set(i);
            }
        }
        return runnable;
    }

    private Map<UUID, AccountState> assumedFor(BitSet runnable) {
        var assumed = accounts.assumed();
        if (runnable.cardinality() == plans.size()) {
            return assumed;
        }
        var ofRunnable = new HashMap<UUID, AccountState>();
        runnable.stream()
                .mapToObj(plans::get)
                .flatMap(plan -> plan.wallets().stream())
                .map(AccountName::id)
                .filter(assumed::containsKey)
                .forEach(id -> ofRunnable.put(id, assumed.get(id)));
        return ofRunnable;
    }

    private long[] wanted() {
        if (!locking) {
            return new long[0];
        }
        var wanted = new long[plans.stream().mapToInt(UnitPlan::lockCount).sum()];
        int count = 0;
        for (var plan : plans) {
            for (long lock : plan.locks()) {
                if (!locks.holds(lock)) {
                    wanted[count++] = lock;
                }
            }
        }
        return UnitPlan.distinct(Arrays.copyOf(wanted, count));
    }

    private List<UUID> all(Function<UnitPlan, List<UUID>> part) {
        var all = new ArrayList<UUID>();
        plans.forEach(plan -> all.addAll(part.apply(plan)));
        return all;
    }
}
