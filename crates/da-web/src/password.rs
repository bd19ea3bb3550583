//! `/user/forgot-password` and `/user/reset-password`: a letter for somebody who forgot a password, and the form that its
//! link leads to.
//!
//! The first answers the same whatever address was typed. What is lost with the old password is said before a new one is
//! set, in both places.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AfterReset, AppError, Fault};
use da_http::Parameters;

use crate::form_parts::{button, field, form, hidden, on_to, problem, secret, text};
use crate::html::tag;
use crate::page::Page;
use crate::sign_in::{shown, unfit};
use crate::visit::Visit;
use crate::{error, routes, sent};

const FORGOT: &str = "Forgot your password?";

const FORGOT_PATH: &str = "/user/forgot-password";

const NEW: &str = "Set a new password";

const NEW_PATH: &str = "/user/reset-password";

/// What is told where passwords are not set anew by mail.
const NO_LETTER: &str = "This server cannot send you a letter to set a new password. Its administrator can give your \
                         account a new one. Answers that were sealed under the old one then stay closed.";

/// What is told of a server that can recover what is sealed for people.
const KEEPS: &str = "What you answered before stays open to you: the operator of this server keeps a key for people who \
                     forget their passwords.";

/// What is told of a server that cannot.
const LOSES: &str = "Encrypted interviews that you began while you were signed in cannot be opened any more once you have a \
                     new password: they are sealed under the old one. If you may still remember it, try it first.";

/// Shows the form for an address.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    shown(&request, |visit| forgot(visit, None)).await
}

fn forgot(visit: &Visit, wrong: Option<&str>) -> Page {
    let card = tag("section").class("card").put(tag("h1").put(FORGOT));
    if !visit.app.password_may_be_reset() {
        return Page::new(FORGOT, card.put(tag("p").put(NO_LETTER)));
    }
    let form = form(visit, FORGOT_PATH)
        .put_some(problem(wrong))
        .put(field("email", "E-mail address", "username", text("email").flag("required", true)))
        .put(button("Send me a link"));
    let kept = if visit.app.password_reset_keeps_sessions() { KEEPS } else { LOSES };
    let told = "We send a link to the address of your account, with which you set a new password.";
    Page::new(FORGOT, card.put(tag("p").put(told)).put(tag("p").attr("id", "kept").put(kept)).put(form))
}

/// Takes the address.
pub(crate) async fn post(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, letter).await
}

async fn letter(visit: Visit, said: Parameters) -> Result<HttpResponse, AppError> {
    let email = said.text("email").unwrap_or_default();
    if !visit.app.password_may_be_reset() {
        return Ok(unfit(forgot(&visit, None), &visit));
    }
    match visit.app.password_forgotten(&email, &visit.from).await {
        Ok(()) => {
            let told = "If there is an account with that address, a letter is on its way to it. Its link is good for two \
                        hours, once.";
            let card = tag("section").class("card").put(tag("h1").put("Look into your mail")).put(tag("p").put(told));
            Ok(Page::new(FORGOT, card).into_response(&visit.settings, Some(visit.cookie()?)))
        }
        Err(refused) if refused.fault == Fault::TooMany => Ok(unfit(forgot(&visit, Some(refused.public())), &visit)),
        Err(failed) => Err(failed),
    }
}

/// Shows the form for a new password.
pub(crate) async fn get_new(request: HttpRequest) -> HttpResponse {
    let settings = routes::settings(&request);
    let code = Parameters::from_query(request.query_string()).text("token").unwrap_or_default();
    let made = async {
        let visit = Visit::of(&request).await?;
        let after = visit.app.password_reset_look(&code).await?;
        Ok::<_, AppError>(new(&visit, &code, &after, None).into_response(&settings, Some(visit.cookie()?)))
    };
    made.await.unwrap_or_else(|failed| error::with_way_home(&failed, &settings).into_response(&settings, None))
}

/// Takes the new password.
pub(crate) async fn post_new(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, reset).await
}

async fn reset(visit: Visit, said: Parameters) -> Result<HttpResponse, AppError> {
    let text = |name: &str| said.text(name).unwrap_or_default();
    let (code, password) = (text("token"), text("password"));
    let after = visit.app.password_reset_look(&code).await?;
    let wrong = |problem: &str| Ok(unfit(new(&visit, &code, &after, Some(problem)), &visit));
    if password != text("again") {
        return wrong(DIFFERENT);
    }
    match visit.app.password_reset(&code, &password).await {
        Ok(()) => on_to(&visit, "/user/sign-in"),
        Err(bad) if bad.fault == Fault::BadAccount => wrong(bad.public()),
        Err(failed) => Err(failed),
    }
}

/// What is told of two passwords that should be the same.
pub(crate) const DIFFERENT: &str = "The two passwords are not the same.";

fn new(visit: &Visit, code: &str, after: &AfterReset, wrong: Option<&str>) -> Page {
    let form = form(visit, NEW_PATH)
        .put(hidden("token", code))
        .put_some(problem(wrong))
        .put(field("password", "New password", "new-password", secret("password", wrong.is_some())))
        .put(field("again", "The new password again", "new-password", secret("again", wrong.is_some())))
        .put(button(NEW));
    let kept = if after.keeps_sessions { KEEPS } else { LOSES };
    let content = tag("section")
        .class("card")
        .put(tag("h1").put(NEW))
        .put(tag("p").put(format!("This is for the account {}.", after.email)))
        .put(tag("p").attr("id", "kept").put(kept))
        .put(form);
    Page::new(NEW, content)
}
