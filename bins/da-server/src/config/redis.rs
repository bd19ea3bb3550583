//! `redis`: where values are that all sessions share, and counters of limits, as docassemble says it.
//!
//! A password in it is never shown.

use super::ConfigError;
use super::reader::Reader;

const WHAT: &str = "an address that begins with redis://, such as redis://localhost:6379/0 (without TLS)";

/// The address of the Redis, unless all that is in the database.
pub(super) fn read(reader: &Reader) -> Result<Option<String>, ConfigError> {
    let Some(address) = reader.text("redis")? else { return Ok(None) };
    let rest = address.strip_prefix("redis://").filter(|rest| !rest.is_empty() && !rest.starts_with('/'));
    if rest.is_none() {
        return Err(reader.must("redis", WHAT));
    }
    Ok(Some(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Option<String>, String> {
        read(&Reader::new(text, "config.yml").unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_redis_is_named_by_an_address_whose_password_is_not_shown() {
        assert_eq!(of("redis: redis://:pass@h:6379/2\n"), Ok(Some("redis://:pass@h:6379/2".to_owned())));
        assert_eq!(of("debug: True\n"), Ok(None));
        for address in ["rediss://:pass@h", "h:6379", "redis:///0"] {
            assert_eq!(
                of(&format!("redis: \"{address}\"\n")),
                Err(format!("config.yml, line 1: `redis` must be {WHAT}"))
            );
        }
    }
}
