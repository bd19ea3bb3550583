//! `/user/profile`: what is known about somebody, and the ways to their API keys and their second factor.
//!
//! Only for those who are signed in; everybody else is led to where that is done.

pub(crate) mod keys;
pub(crate) mod password;
pub(crate) mod two_factor;

use actix_web::http::header::LOCATION;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AppError, UserWishes};
use da_core::{Caller, Profile, User};
use da_http::Parameters;

use crate::form_parts::{button, field, form, on_to, text};
use crate::html::{Html, Tag, tag};
use crate::page::Page;
use crate::visit::Visit;
use crate::{error, routes, sent};

const TITLE: &str = "Your profile";

const PATH: &str = "/user/profile";

/// Shows it.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    signed_in(&request, PATH, async |visit, user| Ok(page(visit, user))).await
}

/// A page of somebody who is signed in.
async fn signed_in(
    request: &HttpRequest,
    path: &str,
    page: impl AsyncFnOnce(&Visit, &User) -> Result<Page, AppError>,
) -> HttpResponse {
    let settings = routes::settings(request);
    let made = async {
        let visit = Visit::of(request).await?;
        match &visit.caller {
            Caller::User(user) => Ok(page(&visit, user).await?.into_response(&settings, Some(visit.cookie()?))),
            _ => Ok(to_sign_in(&visit, path)),
        }
    };
    made.await
        .unwrap_or_else(|failed: AppError| error::with_way_home(&failed, &settings).into_response(&settings, None))
}

fn to_sign_in(visit: &Visit, path: &str) -> HttpResponse {
    let address = visit.settings.address(&format!("/user/sign-in?next={path}"));
    HttpResponse::SeeOther().insert_header((LOCATION, address)).finish()
}

/// Takes what is different.
pub(crate) async fn post(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, save).await
}

async fn save(visit: Visit, said: Parameters) -> Result<HttpResponse, AppError> {
    let Caller::User(user) = &visit.caller else { return Ok(to_sign_in(&visit, PATH)) };
    let profile = Profile {
        first_name: said.text("first_name"),
        last_name: said.text("last_name"),
        organization: said.text("organization"),
        language: said.text("language"),
        timezone: said.text("timezone"),
        ..Profile::default()
    };
    let wishes = UserWishes { profile, ..UserWishes::default() };
    visit.app.user_set(&visit.caller, user.id, wishes).await?;
    on_to(&visit, PATH)
}

fn page(visit: &Visit, user: &User) -> Page {
    let form = form(visit, PATH)
        .put(field("first_name", "First name", "given-name", text("first_name").attr("value", &user.first_name)))
        .put(field("last_name", "Last name", "family-name", text("last_name").attr("value", &user.last_name)))
        .put(field(
            "organization",
            "Organization",
            "organization",
            text("organization").attr("value", &user.organization),
        ))
        .put(field("language", "Language (as in en)", "off", text("language").attr("value", &user.language)))
        .put(field(
            "timezone",
            "Time zone (as in Europe/Berlin)",
            "off",
            text("timezone").attr("value", &user.timezone),
        ))
        .put(button("Save"));
    let link = |path: &str, text: &'static str| -> Html {
        tag("p").put(tag("a").attr("href", visit.settings.address(path)).put(text)).into()
    };
    let content = tag("section")
        .class("card")
        .put(tag("h1").put(TITLE))
        .put(tag("p").put(user.email.as_str()))
        .put(form)
        .put(link("/user/change-password", "Change your password"))
        .put(link("/manage_api", "API keys"))
        .put(link("/user/mfa", "Second factor for signing in"))
        .put(link("/user/sign-out", "Sign out"));
    Page::new(TITLE, content)
}

/// A section of a page with a heading.
fn part(heading: &'static str) -> Tag {
    tag("section").class("card").put(tag("h2").put(heading))
}
