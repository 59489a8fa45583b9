-- What a user was charged for and must not be charged for again, where WALLET_UNIQUE says so: an order, or a bank
-- transaction that money left by. The reference is a digest of kind, user and id. Insert-only, and empty otherwise.
CREATE TABLE used_reference (
    reference      uuid NOT NULL,
    transaction_id uuid NOT NULL,
    CONSTRAINT references_are_used_once PRIMARY KEY (reference)
);

GRANT SELECT, INSERT ON used_reference TO ${serverRole};
