//! `/`: what runs here, and the interviews that can be started.

use actix_web::{HttpRequest, HttpResponse};
use da_app::{Advertised, AppError, Registration};

use crate::html::{Html, tag};
use crate::interview;
use crate::page::Page;
use crate::settings::WebSettings;
use crate::visit::Visit;
use crate::{error, register, routes, sign_in};

const TITLE: &str = "What would you like to do?";

/// Lists them.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    let settings = routes::settings(&request);
    let page = page(&request).await.unwrap_or_else(|failed| error::of(&failed, false, Html::default()));
    page.into_response(&settings, None)
}

async fn page(request: &HttpRequest) -> Result<Page, AppError> {
    let visit = Visit::of(request).await?;
    let interviews = visit.app.interview_list(&visit.caller, None).await?;
    let usable: Vec<_> = interviews.iter().filter(|interview| !interview.has_error).collect();
    let list = tag("ul").class("interviews").put_all(usable.iter().map(|interview| item(interview, &visit.settings)));
    let nothing = usable.is_empty().then(|| tag("p").put("No interview is offered here at the moment."));
    let content = tag("section")
        .put(tag("h1").put(TITLE))
        .put(tag("p").class("lead").put(
            "An interview asks one question after another, and only those that matter for you. \
             Your answers are stored encrypted.",
        ))
        .put_some(nothing)
        .put(list)
        .put(tag("p").class("quiet").put("This is da-server, a server for docassemble's guided interviews."));
    Ok(Page { aside: account(&visit), ..Page::new(TITLE, content) })
}

/// The way to one's account, or out of it.
fn account(visit: &Visit) -> Html {
    let link = |path: &str, text: &str| tag("a").attr("href", visit.settings.address(path)).put(text.to_owned());
    let mut ways = tag("nav").class("account").attr("aria-label", "Account");
    match visit.caller.user() {
        Some(user) => ways = ways.put(link("/user/profile", &user.email)).put(link("/user/sign-out", "Sign out")),
        None => {
            ways = ways.put(link(sign_in::PATH, "Sign in"));
            if visit.app.registration() != Registration::Closed {
                ways = ways.put(link(register::PATH, "Make an account"));
            }
        }
    }
    ways.into()
}

fn item(interview: &Advertised, settings: &WebSettings) -> Html {
    let address = interview::address(settings, &interview.filename);
    let tags = (!interview.tags.is_empty()).then(|| tag("p").class("quiet").put(interview.tags.join(", ")));
    tag("li")
        .class("card")
        .put(tag("h2").put(tag("a").attr("href", address).put(interview.title.as_str())))
        .put_some(interview.subtitle.as_deref().map(|subtitle| tag("p").put(subtitle)))
        .put_some(tags)
        .into()
}
