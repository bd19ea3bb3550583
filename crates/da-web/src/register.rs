//! `/user/register`: somebody who was invited makes an account.

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AppError, Fault};
use da_core::Profile;
use da_http::Parameters;

use crate::form_parts::{field, secret, text};
use crate::html::tag;
use crate::page::Page;
use crate::visit::Visit;
use crate::{error, routes, sent};

const TITLE: &str = "Make your account";

const DIFFERENT: &str = "The two passwords are not the same.";

/// Shows the form.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    let settings = routes::settings(&request);
    let parameters = Parameters::from_query(request.query_string());
    match show(&request, &parameters).await {
        Ok((page, cookie)) => page.into_response(&settings, Some(cookie)),
        Err(failed) => error::with_way_home(&failed, &settings).into_response(&settings, None),
    }
}

async fn show(request: &HttpRequest, parameters: &Parameters) -> Result<(Page, Cookie<'static>), AppError> {
    let visit = Visit::of(request).await?;
    let token = parameters.text("token").unwrap_or_default();
    let email = visit.app.invitation_look(&token).await?;
    Ok((page(&visit, parameters, &email, None), visit.cookie()?))
}

/// Makes the account.
pub(crate) async fn post(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, register).await
}

async fn register(mut visit: Visit, parameters: Parameters) -> Result<HttpResponse, AppError> {
    let said = |name: &str| parameters.text(name).unwrap_or_default();
    let (token, password) = (said("token"), said("password"));
    let email = visit.app.invitation_look(&token).await?;
    let wrong = |visit: &Visit, problem: &str| {
        let page = page(visit, &parameters, &email, Some(problem));
        Page { status: StatusCode::UNPROCESSABLE_ENTITY, ..page }.into_response(&visit.settings, None)
    };
    if password != said("again") {
        return Ok(wrong(&visit, DIFFERENT));
    }
    let profile = Profile {
        first_name: parameters.text("first_name"),
        last_name: parameters.text("last_name"),
        ..Profile::default()
    };
    let made = visit.app.clone().invitation_accept(&mut visit.visitor, &token, (profile, &password), &visit.from).await;
    match made {
        Ok(()) => {
            let home = visit.settings.address("/");
            Ok(HttpResponse::SeeOther().cookie(visit.cookie()?).insert_header((LOCATION, home)).finish())
        }
        Err(bad) if bad.fault == Fault::BadAccount => Ok(wrong(&visit, bad.public())),
        Err(failed) => Err(failed),
    }
}

/// The form, with what is wrong with what was sent. A password is never sent back.
fn page(visit: &Visit, sent: &Parameters, email: &str, problem: Option<&str>) -> Page {
    let said = |name: &str| sent.text(name).unwrap_or_default();
    let problem =
        problem.map(|problem| tag("p").class("error").attr("id", "problem").attr("role", "alert").put(problem));
    let is_wrong = problem.is_some();
    let form = tag("form")
        .attr("method", "post")
        .attr("action", visit.settings.address("/user/register"))
        .put(sent::token(visit))
        .put(tag("input").attr("type", "hidden").attr("name", "token").attr("value", said("token")))
        .put(field("first_name", "First name", "given-name", text("first_name").attr("value", said("first_name"))))
        .put(field("last_name", "Last name", "family-name", text("last_name").attr("value", said("last_name"))))
        .put_some(problem)
        .put(field("password", "Password", "new-password", secret("password", is_wrong)))
        .put(field("again", "The password again", "new-password", secret("again", is_wrong)))
        .put(tag("div").class("buttons").put(tag("button").class("main").put(TITLE)));
    let content = tag("section")
        .class("card")
        .put(tag("h1").put(TITLE))
        .put(tag("p").put(format!("You were invited as {email}.")))
        .put(form);
    Page::new(TITLE, content)
}
