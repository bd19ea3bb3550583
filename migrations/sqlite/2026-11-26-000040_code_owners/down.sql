DROP INDEX code_by_owner;
ALTER TABLE code DROP COLUMN owner;
