package digitalwallet.ledger.database;

/** The tables a batch writes, with their columns in the order in which rows are encoded. */
public enum Table {
    ACCOUNT("account", "id, owner, kind, currency, stripe, opening_transaction_id"),
    TRANSACTION(
            "transaction",
            """
            id, type, rejection_code, rejection_facts, user_id, to_user_id, amount, currency, \
            initiated_by, authenticated_as, role, order_id, related_transaction_id, bank_reference, \
            details_digest, account_ids, versions, lane, height, position, created_at, key_digests\
            """),
    DETAIL("transaction_detail", "transaction_id, salt, content"),
    ENTRY(
            "entry",
            """
            account_id, version, transaction_id, amount, balance_after, floor, status, created_at\
            """),
    REFUND(
            "refund",
            "purchase_id, number, transaction_id, amount, refunded_after, purchase_amount"),
    BANK_REFERENCE("bank_reference", "reference, transaction_id"),
    USED_REFERENCE("used_reference", "reference, transaction_id"),
    PAYOUT_END("payout_end", "payout_id, transaction_id"),
    DISTANT_ID("distant_id", "id, posted_at"),
    QUEUE_POSITION(
            "queue_position", "topic_id, partition, from_offset, to_offset, lane, height, seal"),
    KEY("idempotency", "key, fingerprint, transaction_id, created_at"),
    /** All of a block but its hash, which comes last. */
    BLOCK(
            "block",
            """
            lane, height, format, previous_hash, transactions, entries, accounts, refunds, \
            total_types, total_currencies, total_counts, total_amounts, created_at, hash\
            """);

    private final String sqlName;
    private final String columns;
    private final int width;
    private final String insert;

    Table(String sqlName, String columns) {
        this.sqlName = sqlName;
        this.columns = columns;
        width = columns.split(",", -1).length;
        insert =
                "INSERT INTO %s (%s) VALUES (%s)"
                        .formatted(sqlName, columns, "?, ".repeat(width - 1) + "?");
    }

    /** How many columns a row has. */
    public int width() {
        return width;
    }

    /** The columns as they stand in SQL behind this alias of the table. */
    public String columnsOf(String alias) {
        return alias + "." + columns.replace(", ", ", " + alias + ".");
    }

    /** The statement that takes rows in PostgreSQL's binary form. */
    public String copyStatement() {
        return "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(sqlName, columns);
    }

    /** The statement that takes one row as parameters. */
    public String insertStatement() {
        return insert;
    }
}
