-- Which payouts a user has: who has one in transit cannot be closed, for it may come back.
CREATE INDEX transaction_by_payer ON transaction (user_id) WHERE type = 10 AND rejection_code IS NULL;
