package digitalwallet.ledger.lane;

import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;

/**
 * What is always true of the books, in plain SQL written for the tests alone: each statement counts
 * the violations of one rule.
 */
public final class BooksInvariants {

    private static final Map<String, String> VIOLATIONS = new LinkedHashMap<>();

    static {
        rule(
                "the entries of each transaction sum to zero per currency",
                """
                SELECT count(*) FROM (
                    SELECT FROM entry e JOIN account a ON a.id = e.account_id
                    GROUP BY e.transaction_id, a.currency HAVING sum(e.amount) <> 0) v\
                """);
        rule(
                "the balances of all accounts sum to zero per currency",
                """
                SELECT count(*) FROM (
                    SELECT FROM account a JOIN LATERAL (
                        SELECT balance_after FROM entry WHERE account_id = a.id
                        ORDER BY version DESC LIMIT 1) e ON true
                    GROUP BY a.currency HAVING sum(e.balance_after) <> 0) v\
                """);
        rule(
                "the wallets hold what came in minus what went out",
                """
                SELECT count(*) FROM (
                    SELECT currency,
                           sum(CASE WHEN type IN (1, 4, 12) THEN amount
                                    WHEN type IN (2, 3, 10) THEN -amount ELSE 0 END) AS moved
                    FROM transaction WHERE rejection_code IS NULL AND currency IS NOT NULL
                    GROUP BY currency) t
                FULL JOIN (
                    SELECT a.currency, sum(e.amount) AS held
                    FROM entry e JOIN account a ON a.id = e.account_id WHERE a.kind = 2
                    GROUP BY a.currency) w USING (currency)
                WHERE t.moved IS DISTINCT FROM w.held\
                """);
        rule(
                "versions are gapless from one",
                """
                SELECT count(*) FROM (
                    SELECT FROM entry GROUP BY account_id
                    HAVING min(version) <> 1 OR max(version) <> count(*)) v\
                """);
        rule(
                "each balance is the one before and the amount; time does not run back",
                """
                SELECT count(*) FROM (
                    SELECT amount, balance_after, created_at,
                           lag(balance_after, 1, 0::bigint) OVER w AS before,
                           lag(created_at, 1, '-infinity') OVER w AS earlier
                    FROM entry WINDOW w AS (PARTITION BY account_id ORDER BY version)) v
                WHERE balance_after <> before + amount OR created_at < earlier\
                """);
        rule(
                "no wallet is below zero",
                """
                SELECT count(*) FROM entry e JOIN account a ON a.id = e.account_id
                WHERE a.kind = 2 AND e.balance_after < 0\
                """);
        rule(
                "money leaves and enters only where the status allows it",
                """
                SELECT count(*) FROM entry e JOIN account a ON a.id = e.account_id
                JOIN transaction t ON t.id = e.transaction_id
                WHERE a.kind = 2 AND (e.amount < 0 AND e.status IN (2, 3, 5)
                                      OR e.amount > 0 AND e.status IN (2, 4, 5) AND t.type <> 12)\
                """);
        rule(
                "only a freeze, its end and a closing change a status",
                """
                SELECT count(*) FROM (
                    SELECT transaction_id, status, lag(status) OVER w AS before
                    FROM entry WINDOW w AS (PARTITION BY account_id ORDER BY version)) v
                JOIN transaction t ON t.id = v.transaction_id
                WHERE v.status <> v.before AND t.type NOT IN (7, 8, 9, 13)\
                """);
        rule(
                "a user's wallets have the status of the user",
                """
                SELECT count(*) FROM (
                    SELECT FROM account a JOIN LATERAL (
                        SELECT status FROM entry WHERE account_id = a.id
                        ORDER BY version DESC LIMIT 1) e ON true
                    WHERE a.kind IN (1, 2)
                    GROUP BY a.owner
                    HAVING min(e.status) <> max(e.status) OR min(a.kind) <> 1) v\
                """);
        rule(
                "each transaction names its entries and each entry is named",
                """
                SELECT count(*) FROM (
                    SELECT t.id, k.account_id, k.version
                    FROM transaction t, unnest(t.account_ids, t.versions) k (account_id, version)) n
                FULL JOIN entry e ON (e.account_id, e.version) = (n.account_id, n.version)
                WHERE e.transaction_id IS DISTINCT FROM n.id\
                """);
        rule(
                "rejected transactions have no entries and posted ones have",
                """
                SELECT count(*) FROM transaction
                WHERE (rejection_code IS NULL) <> (cardinality(account_ids) > 0)\
                """);
        rule(
                "refunds add up and stay within their purchases",
                """
                SELECT count(*) FROM (
                    SELECT r.*, lag(refunded_after, 1, 0::bigint) OVER w AS before,
                           row_number() OVER w AS expected, t.amount AS paid,
                           t.type, t.rejection_code
                    FROM refund r LEFT JOIN transaction t ON t.id = r.purchase_id
                    WINDOW w AS (PARTITION BY purchase_id ORDER BY number)) v
                WHERE refunded_after <> before + amount OR number <> expected
                   OR refunded_after > purchase_amount OR purchase_amount IS DISTINCT FROM paid
                   OR type IS DISTINCT FROM 3 OR rejection_code IS NOT NULL\
                """);
        rule(
                "what a refund draws is the whole refund",
                """
                SELECT count(*) FROM (
                    SELECT FROM refund r LEFT JOIN transaction t ON t.id = r.transaction_id
                    GROUP BY t.id, t.amount, t.rejection_code, t.type
                    HAVING sum(r.amount) IS DISTINCT FROM t.amount
                        OR t.rejection_code IS NOT NULL OR t.type IS DISTINCT FROM 4) v\
                """);
        rule(
                "once an order has been drawn on, all its refunds stay within its purchases",
                """
                SELECT count(*) FROM (
                    SELECT t.user_id, t.currency, t.order_id,
                           sum(t.amount) AS paid,
                           sum((SELECT coalesce(sum(r.amount), 0) FROM refund r
                                WHERE r.purchase_id = t.id)) AS drawn
                    FROM transaction t
                    WHERE t.type = 3 AND t.rejection_code IS NULL AND t.order_id IS NOT NULL
                    GROUP BY t.user_id, t.currency, t.order_id) o
                WHERE drawn > 0 AND paid < drawn + (
                    SELECT coalesce(sum(c.amount), 0) FROM transaction c
                    WHERE c.type = 4 AND c.rejection_code IS NULL AND c.user_id = o.user_id
                        AND c.currency = o.currency AND lower(c.order_id) = lower(o.order_id)
                        AND c.related_transaction_id IS NULL
                        AND NOT EXISTS (SELECT FROM refund r WHERE r.transaction_id = c.id))\
                """);
        rule(
                "a payout ends by exactly one settlement or reversal of its user and amount",
                """
                SELECT count(*) FROM payout_end e
                FULL JOIN (SELECT e.*, p.id AS payout_id FROM transaction e
                           LEFT JOIN transaction p ON p.id = e.related_transaction_id
                               AND p.type = 10 AND p.rejection_code IS NULL
                               AND (p.user_id, p.currency, p.amount)
                                   = (e.user_id, e.currency, e.amount)
                           WHERE e.type IN (11, 12) AND e.rejection_code IS NULL) t
                    ON t.id = e.transaction_id AND t.payout_id = e.payout_id
                WHERE t.id IS NULL OR e.payout_id IS NULL\
                """);
        rule(
                "what is under way is what payouts took and nothing ended",
                """
                SELECT count(*) FROM (
                    SELECT currency, sum(CASE WHEN type = 10 THEN amount ELSE -amount END) AS due
                    FROM transaction WHERE rejection_code IS NULL AND type IN (10, 11, 12)
                    GROUP BY currency) t
                FULL JOIN (
                    SELECT a.currency, sum(e.amount) AS held
                    FROM entry e JOIN account a ON a.id = e.account_id WHERE a.kind = 5
                    GROUP BY a.currency) w USING (currency)
                WHERE t.due IS DISTINCT FROM w.held\
                """);
        rule(
                "each key has a transaction",
                """
                SELECT count(*) FROM idempotency i LEFT JOIN transaction t ON t.id = i.transaction_id
                WHERE t.id IS NULL\
                """);
        rule(
                "bank transactions are remembered exactly when they are credited",
                """
                SELECT count(*) FROM bank_reference b
                FULL JOIN (SELECT id, bank_reference FROM transaction
                           WHERE type = 1 AND rejection_code IS NULL AND bank_reference IS NOT NULL) t
                    ON t.id = b.transaction_id AND t.bank_reference = b.reference
                WHERE t.id IS NULL OR b.reference IS NULL\
                """);
        rule(
                "every account has a first entry, by its opening transaction",
                """
                SELECT count(*) FROM account a
                FULL JOIN (SELECT * FROM entry WHERE version = 1) e ON e.account_id = a.id
                WHERE e.transaction_id IS DISTINCT FROM a.opening_transaction_id\
                """);
        rule(
                "each block names the hash of the one before",
                """
                SELECT count(*) FROM (
                    SELECT previous_hash, lag(hash, 1, decode(repeat('00', 32), 'hex'))
                               OVER (PARTITION BY lane ORDER BY height) AS before
                    FROM block) b
                WHERE previous_hash <> before\
                """);
        rule(
                "blocks are gapless and hold every transaction",
                """
                SELECT (SELECT count(*) FROM (
                            SELECT FROM block GROUP BY lane
                            HAVING min(height) <> 1 OR max(height) <> count(*)) g)
                     + (SELECT count(*) FROM (
                            SELECT b.transactions, count(t.id) AS found
                            FROM block b
                            LEFT JOIN transaction t ON t.lane = b.lane AND t.height = b.height
                            GROUP BY b.lane, b.height, b.transactions
                            HAVING count(t.id) <> b.transactions) c)
                     + (SELECT count(*) FROM transaction t WHERE NOT EXISTS (
                            SELECT FROM block b WHERE b.lane = t.lane AND b.height = t.height))\
                """);
    }

    private BooksInvariants() {}

    /** Fails naming every rule that is violated. */
    public static void check(EngineFixture books) {
        var all = new SoftAssertions();
        VIOLATIONS.forEach((rule, sql) -> all.assertThat(books.number(sql)).as(rule).isZero());
        all.assertAll();
    }

    private static void rule(String rule, String violations) {
        VIOLATIONS.put(rule, violations);
    }
}
