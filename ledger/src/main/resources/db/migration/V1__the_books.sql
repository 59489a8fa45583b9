-- The books. Every table is insert-only: the server's role may INSERT and SELECT, and DELETE only
-- expired idempotency keys. No database defaults: every value comes from the posting engine, because
-- the hash chain covers it. No foreign keys: their checks are reads, and reads inside a SERIALIZABLE
-- writer make lanes abort each other; the full check proves what they would.

-- An account's id is derived from its name (owner, kind, currency, stripe). Its state is its latest entry.
CREATE TABLE account (
    id                     uuid     NOT NULL,
    owner                  text     COLLATE "C" NOT NULL,
    kind                   smallint NOT NULL,
    currency               text     COLLATE "C",
    stripe                 integer  NOT NULL,
    opening_transaction_id uuid     NOT NULL,
    CONSTRAINT account_ids_are_unique PRIMARY KEY (id),
    CONSTRAINT only_anchors_have_no_currency CHECK ((currency IS NULL) = (kind = 1)),
    CONSTRAINT only_system_accounts_have_no_owner CHECK ((owner = '') = (kind NOT IN (1, 2)))
);
CREATE INDEX account_by_owner ON account (owner);

-- One command's outcome. key_digests has 16 bytes of SHA-256(key, fingerprint) for each idempotency key that
-- the outcome answers. account_ids and versions name its entries, so entry needs no second index.
CREATE TABLE transaction (
    id                     uuid        NOT NULL,
    type                   smallint    NOT NULL,
    rejection_code         text        COLLATE "C",
    rejection_facts        text[]      COLLATE "C",
    user_id                text        COLLATE "C" NOT NULL,
    to_user_id             text        COLLATE "C",
    amount                 bigint,
    currency               text        COLLATE "C",
    initiated_by           text        COLLATE "C" NOT NULL,
    authenticated_as       text        COLLATE "C" NOT NULL,
    role                   text        COLLATE "C" NOT NULL,
    order_id               text        COLLATE "C",
    related_transaction_id uuid,
    bank_reference         uuid,
    details_digest         bytea,
    account_ids            uuid[]      NOT NULL,
    versions               bigint[]    NOT NULL,
    lane                   integer     NOT NULL,
    height                 bigint      NOT NULL,
    position               integer     NOT NULL,
    created_at             timestamptz NOT NULL,
    key_digests            bytea,
    CONSTRAINT transaction_ids_are_unique PRIMARY KEY (id),
    CONSTRAINT amounts_have_a_currency CHECK (amount IS NULL OR currency IS NOT NULL),
    CONSTRAINT amounts_are_not_negative CHECK (amount >= 0),
    CONSTRAINT rejected_transactions_have_no_entries
        CHECK (rejection_code IS NULL OR cardinality(account_ids) = 0),
    CONSTRAINT entries_are_named_in_pairs CHECK (cardinality(account_ids) = cardinality(versions))
) PARTITION BY HASH (id);
CREATE INDEX transaction_by_block ON transaction (lane, height, position);
CREATE INDEX transaction_by_order ON transaction (order_id, id) WHERE order_id IS NOT NULL;
CREATE INDEX transaction_by_bank_reference ON transaction (bank_reference) WHERE bank_reference IS NOT NULL;

-- What is sensitive about a transaction; the journal keeps SHA-256(salt, content) as details_digest.
CREATE TABLE transaction_detail (
    transaction_id uuid  NOT NULL,
    salt           uuid  NOT NULL,
    content        bytea NOT NULL,
    CONSTRAINT transactions_have_one_detail PRIMARY KEY (transaction_id)
);

-- One account's side of a transaction and the account's whole state after it.
-- The key is the optimistic lock: whoever decided on a stale version cannot insert the next one.
CREATE TABLE entry (
    account_id     uuid        NOT NULL,
    version        bigint      NOT NULL,
    transaction_id uuid        NOT NULL,
    amount         bigint      NOT NULL,
    balance_after  bigint      NOT NULL,
    floor          bigint,
    status         smallint    NOT NULL,
    created_at     timestamptz NOT NULL,
    CONSTRAINT entry_versions_are_unique PRIMARY KEY (account_id, version),
    CONSTRAINT entry_versions_start_at_one CHECK (version >= 1),
    CONSTRAINT debits_respect_the_floor CHECK (amount >= 0 OR floor IS NULL OR balance_after >= floor)
) PARTITION BY HASH (account_id);

