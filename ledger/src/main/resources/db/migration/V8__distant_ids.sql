-- A search for the transactions of some time walks along their ids, which have the time of the command. A command
-- that waited in the queue for days, or brought its id, is posted at quite another time: those are listed here, so
-- that the search need not look for them everywhere. Insert-only, written with the batch; empty as a rule.
CREATE TABLE distant_id (
    id        uuid        NOT NULL,
    posted_at timestamptz NOT NULL,
    CONSTRAINT distant_ids_are_unique PRIMARY KEY (id)
);
CREATE INDEX distant_id_by_time ON distant_id (posted_at);

-- The first 48 bits of an id are milliseconds since 1970.
INSERT INTO distant_id (id, posted_at)
SELECT id, created_at
FROM (SELECT id, created_at,
             to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) AS made_at
      FROM transaction) made
WHERE made_at < created_at - interval '12 hours' OR made_at > created_at + interval '30 minutes';

GRANT SELECT, INSERT ON distant_id TO ${serverRole};
