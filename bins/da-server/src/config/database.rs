//! `db`: where the rows are, as docassemble says it, or as one address.
//!
//! A password in it is never shown.

use da_app::DatabaseUrl;
use da_core::Plain;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::ConfigError;
use super::reader::Reader;

const WHAT: &str =
    "an address (postgres://... or sqlite:///...) or a mapping of prefix, name, user, password, host and port";

/// What the mapping says. Backups are not this server's business.
const KNOWN: [&str; 7] = ["prefix", "name", "user", "password", "host", "port", "backup"];

/// What docassemble can say and this server cannot.
const UNSUPPORTED: [&str; 5] = ["table prefix", "ssl mode", "ssl cert", "ssl key", "ssl root cert"];

/// The database, unless it is the default one in the data folder.
pub(super) fn read(reader: &Reader) -> Result<Option<DatabaseUrl>, ConfigError> {
    let url = match reader.get("db") {
        None => return Ok(None),
        Some(Plain::Text(address)) => of_address(address),
        Some(parts @ Plain::Map(_)) => {
            reader.only("db", parts, &KNOWN, &UNSUPPORTED)?;
            of_parts(parts)
        }
        Some(_) => None,
    };
    url.map(Some).ok_or_else(|| reader.must("db", WHAT))
}

fn of_address(address: &str) -> Option<DatabaseUrl> {
    if let Some(path) = address.strip_prefix("sqlite:///") {
        return (!path.is_empty()).then(|| DatabaseUrl::Sqlite(path.into()));
    }
    let (scheme, rest) = address.split_once("://")?;
    is_postgres(scheme).then(|| DatabaseUrl::Postgres(format!("postgres://{rest}")))
}

/// `postgresql+psycopg2` and its like: what stands behind the plus is how Python gets there.
fn is_postgres(scheme: &str) -> bool {
    matches!(scheme.split('+').next(), Some("postgres" | "postgresql"))
}

fn of_parts(parts: &Plain) -> Option<DatabaseUrl> {
    let text = |name: &str| match parts.get(name) {
        None | Some(Plain::Null) => Some(None),
        Some(Plain::Text(text)) => Some(Some(text.clone())),
        Some(Plain::Int(number)) => Some(Some(number.to_string())),
        Some(_) => None,
    };
    let prefix = text("prefix")?.unwrap_or_else(|| "postgresql://".to_owned());
    let name = text("name")?.unwrap_or_else(|| "docassemble".to_owned());
    if let Some(folder) = prefix.strip_prefix("sqlite:///") {
        return Some(DatabaseUrl::Sqlite(format!("{folder}{name}").into()));
    }
    if !is_postgres(prefix.trim_end_matches("://")) {
        return None;
    }
    let encoded = |text: String| utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
    let mut url = "postgres://".to_owned();
    if let Some(user) = text("user")? {
        url.push_str(&encoded(user));
        if let Some(password) = text("password")? {
            url.push(':');
            url.push_str(&encoded(password));
        }
        url.push('@');
    }
    url.push_str(&text("host")?.unwrap_or_else(|| "localhost".to_owned()));
    if let Some(port) = text("port")? {
        url.push(':');
        url.push_str(&port);
    }
    Some(DatabaseUrl::Postgres(format!("{url}/{}", encoded(name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<DatabaseUrl> {
        read(&Reader::new(text, "config.yml").unwrap()).unwrap()
    }

    #[test]
    fn a_database_is_named_by_parts_or_by_an_address() {
        let parts = "db:\n  prefix: postgresql+psycopg2://\n  name: da\n  user: me\n  password: \"a:b@c\"\n  host: h\n  port: 5433\n";
        assert_eq!(of(parts), Some(DatabaseUrl::Postgres("postgres://me:a%3Ab%40c@h:5433/da".to_owned())));
        let address = "db: postgresql://me@h/da\n";
        assert_eq!(of(address), Some(DatabaseUrl::Postgres("postgres://me@h/da".to_owned())));
        assert_eq!(of("db: sqlite:///x.sqlite\n"), Some(DatabaseUrl::Sqlite("x.sqlite".into())));
        assert_eq!(of(""), None);
        let refused = |text: &str| read(&Reader::new(text, "config.yml").unwrap()).unwrap_err().to_string();
        let misspelt = refused("db:\n  pasword: da\n");
        assert_eq!(misspelt, "config.yml, line 1: `db` has no `pasword`; did you mean `password`?");
        let unknown = refused("db:\n  nmae: da\n");
        let known = "prefix, name, user, password, host, port, backup";
        assert_eq!(unknown, format!("config.yml, line 1: `db` has no `nmae`; it has {known}"));
        let unsupported = refused("db:\n  name: da\n  ssl mode: require\n");
        let expected = "config.yml, line 1: `db` must be without `ssl mode`, which this server does not support";
        assert_eq!(unsupported, expected);
        let error = read(&Reader::new("db: mysql://h/da\n", "config.yml").unwrap()).unwrap_err().to_string();
        assert_eq!(error, format!("config.yml, line 1: `db` must be {WHAT}"));
    }
}
