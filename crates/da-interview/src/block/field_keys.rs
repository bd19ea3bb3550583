//! The keys of a field: which are directives, and which is its label.

use super::fault::Fault;
use super::keys::meant;
use crate::yaml::Entry;

/// The keys of a field that [`BlockField`](super::BlockField) names.
const NAMED: &[&str] = &[
    "all of the above",
    "choices",
    "code",
    "datatype",
    "default",
    "disabled",
    "exclude",
    "field",
    "grid",
    "help",
    "help generator",
    "hint",
    "html",
    "input type",
    "item grid",
    "label",
    "max",
    "maxlength",
    "min",
    "minlength",
    "none of the above",
    "note",
    "object labeler",
    "raw html",
    "required",
    "shuffle",
    "step",
    "validate",
    "validation messages",
    "show if",
    "hide if",
    "enable if",
    "disable if",
    "js show if",
    "js hide if",
    "js enable if",
    "js disable if",
];

/// The keys of a field that are not its label, beyond those that [`BlockField`](super::BlockField) names.
const MORE: &[&str] = &[
    "accept",
    "action",
    "address autocomplete",
    "allow privileges",
    "allow users",
    "aota label",
    "check others",
    "combobox action",
    "css",
    "css class",
    "currency symbol",
    "disable others",
    "enable others",
    "end grid",
    "field metadata",
    "file css class",
    "floating label",
    "group",
    "image generator",
    "image upload type",
    "inline",
    "inline width",
    "keep for training",
    "keywords",
    "label above field",
    "maximum image size",
    "ml group",
    "nota label",
    "pen color",
    "permissions",
    "persistent",
    "private",
    "rows",
    "scale",
    "script",
    "trigger at",
    "uncheck others",
    "under text",
    "using",
];

/// Whether a key is no directive, and so the label of its field.
pub(super) fn is_label(key: &str) -> bool {
    !NAMED.contains(&key) && !MORE.contains(&key)
}

/// What a key that is taken for a label was perhaps meant to be, as a sentence to add.
pub(super) fn meant_directive(key: &str) -> String {
    let near = meant(key, NAMED);
    if near.is_empty() { meant(key, MORE) } else { near }
}

/// The fault of a second label: of the keys that are taken for labels, the one that looks like a directive is told.
pub(super) fn two_labels(all: &[Entry], second: &Entry) -> Fault {
    let mut labels = all.iter().map(|entry| &entry.key).filter(|key| is_label(&key.key_text()));
    let misspelt = labels.find(|key| !meant_directive(&key.key_text()).is_empty());
    let key = misspelt.unwrap_or(&second.key);
    let text = key.key_text();
    let near = meant_directive(&text);
    Fault::at(key, format!("A field has two labels, or '{text}' is not something that a field can have.{near}"))
}
