package digitalwallet.ledger.posting;

import digitalwallet.ledger.AccountKind;
import digitalwallet.ledger.AccountName;
import digitalwallet.ledger.database.AccountRows;
import digitalwallet.ledger.database.BinaryArray;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Locks and loads what concerns users as a whole: the anchors of those whose wallet is absent, and
 * all accounts of those that are frozen, unfrozen or closed.
 */
final class UserLoader {

    private static final String IDS_BY_OWNER =
            "SELECT id FROM account WHERE owner = ANY(?::text[]) ORDER BY id";

    private final Connection connection;
    private final AdvisoryLocks locks;
    private final boolean locking;
    private final AccountStates accounts;
    private final Map<String, List<AccountName>> walletsOf = new HashMap<>();
    private final Set<Long> refused = new HashSet<>();

    UserLoader(
            Connection connection, AdvisoryLocks locks, boolean locking, AccountStates accounts) {
        this.connection = connection;
        this.locks = locks;
        this.locking = locking;
        this.accounts = accounts;
    }

    /** Loads what these plans need beyond the wallets loaded so far; returns the round trips. */
    int load(List<UnitPlan> plans) throws SQLException {
        var whole = new LinkedHashSet<String>();
        var users = new LinkedHashSet<String>();
        for (var plan : plans) {
            whole.addAll(plan.wholeUsers());
            for (var wallet : plan.wallets()) {
                if (!accounts.exists(wallet)) {
                    users.add(wallet.owner());
                }
            }
        }
        users.addAll(whole);
        if (users.isEmpty()) {
            return 0;
        }
        var accountsOfWhole = lockAndLoadAnchors(users, whole);
        if (whole.isEmpty()) {
            return 1;
        }
        lockAndLoadWhole(whole, accountsOfWhole);
        return 2;
    }

    /** All wallets of the users concerned as a whole. */
    Map<String, List<AccountName>> walletsOf() {
        return walletsOf;
    }

    /** What blocks the units of users that somebody else works on. */
    Set<Long> refused() {
        return refused;
    }

    /** Returns the accounts that the users concerned as a whole have, as locks to take. */
    private SortedSet<Long> lockAndLoadAnchors(Set<String> users, Set<String> whole)
            throws SQLException {
        var anchors = new LinkedHashSet<UUID>();
        var wanted = new TreeSet<Long>();
        for (var user : users) {
            var anchor = AccountName.anchor(user);
            accounts.expect(anchor);
            anchors.add(anchor.id());
            wanted.add(UnitPlan.lockOf(anchor.id()));
        }
        var ofWhole = new TreeSet<Long>();
        var asked = notHeld(wanted);
        var pipeline = new Pipeline();
        pipeline.add(
                AdvisoryLocks.TRY_LOCK,
                BinaryArray.int8s(asked),
                rows -> refuse(users, locks.refused(asked, rows)));
        pipeline.add(AccountRows.BY_ID, BinaryArray.uuids(anchors), accounts::read);
        if (!whole.isEmpty()) {
            pipeline.add(
                    IDS_BY_OWNER,
                    connection.createArrayOf("text", whole.toArray()),
                    rows -> {
                        while (rows.next()) {
                            ofWhole.add(UnitPlan.lockOf(rows.getObject(1, UUID.class)));
                        }
                    });
        }
        pipeline.run(connection);
        return ofWhole;
    }

    private void refuse(Set<String> users, Set<Long> refusedAnchors) {
        for (var user : users) {
            if (refusedAnchors.contains(UnitPlan.lockOf(AccountName.anchor(user).id()))) {
                refused.add(UnitPlan.userBlock(user));
            }
        }
    }

    /**
     * Anchors and wallets in one statement, so that the list of wallets fits the anchor's version.
     */
    private void lockAndLoadWhole(Set<String> whole, SortedSet<Long> wanted) throws SQLException {
        whole.forEach(user -> walletsOf.put(user, new ArrayList<>()));
        var asked = notHeld(wanted);
        var pipeline = new Pipeline();
        pipeline.add(
                AdvisoryLocks.TRY_LOCK,
                BinaryArray.int8s(asked),
                rows -> refused.addAll(locks.refused(asked, rows)));
        pipeline.add(
                AccountRows.BY_OWNER,
                connection.createArrayOf("text", whole.toArray()),
                this::readWhole);
        pipeline.run(connection);
    }

    private void readWhole(ResultSet rows) throws SQLException {
        while (rows.next()) {
            var name = accounts.readAny(rows);
            var wallets = walletsOf.get(name.owner());
            if (name.kind() == AccountKind.WALLET && wallets != null) {
                wallets.add(name);
            }
            // Refused, or opened since its owner's accounts were listed: the user must wait.
            if (locking && !locks.holds(UnitPlan.lockOf(name.id()))) {
                refused.add(UnitPlan.userBlock(name.owner()));
            }
        }
    }

    private long[] notHeld(SortedSet<Long> wanted) {
        return locking
                ? wanted.stream()
                        .filter(lock -> !locks.holds(lock))
                        .mapToLong(Long::longValue)
                        .toArray()
                : new long[0];
    }
}