-- One refund's share of one purchase: the cap is the database's.
CREATE TABLE refund (
    purchase_id     uuid    NOT NULL,
    number          integer NOT NULL,
    transaction_id  uuid    NOT NULL,
    amount          bigint  NOT NULL,
    refunded_after  bigint  NOT NULL,
    purchase_amount bigint  NOT NULL,
    CONSTRAINT refund_numbers_are_unique PRIMARY KEY (purchase_id, number),
    CONSTRAINT refund_numbers_start_at_one CHECK (number >= 1),
    CONSTRAINT refunds_are_positive CHECK (amount > 0),
    CONSTRAINT refunds_do_not_exceed_the_purchase CHECK (refunded_after <= purchase_amount)
);

-- A bank transaction that has been credited: never twice, to anybody.
CREATE TABLE bank_reference (
    reference      uuid NOT NULL,
    transaction_id uuid NOT NULL,
    CONSTRAINT bank_transactions_are_credited_once PRIMARY KEY (reference)
);

-- A caller's key and the transaction that answers it; swept after its retention. Not partitioned: a
-- batch looks for a thousand keys at once, and every partition would look for all of them.
CREATE TABLE idempotency (
    key            uuid        NOT NULL,
    fingerprint    uuid        NOT NULL,
    transaction_id uuid        NOT NULL,
    created_at     timestamptz NOT NULL,
    CONSTRAINT keys_have_one_transaction PRIMARY KEY (key)
);

-- The journal: per lane a gapless, hash-chained, commit-ordered list of batches. Its key fences a
-- writer that lost its lane and settles a COMMIT whose reply was lost.
CREATE TABLE block (
    lane          integer     NOT NULL,
    height        bigint      NOT NULL,
    format        smallint    NOT NULL,
    previous_hash bytea       NOT NULL,
    hash          bytea       NOT NULL,
    transactions  integer     NOT NULL,
    entries       integer     NOT NULL,
    accounts      integer     NOT NULL,
    refunds       integer     NOT NULL,
    -- Parallel arrays: posted transactions and their amounts in minor units, per type and currency.
    total_types      smallint[] NOT NULL,
    total_currencies text[]     COLLATE "C" NOT NULL,
    total_counts     integer[]  NOT NULL,
    total_amounts    bigint[]   NOT NULL,
    created_at    timestamptz NOT NULL,
    CONSTRAINT one_block_per_height PRIMARY KEY (lane, height),
    CONSTRAINT block_heights_start_at_one CHECK (height >= 1)
);

-- How far the books are verified, with the running totals up to there; the latest run is the head.
-- Type 0 stands for what the wallets gained by their entries, apart from what transactions say.
CREATE TABLE verified_head (
    lane             integer     NOT NULL,
    height           bigint      NOT NULL,
    hash             bytea       NOT NULL,
    total_types      smallint[]  NOT NULL,
    total_currencies text[]      COLLATE "C" NOT NULL,
    total_counts     bigint[]    NOT NULL,
    total_amounts    numeric[]   NOT NULL,
    verified_at      timestamptz NOT NULL,
    CONSTRAINT one_verified_head_per_height PRIMARY KEY (lane, height)
);

-- Which digest key the bank references are made with: a server with another key must not start.
CREATE TABLE digest_key (
    id    smallint NOT NULL,
    check_value uuid NOT NULL,
    CONSTRAINT one_digest_key PRIMARY KEY (id),
    CONSTRAINT the_digest_key_is_number_one CHECK (id = 1)
);

-- Checks of the whole books, for the age of the last one.
CREATE TABLE full_check (
    checked_at timestamptz NOT NULL,
    consistent boolean     NOT NULL,
    entries    bigint      NOT NULL,
    CONSTRAINT one_full_check_per_time PRIMARY KEY (checked_at)
);

CREATE TABLE transaction_0 PARTITION OF transaction FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE transaction_1 PARTITION OF transaction FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE transaction_2 PARTITION OF transaction FOR VALUES WITH (MODULUS 4, REMAINDER 2);
CREATE TABLE transaction_3 PARTITION OF transaction FOR VALUES WITH (MODULUS 4, REMAINDER 3);

CREATE TABLE entry_0 PARTITION OF entry FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE entry_1 PARTITION OF entry FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE entry_2 PARTITION OF entry FOR VALUES WITH (MODULUS 4, REMAINDER 2);
CREATE TABLE entry_3 PARTITION OF entry FOR VALUES WITH (MODULUS 4, REMAINDER 3);


GRANT USAGE ON SCHEMA ${flyway:defaultSchema} TO ${serverRole};
GRANT SELECT, INSERT ON account, transaction, transaction_detail, entry, refund, bank_reference,
    idempotency, block, verified_head, digest_key, full_check TO ${serverRole};
GRANT DELETE ON idempotency TO ${serverRole};
GRANT SELECT ON flyway_schema_history TO ${serverRole};
