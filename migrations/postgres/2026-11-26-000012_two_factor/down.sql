DROP TABLE attempt;
DROP TABLE recovery_code;
DROP TABLE two_factor;
