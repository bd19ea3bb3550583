-- A user's secret once more, under the operator's recovery key where there is one.
ALTER TABLE user_secret ADD COLUMN recovery BYTEA;

-- Letters that wait to be sent, each sealed under the server's key, with how often that was tried and when it is next.
CREATE TABLE letter (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sealed BYTEA NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    due TIMESTAMP NOT NULL
);

CREATE INDEX letter_by_due ON letter (due);
