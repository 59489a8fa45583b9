-- What the provider knows a payment by, made of what outlives this database; null where it is the payment's id.
ALTER TABLE payments.payment ADD COLUMN provider_key uuid;
ALTER TABLE payments.payment ADD CONSTRAINT providers_know_a_payment_once UNIQUE (provider_key);

-- How often the broker has taken it: what the wallet does not answer is told again.
ALTER TABLE payments.outbox ADD COLUMN told integer NOT NULL DEFAULT 0;

CREATE INDEX outbox_payment ON payments.outbox (payment_id);

-- The bank's statement, newest first.
CREATE INDEX sandbox_movement_time ON payments.sandbox_movement (created_at);
