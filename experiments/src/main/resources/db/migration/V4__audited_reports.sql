-- The time of the last report that was audited of each process: older ones, read again, say nothing new.
ALTER TABLE fleet_seen ADD COLUMN reported_wall timestamptz;
