-- A project of somebody's Playground has a user; a package that was installed has none.
CREATE TABLE package (
    name TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT REFERENCES "user" (id) ON DELETE CASCADE,
    project TEXT,
    kind TEXT NOT NULL,
    version TEXT NOT NULL DEFAULT '',
    origin TEXT,
    branch TEXT,
    file_number BIGINT REFERENCES file (number) ON DELETE SET NULL,
    installed_by BIGINT REFERENCES "user" (id) ON DELETE SET NULL,
    modified TIMESTAMP NOT NULL
);

CREATE INDEX package_by_user ON package (user_id);

-- Contents are shared by all files that are the same, and outlive them by a while, for whoever still runs them.
CREATE TABLE package_content (
    hash BLOB NOT NULL PRIMARY KEY,
    needed TIMESTAMP NOT NULL,
    sealed BLOB NOT NULL
);

CREATE INDEX package_content_by_need ON package_content (needed);

CREATE TABLE package_file (
    package TEXT NOT NULL REFERENCES package (name) ON DELETE CASCADE,
    path TEXT NOT NULL,
    content BLOB NOT NULL REFERENCES package_content (hash),
    size BIGINT NOT NULL,
    PRIMARY KEY (package, path)
);

CREATE INDEX package_file_by_content ON package_file (content);
