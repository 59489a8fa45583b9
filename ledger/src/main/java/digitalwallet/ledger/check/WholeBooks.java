package digitalwallet.ledger.check;

import digitalwallet.ledger.AccountKind;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What only a look at every row finds: rows smuggled in beside the journal, and chains that do not
 * hang together.
 *
 * <p>Sets of rows are compared by the sums of their hashes under a seed that is chosen after they
 * were written: one pass in any order, no sort, no memory. Each entry hands its (account, version,
 * balance) on and takes (account, version - 1, balance - amount); what was taken, together with the
 * latest state of each account, must be what was handed on together with (account, 0, 0). Only when
 * the sums differ the rows are compared one by one, to name them.
 */
final class WholeBooks {

    private static final String OUT_OF_RANGE = "22003";

    private static final String ENTRIES =
            """
            SELECT count(*),
                   sum(hash_record_extended(ROW(account_id, version, transaction_id), s)),
                   sum(hash_record_extended(ROW(account_id, version, balance_after), s)),
                   sum(hash_record_extended(ROW(account_id, version - 1, balance_after - amount), s))
            FROM entry, (SELECT ?::bigint AS s) seed\
            """;
    private static final String NAMED_ENTRIES =
            """
            SELECT count(*), sum(hash_record_extended(ROW(k.account_id, k.version, t.id), s))
            FROM (SELECT ?::bigint AS s) seed, transaction t,
                 unnest(t.account_ids, t.versions) AS k (account_id, version)\
            """;
    private static final String ACCOUNTS =
            """
            SELECT a.id, a.owner, a.kind, a.currency, a.stripe, e.balance_after,
                   hash_record_extended(ROW(a.id, 0::bigint, 0::bigint), {seed}),
                   hash_record_extended(ROW(a.id, e.version, e.balance_after), {seed})
            FROM account a
            LEFT JOIN LATERAL (SELECT version, balance_after FROM entry WHERE account_id = a.id
                               ORDER BY version DESC LIMIT 1) e ON true\
            """;

    private final Findings findings;
    private final long seed = new SecureRandom().nextLong();
    private final Map<String, BigInteger> balances = new TreeMap<>();
    private final Map<String, BigInteger> walletBalances = new TreeMap<>();
    private final Map<String, BigInteger> payoutBalances = new TreeMap<>();
    private BigInteger handedOn = BigInteger.ZERO;
    private BigInteger taken = BigInteger.ZERO;
    private BigInteger namedEntries = BigInteger.ZERO;
    private BigInteger storedEntries = BigInteger.ZERO;
    private BigInteger opened = BigInteger.ZERO;
    private BigInteger latest = BigInteger.ZERO;
    private long accounts;
    private long entries;
    private long named;
    private boolean outOfRange;

    WholeBooks(Findings findings) {
        this.findings = findings;
    }

    /** Adds up what the entries are and what they hand on. */
    void entries(Connection connection) throws SQLException {
        var before = connection.setSavepoint();
        try (var statement = connection.prepareStatement(ENTRIES)) {
            statement.setLong(1, seed);
            try (var row = statement.executeQuery()) {
                row.next();
                entries = row.getLong(1);
                storedEntries = sum(row, 2);
                handedOn = sum(row, 3);
                taken = sum(row, 4);
            }
        } catch (SQLException e) {
            if (!OUT_OF_RANGE.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            outOfRange = true;
        }
        findings.examined(Rule.VERSIONS_AND_BALANCES_ARE_GAPLESS, entries);
    }

    /** Adds up which entries the transactions name. */
    void namedEntries(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(NAMED_ENTRIES)) {
            statement.setLong(1, seed);
            try (var row = statement.executeQuery()) {
                row.next();
                named = row.getLong(1);
                namedEntries = sum(row, 2);
            }
        }
    }

