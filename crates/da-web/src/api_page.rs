//! `/openapi`: the API's own document, to be read by people.
//!
//! It shows what the document says and nothing else; without a document there is no such page.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use crate::html::{Html, tag};
use crate::page::Page;
use crate::routes;

const TITLE: &str = "The API of this server";

/// Shows it.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    let settings = routes::settings(&request);
    let Some(document) = settings.api else { return routes::nothing(request).await };
    let document = document();
    let lead = text(&document["info"]["description"]).to_owned();
    let raw = tag("a").attr("href", settings.address("/api/openapi.json")).put("The same for programs");
    let paths = document["paths"].as_object().into_iter().flatten();
    let content = tag("section")
        .put(tag("h1").put(TITLE))
        .put(tag("p").class("lead").put(lead))
        .put(tag("p").put(raw))
        .put_all(paths.map(|(path, item)| of_path(path, item)));
    Page::new(TITLE, content).into_response(&settings, None)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn of_path(path: &str, item: &Value) -> Html {
    let operations = item.as_object().into_iter().flatten();
    let section = tag("section").class("card").put(tag("h2").put(path));
    section.put_all(operations.map(|(method, operation)| of_operation(method, operation))).into()
}

fn of_operation(method: &str, operation: &Value) -> Html {
    let listed = |parameter: &Value| {
        let needed = if parameter["required"] == true { "" } else { " (optional)" };
        tag("li").put(format!("{} in the {}{needed}", text(&parameter["name"]), text(&parameter["in"])))
    };
    let parameters = operation["parameters"].as_array().into_iter().flatten().map(listed);
    let answers = operation["responses"].as_object().into_iter().flatten();
    let told = |(status, answer): (&String, &Value)| {
        tag("li").put(format!("{status}: {}", text(&answer["description"]).replace("\n\n", "; ")))
    };
    tag("details")
        .put(tag("summary").put(method.to_uppercase()))
        .put(tag("ul").put_all(parameters).put_all(in_body(&operation["requestBody"])))
        .put(tag("p").put("Answers:"))
        .put(tag("ul").put_all(answers.map(told)))
        .into()
}

/// The parameters of a body.
fn in_body(body: &Value) -> Vec<Html> {
    let schema = &body["content"]["application/json"]["schema"];
    let needed: Vec<&str> = schema["required"].as_array().into_iter().flatten().map(text).collect();
    let names = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    let listed = |name: &str| {
        let needed = if needed.contains(&name) { "" } else { " (optional)" };
        tag("li").put(format!("{name} in the body{needed}")).into()
    };
    names.map(listed).collect()
}
