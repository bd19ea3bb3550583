//! `/user/mfa`: a second factor is taken, and ended.
//!
//! The seed and the recovery codes stand on the one page that tells them; the server keeps nothing before a code came.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AppError, TwoFactorOffer};
use da_core::{Caller, User};
use da_http::Parameters;

use super::{signed_in, to_sign_in};
use crate::form_parts::{button, code, field, form, hidden, on_to, problem, secret};
use crate::html::tag;
use crate::page::Page;
use crate::sent;
use crate::sign_in::{is_for_the_form, unfit};
use crate::visit::Visit;

const TITLE: &str = "Second factor";

const PATH: &str = "/user/mfa";

const PASSWORD: &str = "Your password";

/// Shows whether there is one, and offers one.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    signed_in(&request, PATH, async |visit, user| page(visit, user, None).await).await
}

async fn page(visit: &Visit, user: &User, wrong: Option<&str>) -> Result<Page, AppError> {
    if visit.app.two_factor_is_on(user.id).await? {
        let left = visit.app.two_factor_recovery_left(&visit.caller).await?;
        return Ok(ending(visit, left, wrong));
    }
    let offer = visit.app.two_factor_offer(&visit.caller)?;
    Ok(offering(visit, &offer, wrong))
}

/// Takes one, or ends it.
pub(crate) async fn post(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, change).await
}

async fn change(visit: Visit, said: Parameters) -> Result<HttpResponse, AppError> {
    let Caller::User(user) = &visit.caller else { return Ok(to_sign_in(&visit, PATH)) };
    let text = |name: &str| said.text(name).unwrap_or_default();
    let (app, caller) = (&visit.app, &visit.caller);
    let done = match text("do").as_str() {
        "begin" => {
            let (offer, code, password) = (text("offer"), text("code"), text("password"));
            app.two_factor_begin(caller, (&offer, &code), (&password, &visit.from)).await.map(Some)
        }
        "end" => app.two_factor_end(caller, &text("code"), (&text("password"), &visit.from)).await.map(|()| None),
        _ => Ok(None),
    };
    match done {
        Ok(Some(codes)) => Ok(begun(&codes).into_response(&visit.settings, Some(visit.cookie()?))),
        Ok(None) => on_to(&visit, PATH),
        Err(refused) if is_for_the_form(refused.fault) => {
            Ok(unfit(page(&visit, user, Some(refused.public())).await?, &visit))
        }
        Err(failed) => Err(failed),
    }
}

fn offering(visit: &Visit, offer: &TwoFactorOffer, wrong: Option<&str>) -> Page {
    let form = form(visit, PATH)
        .put(hidden("do", "begin"))
        .put(hidden("offer", &offer.sealed))
        .put_some(problem(wrong))
        .put(field("password", PASSWORD, "current-password", secret("password", wrong.is_some())))
        .put(field("code", "The code that it shows now", "one-time-code", code(wrong.is_some())))
        .put(button("Take it"));
    let content = tag("section")
        .class("card")
        .put(tag("h1").put(TITLE))
        .put(tag("p").put("Signing in then takes a code of an authenticator, beside your password."))
        .put(tag("p").put(tag("a").attr("id", "address").attr("href", &offer.address).put("Open your authenticator")))
        .put(tag("p").put("Or type this key into it:"))
        .put(tag("pre").attr("id", "seed").put(offer.seed.as_str()))
        .put(form);
    Page::new(TITLE, content)
}

fn ending(visit: &Visit, left: i64, wrong: Option<&str>) -> Page {
    let form = form(visit, PATH)
        .put(hidden("do", "end"))
        .put_some(problem(wrong))
        .put(field("password", PASSWORD, "current-password", secret("password", wrong.is_some())))
        .put(field("code", "A code of it, or a recovery code", "one-time-code", code(wrong.is_some())))
        .put(button("Sign in without it from now on"));
    let content = tag("section")
        .class("card")
        .put(tag("h1").put(TITLE))
        .put(tag("p").put("You sign in with a code of your authenticator."))
        .put(tag("p").put(format!("Recovery codes that are left: {left}.")))
        .put(form);
    Page::new(TITLE, content)
}

fn begun(codes: &[String]) -> Page {
    let content = tag("section")
        .class("card")
        .put(tag("h1").put("Your recovery codes"))
        .put(tag("p").put("Each lets you in once when you have lost your authenticator. They are not shown again."))
        .put(tag("pre").attr("id", "codes").put(codes.join("\n")));
    Page::new(TITLE, content)
}
