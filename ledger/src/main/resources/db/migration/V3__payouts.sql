-- How a payout ended: by the settlement or the reversal that is there first, never by both. Insert-only, like
-- every table of the books; the key is what decides.
CREATE TABLE payout_end (
    payout_id      uuid NOT NULL,
    transaction_id uuid NOT NULL,
    CONSTRAINT payouts_end_once PRIMARY KEY (payout_id)
);

GRANT SELECT, INSERT ON payout_end TO ${serverRole};
