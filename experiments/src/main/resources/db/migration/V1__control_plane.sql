-- Times named *_at are event times: of the replay clock where there is one, null while it has not been set.
-- Times named *_wall are the machine's.

CREATE TABLE install (
    only_one    boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    install_key text        NOT NULL,
    partitions  integer     NOT NULL CHECK (partitions > 0),
    made_wall   timestamptz NOT NULL
);

CREATE TABLE replay_clock (
    only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    time     timestamptz NOT NULL
);

-- Append-only tables share this trigger.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;
END $$;

CREATE TABLE audit (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz,
    wall_at  timestamptz NOT NULL,
    actor    text        NOT NULL,
    verified boolean     NOT NULL,
    action   text        NOT NULL,
    subject  text        NOT NULL,
    why      text,
    detail   jsonb       NOT NULL
);
CREATE INDEX audit_by_subject ON audit (subject text_pattern_ops, id);
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Written in the transaction that changes the truth, published afterwards in the order of its ids.
CREATE TABLE outbox (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text   NOT NULL,
    key   text   NOT NULL,
    value text   NOT NULL
);

CREATE TABLE routing (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    version  bigint  NOT NULL,
    content  text    NOT NULL
);

CREATE TABLE slots (
    name     text PRIMARY KEY,
    document text NOT NULL
);

CREATE TABLE versions (
    slot            text        NOT NULL REFERENCES slots,
    version         text        NOT NULL,
    sha256          text        NOT NULL,
    manifest_sha256 text        NOT NULL,
    manifest        text        NOT NULL,
    inputs          text[]      NOT NULL,
    registered_wall timestamptz NOT NULL,
    registered_by   text        NOT NULL,
    PRIMARY KEY (slot, version)
);

-- The pointer per segment; the segment '*' is the slot's default. Changed only where the counter is the one that was read.
CREATE TABLE champions (
    slot    text   NOT NULL,
    segment text   NOT NULL,
    version text   NOT NULL,
    counter bigint NOT NULL,
    PRIMARY KEY (slot, segment),
    FOREIGN KEY (slot, version) REFERENCES versions (slot, version)
);

CREATE TABLE champion_history (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot       text        NOT NULL,
    segment    text        NOT NULL,
    counter    bigint      NOT NULL,
    version    text        NOT NULL,
    since_at   timestamptz,
    since_wall timestamptz NOT NULL,
    actor      text        NOT NULL,
    why        text,
    UNIQUE (slot, segment, counter)
);
CREATE TRIGGER champion_history_append_only BEFORE UPDATE OR DELETE ON champion_history
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE overrides (
    slot    text NOT NULL,
    unit    text NOT NULL,
    version text NOT NULL,
    PRIMARY KEY (slot, unit),
    FOREIGN KEY (slot, version) REFERENCES versions (slot, version)
);

CREATE TABLE experiments (
    name         text        PRIMARY KEY,
    slot         text        NOT NULL REFERENCES slots,
    document     text        NOT NULL,
    last_epoch   integer     NOT NULL DEFAULT 0,
    created_wall timestamptz NOT NULL,
    started_at   timestamptz
);

-- What the aggregator joins by; never changed once published.
CREATE TABLE epochs (
    experiment text    NOT NULL REFERENCES experiments,
    epoch      integer NOT NULL,
    definition text    NOT NULL,
    PRIMARY KEY (experiment, epoch)
);

CREATE TABLE regions (
    experiment text    NOT NULL REFERENCES experiments,
    segment    text    NOT NULL,
    slot       text    NOT NULL,
    wave       integer NOT NULL,
    state      text    NOT NULL
        CHECK (state IN ('waiting', 'running', 'promoted', 'rolled_back', 'inconclusive', 'stopped')),
    body       text    NOT NULL,
    PRIMARY KEY (experiment, segment)
);
-- A segment of a slot is in one experiment at a time.
CREATE UNIQUE INDEX one_running_row ON regions (slot, segment) WHERE state = 'running';

-- What was last audited of each process, so that a restart does not audit it again.
CREATE TABLE fleet_seen (
    id          text   PRIMARY KEY,
    boot        bigint NOT NULL,
    break_glass text   NOT NULL
);

-- A look at a region, made once and never changed. The record is the canonical JSON that its digests are over.
CREATE TABLE looks (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    experiment  text        NOT NULL REFERENCES experiments,
    segment     text        NOT NULL,
    first_epoch integer     NOT NULL,
    epochs      text        NOT NULL,
    cohort      timestamptz NOT NULL,
    at          timestamptz NOT NULL,
    made_at     timestamptz NOT NULL,
    made_wall   timestamptz NOT NULL,
    verdict     text        NOT NULL,
    record      text        NOT NULL,
    UNIQUE (experiment, segment, epochs, cohort)
);
CREATE INDEX looks_made_at ON looks (made_at);
CREATE TRIGGER looks_append_only BEFORE UPDATE OR DELETE ON looks
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
