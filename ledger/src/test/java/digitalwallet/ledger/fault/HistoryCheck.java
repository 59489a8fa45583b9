package digitalwallet.ledger.fault;

import digitalwallet.ledger.fault.History.Answer;
import digitalwallet.ledger.fault.History.Operation;
import digitalwallet.ledger.fault.History.Seen;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;

/**
 * Holds a history against the books: what was acknowledged is there exactly once and as it was
 * told, what was not is there at most once, and the balances seen fit the order of real time.
 */
public final class HistoryCheck {

    private static final String TRANSACTIONS =
            "SELECT id, initiated_by, rejection_code IS NULL FROM transaction"
                    + " WHERE starts_with(initiated_by, ?)";
    private static final String ENTRIES =
            "SELECT account_id, version, transaction_id, balance_after FROM entry";
    private static final int SHOWN_MAX = 20;

    private record Booked(UUID transactionId, boolean posted) {}

    private record EntryKey(UUID accountId, long version) {}

    private record Booking(UUID transactionId, long balance) {}

    private record Sighting(Operation operation, Seen balance) {}

    private final Map<String, List<Booked>> byMark = new HashMap<>();
    private final Map<EntryKey, Booking> entries = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();

    private HistoryCheck(History history, DataSource books) throws SQLException {
        try (var connection = books.getConnection();
                var transactions = connection.prepareStatement(TRANSACTIONS);
                var allEntries = connection.prepareStatement(ENTRIES)) {
            transactions.setString(1, history.name() + "-");
            read(transactions, this::readTransaction);
            read(allEntries, this::readEntry);
        }
    }

    /** Fails with the first contradictions between what clients saw and the books. */
    public static void check(History history, DataSource books) {
        try {
            var check = new HistoryCheck(history, books);
            check.judge(history.operations());
            Assertions.assertThat(check.complaints.stream().limit(SHOWN_MAX)).isEmpty();
        } catch (SQLException e) {
            throw new IllegalStateException("the books cannot be read", e);
        }
    }

    private void judge(List<Operation> operations) {
        var marks = new HashSet<String>();
        var sightings = new HashMap<UUID, List<Sighting>>();
        for (var operation : operations) {
            marks.add(operation.mark());
            judge(operation);
            for (var answer : operation.answers()) {
                var balance = answer.balance();
                if (balance != null) {
                    sightings
                            .computeIfAbsent(balance.accountId(), _ -> new ArrayList<>())
                            .add(new Sighting(operation, balance));
                }
            }
        }
        byMark.keySet().stream()
                .filter(mark -> !marks.contains(mark))
                .forEach(mark -> complaints.add(mark + " is in the books and nobody asked for it"));
        sightings.values().forEach(this::judgeOrder);
    }

    private void judge(Operation operation) {
        var booked = byMark.getOrDefault(operation.mark(), List.of());
        if (booked.size() > 1) {
            complaints.add(operation.mark() + " is in the books " + booked.size() + " times");
            return;
        }
        for (var answer : operation.answers()) {
            var told = new Booked(answer.transactionId(), answer.posted());
            if (!booked.contains(told)) {
                complaints.add(
                        operation.mark() + " was told " + told + ", the books say " + booked);
            }
            judgeBalance(operation, answer);
        }
        if (operation.answers().stream().filter(answer -> !answer.replayed()).count() > 1) {
            complaints.add(operation.mark() + " was told twice that it was done just now");
        }
    }

    private void judgeBalance(Operation operation, Answer answer) {
        var seen = answer.balance();
        if (seen == null) {
            return;
        }
        var booking = entries.get(new EntryKey(seen.accountId(), seen.version()));
        if (!new Booking(answer.transactionId(), seen.amount()).equals(booking)) {
            complaints.add(operation.mark() + " saw " + seen + ", the books say " + booking);
        }
    }

    /**
     * What began after another was answered has a later version on the same wallet (strict
     * serializability; Herlihy and Wing 1990).
     */
    private void judgeOrder(List<Sighting> wallet) {
        wallet.sort(Comparator.comparingLong(s -> s.balance().version()));
        Sighting latestBegun = null;
        for (var sighting : wallet) {
            if (latestBegun != null
                    && latestBegun.balance().version() < sighting.balance().version()
                    && sighting.operation().isAnsweredBefore(latestBegun.operation().begun())) {
                complaints.add(
                        sighting.operation().mark()
                                + " was answered before "
                                + latestBegun.operation().mark()
                                + " began and has the later version");
            }
            if (latestBegun == null
                    || sighting.operation().begun() > latestBegun.operation().begun()) {
                latestBegun = sighting;
            }
        }
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private static void read(PreparedStatement statement, Row each) throws SQLException {
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                each.read(rows);
            }
        }
    }

    private void readTransaction(ResultSet row) throws SQLException {
        byMark.computeIfAbsent(row.getString(2), _ -> new ArrayList<>())
                .add(new Booked(row.getObject(1, UUID.class), row.getBoolean(3)));
    }

    private void readEntry(ResultSet row) throws SQLException {
        entries.put(
                new EntryKey(row.getObject(1, UUID.class), row.getLong(2)),
                new Booking(row.getObject(3, UUID.class), row.getLong(4)));
    }
}
