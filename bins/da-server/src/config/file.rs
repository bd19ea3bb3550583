//! [`ConfigurationFile`]: the file that the server was started with, as administrators read and change it over the API.
//!
//! What it says takes effect when the server starts again. It is replaced whole or not at all, and only by what this server
//! would start with; its comments are not kept, the text before is, beside it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use da_app::view::to_json;
use da_app::{Configuration, ConfigurationError, yaml};
use serde_json::{Map, Value};

use super::{masked, parse, written};

/// The file.
#[derive(Debug)]
pub(crate) struct ConfigurationFile {
    path: PathBuf,
    /// Held while the file is changed.
    changing: Mutex<()>,
}

impl ConfigurationFile {
    pub(crate) fn new(path: &Path) -> Self {
        ConfigurationFile { path: path.to_owned(), changing: Mutex::default() }
    }

    fn text(&self) -> Result<String, ConfigurationError> {
        fs::read_to_string(&self.path).map_err(|error| ConfigurationError::Unreadable(error.to_string()))
    }

    fn replace(&self, before: &str, text: &str) -> io::Result<()> {
        put(&beside(&self.path, ".before"), before)?;
        let fresh = beside(&self.path, ".new");
        put(&fresh, text)?;
        fs::rename(&fresh, &self.path)?;
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Configuration for ConfigurationFile {
    fn read(&self) -> Result<Value, ConfigurationError> {
        Ok(masked::masked(&directives(&self.text()?)?))
    }

    fn write(&self, new: Map<String, Value>, whole: bool) -> Result<Vec<String>, ConfigurationError> {
        let _mine = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.text()?;
        let present = directives(&before)?;
        let mut directives = match &present {
            Value::Object(present) if !whole => present.clone(),
            _ => Map::new(),
        };
        let new = masked::unmasked(&Value::Object(new), &present).map_err(|place| {
            ConfigurationError::Refused(format!("`{place}` is a mask, and there is nothing that it stands for"))
        })?;
        if let Value::Object(new) = new {
            directives.extend(new);
        }
        let text = written::written(&directives);
        parse(&text, "the new configuration").map_err(|error| ConfigurationError::Refused(error.to_string()))?;
        let different = different(&present, &directives);
        self.replace(&before, &text).map_err(|error| ConfigurationError::Unwritable(error.to_string()))?;
        Ok(different)
    }
}

fn directives(text: &str) -> Result<Value, ConfigurationError> {
    let (plain, _) = yaml::parse_plain(text).map_err(|error| ConfigurationError::Unreadable(error.message))?;
    match to_json(&plain) {
        Value::Null => Ok(Value::Object(Map::new())),
        directives => Ok(directives),
    }
}

/// The directives that two configurations say differently, by name.
fn different(before: &Value, after: &Map<String, Value>) -> Vec<String> {
    let empty = Map::new();
    let before = before.as_object().unwrap_or(&empty);
    let mut names: Vec<String> =
        before.keys().chain(after.keys()).filter(|name| before.get(*name) != after.get(*name)).cloned().collect();
    names.sort();
    names.dedup();
    names
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Writes a file that only its owner may read, onto the disk.
fn put(path: &Path, text: &str) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = "# ours\ntimezone: UTC\nsecretkey: \"a text of our own\"\ndb: postgres://me:pw@h/da\n";

    fn file() -> (tempfile::TempDir, ConfigurationFile) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yml");
        fs::write(&path, TEXT).unwrap();
        let file = ConfigurationFile::new(&path);
        (folder, file)
    }

    fn of(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn directives_are_changed_and_what_is_masked_stays() {
        let (_folder, file) = file();
        let shown = json!({"timezone": "UTC", "secretkey": "********", "db": "postgres://me:********@h/da"});
        assert_eq!(file.read().unwrap(), shown);
        assert_eq!(
            file.write(of(json!({"debug": true, "secretkey": "********"})), false),
            Ok(vec!["debug".to_owned()])
        );
        let expected =
            "timezone: \"UTC\"\nsecretkey: \"a text of our own\"\ndb: \"postgres://me:pw@h/da\"\ndebug: true\n";
        assert_eq!(file.text().unwrap(), expected);
        assert_eq!(fs::read_to_string(beside(&file.path, ".before")).unwrap(), TEXT);
        let whole = of(json!({"db": "postgres://me:********@h/da"}));
        assert_eq!(file.write(whole, true).unwrap(), ["debug", "secretkey", "timezone"]);
        assert_eq!(file.text().unwrap(), "db: \"postgres://me:pw@h/da\"\n");
    }

    #[test]
    fn what_no_server_would_start_with_is_refused_and_nothing_is_changed() {
        let (_folder, file) = file();
        for (new, reason) in [
            (
                json!({"timezome": "UTC"}),
                "the new configuration, line 4: there is no directive `timezome`; did you mean `timezone`?",
            ),
            (json!({"debug": "perhaps"}), "the new configuration, line 4: `debug` must be True or False"),
            (json!({"twilio": {"sid": "********"}}), "`twilio/sid` is a mask, and there is nothing that it stands for"),
        ] {
            let refused = file.write(of(new), false).unwrap_err();
            assert_eq!(refused, ConfigurationError::Refused(reason.to_owned()));
            assert_eq!(file.text().unwrap(), TEXT);
        }
    }
}
