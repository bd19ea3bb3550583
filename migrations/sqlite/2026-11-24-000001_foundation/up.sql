CREATE TABLE server_value (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE "user" (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    password TEXT,
    active BOOLEAN NOT NULL DEFAULT 1,
    first_name TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '',
    subdivision_first TEXT NOT NULL DEFAULT '',
    subdivision_second TEXT NOT NULL DEFAULT '',
    subdivision_third TEXT NOT NULL DEFAULT '',
    organization TEXT NOT NULL DEFAULT '',
    timezone TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    created TIMESTAMP NOT NULL
);

CREATE TABLE role (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
);

INSERT INTO role (name) VALUES ('admin'), ('advocate'), ('cron'), ('developer'), ('trainer'), ('user');

CREATE TABLE user_role (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    role_id BIGINT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, role_id)
);

CREATE TABLE api_key (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    last_four TEXT NOT NULL,
    created TIMESTAMP NOT NULL,
    last_used TIMESTAMP,
    UNIQUE (user_id, name)
);

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    interview TEXT NOT NULL,
    encrypted BOOLEAN NOT NULL,
    created TIMESTAMP NOT NULL,
    modified TIMESTAMP NOT NULL
);

CREATE INDEX session_by_age ON session (modified);

CREATE TABLE session_wrap (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    holder TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (session_id, holder)
);

CREATE TABLE session_tie (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    user_id BIGINT REFERENCES "user" (id) ON DELETE CASCADE,
    visitor TEXT
);

CREATE INDEX session_tie_by_session ON session_tie (session_id);
CREATE INDEX session_tie_by_user ON session_tie (user_id);

CREATE TABLE step (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    sealed BLOB NOT NULL,
    modified TIMESTAMP NOT NULL,
    PRIMARY KEY (session_id, number)
) WITHOUT ROWID;
