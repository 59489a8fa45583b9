-- The sandbox bank's memory. The service itself never reads it: it asks the bank.

CREATE TABLE payments.sandbox_movement (
    key        text        COLLATE "C" PRIMARY KEY,
    kind       text        NOT NULL,
    script     text        NOT NULL,
    amount     bigint      NOT NULL,
    currency   text        NOT NULL,
    user_id    text        COLLATE "C" NOT NULL,
    reference  text        COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL
);

-- Calls that were to get lost, and are: the next one with the key arrives.
CREATE TABLE payments.sandbox_lost_call (
    key text COLLATE "C" PRIMARY KEY
);

CREATE TABLE payments.sandbox_webhook (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id     text        COLLATE "C" NOT NULL,
    key          text        COLLATE "C" NOT NULL REFERENCES payments.sandbox_movement (key),
    status       text        NOT NULL,
    due_at       timestamptz NOT NULL,
    attempts     integer     NOT NULL DEFAULT 0,
    delivered_at timestamptz
);

CREATE INDEX sandbox_webhook_due ON payments.sandbox_webhook (due_at) WHERE delivered_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON
    payments.sandbox_movement, payments.sandbox_lost_call, payments.sandbox_webhook
    TO "${serviceRole}";
