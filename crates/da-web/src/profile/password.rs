//! `/user/change-password`: somebody who is signed in brings the old password and sets another.
//!
//! A password stands in the body of a form alone, and is never sent back.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AppError, Fault};
use da_core::Caller;
use da_http::Parameters;

use super::{signed_in, to_sign_in};
use crate::form_parts::{button, field, form, on_to, problem, secret};
use crate::html::tag;
use crate::page::Page;
use crate::password::DIFFERENT;
use crate::sent;
use crate::sign_in::unfit;
use crate::visit::Visit;

const TITLE: &str = "Change your password";

const PATH: &str = "/user/change-password";

/// Shows the form.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    signed_in(&request, PATH, async |visit, _| Ok(page(visit, None))).await
}

/// Takes both passwords.
pub(crate) async fn post(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, change).await
}

async fn change(mut visit: Visit, said: Parameters) -> Result<HttpResponse, AppError> {
    if !matches!(visit.caller, Caller::User(_)) {
        return Ok(to_sign_in(&visit, PATH));
    }
    let text = |name: &str| said.text(name).unwrap_or_default();
    let (old, new, app) = (text("old"), text("password"), visit.app.clone());
    if new != text("again") {
        return Ok(unfit(page(&visit, Some(DIFFERENT)), &visit));
    }
    match app.password_change((&visit.caller, &mut visit.visitor), (&old, &new), &visit.from).await {
        Ok(()) => on_to(&visit, "/user/profile"),
        Err(refused) if is_for_the_form(refused.fault) => Ok(unfit(page(&visit, Some(refused.public())), &visit)),
        Err(failed) => Err(failed),
    }
}

fn is_for_the_form(fault: Fault) -> bool {
    matches!(fault, Fault::WrongPassword | Fault::TooMany | Fault::BadAccount)
}

fn page(visit: &Visit, wrong: Option<&str>) -> Page {
    let card = tag("section").class("card").put(tag("h1").put(TITLE));
    if !visit.app.settings().may_change_password {
        return Page::new(
            TITLE,
            card.put(tag("p").put("On this server people do not change their passwords themselves.")),
        );
    }
    let is_wrong = wrong.is_some();
    let form = form(visit, PATH)
        .put_some(problem(wrong))
        .put(field("old", "Old password", "current-password", secret("old", is_wrong)))
        .put(field("password", "New password", "new-password", secret("password", is_wrong)))
        .put(field("again", "The new password again", "new-password", secret("again", is_wrong)))
        .put(button(TITLE));
    let told = "Your interviews stay open to you. Every other browser in which you are signed in is signed out.";
    Page::new(TITLE, card.put(tag("p").attr("id", "kept").put(told)).put(form))
}
