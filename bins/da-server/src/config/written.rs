//! A configuration as YAML that a person can go on with: a line for each entry, texts in quotes.
//!
//! Only plain mappings, lists, texts, numbers and truth values are written; nothing that YAML could take for something else.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// The text of a file.
pub(super) fn written(directives: &Map<String, Value>) -> String {
    let mut text = String::new();
    mapping(&mut text, directives, 0);
    text
}

fn mapping(text: &mut String, entries: &Map<String, Value>, depth: usize) {
    for (name, value) in entries {
        indent(text, depth);
        text.push_str(&key(name));
        text.push(':');
        after(text, value, depth);
    }
}

/// What stands behind a key or a dash.
fn after(text: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            text.push('\n');
            mapping(text, entries, depth + 1);
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            for item in items {
                indent(text, depth + 1);
                text.push('-');
                after(text, item, depth + 1);
            }
        }
        // JSON is YAML: a text of JSON is a text in double quotes, an empty list is `[]`.
        other => {
            // Writing to a text cannot fail.
            let _written = writeln!(text, " {other}");
        }
    }
}

fn indent(text: &mut String, depth: usize) {
    text.extend(std::iter::repeat_n("  ", depth));
}

/// A name as it is if it can stand so, otherwise in quotes.
fn key(name: &str) -> String {
    let plain = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && !name.ends_with(' ')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-'));
    // Words that YAML takes for something else.
    let is_word = matches!(
        name.to_ascii_lowercase().as_str(),
        "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null"
    );
    if plain && !is_word { name.to_owned() } else { Value::from(name).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use da_app::view::to_json;
    use da_app::yaml::parse_plain;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read_as_what_it_was() {
        let directives = json!({
            "debug": true,
            "url root": "https://da.example.com",
            "db": {"name": "da", "port": 5432, "password": "a: \"b\"\n#c\u{1F600}"},
            "words": ["de", "yes", "0123", ""],
            "nested": [{"a": 1, "b": [1, [2, {}], []]}, null],
            "on": {"12": 1.5, "a:b": "x", "": "~"},
            "nothing": {},
        });
        let text = written(directives.as_object().unwrap());
        let (plain, _) = parse_plain(&text).unwrap();
        assert_eq!(to_json(&plain).to_string(), directives.to_string(), "{text}");
        assert!(
            text.starts_with("debug: true\nurl root: \"https://da.example.com\"\ndb:\n  name: \"da\"\n  port: 5432\n")
        );
    }
}
