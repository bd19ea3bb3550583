//! A user.

use da_app::UserWishes;
use da_core::{Profile, User};
use da_http::Parameters;
use serde_json::{Value, json};

use crate::Edition;

/// A user, as an edition shows one.
pub(crate) fn user(user: &User, edition: Edition) -> Value {
    let mut shown = json!({
        "country": user.country,
        "email": user.email,
        "first_name": user.first_name,
        "id": user.id.0,
        "language": user.language,
        "last_name": user.last_name,
        "organization": user.organization,
        "privileges": privileges_of(user),
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

/// What a user holds; one who holds nothing counts as `user`.
pub(crate) fn privileges_of(user: &User) -> Vec<&str> {
    let held = user.privileges.iter().map(|privilege| privilege.0.as_str());
    if user.privileges.is_empty() { vec!["user"] } else { held.collect() }
}

/// What a request wants to be different about a user.
pub(crate) fn user_wishes(said: &Parameters) -> UserWishes {
    UserWishes {
        profile: profile(said),
        password: said.filled("password"),
        old_password: said.filled("old_password"),
        // A `null` ends nobody's account.
        active: said.get("active").and_then(|_| said.flag("active")),
        resets_second_factor: said.flag("reset_second_factor").unwrap_or(false),
    }
}

/// What a request says about a user. A part that it does not name stays as it is.
pub(crate) fn profile(said: &Parameters) -> Profile {
    Profile {
        first_name: said.text("first_name"),
        last_name: said.text("last_name"),
        country: said.text("country"),
        subdivision_first: said.text("subdivisionfirst"),
        subdivision_second: said.text("subdivisionsecond"),
        subdivision_third: said.text("subdivisionthird"),
        organization: said.text("organization"),
        language: said.text("language"),
        timezone: said.text("timezone"),
    }
}
