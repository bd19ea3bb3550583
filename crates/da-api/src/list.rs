//! `/api/list`: the advertised interviews.

use actix_web::HttpResponse;

use crate::call::{Answer, Call};
use crate::dto;

/// Lists them, with links that are absolute unless they are not wanted so.
pub(crate) async fn get(call: Call) -> Answer {
    let interviews = call.app.interview_list(&call.caller, call.parameters.filled("tag")).await?;
    let absolute = call.parameters.flag("absolute_urls").unwrap_or(true);
    let base = if absolute { &call.settings.base } else { &call.settings.path };
    let edition = call.settings.edition;
    let list: Vec<_> = interviews.iter().map(|interview| dto::advertised(interview, base, edition)).collect();
    Ok(HttpResponse::Ok().json(list))
}
