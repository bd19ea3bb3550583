-- A file without a content is one whose number was given out and whose step is not saved yet.
CREATE TABLE file (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL,
    interview TEXT NOT NULL,
    name TEXT NOT NULL,
    private BOOLEAN NOT NULL DEFAULT 1,
    persistent BOOLEAN NOT NULL DEFAULT 0,
    size BIGINT NOT NULL DEFAULT 0,
    content TEXT UNIQUE,
    wrapped_key BLOB,
    created TIMESTAMP NOT NULL,
    modified TIMESTAMP NOT NULL
);

CREATE INDEX file_by_session ON file (session);

CREATE TABLE file_user (
    file_number BIGINT NOT NULL REFERENCES file (number) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    PRIMARY KEY (file_number, user_id)
);

CREATE INDEX file_user_by_user ON file_user (user_id);

CREATE TABLE file_role (
    file_number BIGINT NOT NULL REFERENCES file (number) ON DELETE CASCADE,
    role_id BIGINT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    PRIMARY KEY (file_number, role_id)
);
