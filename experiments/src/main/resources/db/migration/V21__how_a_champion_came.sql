-- What made a version champion: set, first, roll_back, promote; null for what the first release did.
ALTER TABLE champion_history ADD COLUMN act text;