    /** Derives every account's id, and adds up balances as the engine would load them. */
    void accounts(Connection connection) throws SQLException {
        try (var rows =
                CopyStream.of(connection, ACCOUNTS.replace("{seed}", Long.toString(seed)))) {
            while (rows.next()) {
                account(rows);
            }
        }
        findings.examined(Rule.ACCOUNT_IDS_ARE_DERIVED_FROM_NAMES, accounts);
    }

    private void account(CopyStream row) {
        accounts++;
        RowRules.name(row, 0, findings);
        opened = opened.add(BigInteger.valueOf(row.int8(6)));
        if (row.isNull(5)) {
            findings.violated(
                    Rule.ACCOUNTS_BELONG_TO_TRANSACTIONS,
                    "account %s has no entry".formatted(row.uuid(0)));
            return;
        }
        latest = latest.add(BigInteger.valueOf(row.int8(7)));
        var currency = row.textOrNull(3);
        var balance = BigInteger.valueOf(row.int8(5));
        balances.merge(currency == null ? "" : currency, balance, BigInteger::add);
        if (currency != null && row.int2(2) == AccountKind.WALLET.number()) {
            walletBalances.merge(currency, balance, BigInteger::add);
        }
        if (currency != null && row.int2(2) == AccountKind.PAYOUTS.number()) {
            payoutBalances.merge(currency, balance, BigInteger::add);
        }
    }

    /** How many entries there are. */
    long entryCount() {
        return entries;
    }

    /** What the wallets hold, in minor units per currency. */
    Map<String, BigInteger> walletBalances() {
        return walletBalances;
    }

    /** Compares what is under way with what the transactions of all lanes say. */
    void compareInTransit(Totals totals) {
        var codes = new TreeSet<>(totals.currencies());
        codes.addAll(payoutBalances.keySet());
        for (var code : codes) {
            var held = payoutBalances.getOrDefault(code, BigInteger.ZERO);
            if (!held.equals(totals.inTransit(code))) {
                findings.violated(
                        Rule.BALANCES_ARE_WHAT_CAME_IN_MINUS_WHAT_WENT_OUT,
                        "the payouts accounts in %s hold %s minor units, %s are under way"
                                .formatted(code, held, totals.inTransit(code)));
            }
        }
    }

    /** Compares, once all of the above and the journal have been examined. */
    void finish(Connection connection) throws SQLException {
        balances.forEach(
                (currency, sum) -> {
                    if (sum.signum() != 0) {
                        findings.violated(
                                Rule.BALANCES_ARE_WHAT_CAME_IN_MINUS_WHAT_WENT_OUT,
                                "the balances of all accounts in %s sum to %s minor units"
                                        .formatted(
                                                currency.isEmpty() ? "no currency" : currency,
                                                sum));
                    }
                });
        if (outOfRange || named != entries || !namedEntries.equals(storedEntries)) {
            name(connection, Smuggled.ENTRIES);
        }
        if (outOfRange || !handedOn.add(opened).equals(taken.add(latest))) {
            Smuggled.ENTRIES_WITHOUT_ACCOUNT.name(connection, findings);
            name(connection, Smuggled.CHAINS);
        }
        if (accounts != findings.examined(Rule.ACCOUNTS_BELONG_TO_TRANSACTIONS)) {
            name(connection, Smuggled.ACCOUNTS);
        }
        if (Smuggled.count(connection, "refund")
                != findings.examined(Rule.REFUNDS_STAY_WITHIN_PURCHASES)) {
            name(connection, Smuggled.REFUNDS);
        }
    }

    /** The sums differ: if no row can be named for it, that is said. */
    private void name(Connection connection, Smuggled rows) throws SQLException {
        long before = findings.violations(rows.rule());
        rows.name(connection, findings);
        if (findings.violations(rows.rule()) == before) {
            findings.violated(rows.rule(), "the rows do not match as a whole");
        }
    }

    private static BigInteger sum(ResultSet row, int column) throws SQLException {
        var sum = row.getBigDecimal(column);
        return sum == null ? BigInteger.ZERO : sum.toBigInteger();
    }
}
