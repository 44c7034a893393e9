ALTER TABLE regions DROP CONSTRAINT regions_state_check;
ALTER TABLE regions ADD CONSTRAINT regions_state_check
    CHECK (state IN ('waiting', 'running', 'paused', 'promoted', 'rolled_back', 'inconclusive', 'stopped'));

-- Whether no other experiment may begin in its segment: it runs, is paused, or holds the old champion back.
ALTER TABLE regions ADD COLUMN holds_segment boolean NOT NULL DEFAULT false;
UPDATE regions SET holds_segment = true WHERE state = 'running';
CREATE UNIQUE INDEX one_region_a_segment ON regions (slot, segment) WHERE holds_segment;
-- Each comparison that was begun, by the two models that it compares.
CREATE TABLE attempts (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot              text        NOT NULL,
    segment           text        NOT NULL,
    control_sha256    text        NOT NULL,
    challenger_sha256 text        NOT NULL,
    experiment        text        NOT NULL,
    epoch             integer     NOT NULL,
    started_at        timestamptz NOT NULL
);
CREATE INDEX attempts_by_pair ON attempts (slot, segment, control_sha256, challenger_sha256, started_at);

-- Each proof of harm by a look, by the version that was proven harmful.
CREATE TABLE proven_harm (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot       text        NOT NULL,
    version    text        NOT NULL,
    experiment text        NOT NULL,
    segment    text        NOT NULL,
    look       text        NOT NULL,
    at         timestamptz
);
CREATE INDEX proven_harm_by_version ON proven_harm (slot, version);

-- draft, running or ended, as its regions say: what the control loop asks for without reading what has ended.
ALTER TABLE experiments ADD COLUMN state text NOT NULL DEFAULT 'draft';
UPDATE experiments SET state = 'ended' WHERE started_at IS NOT NULL;
UPDATE experiments SET state = 'running' WHERE name IN
    (SELECT experiment FROM regions WHERE state IN ('running', 'waiting')) AND started_at IS NOT NULL;
CREATE INDEX experiments_open ON experiments (name) WHERE state = 'running';
