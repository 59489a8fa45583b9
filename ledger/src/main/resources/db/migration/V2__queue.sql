-- How far each partition of a queue is processed: one row per stretch, written in the transaction of the
-- batch that did it. Insert-only: two consumers of one partition insert the same from_offset, and one of
-- them fails with all it did. (An UPDATE here would make batches of different partitions abort each other.)
CREATE TABLE queue_position (
    topic_id    uuid    NOT NULL,
    partition   integer NOT NULL,
    from_offset bigint  NOT NULL,
    to_offset   bigint  NOT NULL,
    CONSTRAINT queue_positions_are_unique PRIMARY KEY (topic_id, partition, from_offset),
    CONSTRAINT queue_positions_advance CHECK (to_offset > from_offset)
);

-- The topics that were ever consumed: one that is made again under its old name has another id.
CREATE TABLE queue_topic (
    topic_id uuid NOT NULL,
    name     text COLLATE "C" NOT NULL,
    CONSTRAINT queue_topics_are_unique PRIMARY KEY (topic_id)
);

GRANT SELECT, INSERT ON queue_position, queue_topic TO ${serverRole};
