ALTER TABLE api_key DROP COLUMN permissions;
ALTER TABLE api_key DROP COLUMN allowed;
ALTER TABLE api_key DROP COLUMN method;
