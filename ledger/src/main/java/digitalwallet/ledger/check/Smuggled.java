package digitalwallet.ledger.check;

import digitalwallet.ledger.database.TypeNumbers;
import java.sql.Connection;
import java.sql.SQLException;

/** Statements that find rows which the journal does not reach, or which belong to nothing. */
enum Smuggled {
    ENTRIES(
            Rule.ENTRIES_BELONG_TO_TRANSACTIONS,
            "entry %s version %s is not one its transaction names",
            """
            SELECT coalesce(e.account_id, n.account_id), coalesce(e.version, n.version)
            FROM entry e
            FULL JOIN (
                SELECT t.id, k.account_id, k.version
                FROM transaction t, unnest(t.account_ids, t.versions) k (account_id, version)) n
                ON n.account_id = e.account_id AND n.version = e.version
                    AND n.id = e.transaction_id
            WHERE n.id IS NULL OR e.transaction_id IS NULL
            LIMIT 20\
            """),
    CHAINS(
            Rule.VERSIONS_AND_BALANCES_ARE_GAPLESS,
            "entry %s version %s does not go on from the one before",
            """
            SELECT account_id, version FROM (
                SELECT account_id, version, amount, balance_after,
                       lag(version, 1, 0::bigint) OVER w AS version_before,
                       lag(balance_after, 1, 0::bigint) OVER w AS balance_before
                FROM entry WINDOW w AS (PARTITION BY account_id ORDER BY version)) v
            WHERE version <> version_before + 1
               OR balance_after <> balance_before::numeric + amount
            LIMIT 20\
            """),
    ENTRIES_WITHOUT_ACCOUNT(
            Rule.ACCOUNTS_BELONG_TO_TRANSACTIONS,
            "entry %s version %s has no account",
            """
            SELECT e.account_id, e.version FROM entry e
            WHERE e.version = 1 AND NOT EXISTS (SELECT FROM account a WHERE a.id = e.account_id)
            LIMIT 20\
            """),
    ACCOUNTS(
            Rule.ACCOUNTS_BELONG_TO_TRANSACTIONS,
            "account %s of '%s' is not one that its transaction opened",
            """
            SELECT a.id, a.owner FROM account a
            LEFT JOIN entry e ON e.account_id = a.id AND e.version = 1
            WHERE e.transaction_id IS DISTINCT FROM a.opening_transaction_id
            LIMIT 20\
            """),
    TRANSACTIONS(
            Rule.TRANSACTIONS_BELONG_TO_BLOCKS,
            "transaction %s stands in block %s, which there is not",
            """
            SELECT t.id, t.lane || '/' || t.height FROM transaction t
            WHERE NOT EXISTS (SELECT FROM block b WHERE b.lane = t.lane AND b.height = t.height)
            LIMIT 20\
            """),
    REFUNDS(
            Rule.REFUNDS_STAY_WITHIN_PURCHASES,
            "refund %s of purchase %s is not one that its transaction made",
            """
            SELECT r.number, r.purchase_id FROM refund r
            LEFT JOIN transaction t ON t.id = r.transaction_id
            LEFT JOIN transaction p ON p.id = r.purchase_id
            WHERE (t.type = {REFUND} AND t.rejection_code IS NULL AND p.type = {PURCHASE}
                   AND p.rejection_code IS NULL AND p.user_id = t.user_id
                   AND p.currency = t.currency
                   AND (p.id = t.related_transaction_id OR p.order_id = t.order_id))
                  IS NOT TRUE
            LIMIT 20\
            """),
    REFUND_SUMS(
            Rule.REFUNDS_STAY_WITHIN_PURCHASES,
            "refund %s of purchase %s leaves out one before or does not add up",
            """
            SELECT number, purchase_id FROM (
                SELECT purchase_id, number, amount, refunded_after, purchase_amount,
                       lag(number, 1, 0) OVER w AS number_before,
                       lag(refunded_after, 1, 0::bigint) OVER w AS refunded_before
                FROM refund WINDOW w AS (PARTITION BY purchase_id ORDER BY number)) v
            WHERE number <> number_before + 1 OR refunded_after > purchase_amount
               OR refunded_after <> refunded_before::numeric + amount
            LIMIT 20\
            """),
    DETAILS(
            Rule.DETAILS_ARE_WHAT_WAS_RECORDED,
            "the details of transaction %s belong to none that has any%s",
            """
            SELECT d.transaction_id, '' FROM transaction_detail d
            LEFT JOIN transaction t ON t.id = d.transaction_id
            WHERE t.details_digest IS NULL
            LIMIT 20\
            """),
    BANK_REFERENCES(
            Rule.BANK_REFERENCES_ARE_THOSE_CREDITED,
            "bank reference %s was not credited by transaction %s",
            """
            SELECT b.reference, b.transaction_id FROM bank_reference b
            LEFT JOIN transaction t ON t.id = b.transaction_id
            WHERE (t.type = {DEPOSIT} AND t.rejection_code IS NULL AND t.bank_reference = b.reference)
                  IS NOT TRUE
            LIMIT 20\
            """),
    /** What was used before references were kept, or while they may be used again, has no row. */
    USED_REFERENCES(
            Rule.USED_REFERENCES_ARE_THOSE_OF_TRANSACTIONS,
            "reference %s was not used up by transaction %s",
            """
            SELECT u.reference, u.transaction_id FROM used_reference u
            LEFT JOIN transaction t ON t.id = u.transaction_id
            WHERE (t.rejection_code IS NULL
                   AND ((t.type = {PURCHASE} AND t.order_id IS NOT NULL)
                        OR (t.type IN ({WITHDRAW}, {PAYOUT}) AND t.bank_reference IS NOT NULL)))
                  IS NOT TRUE
            LIMIT 20\
            """),
    PAYOUT_ENDS(
            Rule.PAYOUTS_END_ONCE,
            "payout %s was not ended by transaction %s",
            """
            SELECT e.payout_id, e.transaction_id FROM payout_end e
            LEFT JOIN transaction t ON t.id = e.transaction_id
            LEFT JOIN transaction p ON p.id = e.payout_id
            WHERE (t.type IN ({SETTLEMENT}, {REVERSAL}) AND t.rejection_code IS NULL
                   AND t.related_transaction_id = e.payout_id
                   AND p.type = {PAYOUT} AND p.rejection_code IS NULL)
                  IS NOT TRUE
            LIMIT 20\
            """),
    KEYS(
            Rule.IDEMPOTENCY_KEYS_ARE_THOSE_ANSWERED,
            "idempotency key %s is not one that transaction %s answers",
            """
            SELECT i.key, i.transaction_id FROM idempotency i
            LEFT JOIN transaction t ON t.id = i.transaction_id
            LEFT JOIN block b ON b.lane = t.lane AND b.height = t.height
            WHERE b.created_at IS DISTINCT FROM i.created_at
                OR (substring(sha256(uuid_send(i.key) || uuid_send(i.fingerprint)) FOR 16)
                    IN (substring(t.key_digests FOR 16), substring(t.key_digests FROM 17)))
                   IS NOT TRUE
            LIMIT 20\
            """),
    /** Keys are kept for a day at least; what is older may have been swept. */
    MISSING_KEYS(
            Rule.IDEMPOTENCY_KEYS_ARE_THOSE_ANSWERED,
            "an idempotency key of transaction %s is missing%s",
            """
            SELECT t.id, '' FROM transaction t
            LEFT JOIN idempotency i ON i.transaction_id = t.id
            WHERE t.key_digests IS NOT NULL AND t.created_at > now() - interval '23 hours'
            GROUP BY t.id, t.key_digests HAVING count(i.key) <> length(t.key_digests) / 16
            LIMIT 20\
            """);

    private final Rule rule;
    private final String violation;
    private final String query;

    Smuggled(Rule rule, String violation, String query) {
        this.rule = rule;
        this.violation = violation;
        this.query = TypeNumbers.in(query);
    }

    Rule rule() {
        return rule;
    }

    /** Reports the first rows of this sort. */
    void name(Connection connection, Findings findings) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                findings.violated(rule, violation.formatted(rows.getString(1), rows.getString(2)));
            }
        }
    }

    static long count(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
