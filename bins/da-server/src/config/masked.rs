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
            let entry = |(name, value): (&String, &Value)| {
                (name.clone(), mask(value, inside || name == "key" || told::is_secret(name)))
            };
            Value::Object(entries.iter().map(entry).collect::<Map<String, Value>>())
        }
        Value::Array(items) => items.iter().map(|item| mask(item, inside)).collect(),
        Value::Null | Value::Bool(_) => value.clone(),
        _ if inside => Value::from(MASK),
        Value::String(text) => Value::from(without_password(text)),
        Value::Number(_) => value.clone(),
    }
}

/// `redis://me:********@host`, `https://********@host`, `postgres://host/da?password=********`.
fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let host_ends = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (who, rest) = rest.split_at(rest[..host_ends].rfind('@').unwrap_or(0));
    let who = match who.split_once(':') {
        Some((account, _)) => format!("{account}:{MASK}"),
        None if who.is_empty() => String::new(),
        None => MASK.to_owned(),
    };
    let rest = match rest.split_once('?') {
        Some((path, query)) => format!("{path}?{}", query.split('&').map(without_value).collect::<Vec<_>>().join("&")),
        None => rest.to_owned(),
    };
    format!("{scheme}://{who}{rest}")
}

/// `password=********`.
fn without_value(pair: &str) -> String {
    match pair.split_once('=') {
        Some((name, _)) if name == "key" || told::is_secret(name) => format!("{name}={MASK}"),
        _ => pair.to_owned(),
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
            let item = |(index, item): (usize, &Value)| {
                let same = same_item(item, index, present, shown);
                same.map_or_else(|| restore(item, None, None), Ok).map_err(|path| format!("/{index}{path}"))
            };
            items.iter().enumerate().map(item).collect()
        }
        Value::String(text) if text.contains(MASK) => Err(String::new()),
        other => Ok(other.clone()),
    }
}

/// The item of a list that was shown like this one, at its place or at one other: in a list that was changed, no secret goes
/// to another's item.
fn same_item(item: &Value, index: usize, present: Option<&Value>, shown: Option<&Value>) -> Option<Value> {
    let (present, shown) = (present?.as_array()?, shown?.as_array()?);
    if shown.get(index) == Some(item) {
        return present.get(index).cloned();
    }
    let mut alike = shown.iter().zip(present).filter(|(shown, _)| *shown == item).map(|(_, present)| present);
    alike.next().filter(|_| alike.next().is_none()).cloned()
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
    fn a_secret_stays_with_its_item_of_a_list() {
        let mut swapped = masked(&present());
        swapped["mail"].as_array_mut().unwrap().swap(0, 1);
        let mut expected = present();
        expected["mail"].as_array_mut().unwrap().swap(0, 1);
        assert_eq!(unmasked(&swapped, &present()), Ok(expected));
        let mut shorter = masked(&present());
        shorter["mail"].as_array_mut().unwrap().remove(0);
        assert_eq!(unmasked(&shorter, &present()).unwrap()["mail"], json!([{"server": "b", "password": "two"}]));
        let mut other = masked(&present());
        other["mail"][0]["server"] = json!("elsewhere");
        assert_eq!(unmasked(&other, &present()), Err("mail/0/password".to_owned()));
    }

    #[test]
    fn addresses_hide_who_and_what_is_secret_in_their_query() {
        for (address, shown) in [
            ("https://TOKEN@host/simple", "https://********@host/simple"),
            ("postgres://h/da?user=me&password=pw", "postgres://h/da?user=me&password=********"),
            ("https://host/a?b=c@d", "https://host/a?b=c@d"),
        ] {
            assert_eq!(
                masked(&json!({"db": address, "voicerss": {"key": "k"}})),
                json!({"db": shown, "voicerss": {"key": MASK}})
            );
        }
    }

    #[test]
    fn a_mask_that_stands_for_nothing_is_told_by_its_place() {
        let moved = json!({"mail": [{"server": "a", "password": MASK}, {}, {"password": MASK}]});
        assert_eq!(unmasked(&moved, &present()), Err("mail/2/password".to_owned()));
        assert_eq!(unmasked(&json!({"twilio": {"auth token": MASK}}), &present()), Err("twilio/auth token".to_owned()));
        assert_eq!(unmasked(&json!({"brandname": MASK}), &json!({})), Err("brandname".to_owned()));
    }
}
