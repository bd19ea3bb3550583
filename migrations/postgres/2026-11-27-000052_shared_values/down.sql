DROP TABLE kv_value;
