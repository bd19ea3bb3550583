-- Of each session, the oldest job alone can be taken: `is_first` says which that is, so that the next one is found by an index.
-- `failures` counts the attempts that ended with an error, and not with their server. `instance` is the server that has a job.
ALTER TABLE job ADD COLUMN is_first BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE job ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN instance BIGINT;

UPDATE job SET is_first = FALSE WHERE id NOT IN (SELECT MIN(id) FROM job GROUP BY session_id);

CREATE INDEX job_by_due ON job (due, id) WHERE is_first;
CREATE INDEX job_by_instance ON job (instance) WHERE instance IS NOT NULL;

-- The server that has a lease: when that is gone, the lease is free before it runs out.
ALTER TABLE session_lease ADD COLUMN instance BIGINT;
