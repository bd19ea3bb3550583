//! Data table: where what an answer tells is used next. A client, or whoever tries this API out, finds its way by these.

use serde_json::{Map, Value, json};

/// A way on: from a route's answer to an operation, with what is taken along.
struct Link {
    from: (&'static str, &'static str),
    to: &'static str,
    /// The parameters, which are called as in the answer.
    names: &'static [&'static str],
    in_body: bool,
}

const SESSION: (&str, &str) = ("GET", "/api/session/new");

const NAMES: &[&str] = &["i", "session", "secret"];

const LINKS: &[Link] = &[
    Link { from: SESSION, to: "get_session", names: NAMES, in_body: false },
    Link { from: SESSION, to: "get_session_question", names: NAMES, in_body: false },
    Link { from: SESSION, to: "post_session", names: NAMES, in_body: true },
    Link { from: SESSION, to: "post_session_back", names: NAMES, in_body: true },
    Link { from: SESSION, to: "post_resume_url", names: NAMES, in_body: true },
    Link { from: SESSION, to: "delete_session", names: &["i", "session"], in_body: false },
    Link { from: ("POST", "/api/user/new"), to: "get_user_user_id", names: &["user_id"], in_body: false },
    Link { from: ("POST", "/api/user/new"), to: "post_user_user_id_privileges", names: &["user_id"], in_body: false },
    Link {
        from: ("POST", "/api/stash_data"),
        to: "get_retrieve_stashed_data",
        names: &["stash_key", "secret"],
        in_body: false,
    },
    Link { from: ("POST", "/api/restart"), to: "get_restart_status", names: &["task_id"], in_body: false },
    Link { from: ("POST", "/api/package"), to: "get_package_update_status", names: &["task_id"], in_body: false },
    Link { from: ("DELETE", "/api/package"), to: "get_package_update_status", names: &["task_id"], in_body: false },
];

/// The links of a route's success.
pub(super) fn of(method: &str, path: &str) -> Option<Value> {
    let ours = LINKS.iter().filter(|link| link.from == (method, path));
    let links: Map<String, Value> = ours.map(|link| (link.to.to_owned(), told(link))).collect();
    (!links.is_empty()).then_some(Value::Object(links))
}

fn told(link: &Link) -> Value {
    let taken: Map<String, Value> =
        link.names.iter().map(|name| ((*name).to_owned(), json!(format!("$response.body#/{name}")))).collect();
    let place = if link.in_body { "requestBody" } else { "parameters" };
    json!({"operationId": link.to, place: taken})
}
