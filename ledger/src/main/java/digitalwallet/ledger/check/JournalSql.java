package digitalwallet.ledger.check;

import digitalwallet.ledger.database.Table;
import digitalwallet.ledger.database.TypeNumbers;

/**
 * The rows of a range of blocks, each table in the order in which blocks hash it. The columns
 * before a table's own say where the row belongs.
 */
final class JournalSql {

    private static final String IN_RANGE = "t.lane = %1$d AND t.height BETWEEN %2$d AND %3$d";

    private static final String BLOCKS =
            "SELECT "
                    + Table.BLOCK.columnsOf("b")
                    + """
                     FROM block b WHERE b.lane = %1$d AND b.height BETWEEN %2$d AND %3$d
                    ORDER BY b.height\
                    """;
    private static final String TRANSACTIONS =
            "SELECT "
                    + Table.TRANSACTION.columnsOf("t")
                    + " FROM transaction t WHERE "
                    + IN_RANGE
                    + " ORDER BY t.height, t.position, t.id";
    private static final String ACCOUNTS =
            "SELECT t.height, "
                    + Table.ACCOUNT.columnsOf("a")
                    + """
                     FROM transaction t
                    CROSS JOIN LATERAL unnest(t.account_ids, t.versions) AS k (account_id, version)
                    JOIN account a ON a.id = k.account_id AND a.opening_transaction_id = t.id
                    WHERE k.version = 1 AND 1 = ANY(t.versions) AND
                    """
                    + IN_RANGE
                    + " ORDER BY t.height, t.position, a.id";
    private static final String ENTRIES =
            "SELECT t.height, t.id, k.place, {compared}, "
                    + Table.ENTRY.columnsOf("e")
                    + """
                     FROM transaction t
                    CROSS JOIN LATERAL unnest(t.account_ids, t.versions) WITH ORDINALITY
                        AS k (account_id, version, place)
                    JOIN entry e ON e.account_id = k.account_id AND e.version = k.version
                    {before}
                    WHERE
                    """
                    + IN_RANGE
                    + " ORDER BY t.height, t.position, t.id, k.place";
    private static final String COMPARED =
            """
            CASE WHEN e.version > 1 THEN p.version IS NOT NULL END,
            p.balance_after::numeric + e.amount = e.balance_after,
            p.created_at <= e.created_at,
            p.version IS NULL OR p.status = e.status OR t.type IN ({FREEZE}, {UNFREEZE}, {CLOSE}, {REOPEN}),
            p.version IS NULL OR p.floor IS NOT DISTINCT FROM e.floor\
            """;
    private static final String BEFORE =
            "LEFT JOIN entry p ON p.account_id = k.account_id AND p.version = k.version - 1";
    private static final String NOT_COMPARED = "NULL, NULL, NULL, NULL, NULL";
    private static final String REFUNDS =
            """
            SELECT t.height, t.id, p.paid AND p.amount = r.purchase_amount AS of_purchase,
                   coalesce(q.refunded_after, 0)::numeric + r.amount = r.refunded_after
                       AND (q.number IS NOT NULL OR r.number = 1)
                       AND r.refunded_after <= r.purchase_amount AS adds_up,
            """
                    + Table.REFUND.columnsOf("r")
                    + """
                     FROM transaction t
                    CROSS JOIN LATERAL (
                        SELECT id, amount, type = {PURCHASE} AND rejection_code IS NULL
                               AND user_id = t.user_id AND currency = t.currency AS paid
                        FROM transaction WHERE id = t.related_transaction_id
                        UNION
                        SELECT id, amount, type = {PURCHASE} AND rejection_code IS NULL
                               AND user_id = t.user_id AND currency = t.currency AS paid
                        FROM transaction WHERE order_id = t.order_id) p
                    JOIN refund r ON r.purchase_id = p.id AND r.transaction_id = t.id
                    LEFT JOIN refund q ON q.purchase_id = r.purchase_id AND q.number = r.number - 1
                    WHERE t.type = {REFUND} AND t.rejection_code IS NULL
                        AND (t.related_transaction_id IS NOT NULL OR t.order_id IS NOT NULL) AND
                    """
                    + IN_RANGE
                    + " ORDER BY t.height, t.position, r.purchase_id, r.number";
    private static final String DETAILS =
            """
            SELECT t.id, t.details_digest, d.salt, d.content
            FROM transaction t LEFT JOIN transaction_detail d ON d.transaction_id = t.id
            WHERE t.details_digest IS NOT NULL AND
            """
                    + IN_RANGE;
    private static final String BANK_REFERENCES =
            """
            SELECT t.id, b.transaction_id = t.id AS its_own
            FROM transaction t LEFT JOIN bank_reference b ON b.reference = t.bank_reference
            WHERE t.type = {DEPOSIT} AND t.rejection_code IS NULL AND t.bank_reference IS NOT NULL AND
            """
                    + IN_RANGE;

    private static final String PAYOUT_ENDS =
            """
            SELECT t.id, e.transaction_id = t.id AS its_own, p.id IS NOT NULL AS of_payout
            FROM transaction t
            LEFT JOIN payout_end e ON e.payout_id = t.related_transaction_id
            LEFT JOIN transaction p ON p.id = t.related_transaction_id AND p.type = {PAYOUT}
                AND p.rejection_code IS NULL AND p.user_id = t.user_id
                AND p.currency = t.currency AND p.amount = t.amount
            WHERE t.type IN ({SETTLEMENT}, {REVERSAL}) AND t.rejection_code IS NULL AND
            """
                    + IN_RANGE;

    private JournalSql() {}

    static String blocks(JournalRange range) {
        return of(BLOCKS, range);
    }

    static String transactions(JournalRange range) {
        return of(TRANSACTIONS, range);
    }

    /** In front: height. */
    static String accounts(JournalRange range) {
        return of(ACCOUNTS, range);
    }

    /**
     * In front: height, transaction id, place in the transaction from 1, and how it goes on from
     * the entry before it: null for the first of its account, or whether there is one; whether it
     * adds up, is not earlier, has the same status unless the transaction is there to change it,
     * has the same floor.
     *
     * @param compared false leaves these five out: they are null
     */
    static String entries(JournalRange range, boolean compared) {
        var query =
                ENTRIES.replace("{compared}", compared ? COMPARED : NOT_COMPARED)
                        .replace("{before}", compared ? BEFORE : "");
        return of(query, range);
    }

    /** In front: height, transaction id, whether the purchase is one, whether the sums add up. */
    static String refunds(JournalRange range) {
        return of(REFUNDS, range);
    }

    static String details(JournalRange range) {
        return of(DETAILS, range);
    }

    static String bankReferences(JournalRange range) {
        return of(BANK_REFERENCES, range);
    }

    static String payoutEnds(JournalRange range) {
        return of(PAYOUT_ENDS, range);
    }

    private static String of(String query, JournalRange range) {
        return TypeNumbers.in(query).formatted(range.lane(), range.from(), range.to());
    }
}
