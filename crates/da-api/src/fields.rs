//! `/api/fields`: which fields a template has.

use std::collections::HashSet;

use actix_web::HttpResponse;
use da_app::{Fault, FormField, FormNumber, TemplateFields, TemplateNamed};
use serde_json::{Map, Value, json};

use crate::call::{Answer, Call};
use crate::error::{ApiError, Refusal};

/// Tells the fields, or drafts a question with them.
pub(crate) async fn post(mut call: Call) -> Answer {
    call.app.template_fields_may(&call.caller)?;
    let is_draft = match call.parameters.text("format").as_deref() {
        None | Some("json") => false,
        Some("yaml") => true,
        Some(_) => return Err(ApiError::InvalidOutputFormat.into()),
    };
    let sent = call.sent.iter().position(|sent| sent.variable == "template").ok_or(ApiError::NeedsTemplate)?;
    let sent = call.sent.swap_remove(sent);
    let template = TemplateNamed::parse(&sent.name).ok_or(ApiError::InvalidInputFormat)?;
    let fields = match call.app.template_fields(&call.caller, &template, sent).await {
        Err(failed) if failed.fault == Fault::BadDocument && is_draft => {
            return Err(Refusal::caused(ApiError::NoFields, failed));
        }
        // What cannot be read has no fields either: that is all that docassemble tells.
        Err(failed) if failed.fault == Fault::BadDocument => TemplateFields::Names(Vec::new()),
        found => found?,
    };
    if is_draft {
        let draft = fields.draft(&template).ok_or(ApiError::NoFields)?;
        return Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(draft));
    }
    let told = match fields {
        TemplateFields::Names(names) => json!({"fields": names}),
        TemplateFields::Form(fields) => form(&fields),
    };
    // Laid out for people, as in docassemble.
    Ok(HttpResponse::Ok().content_type("application/json; charset=utf-8").body(format!("{told:#}")))
}

/// The fields of a form: their names in the order of the pages, and what is known about each, under its name.
fn form(fields: &[FormField]) -> Value {
    let mut seen = HashSet::new();
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).filter(|name| seen.insert(*name)).collect();
    json!({
        "default_values": by_name(fields, |field| TemplateFields::default_value(field).unwrap_or_default().into()),
        "export_values": by_name(fields, |field| TemplateFields::export_value(field).into()),
        "fields": names,
        "locations": by_name(fields, |field| {
            let edges: Vec<Value> = field.edges.iter().map(|edge| number(*edge)).collect();
            json!({"box": edges, "page": field.page})
        }),
        "types": by_name(fields, |field| {
            field.kind.as_ref().map_or_else(|| "None".into(), |kind| format!("/{}", kind.name()).into())
        }),
    })
}

/// What is known about each field, in the order of their names. Of a field that stands at several places, the last is told.
fn by_name(fields: &[FormField], tell: impl Fn(&FormField) -> Value) -> Value {
    let mut told: Map<String, Value> = fields.iter().map(|field| (field.name.clone(), tell(field))).collect();
    told.sort_keys();
    Value::Object(told)
}

fn number(number: FormNumber) -> Value {
    match number {
        FormNumber::Integer(number) => number.into(),
        FormNumber::Real(number) => number.into(),
    }
}
