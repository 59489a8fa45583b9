package digitalwallet.ledger.check;

import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.check.CheckReport.CurrencySums;
import digitalwallet.ledger.check.CheckReport.FullCheck;
import digitalwallet.ledger.check.VerifiedHeads.Head;
import digitalwallet.money.CurrencyCode;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Are the books right? Each answer is about one moment, and changes nothing but its own notes. */
public final class BooksCheck {

    private static final int CONNECTIONS = 2;

    /** Is told how far a check has come. */
    interface Progress {
        void done(int steps, int of);
    }

    private final DataSource dataSource;
    private final @Nullable DigestKey key;
    private final Positions positions;

    /**
     * A check of these books.
     *
     * @param dataSource lends two connections at once for a full check, one otherwise
     * @param key what checks seal their notes with; null for one that takes no notes and believes
     *     those of others
     */
    public BooksCheck(DataSource dataSource, @Nullable DigestKey key) {
        this.dataSource = dataSource;
        this.key = key;
        positions = new Positions(dataSource, key);
    }

    /**
     * Examines what was posted since the last check. If all is well it remembers how far it came.
     *
     * @throws CheckFailedException when the database fails
     */
    public CheckReport incremental() {
        return incremental(Pace.atOnce());
    }

    /**
     * The same, at this pace.
     *
     * @throws CheckFailedException when the database fails, or the thread is interrupted
     */
    public CheckReport incremental(Pace pace) {
        try {
            var findings = new Findings();
            Collection<Head> heads;
            CheckReport report;
            positions.examine(false, findings);
            try (var snapshot = Snapshot.take(dataSource, 1)) {
                var connection = snapshot.connection();
                var journal = Journal.of(connection, false, key, findings);
                int done = 0;
                for (var range : journal.ranges()) {
                    journal.examine(connection, range);
                    pace.pause(++done, journal.ranges().size());
                }
                heads = journal.heads();
                var totals = Totals.of(heads.stream().map(Head::totals).toList());
                var balances = new HashMap<String, BigInteger>();
                for (var currency : totals.currencies()) {
                    balances.put(currency, totals.amount(Totals.WALLETS, currency));
                }
                var last = FullChecks.last(connection, snapshot.takenAt(), key, findings);
                FullChecks.examine(last, findings);
                report = report(snapshot, findings, totals, balances, last, false);
            }
            if (report.consistent()) {
                remember(heads, report, null);
            }
            return report;
        } catch (SQLException e) {
            throw new CheckFailedException("the books cannot be checked", e);
        }
    }

    /**
     * Examines every row, and remembers that it did.
     *
     * @throws CheckFailedException when the database fails
     */
    public CheckReport full() {
        return full((_, _) -> {}, true);
    }

    /** Examines every row; can do without the right to remember it. */
    CheckReport full(Progress progress, boolean remember) {
        try {
            var findings = new Findings();
            var whole = new WholeBooks(findings);
            Collection<Head> heads;
            CheckReport report;
            FullCheck full;
            positions.examine(true, findings);
            try (var snapshot = Snapshot.take(dataSource, CONNECTIONS)) {
                FullChecks.examineAll(snapshot.connection(), snapshot.takenAt(), key, findings);
                var journal = Journal.of(snapshot.connection(), true, key, findings);
                new SharedWork(progress)
                        .addAll(whole)
                        .addAll(journal)
                        .addAll(findings)
                        .run(snapshot.connections());
                whole.finish(snapshot.connection());
                heads = journal.heads();
                var totals = Totals.of(heads.stream().map(Head::totals).toList());
                whole.compareInTransit(totals);
                report = report(snapshot, findings, totals, whole.walletBalances(), null, true);
                full = new FullCheck(snapshot.takenAt(), report.consistent(), whole.entryCount());
            }
            if (remember) {
                remember(report.consistent() ? heads : List.of(), report, full);
            }
            return withLastFull(report, full);
        } catch (SQLException e) {
            throw new CheckFailedException("the books cannot be checked", e);
        }
    }

    /**
     * The latest check of everything that was remembered.
     *
     * @throws CheckFailedException when the database fails
     */
    public Optional<FullCheck> lastFullCheck() {
        try (var snapshot = Snapshot.take(dataSource, 1)) {
            return Optional.ofNullable(
                    FullChecks.last(
                            snapshot.connection(), snapshot.takenAt(), key, new Findings()));
        } catch (SQLException e) {
            throw new CheckFailedException("the last full check cannot be read", e);
        }
    }

    private static CheckReport report(
            Snapshot snapshot,
            Findings findings,
            Totals totals,
            Map<String, BigInteger> balances,
            @Nullable FullCheck lastFull,
            boolean full) {
        var currencies = new ArrayList<CurrencySums>();
        var codes = new TreeSet<>(totals.currencies());
        codes.addAll(balances.keySet());
        for (var code : codes) {
            CurrencyCode.find(code)
                    .map(c -> totals.sums(c, balances.getOrDefault(code, BigInteger.ZERO)))
                    .ifPresent(currencies::add);
        }
        findings.examined(Rule.BALANCES_ARE_WHAT_CAME_IN_MINUS_WHAT_WENT_OUT, currencies.size());
        for (var sums : currencies) {
            if (sums.difference().signum() != 0) {
                findings.violated(
                        Rule.BALANCES_ARE_WHAT_CAME_IN_MINUS_WHAT_WENT_OUT,
                        "the wallets in %s hold %s more than they should"
                                .formatted(sums.currency(), sums.difference().toPlainString()));
            }
        }
        var report =
                new CheckReport(
                        findings.isClean(),
                        "",
                        snapshot.takenAt(),
                        full,
                        List.copyOf(currencies),
                        findings.checks(),
                        lastFull);
        return report.withMessage();
    }

    private static CheckReport withLastFull(CheckReport report, FullCheck full) {
        return new CheckReport(
                report.consistent(),
                report.message(),
                report.checkedAt(),
                report.full(),
                report.currencies(),
                report.checks(),
                full);
    }

    private void remember(Collection<Head> heads, CheckReport report, @Nullable FullCheck full)
            throws SQLException {
        if (key == null) {
            return;
        }
        try (var connection = dataSource.getConnection()) {
            VerifiedHeads.insert(connection, heads, report.checkedAt(), key);
            if (full != null) {
                FullChecks.insert(connection, full, key);
            }
        }
    }
}
