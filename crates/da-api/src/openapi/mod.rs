//! `/api/openapi.json`: the API as an OpenAPI 3.1 document, made of the table of routes, the contract's parameters and the
//! table of refusals, with the shapes of all bodies. It says nothing about anybody: no key.

mod contract;
mod kind;
mod link;
mod named;
mod shape;
mod success;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use crate::error::{ApiError, Edition};
use crate::routes::TABLE;
use crate::settings::ApiSettings;
use contract::{Line, Parameter};

/// What every route may refuse with.
pub(crate) const GENERAL: [&str; 12] = [
    "AccessDenied",
    "BrokenBody",
    "TooLarge",
    "TooSlow",
    "NoRoute",
    "NoMethod",
    "Conflict",
    "BadRequestName",
    "OtherRequest",
    "NotToldAgain",
    "Busy",
    "Internal",
];

/// Sends the document, with the address of this server.
pub(crate) fn get(request: &HttpRequest) -> HttpResponse {
    let settings = request.app_data::<Data<ApiSettings>>().cloned().unwrap_or_default();
    let mut document = document(settings.edition);
    document["servers"] = json!([{"url": settings.base}]);
    HttpResponse::Ok().json(document)
}

/// The document, in the texts of an edition.
pub fn document(edition: Edition) -> Value {
    let mut paths = Map::new();
    for entry in TABLE {
        let mut item = Map::new();
        for method in entry.methods {
            let line = Line::find(method, entry.path);
            item.insert(method.to_lowercase(), operation(&line, edition));
        }
        paths.insert(entry.path.to_owned(), Value::Object(item));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "docassemble's API, served by da-server",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Every call brings an API key: in the parameter key, in the header or the cookie X-API-Key, or as \
                            a bearer token. A refusal is a JSON string.",
        },
        "servers": [{"url": "/"}],
        "security": [{"header": []}, {"query": []}, {"cookie": []}, {"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": named::all(edition),
            "securitySchemes": {
                "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
                "query": {"type": "apiKey", "in": "query", "name": "key"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "X-API-Key"},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
    })
}

fn operation(line: &Line, edition: Edition) -> Value {
    let is_open = line.path.starts_with("/health") || line.path == "/api/openapi.json";
    let mut operation = json!({
        "operationId": line.operation_id(),
        "tags": [line.tag()],
        "parameters": line.in_path().map(in_path).collect::<Value>(),
        "responses": responses(line, edition, is_open),
    });
    if is_open {
        operation["security"] = json!([]);
    }
    match line.method {
        // A key may stand in a body alone where there is one.
        "POST" | "PATCH" => {
            if let Value::Array(parameters) = &mut operation["parameters"] {
                parameters.extend(headers(line));
            }
            operation["requestBody"] = body(line);
        }
        _ => {
            if let Value::Array(parameters) = &mut operation["parameters"] {
                parameters.extend(line.parameters.iter().map(in_query));
            }
        }
    }
    operation
}

fn in_path(name: &str) -> Value {
    json!({"name": name, "in": "path", "required": true, "schema": {"type": "integer"}})
}

fn in_query(parameter: &Parameter) -> Value {
    json!({
        "name": parameter.name, "in": "query", "required": parameter.is_needed, "schema": kind::in_text(parameter.name),
    })
}

/// What a request may demand.
fn headers(line: &Line) -> Vec<Value> {
    let header = |name: &str| json!({"name": name, "in": "header", "schema": {"type": "string"}});
    let mut headers = vec![header("Idempotency-Key")];
    if line.refusals.contains(&"Moved") {
        headers.push(header("If-Match"));
    }
    headers
}

fn body(line: &Line) -> Value {
    let needed: Vec<&str> =
        line.parameters.iter().filter(|parameter| parameter.is_needed).map(|parameter| parameter.name).collect();
    let schema = |of: fn(&str) -> Value| {
        let properties: Map<String, Value> =
            line.parameters.iter().map(|parameter| (parameter.name.to_owned(), of(parameter.name))).collect();
        let mut schema = json!({"type": "object", "properties": properties});
        if !needed.is_empty() {
            schema["required"] = json!(needed);
        }
        json!({"schema": schema})
    };
    json!({
        "required": !needed.is_empty(),
        "content": {
            "application/json": schema(kind::in_json),
            "application/x-www-form-urlencoded": schema(kind::in_text),
            "multipart/form-data": schema(kind::in_text),
        },
    })
}

fn responses(line: &Line, edition: Edition, is_open: bool) -> Value {
    let mut responses = Map::new();
    let body = success::of(line.method, line.path, edition);
    for status in &line.successes {
        let mut told = json!({"description": if *status == "204" { "Done; the body is empty." } else { "Done." }});
        if let Some(body) = body.as_ref().filter(|_| *status != "204") {
            told["content"] = body.content.clone();
        }
        if let Some(links) = link::of(line.method, line.path) {
            told["links"] = links;
        }
        responses.insert((*status).to_owned(), told);
    }
    if body.is_some_and(|body| body.is_of_interview) {
        let told = json!({"description": "What the interview answers itself (response()).", "content": {"*/*": {}}});
        responses.insert("default".to_owned(), told);
    }
    let all = ApiError::all();
    let may = |name: &str| line.refusals.contains(&name) || !is_open && GENERAL.contains(&name);
    for (name, refusal) in all.iter().filter(|(name, _)| may(name)) {
        let told = responses
            .entry(refusal.status(edition).as_u16().to_string())
            .or_insert_with(|| json!({"description": "", "content": {}}));
        told["content"][refusal.media_type()] = json!({"schema": {"type": "string"}});
        let text = format!("{name}: {}", refusal.text(edition));
        let said = told["description"].as_str().unwrap_or_default();
        told["description"] = if said.is_empty() { json!(text) } else { json!(format!("{said}\n\n{text}")) };
    }
    Value::Object(responses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const COMMITTED: &str = include_str!("../../../../fixtures/contract/openapi.json");

    #[test]
    fn the_committed_document_is_the_one_that_is_served() {
        let made = serde_json::to_string_pretty(&document(Edition::Documented)).unwrap() + "\n";
        if std::env::var_os("DA_WRITE_OPENAPI").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/contract/openapi.json"), &made)
                .unwrap();
        }
        assert!(
            made == COMMITTED,
            "the API has changed: DA_WRITE_OPENAPI=1 cargo test -p da-api openapi writes it anew"
        );
    }

    #[test]
    fn every_link_leads_to_an_operation_that_takes_what_is_brought() {
        let document = document(Edition::Documented);
        let operations: Vec<&Value> = document["paths"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|item| item.as_object().unwrap().values())
            .collect();
        let answers = operations.iter().flat_map(|operation| operation["responses"].as_object().unwrap().values());
        let links = answers.filter_map(|answer| answer["links"].as_object()).flat_map(|links| links.values());
        let mut count = 0;
        for link in links {
            let to = operations.iter().find(|operation| operation["operationId"] == link["operationId"]).unwrap();
            let parameters = to["parameters"].as_array().unwrap();
            for name in link["parameters"].as_object().into_iter().flat_map(|names| names.keys()) {
                assert!(parameters.iter().any(|parameter| parameter["name"] == name.as_str()), "{link}");
            }
            let body = &to["requestBody"]["content"]["application/json"]["schema"]["properties"];
            for name in link["requestBody"].as_object().into_iter().flat_map(|names| names.keys()) {
                assert!(body.get(name).is_some(), "{link}");
            }
            count += 1;
        }
        assert!(count > 10);
    }

    #[test]
    fn every_operation_has_a_name_of_its_own_and_answers() {
        let document = document(Edition::Later);
        let mut names = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                assert!(names.insert(operation["operationId"].to_string()), "{method} {path}");
                let responses = operation["responses"].as_object().unwrap();
                assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}");
                for (status, response) in responses.iter().filter(|(status, _)| *status != "204") {
                    assert!(
                        response["content"].as_object().is_some_and(|kinds| !kinds.is_empty()),
                        "{method} {path} {status}"
                    );
                }
                let needed = operation["parameters"].as_array().unwrap();
                let in_path = needed.iter().filter(|parameter| parameter["in"] == "path").count();
                assert_eq!(in_path, path.matches('{').count(), "{method} {path}");
            }
        }
    }
}
