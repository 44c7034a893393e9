-- The last epoch of which the control plane holds nothing in memory any more; null while it holds all.
ALTER TABLE experiments ADD COLUMN settled_epoch integer;
-- The units that each arm of a settled experiment got, whatever their KPIs.
CREATE TABLE settled_arms (
    experiment text    NOT NULL REFERENCES experiments ON DELETE CASCADE,
    epoch      integer NOT NULL,
    segment    text    NOT NULL,
    variant    text    NOT NULL,
    units      bigint  NOT NULL,
    PRIMARY KEY (experiment, epoch, segment, variant)
);
