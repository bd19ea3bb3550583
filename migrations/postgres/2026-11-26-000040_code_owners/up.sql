-- Whose a code is, as a keyed hash, where somebody may have no more than so many.
ALTER TABLE code ADD COLUMN owner BYTEA;

CREATE INDEX code_by_owner ON code (owner, expires);
