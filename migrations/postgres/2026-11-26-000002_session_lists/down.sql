DROP INDEX session_tie_by_interview;
DROP INDEX session_tie_by_user_and_interview;
DROP INDEX session_tie_by_user;
CREATE INDEX session_tie_by_user ON session_tie (user_id);
ALTER TABLE session_tie DROP COLUMN interview;
