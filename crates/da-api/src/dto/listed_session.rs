//! A session in a list.

use chrono::NaiveDateTime;
use da_app::{ListedSession, view};
use serde_json::{Value, json};

use crate::Edition;

/// A session, as an edition tells about one.
pub(crate) fn listed_session(session: &ListedSession, edition: Edition) -> Value {
    // docassemble 1.10 knows when a session began only when it looks inside.
    let knows_start = edition == Edition::Documented || session.dictionary.is_some();
    let started = session.started.1.as_str();
    let mut shown = json!({
        "email": session.email,
        "filename": session.filename,
        "metadata": session.metadata.iter().map(|(key, value)| (key.clone(), view::to_json(value))).collect::<Value>(),
        "modtime": session.modified.1,
        "session": session.session.as_str(),
        "starttime": if knows_start { started } else { "" },
        "subtitle": session.subtitle,
        "tags": session.tags,
        "temp_user_id": session.visitor,
        "title": session.title,
        "user_id": session.user.map(|user| user.0),
        "utc_modtime": utc(session.modified.0),
        "utc_starttime": knows_start.then(|| utc(session.started.0)),
        "valid": session.valid,
    });
    if let Some(dictionary) = &session.dictionary {
        shown["dict"] = view::to_json(dictionary);
        shown["encrypted"] = json!(session.encrypted);
    }
    shown
}

/// A time as Python's `isoformat` writes one.
fn utc(time: NaiveDateTime) -> String {
    let fraction = if time.and_utc().timestamp_subsec_micros() == 0 { "" } else { "%.6f" };
    time.format(&format!("%Y-%m-%dT%H:%M:%S{fraction}")).to_string()
}
