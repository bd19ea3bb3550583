-- What an API key is restricted to: how it is checked where a call comes from, the places as a JSON list, and for a key of
-- an administrator what alone it may do, as another one. Empty lists restrict nothing.
ALTER TABLE api_key ADD COLUMN method TEXT NOT NULL DEFAULT 'none';
ALTER TABLE api_key ADD COLUMN allowed TEXT NOT NULL DEFAULT '[]';
ALTER TABLE api_key ADD COLUMN permissions TEXT NOT NULL DEFAULT '[]';
