//! `interview_options`: the features of an interview that a front end is told about, under the names that it knows.

use da_core::Plain;
use serde_json::Value;

use super::to_json;

/// Features that are yes or no, and their names in the question JSON.
///
/// Quirk: some are not called what the author calls them.
const FLAGS: &[(&str, &str)] = &[
    ("floating labels", "floating labels"),
    ("labels above fields", "labels above"),
    ("pdftk", "use pdftk"),
    ("progress can go backwards", "strict progress"),
    ("send question data", "send question data"),
    ("suppress autofill", "suppress autofill"),
    ("use catchall", "use catchall"),
];

/// Features of any kind that are told as they are.
const OTHERS: &[&str] = &[
    "checkin interval",
    "hide corner interface",
    "hide navbar",
    "hide standard menu",
    "inverse navbar",
    "popover trigger",
    "review button color",
    "review button icon",
];

pub(super) fn options(features: &[(String, Plain)]) -> Value {
    let told = features.iter().filter_map(|(feature, value)| Some((name(feature, value)?.to_owned(), to_json(value))));
    Value::Object(told.collect())
}

fn name(feature: &str, value: &Plain) -> Option<&'static str> {
    let flag = FLAGS.iter().find(|(known, _)| *known == feature).filter(|_| matches!(value, Plain::Bool(_)));
    flag.map(|(_, name)| *name).or_else(|| OTHERS.iter().find(|known| **known == feature).copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn features_are_told_by_their_other_names_and_the_rest_is_not_told() {
        let features = [
            ("labels above fields".to_owned(), Plain::Bool(true)),
            ("use catchall".to_owned(), "yes".into()),
            ("hide navbar".to_owned(), Plain::Bool(false)),
            ("bootstrap theme".to_owned(), "lumen.min.css".into()),
        ];
        assert_eq!(options(&features), json!({"labels above": true, "hide navbar": false}));
    }
}
