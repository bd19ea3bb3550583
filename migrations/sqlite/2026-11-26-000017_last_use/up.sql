-- When a session was last written to. `modified` is the time of its newest step, under which that is sealed: a step back makes it
-- older, and the session no less used.
ALTER TABLE session ADD COLUMN used TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00';

UPDATE session SET used = modified;

DROP INDEX session_by_age;

CREATE INDEX session_by_use ON session (used, id);
