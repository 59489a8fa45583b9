-- The payments service's own tables. Nothing here belongs to the books, and nothing refers to them.
-- Text keys are compared byte by byte.

CREATE TABLE payments.payment (
    id                 uuid        PRIMARY KEY,
    kind               text        NOT NULL,
    state              text        NOT NULL,
    user_id            text        COLLATE "C" NOT NULL,
    amount             bigint      NOT NULL,
    currency           text        NOT NULL,
    method             text        NOT NULL,
    destination        text,
    initiated_by       text        NOT NULL,
    authenticated_as   text        NOT NULL,
    provider_reference text,
    failure            text,
    event_id           uuid,
    attempts           integer     NOT NULL DEFAULT 0,
    next_action_at     timestamptz,
    alerted_at         timestamptz,
    created_at         timestamptz NOT NULL,
    changed_at         timestamptz NOT NULL,
    CONSTRAINT amounts_are_positive CHECK (amount > 0),
    CONSTRAINT states_belong_to_their_kind CHECK (
        state IN ('pending', 'succeeded', 'failed', 'settled')
        OR (kind = 'top-up' AND state IN ('refunding', 'refunded'))
        OR (kind = 'payout' AND state = 'returned')),
    CONSTRAINT kinds_are_known CHECK (kind IN ('top-up', 'payout')),
    CONSTRAINT payments_cause_one_transaction UNIQUE (event_id)
);

CREATE INDEX payment_due ON payments.payment (next_action_at) WHERE next_action_at IS NOT NULL;
CREATE INDEX payment_unfinished ON payments.payment (changed_at)
    WHERE state IN ('pending', 'succeeded', 'failed', 'refunding');
CREATE INDEX payment_user ON payments.payment (user_id, id);

CREATE TABLE payments.idempotency (
    caller      text COLLATE "C" NOT NULL,
    key         text COLLATE "C" NOT NULL,
    fingerprint text NOT NULL,
    payment_id  uuid NOT NULL,
    CONSTRAINT keys_have_one_payment PRIMARY KEY (caller, key)
);

-- Each call to a provider, written before it is made.
CREATE TABLE payments.provider_call (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id  uuid        NOT NULL REFERENCES payments.payment (id),
    key         text        COLLATE "C" NOT NULL,
    action      text        NOT NULL,
    started_at  timestamptz NOT NULL,
    answered_at timestamptz,
    answer      text
);

CREATE INDEX provider_call_key ON payments.provider_call (key) WHERE action = 'send';

-- What the wallet is told, written with the state that causes it.
CREATE TABLE payments.outbox (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id   uuid        NOT NULL REFERENCES payments.payment (id),
    event_id     uuid        NOT NULL,
    user_id      text        COLLATE "C" NOT NULL,
    message      text        NOT NULL,
    created_at   timestamptz NOT NULL,
    published_at timestamptz,
    CONSTRAINT events_are_told_once UNIQUE (event_id)
);

CREATE INDEX outbox_unpublished ON payments.outbox (id) WHERE published_at IS NULL;

-- Webhooks that had their effect: the guard against replays.
CREATE TABLE payments.webhook_event (
    event_id    text        COLLATE "C" PRIMARY KEY,
    key         text        COLLATE "C" NOT NULL,
    status      text        NOT NULL,
    received_at timestamptz NOT NULL
);

-- The ledger's transactions that concern payments, as the wallet's events tell them.
CREATE TABLE payments.wallet_transaction (
    id                  uuid        PRIMARY KEY,
    type                text        NOT NULL,
    status              text        NOT NULL,
    payment_id          uuid,
    user_id             text        COLLATE "C" NOT NULL,
    amount              bigint      NOT NULL,
    currency            text        NOT NULL,
    bank_transaction_id text        COLLATE "C",
    rejection           text,
    created_at          timestamptz NOT NULL
);

CREATE INDEX wallet_transaction_payment ON payments.wallet_transaction (payment_id);
CREATE INDEX wallet_transaction_time ON payments.wallet_transaction (created_at);

-- How far wallet.transactions has been read, written with the effect of what was read.
CREATE TABLE payments.wallet_position (
    topic_id    text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (topic_id, partition)
);

GRANT USAGE ON SCHEMA payments TO "${serviceRole}";
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA payments TO "${serviceRole}";
