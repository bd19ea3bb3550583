-- Lists of sessions are read in the order of an index; the interview stands in the tie, so that no list has to look
-- through sessions that it does not tell.
ALTER TABLE session_tie ADD COLUMN interview TEXT NOT NULL DEFAULT '';

UPDATE session_tie
SET interview = (SELECT session.interview FROM session WHERE session.id = session_tie.session_id);

DROP INDEX session_tie_by_user;

CREATE INDEX session_tie_by_user ON session_tie (user_id, id);
CREATE INDEX session_tie_by_user_and_interview ON session_tie (user_id, interview, id);
CREATE INDEX session_tie_by_interview ON session_tie (interview, id);
