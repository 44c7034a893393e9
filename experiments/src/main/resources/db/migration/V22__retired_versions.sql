-- A retired version is in no routing table, so no server loads it; it stays registered and can be brought back.
ALTER TABLE versions ADD COLUMN retired_wall timestamptz;
ALTER TABLE versions ADD COLUMN retired_by text;
-- When something last named it: a row, a champion, a holdback, an override, a plan. Kept to the day.
ALTER TABLE versions ADD COLUMN used_wall timestamptz;
-- What an ended experiment leaves is found by what it is asked for: nothing reads all of it.
CREATE INDEX experiments_planned ON experiments (slot) WHERE state IN ('draft', 'running');
CREATE INDEX regions_holding_back ON regions (slot, segment) WHERE state = 'promoted' AND holds_segment;
CREATE INDEX regions_registered ON regions (slot) WHERE state IN ('waiting', 'running', 'paused');
