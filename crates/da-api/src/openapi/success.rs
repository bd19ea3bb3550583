//! Data table: what stands in the body of an answer that is no refusal, route by route. A test asks every route and holds
//! its answers against this.

use serde_json::{Value, json};

use super::shape::{any_of, anything, closed, flag, integer, list, map, named, one_of, open, text, text_or_null};
use crate::error::Edition;

/// A body.
pub(super) struct Body {
    /// The media types that it may have, each with its shape.
    pub(super) content: Value,
    /// Whether an interview answers, which may do so with any status.
    pub(super) is_of_interview: bool,
}

/// Where an interview answers.
const OF_INTERVIEWS: [&str; 4] = ["/api/session", "/api/session/question", "/api/session/back", "/api/session/action"];

/// The body of a success at a route. One that has none here is a fault of this table, which a test finds.
pub(super) fn of(method: &str, path: &str, edition: Edition) -> Option<Body> {
    if OF_INTERVIEWS.contains(&path) && (method, path) != ("GET", "/api/session") {
        let content = json!({"application/json": {"schema": named("InterviewAnswer")}, "*/*": {"schema": anything()}});
        return Some(Body { content, is_of_interview: true });
    }
    let content = match (method, path) {
        ("GET", "/api/file/{file_number}") => json!({"*/*": {"schema": anything()}}),
        ("GET", "/api/playground") => {
            let file = json!({"description": "The content of a file that is JSON."});
            json!({"application/json": {"schema": any_of(vec![list(text()), file])}, "*/*": {"schema": anything()}})
        }
        ("POST", "/api/fields") => {
            json!({"application/json": {"schema": fields()}, "text/plain": {"schema": text()}})
        }
        ("POST", "/api/convert_file") => json!({"text/plain": {"schema": text()}}),
        _ => json!({"application/json": {"schema": json_of(method, path, edition)?}}),
    };
    Some(Body { content, is_of_interview: false })
}

fn json_of(method: &str, path: &str, edition: Edition) -> Option<Value> {
    let page = |item: &str| match edition {
        Edition::Documented => list(named(item)),
        Edition::Later => closed(vec![("items", list(named(item))), ("next_id", text_or_null())], vec![]),
    };
    Some(match (method, path) {
        ("GET", "/api/openapi.json") => open(vec![("openapi", text()), ("paths", map())], vec![]),
        ("GET", "/health") => closed(vec![("status", one_of(&["ok"]))], vec![]),
        ("GET", "/health/counters") => counters(),
        ("GET", "/api/session/new") => named("StartedSession"),
        ("GET", "/api/session") => map(),
        ("GET", "/api/list") => list(named("AdvertisedInterview")),
        ("GET", "/api/secret" | "/api/temp_url") | ("POST", "/api/login_url" | "/api/resume_url") => text(),
        ("POST", "/api/stash_data") => closed(vec![("secret", text()), ("stash_key", text())], vec![]),
        ("GET", "/api/retrieve_stashed_data") => anything(),
        ("GET", "/api/user" | "/api/user_info" | "/api/user/{user_id}") => named("User"),
        ("GET", "/api/user_list") => page("User"),
        ("GET", "/api/privileges" | "/api/user/privileges" | "/api/user/{user_id}/privileges") => list(text()),
        ("POST", "/api/user/new") => closed(vec![("user_id", integer()), ("password", text())], vec![]),
        ("POST", "/api/user_invite") => {
            list(closed(vec![("email", text())], vec![("url", text()), ("invitation_sent", flag())]))
        }
        ("GET", "/api/user/api" | "/api/user/{user_id}/api") => any_of(vec![named("ApiKey"), list(named("ApiKey"))]),
        ("POST", "/api/user/api" | "/api/user/{user_id}/api") => text(),
        (
            "GET",
            "/api/interviews" | "/api/user/interviews" | "/api/users/interviews" | "/api/user/{user_id}/interviews",
        ) => page("Session"),
        ("GET", "/api/playground/project") => list(text()),
        ("GET", "/api/package") => list(named("Package")),
        ("POST" | "DELETE", "/api/package") => named("Task"),
        ("GET", "/api/package_update_status" | "/api/restart_status") => named("TaskStatus"),
        ("POST", "/api/restart") => closed(vec![("task_id", text()), ("success", flag())], vec![]),
        ("GET", "/api/config") => map(),
        ("POST" | "PATCH", "/api/config") => configured(),
        ("GET", "/api/interview_data") => interview_data(),
        _ => return None,
    })
}

fn counters() -> Value {
    let names = ["requests", "evaluations", "engine_us", "crypto_us", "database_us", "commits", "writes"];
    closed(names.map(|name| (name, integer())).to_vec(), vec![])
}

fn fields() -> Value {
    let of_forms = ["default_values", "export_values", "locations", "types"].map(|name| (name, map()));
    closed(vec![("fields", list(text()))], of_forms.to_vec())
}

fn configured() -> Value {
    let always = vec![("task_id", text()), ("success", flag()), ("takes_effect_at_next_start", list(text()))];
    closed(always, vec![])
}

fn interview_data() -> Value {
    let words = || list(named("VocabularyWord"));
    let always = ["var_list", "functions_list", "classes_list", "modules_list", "images_list"];
    let beside = ["modules_available_list", "templates_list", "sources_list", "static_list"];
    let mut always: Vec<_> = always.map(|name| (name, words())).to_vec();
    always.push(("undefined_names", list(text())));
    let names = closed(always, beside.map(|name| (name, words())).to_vec());
    closed(vec![("names", names), ("vocabulary", list(text()))], vec![])
}
