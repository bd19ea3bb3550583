//! The menu: what the interview put there, and who is logged in.

use da_core::{Caller, Plain};
use serde_json::{Value, json};

use super::Keys;

pub(super) fn menu(items: Option<&Plain>, caller: &Caller) -> Value {
    let text = |item: &Plain, key: &str| item.get(key).and_then(Plain::as_text).unwrap_or_default().to_owned();
    let own = items.and_then(Plain::as_list).unwrap_or_default();
    let entries: Value =
        own.iter().map(|item| json!({"href": text(item, "url"), "anchor": text(item, "label")})).collect();
    let mut keys = Keys::default();
    if let Some(user) = caller.user() {
        keys.put("top", json!({"anchor": user.email}));
    }
    keys.put("items", entries);
    keys.into_value()
}
