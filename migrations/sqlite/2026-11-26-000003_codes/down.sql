DROP TABLE user_secret;
DROP TABLE code;
