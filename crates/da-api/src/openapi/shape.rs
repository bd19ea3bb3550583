//! What JSON is made of, as JSON Schema: texts, numbers, lists, closed and open objects, names of shapes.
//! It must never use a word of JSON Schema that the tests' checker does not know.

use serde_json::{Map, Value, json};

/// Keys, each with what stands under it.
pub(super) type Keys = Vec<(&'static str, Value)>;

pub(super) fn text() -> Value {
    json!({"type": "string"})
}

pub(super) fn text_or_null() -> Value {
    json!({"type": ["string", "null"]})
}

pub(super) fn integer() -> Value {
    json!({"type": "integer"})
}

pub(super) fn integer_or_null() -> Value {
    json!({"type": ["integer", "null"]})
}

pub(super) fn flag() -> Value {
    json!({"type": "boolean"})
}

pub(super) fn one_of(words: &[&str]) -> Value {
    json!({"enum": words})
}

/// Anything at all.
pub(super) fn anything() -> Value {
    json!({})
}

/// Any object.
pub(super) fn map() -> Value {
    json!({"type": "object"})
}

pub(super) fn list(of: Value) -> Value {
    json!({"type": "array", "items": of})
}

pub(super) fn any_of(shapes: Vec<Value>) -> Value {
    json!({"anyOf": shapes})
}

/// The shape of a name that stands among the components.
pub(super) fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// An object with all of these keys, some of those, and no others.
pub(super) fn closed(always: Keys, sometimes: Keys) -> Value {
    let mut object = open(always, sometimes);
    object["additionalProperties"] = json!(false);
    object
}

/// An object with all of these keys, some of those, and whatever else.
pub(super) fn open(always: Keys, sometimes: Keys) -> Value {
    let needed: Vec<&str> = always.iter().map(|(key, _)| *key).collect();
    let properties: Map<String, Value> =
        always.into_iter().chain(sometimes).map(|(key, shape)| (key.to_owned(), shape)).collect();
    json!({"type": "object", "properties": properties, "required": needed})
}
