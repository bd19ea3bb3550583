//! Data table: the shapes that several routes answer with, under their names among the components.

use serde_json::{Map, Value, json};

use super::shape::{
    Keys, any_of, anything, closed, flag, integer, integer_or_null, list, map, named, one_of, open, text, text_or_null,
};
use crate::error::Edition;

/// All of them, as an edition has them.
pub(super) fn all(edition: Edition) -> Map<String, Value> {
    let shapes = [
        ("AdvertisedInterview", advertised_interview(edition)),
        ("ApiKey", api_key()),
        ("InterviewAnswer", interview_answer()),
        ("LogMessage", closed(vec![("message", text()), ("priority", text())], vec![])),
        ("Package", package()),
        ("Screen", screen()),
        ("Session", session(edition)),
        ("StartedSession", started_session()),
        ("Task", closed(vec![("task_id", text())], vec![])),
        ("TaskStatus", task_status()),
        ("UndefinedVariable", undefined_variable()),
        ("User", user(edition)),
        ("VocabularyWord", vocabulary_word()),
    ];
    shapes.into_iter().map(|(name, shape)| (name.to_owned(), shape)).collect()
}

fn user(edition: Edition) -> Value {
    let mut always: Keys = vec![("id", integer()), ("privileges", list(text()))];
    for key in [
        "country",
        "email",
        "first_name",
        "language",
        "last_name",
        "organization",
        "subdivisionfirst",
        "subdivisionsecond",
        "subdivisionthird",
        "timezone",
    ] {
        always.push((key, text()));
    }
    match edition {
        Edition::Documented => closed(always, vec![("active", flag())]),
        Edition::Later => {
            always.extend([("active", flag()), ("account_type", text())]);
            closed(always, vec![])
        }
    }
}

fn api_key() -> Value {
    let texts = ["key", "last_four", "method", "name"].map(|key| (key, text()));
    let lists = ["constraints", "permissions"].map(|key| (key, list(text())));
    closed(texts.into_iter().chain(lists).collect(), vec![])
}

fn advertised_interview(edition: Edition) -> Value {
    let mut always: Keys = vec![
        ("filename", text()),
        ("link", text()),
        ("package", text()),
        ("status_class", text_or_null()),
        ("subtitle", text_or_null()),
        ("subtitle_class", text_or_null()),
        ("tags", list(text())),
        ("title", text()),
    ];
    if edition == Edition::Later {
        always.push(("metadata", map()));
    }
    closed(always, vec![])
}

fn session(edition: Edition) -> Value {
    let start = if edition == Edition::Documented { text() } else { text_or_null() };
    let always: Keys = vec![
        ("email", text_or_null()),
        ("filename", text()),
        ("metadata", map()),
        ("modtime", text()),
        ("session", text()),
        ("starttime", text()),
        ("subtitle", text_or_null()),
        ("tags", list(text())),
        ("temp_user_id", integer_or_null()),
        ("title", text()),
        ("user_id", integer_or_null()),
        ("utc_modtime", text()),
        ("utc_starttime", start),
        ("valid", flag()),
    ];
    closed(always, vec![("dict", map()), ("encrypted", flag())])
}

fn started_session() -> Value {
    closed(vec![("encrypted", flag()), ("i", text()), ("session", text())], vec![("secret", text())])
}

fn package() -> Value {
    let always = vec![
        ("name", text()),
        ("type", one_of(&["zip", "git", "pip"])),
        ("can_update", flag()),
        ("can_uninstall", flag()),
    ];
    let sometimes = vec![("version", text()), ("git_url", text()), ("branch", text()), ("zip_file_number", integer())];
    closed(always, sometimes)
}

fn task_status() -> Value {
    let always = vec![("status", one_of(&["working", "completed", "unknown"]))];
    closed(always, vec![("ok", flag()), ("log", text()), ("error_message", text())])
}

fn vocabulary_word() -> Value {
    let always = vec![("var", text()), ("to_insert", text())];
    closed(always, vec![("name", text()), ("hide", flag()), ("var_type", text())])
}

/// What a session answers with: a screen, the name of what is undefined, or what its interview makes itself.
fn interview_answer() -> Value {
    json!({
        "description": "A screen of the interview, or the variable that it lacks. An interview that answers itself \
                        (json_response(), response()) answers with anything.",
        "if": {"type": "object", "required": ["questionType"]},
        "then": any_of(vec![named("Screen"), named("UndefinedVariable")]),
    })
}

fn undefined_variable() -> Value {
    let always = vec![
        ("message_log", list(named("LogMessage"))),
        ("questionType", one_of(&["undefined_variable"])),
        ("variable", text()),
    ];
    closed(always, vec![("explanation", map())])
}

fn screen() -> Value {
    let mut always: Keys = vec![
        ("allow_going_back", flag()),
        ("display_section", anything()),
        ("exit_url", text_or_null()),
        ("interview_options", map()),
        ("menu", menu()),
        ("message_log", list(named("LogMessage"))),
        ("progress", json!({"type": ["number", "null"]})),
        ("section", anything()),
        ("sections", list(anything())),
        ("steps", integer()),
        ("validation_messages", map()),
    ];
    for key in [
        "browser_title",
        "continueLabel",
        "display_title",
        "exit_label",
        "exit_link",
        "lang",
        "language",
        "navbarVariant",
        "questionName",
        "questionText",
        "questionType",
        "short_title",
        "title",
    ] {
        always.push((key, text()));
    }
    open(always, sometimes_on_a_screen())
}

fn sometimes_on_a_screen() -> Keys {
    let mut keys: Keys = vec![
        ("additional_buttons", list(map())),
        ("attachments", list(map())),
        ("attributions", list(text())),
        ("autoterms", map()),
        ("event_list", list(text())),
        ("explanation", map()),
        ("fields", list(map())),
        ("help", map()),
        ("helpText", list(map())),
        ("interviewHelpText", list(map())),
        ("listCollect", map()),
        ("mandatory", flag()),
        ("questionVariety", one_of(&["radio", "buttons", "dropdown", "combobox"])),
        ("signaturePhrases", map()),
        ("terms", map()),
        ("track_location", flag()),
    ];
    for key in [
        "backTitle",
        "cornerBackButton",
        "css",
        "cssClass",
        "default_email",
        "helpBackLabel",
        "id",
        "maybeLabel",
        "noLabel",
        "questionBackButton",
        "question_variable_name",
        "rightText",
        "script",
        "subquestionText",
        "tableCssClass",
        "underText",
        "yesLabel",
    ] {
        keys.push((key, text()));
    }
    keys
}

fn menu() -> Value {
    let item = closed(vec![("href", text()), ("anchor", text())], vec![]);
    closed(vec![("items", list(item))], vec![("top", closed(vec![("anchor", text())], vec![]))])
}
