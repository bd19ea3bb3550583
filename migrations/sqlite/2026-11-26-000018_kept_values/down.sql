DROP TABLE kept_value;
