//! `/start/...` and `/run/...`: interviews by short names. `/start` begins a session, `/run` goes on with the one that is there.
//!
//! A name alone is one of `dispatch`; behind the name of a package stands a file of its questions, without its extension.

use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use da_app::App;
use da_core::InterviewName;
use da_http::Parameters;
use percent_encoding::utf8_percent_encode;

use crate::interview::{QUERY, address};
use crate::routes;

/// Leads to the interview. What else the address says goes on with it.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    let Some(interview) = interview(&request) else { return routes::nothing(request).await };
    let mut to = address(&routes::settings(&request), &interview);
    if request.match_info().get("way") == Some("start") {
        to.push_str("&new_session=1");
    }
    for (name, value) in Parameters::from_query(request.query_string()).query().filter(|(name, _)| *name != "i") {
        to.push_str(&format!("&{}={}", utf8_percent_encode(name, QUERY), utf8_percent_encode(&value, QUERY)));
    }
    HttpResponse::SeeOther().insert_header((LOCATION, to)).finish()
}

fn interview(request: &HttpRequest) -> Option<String> {
    let part = |name: &str| request.match_info().get(name).map(|part| part.trim_end_matches('/'));
    if let Some(short) = part("name") {
        return request.app_data::<Data<App>>()?.interview_named(short);
    }
    let name = format!("docassemble.{}:data/questions/{}.yml", part("package")?, part("path")?);
    InterviewName::parse(&name).ok().map(|name| name.as_str().to_owned())
}
