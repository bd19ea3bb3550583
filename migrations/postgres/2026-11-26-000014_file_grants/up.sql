-- What shows that the server itself named somebody as a reader of a file. Whoever was named before has to be named again.
ALTER TABLE file_user ADD COLUMN tag BYTEA;
ALTER TABLE file_role ADD COLUMN tag BYTEA;
