DROP INDEX session_by_use;
ALTER TABLE session DROP COLUMN used;
CREATE INDEX session_by_age ON session (modified);
