-- What requests with an Idempotency-Key were answered with, so that a request that comes twice is carried out once. The hash
-- is keyed, the answer sealed under the session's key.
CREATE TABLE session_answer (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    hash BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    created TIMESTAMP NOT NULL,
    UNIQUE (session_id, hash)
);
