package digitalwallet.ledger.publishing;

import digitalwallet.ledger.database.BinaryArray;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * Makes a part of a snapshot's unpublished blocks complete backwards: for every version of a wallet
 * in it, the one below is in it or published.
 *
 * <p>All unpublished blocks together are: a batch that builds on another one's version was loaded
 * after that had been committed, so a snapshot that shows the later block shows the earlier one. A
 * part of them, taken by the clocks of several machines, need not be. So each wallet's version
 * below is looked up, and a block that lacks one is left for the next round, with all behind it in
 * its lane, and so on until nothing is lacking.
 *
 * <p>The versions that rounds before took are remembered while one round follows another: most of
 * the wallets in a round were in the one before, and each version that is looked up costs the
 * database two searches.
 *
 * <p>Something is always left to publish when the part begins with the first block of every lane:
 * of these, the one that was committed first builds on none of the others. Not thread-safe.
 */
final class BackwardsComplete {

    // Each key is looked up in the entries, and then its transaction's block.
    private static final String BLOCKS_BELOW =
            """
            SELECT k.place, t.lane, t.height
            FROM unnest(?::uuid[], ?::bigint[]) WITH ORDINALITY AS k (account_id, version, place)
            JOIN entry e ON e.account_id = k.account_id AND e.version = k.version
            JOIN transaction t ON t.id = e.transaction_id\
            """;

    /** About 5 MB of memory. */
    private static final int REMEMBERED_MAX = 50_000;

    private record Version(UUID walletId, long version) {
        Version below() {
            return new Version(walletId, version - 1);
        }
    }

    private record Need(Place block, Place below) {}

    /**
     * The highest version of each wallet that was taken; the wallet taken first is forgotten first.
     */
    private final SequencedMap<UUID, Long> taken = new LinkedHashMap<>();

    private final Connection connection;

    BackwardsComplete(Connection connection) {
        this.connection = connection;
    }

    /**
     * The highest ends that are complete backwards and not above the given ones.
     *
     * @param transactions all those of the blocks up to the given ends that are not published
     */
    Map<Integer, Long> within(Map<Integer, Long> ends, List<JournalTransaction> transactions)
            throws SQLException {
        var needs = needs(transactions);
        var complete = new HashMap<>(ends);
        boolean lacking = true;
        while (lacking) {
            lacking = false;
            for (var need : needs) {
                boolean taken = need.block.isWithin(complete);
                if (taken && !need.below.isWithin(complete)) {
                    complete.put(need.block.lane(), need.block.height() - 1);
                    lacking = true;
                }
            }
        }
        return complete;
    }

    /** These are taken, and complete backwards with what was taken before. */
    void taken(List<JournalTransaction> transactions) {
        for (var each : transactions) {
            for (var change : each.changes()) {
                taken.putLast(
                        change.walletId(),
                        Math.max(change.version(), taken.getOrDefault(change.walletId(), 0L)));
            }
        }
        while (taken.size() > REMEMBERED_MAX) {
            taken.pollFirstEntry();
        }
    }

    /** Everything is taken: the next part may be long in coming. */
    void forget() {
        taken.clear();
    }

    private List<Need> needs(List<JournalTransaction> transactions) throws SQLException {
        var places = new HashMap<Version, Place>();
        for (var each : transactions) {
            var place = each.place();
            each.changes().forEach(c -> places.put(new Version(c.walletId(), c.version()), place));
        }
        var needs = new ArrayList<Need>();
        var elsewhere = new ArrayList<Version>();
        places.forEach(
                (version, place) -> {
                    var below = places.get(version.below());
                    if (below != null) {
                        needs.add(new Need(place, below));
                    } else if (version.version > taken.getOrDefault(version.walletId, 0L) + 1) {
                        elsewhere.add(version);
                    }
                });
        var lookedUp = lookUp(elsewhere);
        lookedUp.forEach(
                (version, below) -> {
                    var place = places.get(version);
                    if (place != null) {
                        needs.add(new Need(place, below));
                    }
                });
        return needs;
    }

    /** The blocks of the versions below these. */
    private Map<Version, Place> lookUp(List<Version> versions) throws SQLException {
        var blocks = new HashMap<Version, Place>();
        if (versions.isEmpty()) {
            return blocks;
        }
        try (var statement = connection.prepareStatement(BLOCKS_BELOW)) {
            statement.setObject(
                    1, BinaryArray.uuids(versions.stream().map(Version::walletId).toList()));
            statement.setObject(
                    2,
                    BinaryArray.int8s(
                            versions.stream().mapToLong(each -> each.version - 1).toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    blocks.put(
                            versions.get(Math.toIntExact(rows.getLong(1) - 1)),
                            new Place(rows.getInt(2), rows.getLong(3)));
                }
            }
        }
        return blocks;
    }
}
