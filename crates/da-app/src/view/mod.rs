//! A [`Screen`](da_core::Screen) becomes the question JSON: docassemble's names, a key at a time.
//!
//! Which keys are there and when is a contract that others program against. Nothing is decided here
//! that the engine could have decided: a view only names and arranges.

mod choice;
mod field;
pub(crate) mod files;
mod help;
mod html;
mod json;
mod menu;
mod options;
mod qr;
mod screen;
mod tags;
mod terms;

pub use files::{FilePlaces, with_files};
pub use html::{Markup, harmless_html, html, inline_html};
pub use json::{from_json, to_json};
pub use screen::{question, undefined_variable};
pub use terms::{Term, Terms};

use serde_json::{Map, Value};

/// An object that is written key by key.
#[derive(Default)]
struct Keys(Map<String, Value>);

impl Keys {
    fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    fn put_some(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    /// Keys that have no field of their own yet; they never replace one that is there.
    fn put_more(&mut self, more: &[(String, da_core::Plain)]) {
        for (key, value) in more {
            if !self.0.contains_key(key) {
                self.put(key, to_json(value));
            }
        }
    }

    fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// An object of texts.
fn texts(entries: &[(String, String)]) -> Value {
    entries.iter().map(|(key, text)| (key.clone(), Value::from(text.as_str()))).collect()
}
