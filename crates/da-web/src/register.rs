//! `/user/register`: somebody makes an account, by an invitation, or on their own where the operator allows it.

use actix_web::cookie::Cookie;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AppError, Fault, Registration};
use da_core::Profile;
use da_http::Parameters;

use crate::form_parts::{button, field, form, hidden, on_to, problem, secret, text};
use crate::html::{Tag, tag};
use crate::page::Page;
use crate::sign_in::{next, unfit};
use crate::visit::Visit;
use crate::{error, routes, sent};

pub(crate) const PATH: &str = "/user/register";

const TITLE: &str = "Make your account";

const DIFFERENT: &str = "The two passwords are not the same.";

const CLOSED: &str = "Accounts are made by an administrator of this server, who can invite you.";

/// How somebody came here.
enum Way {
    /// By an invitation to this address.
    Invited(String),
    /// On their own.
    Own(Registration),
}

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
    let way = way(&visit, parameters).await?;
    Ok((page(&visit, parameters, &way, None), visit.cookie()?))
}

async fn way(visit: &Visit, said: &Parameters) -> Result<Way, AppError> {
    match said.text("token").filter(|token| !token.is_empty()) {
        Some(token) => visit.app.invitation_look(&token).await.map(Way::Invited),
        None => Ok(Way::Own(visit.app.registration())),
    }
}

/// Makes the account.
pub(crate) async fn post(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, register).await
}

async fn register(mut visit: Visit, parameters: Parameters) -> Result<HttpResponse, AppError> {
    let said = |name: &str| parameters.text(name).unwrap_or_default();
    let way = way(&visit, &parameters).await?;
    let wrong = |visit: &Visit, problem: &str| unfit(page(visit, &parameters, &way, Some(problem)), visit);
    let (email, password) = (said("email"), said("password"));
    let asks_password = !matches!(way, Way::Own(Registration::ByLetter));
    if asks_password && password != said("again") {
        return Ok(wrong(&visit, DIFFERENT));
    }
    let profile = Profile {
        first_name: parameters.text("first_name"),
        last_name: parameters.text("last_name"),
        ..Profile::default()
    };
    let app = visit.app.clone();
    let made = match &way {
        Way::Invited(_) => app.invitation_accept(&mut visit.visitor, &said("token"), (profile, &password)).await,
        Way::Own(Registration::ByLetter) => {
            match app.registration_letter(&email, &next(&parameters), &visit.from).await {
                Ok(()) => return Ok(look_into_your_mail().into_response(&visit.settings, Some(visit.cookie()?))),
                refused => refused,
            }
        }
        Way::Own(_) => app.visitor_register(&mut visit.visitor, (&email, &password, profile), &visit.from).await,
    };
    match made {
        Ok(()) => {
            let mut response = on_to(&visit, &next(&parameters))?;
            response.add_cookie(&visit.device_cookie().await?).map_err(AppError::internal)?;
            Ok(response)
        }
        Err(bad) if matches!(bad.fault, Fault::BadAccount | Fault::Taken | Fault::TooMany) => {
            Ok(wrong(&visit, bad.public()))
        }
        Err(failed) => Err(failed),
    }
}

fn look_into_your_mail() -> Page {
    let told = "A letter is on its way to that address. Its link is good for two days.";
    let card = tag("section").class("card").put(tag("h1").put("Look into your mail")).put(tag("p").put(told));
    Page::new(TITLE, card)
}

/// The form, with what is wrong with what was sent. A password is never sent back.
fn page(visit: &Visit, sent: &Parameters, way: &Way, wrong: Option<&str>) -> Page {
    let card = tag("section").class("card").put(tag("h1").put(TITLE));
    let said = |name: &str| sent.text(name).unwrap_or_default();
    let line = |name: &'static str| text(name).attr("value", said(name));
    let start = form(visit, PATH).put(hidden("next", next(sent)));
    let content = match way {
        Way::Own(Registration::Closed) => card.put(tag("p").put(CLOSED)),
        Way::Own(Registration::ByLetter) => {
            let told = "We send a link to your address, by which you make your account.";
            let form = start.put_some(problem(wrong)).put(address(line("email"))).put(button("Send me a link"));
            card.put(tag("p").put(told)).put(form)
        }
        Way::Own(Registration::Open) => {
            card.put(account(start.put_some(problem(wrong)).put(address(line("email"))), line, wrong))
        }
        Way::Invited(email) => {
            let form = start.put(hidden("token", said("token"))).put_some(problem(wrong));
            card.put(tag("p").put(format!("You were invited as {email}."))).put(account(form, line, wrong))
        }
    };
    Page::new(TITLE, content)
}

fn address(input: Tag) -> crate::html::Html {
    field("email", "E-mail address", "username", input.flag("required", true))
}

/// The parts of the form for a name and a password.
fn account(form: Tag, line: impl Fn(&'static str) -> Tag, wrong: Option<&str>) -> Tag {
    form.put(field("first_name", "First name", "given-name", line("first_name")))
        .put(field("last_name", "Last name", "family-name", line("last_name")))
        .put(field("password", "Password", "new-password", secret("password", wrong.is_some())))
        .put(field("again", "The password again", "new-password", secret("again", wrong.is_some())))
        .put(button(TITLE))
}
