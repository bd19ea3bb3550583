DROP TABLE letter;
ALTER TABLE user_secret DROP COLUMN recovery;
