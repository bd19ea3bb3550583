//! A user.

use da_core::User;
use serde_json::{Value, json};

use crate::Edition;

/// A user, as an edition shows one.
pub(crate) fn user(user: &User, edition: Edition) -> Value {
    let held = user.privileges.iter().map(|privilege| privilege.0.as_str());
    let privileges: Vec<&str> = if user.privileges.is_empty() { vec!["user"] } else { held.collect() };
    let mut shown = json!({
        "country": user.country,
        "email": user.email,
        "first_name": user.first_name,
        "id": user.id.0,
        "language": user.language,
        "last_name": user.last_name,
        "organization": user.organization,
        "privileges": privileges,
        "subdivisionfirst": user.subdivision_first,
        "subdivisionsecond": user.subdivision_second,
        "subdivisionthird": user.subdivision_third,
        "timezone": user.timezone,
    });
    if edition == Edition::Later {
        shown["active"] = json!(user.active);
        shown["account_type"] = json!("local");
    }
    shown
}
