//! `/launch`: a link by which a session changes hands.
//!
//! Looking at it changes nothing: the page that comes has a button, which presses itself where scripts run. What reads
//! links ahead of people (mail filters, chat programs) presses no buttons and uses up no link.

use actix_web::cookie::Cookie;
use actix_web::http::header::LOCATION;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::AppError;
use da_http::Parameters;

use crate::fixed::LAUNCH;
use crate::html::tag;
use crate::page::Page;
use crate::visit::Visit;
use crate::{error, led, routes, sent};

const TITLE: &str = "Your interview is ready";

/// Shows the button.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    let settings = routes::settings(&request);
    match show(&request).await {
        Ok((page, cookie)) => page.into_response(&settings, Some(cookie)),
        Err(failed) => error::with_way_home(&failed, &settings).into_response(&settings, None),
    }
}

async fn show(request: &HttpRequest) -> Result<(Page, Cookie<'static>), AppError> {
    let visit = Visit::of(request).await?;
    let parameters = Parameters::from_query(request.query_string());
    let code = parameters.text("c").unwrap_or_default();
    visit.app.resume_look(&code).await?;
    let said = parameters.query().filter(|(name, _)| !matches!(*name, "session" | sent::TOKEN));
    let kept = said.map(|(name, value)| tag("input").attr("type", "hidden").attr("name", name).attr("value", value));
    let form = tag("form")
        .attr("id", "launch")
        .attr("method", "post")
        .attr("action", visit.settings.address("/launch"))
        .put(sent::token(&visit))
        .put_all(kept)
        .put(tag("div").class("buttons").put(tag("button").class("main").put("Continue")));
    let content = tag("section").class("card").put(tag("h1").put(TITLE)).put(form);
    Ok((Page { script: Some(&LAUNCH), ..Page::new(TITLE, content) }, visit.cookie()?))
}

/// Opens the session.
pub(crate) async fn post(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, open).await
}

async fn open(mut visit: Visit, parameters: Parameters) -> Result<HttpResponse, AppError> {
    let code = parameters.text("c").unwrap_or_default();
    let (app, caller) = (visit.app.clone(), visit.caller.clone());
    let mut to = app.resume_by_link(&caller, &mut visit.visitor, &code).await?;
    for (name, value) in parameters.body().filter(|(name, _)| !matches!(*name, "c" | sent::TOKEN)) {
        to.url_args.insert(name.to_owned(), value.into());
    }
    let address = match to.session {
        Some(_) => led::address(&visit.settings, &to),
        None => led::new_session(&visit.settings, &to),
    };
    Ok(HttpResponse::SeeOther().cookie(visit.cookie()?).insert_header((LOCATION, address)).finish())
}
