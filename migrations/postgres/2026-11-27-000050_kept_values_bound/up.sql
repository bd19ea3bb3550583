-- What interviews keep beside their sessions, anew: each value is sealed for its place, so that it opens nowhere else, and its name is
-- sealed apart, so that names are read without values. What was kept before was sealed for no place: what was swapped cannot be told
-- from what was not, and all of it goes. `owner` is a keyed hash of whoever keeps it; `size` is what counts against the
-- quotas of scopes and owners. What belongs to a session or to a user goes with it, other things when they expire.
DROP TABLE kept_value;

CREATE TABLE kept_value (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scope BYTEA NOT NULL,
    name BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    session_id TEXT REFERENCES session (id) ON DELETE CASCADE,
    user_id BIGINT REFERENCES "user" (id) ON DELETE CASCADE,
    sealed_name BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    size BIGINT NOT NULL,
    modified TIMESTAMP NOT NULL,
    expires TIMESTAMP,
    UNIQUE (scope, name)
);

CREATE INDEX kept_value_by_session ON kept_value (session_id);
CREATE INDEX kept_value_by_user ON kept_value (user_id);
CREATE INDEX kept_value_in_scope ON kept_value (scope, id, size);
CREATE INDEX kept_value_by_owner ON kept_value (owner, size);
CREATE INDEX kept_value_by_expiry ON kept_value (expires);
