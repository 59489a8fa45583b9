-- The server's role may insert here, and whoever has its password could say that the books were checked. So a note
-- of a check carries a seal over all it says, made with the digest key, which is not in the database. Notes from
-- before have none: heads without a seal are not relied on, so that the next check examines the whole journal.
ALTER TABLE verified_head ADD COLUMN seal uuid;
ALTER TABLE verified_head ADD CONSTRAINT verified_heads_are_sealed CHECK (seal IS NOT NULL) NOT VALID;
ALTER TABLE full_check ADD COLUMN seal uuid;
ALTER TABLE full_check ADD CONSTRAINT full_checks_are_sealed CHECK (seal IS NOT NULL) NOT VALID;
