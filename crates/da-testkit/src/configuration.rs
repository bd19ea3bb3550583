//! A configuration that is kept in memory, for tests of what administrators do with it.

use std::sync::{Mutex, PoisonError};

use da_app::{Configuration, ConfigurationError};
use serde_json::{Map, Value};

/// The configuration. It refuses the directive `refused`, and cannot be read when it says `unreadable`.
#[derive(Debug, Default)]
pub struct ConfigurationInMemory(Mutex<Map<String, Value>>);

impl Configuration for ConfigurationInMemory {
    fn read(&self) -> Result<Value, ConfigurationError> {
        let directives = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match directives.contains_key("unreadable") {
            true => Err(ConfigurationError::Unreadable("the test says so".to_owned())),
            false => Ok(Value::Object(directives)),
        }
    }

    fn write(&self, new: Map<String, Value>, whole: bool) -> Result<Vec<String>, ConfigurationError> {
        if new.contains_key("refused") {
            return Err(ConfigurationError::Refused("there is no directive `refused`".to_owned()));
        }
        let mut directives = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut names: Vec<String> = new.keys().cloned().collect();
        names.sort();
        if whole {
            directives.clear();
        }
        directives.extend(new);
        Ok(names)
    }
}
