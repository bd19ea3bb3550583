DROP TABLE file_role;
DROP TABLE file_user;
DROP TABLE file;
