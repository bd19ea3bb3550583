//! What an outcome tells, as data that can be compared and as text that can be reviewed.
//!
//! It never tells what differs from run to run.

use std::fmt::Write;

use da_core::{Caller, Outcome, SessionId};
use serde_json::{Map, Value, json};

use super::redact;
use super::stage::{Deed, Failure, Stage};
use crate::view;

/// An outcome as JSON.
pub fn outcome(outcome: &Outcome, caller: &Caller) -> Value {
    match outcome {
        Outcome::Screen(screen) | Outcome::Refused { screen, .. } => view::question(screen, caller),
        Outcome::UndefinedVariable { variable, message_log } => view::undefined_variable(variable, message_log),
        Outcome::Variables(variables) => without_own(view::to_json(variables)),
        Outcome::Response(response) => {
            let body = String::from_utf8_lossy(&response.body);
            json!({"response": body, "content_type": response.content_type, "status": response.status})
        }
        Outcome::Nothing => Value::Null,
    }
}

/// Variables without those that the engine keeps for itself.
pub fn without_own(mut value: Value) -> Value {
    if let Some(variables) = value.as_object_mut() {
        variables.retain(|name, _| name != "_internal" && name != "nav");
    }
    value
}

/// JSON as text, without what differs from run to run.
pub fn pretty(value: &Value, secrets: &[(&str, &str)]) -> String {
    redact(&format!("{value:#}"), secrets)
}

/// What a step showed, as a text for review.
pub fn for_review(stage: &Stage) -> String {
    let nobody = Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() };
    let mut text = String::new();
    if let Deed::Refused(_, _, said) = &stage.deed {
        for (name, words) in said {
            let _ = writeln!(text, "refused: {name}: {words}");
        }
        return text;
    }
    match &stage.outcome {
        Err(Failure { message, place }) => {
            let _ = writeln!(text, "fails: {message}");
            for line in place.iter().flat_map(|place| place.lines()) {
                let _ = writeln!(text, "  {line}");
            }
        }
        Ok(shown) => write_value(&mut text, &told_briefly(outcome(shown, &nobody)), 0),
    }
    redact(&text, &[("session", SessionId::in_memory().as_str())])
}

/// Keys that come first, because they say what is asked.
const FIRST: [&str; 5] = ["questionType", "questionName", "event_list", "questionText", "subquestionText"];

/// The question JSON without what every screen says in the same way.
fn told_briefly(value: Value) -> Value {
    let Value::Object(mut keys) = value else { return value };
    if !keys.contains_key("questionType") {
        return Value::Object(keys);
    }
    let usual = json!({
        "browser_title": "docassemble", "title": "docassemble", "display_title": "docassemble",
        "short_title": "doc",
        "exit_link": "leave", "exit_url": null, "exit_label": "Exit", "lang": "en", "language": "*", "message_log": [],
        "section": null, "display_section": null, "sections": [], "interview_options": {}, "navbarVariant": "dark",
        "progress": 0, "continueLabel": "Continue", "validation_messages": {}, "menu": {"items": []},
        "backTitle": "Go back to the previous question", "cornerBackButton": "Back"
    });
    keys.retain(|key, value| usual.get(key) != Some(value));
    for field in keys.get_mut("fields").and_then(Value::as_array_mut).into_iter().flatten() {
        let usual = json!({"active": true, "validation_messages": {"required": "You need to fill this in."}});
        if let Some(field) = field.as_object_mut() {
            field.retain(|key, value| key != "number" && usual.get(key) != Some(value));
        }
    }
    let mut sorted = Map::new();
    for key in FIRST {
        sorted.extend(keys.shift_remove(key).map(|value| (key.to_owned(), value)));
    }
    sorted.extend(keys);
    Value::Object(sorted)
}

/// Writes a value as YAML would have it: a line for everything.
fn write_value(text: &mut String, value: &Value, indent: usize) {
    let pad = " ".repeat(indent);
    match value {
        Value::Object(keys) => {
            for (key, value) in keys {
                text.push_str(&format!("{pad}{key}:"));
                write_inside(text, value, indent);
            }
        }
        Value::Array(items) => {
            for item in items {
                let mut inside = String::new();
                write_value(&mut inside, item, indent + 2);
                let inside = inside.get(indent + 2..).unwrap_or(&inside);
                text.push_str(&format!("{pad}- {inside}"));
            }
        }
        simple => text.push_str(&format!("{pad}{}\n", one_line(simple))),
    }
}

fn write_inside(text: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(keys) if !keys.is_empty() => {
            text.push('\n');
            write_value(text, value, indent + 2);
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            text.push('\n');
            write_value(text, value, indent + 2);
        }
        Value::String(words) if words.trim_end().contains('\n') => {
            text.push_str(" |\n");
            for line in words.lines() {
                text.push_str(format!("{}{line}", " ".repeat(indent + 2)).trim_end());
                text.push('\n');
            }
        }
        simple => text.push_str(&format!(" {}\n", one_line(simple))),
    }
}

/// A text stands as it is where nothing else could be meant.
fn one_line(value: &Value) -> String {
    match value {
        Value::String(words) if is_plain(words) => words.clone(),
        other => other.to_string(),
    }
}

fn is_plain(words: &str) -> bool {
    let odd = words.is_empty() || words.trim() != words || words.contains(['\n', '"', '\\']);
    !odd && !words.starts_with(['[', '{', '\'']) && serde_json::from_str::<Value>(words).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_written_a_line_for_everything_and_without_what_is_usual() {
        let question = json!({
            "title": "docassemble", "progress": 5, "questionText": "Who?\nYou?", "questionType": "fields",
            "fields": [{"number": 0, "variable_name": "a", "active": true, "label": "true", "choices": [{"value": 1}, {}]}],
            "event_list": ["a"]
        });
        let mut text = String::new();
        write_value(&mut text, &told_briefly(question), 0);
        let expected = "questionType: fields\nevent_list: [\"a\"]\nquestionText: |\n  Who?\n  You?\nprogress: 5\nfields:\n  \
                        - variable_name: a\n    label: \"true\"\n    choices:\n      - value: 1\n      - \n";
        assert_eq!(text, expected.replace("      - \n", "      - "));
    }
}
