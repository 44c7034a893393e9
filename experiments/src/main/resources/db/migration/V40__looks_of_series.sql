-- A look of policy region/2 is one of a series: looks at the same units for one question, each at times of its own. Those
-- of region/1 asked everything in one, at each closing of the primary KPI.
ALTER TABLE looks ADD COLUMN question text NOT NULL DEFAULT 'region'
    CHECK (question IN ('region', 'watch', 'promotion', 'holdback'));
-- The number of the wave, 1 for the first, where the look is at a wave; its segment is then 'wave 1'.
ALTER TABLE looks ADD COLUMN wave integer;
-- When the comparison began, event time; null of region/1.
ALTER TABLE looks ADD COLUMN started_at timestamptz;
-- Null where no cohort of the primary KPI closed.
ALTER TABLE looks ALTER COLUMN cohort DROP NOT NULL;
ALTER TABLE looks DROP CONSTRAINT looks_experiment_segment_epochs_cohort_key;
CREATE UNIQUE INDEX one_look_a_time ON looks (experiment, question, segment, first_epoch, started_at, at) NULLS NOT DISTINCT;
CREATE INDEX looks_by_region ON looks (experiment, segment, first_epoch, at);
