//! The log: lines on standard error. `DA_LOG` says what is logged, `DA_LOG_FORMAT=json` how.

use std::io;

use tracing_subscriber::EnvFilter;

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// A word alone would be taken for the name of a part of the server, and nothing else would be logged.
fn is_understood(word: &str) -> bool {
    word.is_empty()
        || matches!(word.as_bytes(), [b'0'..=b'5'])
        || word.contains(['=', '[', ']'])
        || LEVELS.iter().any(|level| level.eq_ignore_ascii_case(word))
}

/// Starts logging.
pub(crate) fn start() -> Result<(), String> {
    let said = std::env::var("DA_LOG").ok().filter(|said| !said.trim().is_empty());
    let wanted = said.unwrap_or_else(|| "info,actix_server=warn".to_owned());
    if let Some(word) = wanted.split(',').map(str::trim).find(|word| !is_understood(word)) {
        return Err(format!("DA_LOG={wanted}: {word} is neither a level ({}) nor TARGET=LEVEL", LEVELS.join(", ")));
    }
    let filter = EnvFilter::try_new(&wanted).map_err(|error| format!("DA_LOG={wanted}: {error}"))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(false);
    let format = std::env::var("DA_LOG_FORMAT").unwrap_or_else(|_| "text".to_owned());
    let started = match format.as_str() {
        "json" => builder.json().try_init(),
        "text" => builder.try_init(),
        other => return Err(format!("DA_LOG_FORMAT={other}: expected text or json")),
    };
    started.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::is_understood;

    #[test]
    fn a_word_alone_is_a_level_or_nothing() {
        for word in ["", "info", "WARN", "3", "web=debug", "[span{a", "b}]=info"] {
            assert!(is_understood(word), "{word}");
        }
        for word in ["verbose", "web", "6"] {
            assert!(!is_understood(word), "{word}");
        }
    }
}
