-- Work in the background that waits or is under way. What it is about is sealed under the server's key, and the key of its
-- session is wrapped under it, for as long as the work is not over. `due` says when it may be taken: while a server has it, when
-- its lease runs out; `token` grows with every taking, so that whoever lost the lease ends nothing.
CREATE TABLE job (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    task TEXT NOT NULL,
    sealed BLOB NOT NULL,
    wrapped_key BLOB NOT NULL,
    due TIMESTAMP NOT NULL,
    token BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX job_by_session ON job (session_id, id);

-- What work ended with, sealed under the key of its session.
CREATE TABLE job_result (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    task TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (session_id, task)
) WITHOUT ROWID;
