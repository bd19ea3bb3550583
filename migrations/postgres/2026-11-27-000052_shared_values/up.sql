-- Values that all sessions share, as in a Redis, where the configuration names none. Scope and name are keyed hashes, the rest is
-- sealed under the server's key; `stamp` is another one for every content, so that whoever changes a value knows what they saw.
CREATE TABLE kv_value (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scope BYTEA NOT NULL,
    name BYTEA NOT NULL,
    stamp BYTEA NOT NULL,
    sealed_name BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    size BIGINT NOT NULL,
    expires TIMESTAMP,
    UNIQUE (scope, name)
);

CREATE INDEX kv_value_in_scope ON kv_value (scope, id, size);
CREATE INDEX kv_value_by_expiry ON kv_value (expires);
