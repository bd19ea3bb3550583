-- Whoever logs in with a second factor has a row: the seed of the authenticator, sealed under the server's key, and the last
-- step whose code was used. Recovery codes are kept as keyed hashes and go when they are used.
CREATE TABLE two_factor (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
    sealed BLOB NOT NULL,
    last_step BIGINT NOT NULL,
    created TIMESTAMP NOT NULL
);

CREATE TABLE recovery_code (
    user_id BIGINT NOT NULL REFERENCES two_factor (user_id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    PRIMARY KEY (user_id, hash)
);

-- How often something that can be guessed was tried, under the keyed hash of what it is and whose.
CREATE TABLE attempt (
    hash BLOB NOT NULL PRIMARY KEY,
    count BIGINT NOT NULL,
    expires TIMESTAMP NOT NULL
);

CREATE INDEX attempt_by_age ON attempt (expires);
