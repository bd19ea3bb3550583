-- A user's secret once more, under the operator's recovery key where there is one.
ALTER TABLE user_secret ADD COLUMN recovery BLOB;

-- Letters that wait to be sent, each sealed under the server's key, with how often that was tried and when it is next.
CREATE TABLE letter (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    sealed BLOB NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    due TIMESTAMP NOT NULL
);

CREATE INDEX letter_by_due ON letter (due);
