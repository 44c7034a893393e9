-- Whether a segment has the slot's default champion again from this entry on. It is kept in the history, not beside the
-- pointer: a release that does not know it writes an entry without it whenever it moves the pointer.
ALTER TABLE champion_history ADD COLUMN follows_default boolean NOT NULL DEFAULT false;
