package digitalwallet.ledger.check;

import digitalwallet.ledger.Digest;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.check.CheckReport.FullCheck;
import digitalwallet.ledger.database.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of checks of everything. A note counts when a check has sealed it and its time has
 * come; what else stands in the table is a violation, so that no note can hide one.
 */
final class FullChecks {

    private static final String NEWEST_FIRST =
            """
            SELECT checked_at, consistent, entries, seal,
                   EXISTS (SELECT FROM full_check earlier
                           WHERE earlier.checked_at < f.checked_at AND earlier.seal IS NOT NULL)
            FROM full_check f ORDER BY checked_at DESC\
            """;
    private static final String INSERT =
            """
            INSERT INTO full_check (checked_at, consistent, entries, seal) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING\
            """;

    /** The clock of a database that has taken over from another may be a little behind. */
    private static final Duration AHEAD_MAX = Duration.ofMinutes(1);

    /** An incremental check looks at so many notes and no more. */
    private static final int FORGED_MAX = 100;

    private FullChecks() {}

    /**
     * The latest one that counts, or null.
     *
     * @param now when the snapshot was taken
     * @param key null believes every note
     */
    static @Nullable FullCheck last(
            Connection connection, Instant now, @Nullable DigestKey key, Findings findings)
            throws SQLException {
        try (var statement = connection.prepareStatement(NEWEST_FIRST + " LIMIT " + FORGED_MAX);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                var note = note(rows);
                if (isGenuine(rows, note, now, key, findings)) {
                    return note;
                }
            }
            return null;
        }
    }

    /** What only a full check can find stays reported until a full check finds nothing. */
    static void examine(@Nullable FullCheck last, Findings findings) {
        if (last == null) {
            return;
        }
        findings.examined(Rule.THE_LAST_FULL_CHECK_FOUND_NOTHING, 1);
        if (!last.consistent()) {
            findings.violated(
                    Rule.THE_LAST_FULL_CHECK_FOUND_NOTHING,
                    "the full check at %s found the books altered".formatted(last.checkedAt()));
        }
    }

    /** Makes sure of all notes, whatever they say. */
    static void examineAll(
            Connection connection, Instant now, @Nullable DigestKey key, Findings findings)
            throws SQLException {
        try (var statement = connection.prepareStatement(NEWEST_FIRST);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                findings.examined(Rule.THE_LAST_FULL_CHECK_FOUND_NOTHING, 1);
                var _ = isGenuine(rows, note(rows), now, key, findings);
            }
        }
    }

    private static boolean isGenuine(
            ResultSet row, FullCheck note, Instant now, @Nullable DigestKey key, Findings findings)
            throws SQLException {
        if (note.checkedAt().isAfter(now.plus(AHEAD_MAX))) {
            findings.violated(
                    Rule.THE_LAST_FULL_CHECK_FOUND_NOTHING,
                    "a full check is noted at %s, which is to come".formatted(note.checkedAt()));
            return false;
        }
        var seal = row.getObject(4, UUID.class);
        boolean fromBeforeSeals = seal == null && !row.getBoolean(5);
        if (key == null || fromBeforeSeals || seal(note, key).equals(seal)) {
            return true;
        }
        findings.violated(
                Rule.THE_LAST_FULL_CHECK_FOUND_NOTHING,
                "the full check at %s was noted by no check".formatted(note.checkedAt()));
        return false;
    }

    private static FullCheck note(ResultSet row) throws SQLException {
        return new FullCheck(Query.instant(row, 1), row.getBoolean(2), row.getLong(3));
    }

    static void insert(Connection connection, FullCheck note, DigestKey key) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, note.checkedAt().atOffset(ZoneOffset.UTC));
            statement.setBoolean(2, note.consistent());
            statement.setLong(3, note.entries());
            statement.setObject(4, seal(note, key));
            statement.executeUpdate();
        }
    }

    private static UUID seal(FullCheck note, DigestKey key) {
        return key.seal(
                new Digest()
                        .text("full_check")
                        .number(VerifiedHeads.micros(note.checkedAt()))
                        .number(note.consistent() ? 1 : 0)
                        .number(note.entries()));
    }
}
