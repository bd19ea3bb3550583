-- What is kept behind a code that was given out: links, stashed data. The hash is keyed, the rest is sealed under the
-- code; neither says anything to whoever has the table alone.
CREATE TABLE code (
    hash BLOB NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL,
    expires TIMESTAMP NOT NULL
) WITHOUT ROWID;

CREATE INDEX code_by_age ON code (expires);

-- The secret of a user, locked under the password. The one under a password that an administrator replaced is kept for
-- whoever brings the old password.
CREATE TABLE user_secret (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    locked BLOB NOT NULL,
    is_present BOOLEAN NOT NULL,
    created TIMESTAMP NOT NULL
);

CREATE INDEX user_secret_by_user ON user_secret (user_id);
