DROP TABLE package_file;
DROP TABLE package_content;
DROP TABLE package;
