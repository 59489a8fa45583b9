-- How far queues are processed and blocks are published is no part of the journal, and the server's role may insert
-- it. So each row carries a seal that binds it to the block it was committed with, or that it names, made with the
-- digest key, which is not in the database. Only the newest rows count, so that the sweep may delete what is behind them.
ALTER TABLE queue_position ADD COLUMN lane integer, ADD COLUMN height bigint, ADD COLUMN seal uuid;
ALTER TABLE published_block ADD COLUMN seal uuid;

-- Nobody writes during a migration, and who was stopped for long before cannot go on: it does not seal. So of what is
-- not sealed the newest row of each partition and lane is enough, and it is the only one that has no seal.
DELETE FROM queue_position q
WHERE EXISTS (SELECT FROM queue_position n WHERE n.topic_id = q.topic_id AND n.partition = q.partition
                                             AND n.from_offset > q.from_offset);
DELETE FROM published_block p
WHERE EXISTS (SELECT FROM published_block n WHERE n.lane = p.lane AND n.height > p.height);

ALTER TABLE queue_position ADD CONSTRAINT queue_positions_are_sealed
    CHECK (lane IS NOT NULL AND height IS NOT NULL AND seal IS NOT NULL) NOT VALID;
ALTER TABLE published_block ADD CONSTRAINT published_blocks_are_sealed CHECK (seal IS NOT NULL) NOT VALID;

GRANT DELETE ON queue_position, published_block TO ${serverRole};
