-- A record may go to an explicit partition instead of under a key: marks on behalf of a retired writer do.
ALTER TABLE outbox ALTER COLUMN key DROP NOT NULL;
ALTER TABLE outbox ADD COLUMN partition integer;

-- The last retirement of each writer: how it was known when its closing marks were added to the outbox.
CREATE TABLE retired_writers (
    writer       text        PRIMARY KEY,
    boot         bigint      NOT NULL,
    retired_wall timestamptz NOT NULL
);
