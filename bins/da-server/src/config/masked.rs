//! Masks in the place of secrets: what an administrator sees of the configuration over the API, and how what comes back
//! finds the secrets again. A mask never becomes a value.

use serde_json::{Map, Value};

use super::told;

/// What stands in the place of a secret.
const MASK: &str = "********";

/// The configuration without its secrets.
pub(super) fn masked(configuration: &Value) -> Value {
    mask(configuration, false)
}

/// What was sent, with the present secrets in the place of masks; the place of a mask that stands for nothing.
pub(super) fn unmasked(new: &Value, present: &Value) -> Result<Value, String> {
    restore(new, Some(present), Some(&masked(present))).map_err(|path| path.trim_start_matches('/').to_owned())
}

/// `inside`: whether this is below an entry that is secret as a whole.
fn mask(value: &Value, inside: bool) -> Value {
    match value {
        Value::Object(entries) => {
            let entry = |(name, value): (&String, &Value)| (name.clone(), mask(value, inside || told::is_secret(name)));
            Value::Object(entries.iter().map(entry).collect::<Map<String, Value>>())
        }
        Value::Array(items) => items.iter().map(|item| mask(item, inside)).collect(),
        Value::Null | Value::Bool(_) => value.clone(),
        _ if inside => Value::from(MASK),
        Value::String(text) => Value::from(without_password(text)),
        Value::Number(_) => value.clone(),
    }
}

/// `redis://me:********@host`.
fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let host_ends = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let Some(at) = rest[..host_ends].rfind('@') else { return text.to_owned() };
    match rest[..at].split_once(':') {
        Some((account, _)) => format!("{scheme}://{account}:{MASK}{}", &rest[at..]),
        None => text.to_owned(),
    }
}

fn restore(new: &Value, present: Option<&Value>, shown: Option<&Value>) -> Result<Value, String> {
    if let (Some(present), true) = (present, shown == Some(new)) {
        return Ok(present.clone());
    }
    match new {
        Value::Object(entries) => {
            let mut restored = Map::new();
            for (name, value) in entries {
                let of = |all: Option<&'_ Value>| all.and_then(|all| all.get(name)).cloned();
                let (present, shown) = (of(present), of(shown));
                let value = restore(value, present.as_ref(), shown.as_ref());
                restored.insert(name.clone(), value.map_err(|path| format!("/{name}{path}"))?);
            }
            Ok(Value::Object(restored))
        }
        Value::Array(items) => {
            let at = |all: Option<&'_ Value>, index: usize| all.and_then(|all| all.get(index)).cloned();
            let item = |(index, item): (usize, &Value)| {
                let (present, shown) = (at(present, index), at(shown, index));
                restore(item, present.as_ref(), shown.as_ref()).map_err(|path| format!("/{index}{path}"))
            };
            items.iter().enumerate().map(item).collect()
        }
        Value::String(text) if text.contains(MASK) => Err(String::new()),
        other => Ok(other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn present() -> Value {
        json!({
            "debug": true,
            "secretkey": "abc",
            "db": {"name": "da", "password": "pw", "port": 5432},
            "redis": "redis://me:pw@h/1",
            "mail": [{"server": "a", "password": "one"}, {"server": "b", "password": "two"}],
            "password login": false,
        })
    }

    #[test]
    fn secrets_are_masked_and_nothing_else_is() {
        let expected = json!({
            "debug": true,
            "secretkey": MASK,
            "db": {"name": "da", "password": MASK, "port": 5432},
            "redis": "redis://me:********@h/1",
            "mail": [{"server": "a", "password": MASK}, {"server": "b", "password": MASK}],
            "password login": false,
        });
        assert_eq!(masked(&present()), expected);
    }

    #[test]
    fn what_comes_back_as_it_was_shown_is_what_it_was() {
        assert_eq!(unmasked(&masked(&present()), &present()), Ok(present()));
        let mut changed = masked(&present());
        changed["debug"] = json!(false);
        changed["db"]["password"] = json!("new");
        let mut expected = present();
        expected["debug"] = json!(false);
        expected["db"]["password"] = json!("new");
        assert_eq!(unmasked(&changed, &present()), Ok(expected));
    }

    #[test]
    fn a_mask_that_stands_for_nothing_is_told_by_its_place() {
        let moved = json!({"mail": [{"server": "a", "password": MASK}, {}, {"password": MASK}]});
        assert_eq!(unmasked(&moved, &present()), Err("mail/2/password".to_owned()));
        assert_eq!(unmasked(&json!({"twilio": {"auth token": MASK}}), &present()), Err("twilio/auth token".to_owned()));
        assert_eq!(unmasked(&json!({"brandname": MASK}), &json!({})), Err("brandname".to_owned()));
    }
}
