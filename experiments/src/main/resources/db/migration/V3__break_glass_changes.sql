-- The time of the last break-glass change that was audited of each router; null before the first.
ALTER TABLE fleet_seen ADD COLUMN break_glass_to timestamptz;
