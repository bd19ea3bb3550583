//! What the server counts of itself: commits, and the time in engine, crypto and database.
//! It must never invent a figure: a server that does not count says nothing, and the table shows that.

use crate::http::Client;
use serde_json::Value;

const PATH: &str = "/health/counters";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counters {
    pub(super) commits: u64,
    pub(super) requests: u64,
    pub(super) engine_us: u64,
    pub(super) crypto_us: u64,
    pub(super) database_us: u64,
}

/// The counters now, or nothing when this server does not offer them.
pub(super) fn read(client: &mut Client) -> Result<Option<Counters>, String> {
    let answer = client.get(PATH)?;
    if answer.status != 200 {
        return Ok(None);
    }
    parse(&answer.json()?).map(Some)
}

fn parse(value: &Value) -> Result<Counters, String> {
    let number =
        |key: &str| value.get(key).and_then(Value::as_u64).ok_or_else(|| format!("{PATH} has no number `{key}`"));
    Ok(Counters {
        commits: number("commits")?,
        requests: number("requests")?,
        engine_us: number("engine_us")?,
        crypto_us: number("crypto_us")?,
        database_us: number("database_us")?,
    })
}

impl Counters {
    pub(super) fn since(self, before: Self) -> Self {
        Self {
            commits: self.commits.saturating_sub(before.commits),
            requests: self.requests.saturating_sub(before.requests),
            engine_us: self.engine_us.saturating_sub(before.engine_us),
            crypto_us: self.crypto_us.saturating_sub(before.crypto_us),
            database_us: self.database_us.saturating_sub(before.database_us),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn counters_are_read_and_a_missing_one_is_named() {
        let all =
            json!({"commits": 3, "requests": 9, "engine_us": 100, "crypto_us": 20, "database_us": 40, "writes": 4});
        let counters = parse(&all).unwrap();
        assert_eq!(counters.since(Counters { commits: 1, ..counters }).commits, 2);
        assert_eq!(parse(&json!({"commits": 1})).unwrap_err(), "/health/counters has no number `requests`");
    }
}
