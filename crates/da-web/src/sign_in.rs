//! `/user/sign-in` and `/user/sign-out`: people with an account come in, with a code where they have a second factor, and go.
//!
//! A password stands in the body of a form alone, and where somebody is led afterwards is a path of this server.

use actix_web::http::StatusCode;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AppError, Fault, Registration, SignedIn};
use da_http::Parameters;
use percent_encoding::utf8_percent_encode;

use crate::form_parts::{button, code, field, form, hidden, on_to, problem, secret, text};
use crate::html::tag;
use crate::interview::QUERY;
use crate::page::Page;
use crate::visit::Visit;
use crate::{error, register, routes, sent};

const TITLE: &str = "Sign in";

const SIGN_OUT: &str = "Sign out";

pub(crate) const PATH: &str = "/user/sign-in";

/// Shows the form.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    let said = Parameters::from_query(request.query_string());
    shown(&request, |visit| page(visit, &said, None)).await
}

/// A page of somebody, with the cookie.
pub(crate) async fn shown(request: &HttpRequest, page: impl FnOnce(&Visit) -> Page) -> HttpResponse {
    let settings = routes::settings(request);
    let made = async {
        let visit = Visit::of(request).await?;
        Ok::<_, AppError>((page(&visit), visit.cookie()?))
    };
    match made.await {
        Ok((page, cookie)) => page.into_response(&settings, Some(cookie)),
        Err(failed) => error::with_way_home(&failed, &settings).into_response(&settings, None),
    }
}

/// Takes the password.
pub(crate) async fn post(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, sign_in).await
}

async fn sign_in(mut visit: Visit, said: Parameters) -> Result<HttpResponse, AppError> {
    let text = |name: &str| said.text(name).unwrap_or_default();
    let (email, password, app) = (text("email"), text("password"), visit.app.clone());
    match app.visitor_sign_in(&mut visit.visitor, (&email, &password), &visit.from).await {
        Ok(SignedIn::Yes) => signed_in(&visit, &said).await,
        Ok(SignedIn::NeedsCode(half)) => Ok(code_page(&visit, &half, &said, None).into_response(&visit.settings, None)),
        Err(refused) if is_for_the_form(refused.fault) => {
            Ok(unfit(page(&visit, &said, Some(refused.public())), &visit))
        }
        Err(failed) => Err(failed),
    }
}

/// Takes the code of the second factor.
pub(crate) async fn post_code(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, sign_in_code).await
}

async fn sign_in_code(mut visit: Visit, said: Parameters) -> Result<HttpResponse, AppError> {
    let text = |name: &str| said.text(name).unwrap_or_default();
    let (half, app) = (text("half"), visit.app.clone());
    match app.visitor_sign_in_code(&mut visit.visitor, &half, &text("code")).await {
        Ok(()) => signed_in(&visit, &said).await,
        Err(refused) if is_for_the_form(refused.fault) => {
            Ok(unfit(code_page(&visit, &half, &said, Some(refused.public())), &visit))
        }
        Err(failed) => Err(failed),
    }
}

/// On to where somebody wanted to go who is signed in now, on a device that is known from now on.
async fn signed_in(visit: &Visit, said: &Parameters) -> Result<HttpResponse, AppError> {
    let mut response = on_to(visit, &next(said))?;
    response.add_cookie(&visit.device_cookie().await?).map_err(AppError::internal)?;
    Ok(response)
}

/// Shows the button by which somebody goes.
pub(crate) async fn get_out(request: HttpRequest) -> HttpResponse {
    shown(&request, |visit| {
        let form = form(visit, "/user/sign-out").put(button(SIGN_OUT));
        Page::new(SIGN_OUT, tag("section").class("card").put(tag("h1").put(SIGN_OUT)).put(form))
    })
    .await
}

/// Somebody goes.
pub(crate) async fn post_out(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, async |mut visit, _| {
        visit.leave()?;
        on_to(&visit, "/")
    })
    .await
}

/// Whether a refusal is told in the form, for another attempt.
pub(crate) fn is_for_the_form(fault: Fault) -> bool {
    matches!(fault, Fault::WrongPassword | Fault::WrongCode | Fault::TooMany)
}

/// A form that did not fit.
pub(crate) fn unfit(page: Page, visit: &Visit) -> HttpResponse {
    Page { status: StatusCode::UNPROCESSABLE_ENTITY, ..page }.into_response(&visit.settings, None)
}

/// Where somebody is led afterwards: a path of ours, or home.
pub(crate) fn next(said: &Parameters) -> String {
    let is_path = |next: &String| {
        next.starts_with('/')
            && !next.starts_with("//")
            && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    };
    said.text("next").filter(is_path).unwrap_or_else(|| "/".to_owned())
}

/// A page of accounts that leads on to a path of ours.
pub(crate) fn with_next(path: &str, next: &str) -> String {
    format!("{path}?next={}", utf8_percent_encode(next, QUERY))
}

fn page(visit: &Visit, said: &Parameters, wrong: Option<&str>) -> Page {
    let email = text("email").flag("required", true).attr("value", said.text("email").unwrap_or_default());
    let form = form(visit, PATH)
        .put(hidden("next", next(said)))
        .put_some(problem(wrong))
        .put(field("email", "E-mail address", "username", email))
        .put(field("password", "Password", "current-password", secret("password", wrong.is_some())))
        .put(button(TITLE));
    let forgot = tag("a").attr("href", visit.settings.address("/user/forgot-password")).put("Forgot your password?");
    let card = tag("section").class("card").put(tag("h1").put(TITLE)).put(form).put(tag("p").put(forgot));
    let card = card.put_some((visit.app.registration() != Registration::Closed).then(|| {
        let address = visit.settings.address(&with_next(register::PATH, &next(said)));
        tag("p").put(tag("a").attr("href", address).put("Make an account"))
    }));
    Page::new(TITLE, card)
}

fn code_page(visit: &Visit, half: &str, said: &Parameters, wrong: Option<&str>) -> Page {
    let form = form(visit, "/user/sign-in/code")
        .put(hidden("next", next(said)))
        .put(hidden("half", half))
        .put_some(problem(wrong))
        .put(field("code", "Code of your authenticator, or a recovery code", "one-time-code", code(wrong.is_some())))
        .put(button(TITLE));
    Page::new(TITLE, tag("section").class("card").put(tag("h1").put("One step more")).put(form))
}
