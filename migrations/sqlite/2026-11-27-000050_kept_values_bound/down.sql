DROP TABLE kept_value;

CREATE TABLE kept_value (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    scope BLOB NOT NULL,
    name BLOB NOT NULL,
    session_id TEXT REFERENCES session (id) ON DELETE CASCADE,
    user_id BIGINT REFERENCES "user" (id) ON DELETE CASCADE,
    sealed BLOB NOT NULL,
    modified TIMESTAMP NOT NULL,
    UNIQUE (scope, name)
);

CREATE INDEX kept_value_by_session ON kept_value (session_id);
CREATE INDEX kept_value_by_user ON kept_value (user_id);
