ALTER TABLE session_lease DROP COLUMN instance;
DROP INDEX job_by_instance;
DROP INDEX job_by_due;
ALTER TABLE job DROP COLUMN instance;
ALTER TABLE job DROP COLUMN failures;
ALTER TABLE job DROP COLUMN is_first;
