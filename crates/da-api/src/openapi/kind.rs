//! Data table: what stands in a parameter, by its name, which means the same at every route.

use serde_json::{Value, json};

/// What a value is.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Flag,
    Number,
    List,
    Map,
    /// A list of texts, or one of them.
    Texts,
    File,
}

const KINDS: &[(&str, Kind)] = &[
    ("absolute_urls", Kind::Flag),
    ("active", Kind::Flag),
    ("add_to_allowed", Kind::Texts),
    ("add_to_permissions", Kind::Texts),
    ("advance_progress_meter", Kind::Flag),
    ("allowed", Kind::List),
    ("arguments", Kind::Map),
    ("case_sensitive", Kind::Flag),
    ("delete", Kind::Flag),
    ("delete_variables", Kind::List),
    ("email_addresses", Kind::Texts),
    ("event_list", Kind::List),
    ("expire", Kind::Number),
    ("file", Kind::File),
    ("file_variables", Kind::Map),
    ("files[]", Kind::File),
    ("include_dictionary", Kind::Flag),
    ("include_inactive", Kind::Flag),
    ("one_time", Kind::Flag),
    ("overwrite", Kind::Flag),
    ("permissions", Kind::Texts),
    ("persistent", Kind::Flag),
    ("privileges", Kind::Texts),
    ("question", Kind::Flag),
    ("raw", Kind::Flag),
    ("read_only", Kind::Flag),
    ("refresh", Kind::Number),
    ("remove_from_allowed", Kind::Texts),
    ("remove_from_permissions", Kind::Texts),
    ("reset_second_factor", Kind::Flag),
    ("resume_existing", Kind::Flag),
    ("send_emails", Kind::Flag),
    ("template", Kind::File),
    ("url_args", Kind::Map),
    ("variables", Kind::Map),
    ("zip", Kind::File),
];

/// An interview that every server has.
const INTERVIEW: &str = "docassemble.demo:data/questions/examples/questionless.yml";

fn of(name: &str) -> Kind {
    KINDS.iter().find(|(known, _)| *known == name).map_or(Kind::Text, |(_, kind)| *kind)
}

/// In a JSON body.
pub(super) fn in_json(name: &str) -> Value {
    match of(name) {
        Kind::Flag => json!({"type": ["boolean", "integer", "string"]}),
        Kind::Number => json!({"type": ["integer", "string"]}),
        Kind::List => json!({"type": ["array", "string"], "items": {"type": "string"}}),
        Kind::Map => json!({"type": ["object", "string"]}),
        Kind::Texts => json!({"type": ["string", "array"], "items": {"type": "string"}}),
        Kind::Text | Kind::File if name == "data" => json!({}),
        Kind::Text | Kind::File => text(name),
    }
}

/// In a form or a query, where lists and maps are JSON that is written down.
pub(super) fn in_text(name: &str) -> Value {
    match of(name) {
        Kind::Number => json!({"type": "integer"}),
        Kind::List | Kind::Map => json!({"type": "string", "contentMediaType": "application/json"}),
        Kind::File => json!({"type": "string", "contentMediaType": "application/octet-stream"}),
        Kind::Flag | Kind::Texts | Kind::Text => text(name),
    }
}

fn text(name: &str) -> Value {
    if name == "i" { json!({"type": "string", "examples": [INTERVIEW]}) } else { json!({"type": "string"}) }
}
