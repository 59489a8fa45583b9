-- How far each lane's blocks have been published as events; a lane's highest row is its position.
-- Insert-only like the books: whoever has published a block may say so, also twice, and nobody can
-- take it back. It has at most one row per block, usually one for many.
CREATE TABLE published_block (
    lane         integer     NOT NULL,
    height       bigint      NOT NULL,
    published_at timestamptz NOT NULL,
    CONSTRAINT blocks_are_published_once PRIMARY KEY (lane, height)
);

GRANT SELECT, INSERT ON published_block TO ${serverRole};
