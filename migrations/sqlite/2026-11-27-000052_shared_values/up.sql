-- Values that all sessions share, as in a Redis, where the configuration names none. Scope and name are keyed hashes, the rest is
-- sealed under the server's key; `stamp` is another one for every content, so that whoever changes a value knows what they saw.
CREATE TABLE kv_value (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    scope BLOB NOT NULL,
    name BLOB NOT NULL,
    stamp BLOB NOT NULL,
    sealed_name BLOB NOT NULL,
    sealed BLOB NOT NULL,
    size BIGINT NOT NULL,
    expires TIMESTAMP,
    UNIQUE (scope, name)
);

CREATE INDEX kv_value_in_scope ON kv_value (scope, id, size);
CREATE INDEX kv_value_by_expiry ON kv_value (expires);
