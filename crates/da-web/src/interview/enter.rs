//! An address that names a session: `interview_url()` and `interview_url_action()` make such, for other browsers and for programs.
//!
//! Whoever comes without a session of the interview is in the named one at once. Whoever has another one, and no account by which it is
//! found again, is asked first: a link must not take anybody out of what they have begun.

use actix_web::http::header::LOCATION;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AppError, Fault};
use da_core::{Caller, InterviewName};
use da_http::Parameters;
use percent_encoding::utf8_percent_encode;

use super::{Desk, QUERY, address};
use crate::html::{Html, tag};
use crate::page::Page;
use crate::sent;
use crate::visit::Visit;

const TITLE: &str = "Another session";

const TEXT: &str = "You have begun this interview already, and the link leads to another session of it, which others share. \
                    If you open that one, this browser does not find yours again.";

/// What goes on with the form that asks.
const KEPT: [&str; 3] = ["i", "session", "action"];

impl Desk {
    /// Enters the session that the address names, or gives the page that asks. Nobody is led to another session than is meant, nor acts
    /// there.
    pub(super) async fn enter(&mut self) -> Result<Option<Page>, AppError> {
        let Some(named) = self.parameters.text("session").filter(|named| self.acts && !named.is_empty()) else {
            return Ok(None);
        };
        let known = self.visit.session(&self.interview);
        if known.as_ref().is_some_and(|known| known.id.as_str() == named) {
            return Ok(None);
        }
        let at = self.visit.app.session_open_to(&self.visit.visitor, (&self.interview, &named)).await?;
        if known.is_some() && matches!(self.visit.caller, Caller::Anonymous { .. }) {
            return Ok(Some(self.ask()));
        }
        let Visit { app, caller, visitor, .. } = &mut self.visit;
        app.session_enter(caller, visitor, &at).await?;
        self.changed = true;
        Ok(None)
    }

    fn ask(&self) -> Page {
        let kept = KEPT.iter().filter_map(|name| {
            let value = self.parameters.text(name)?;
            Some(tag("input").attr("type", "hidden").attr("name", name).attr("value", value))
        });
        let form = tag("form")
            .attr("method", "post")
            .attr("action", self.visit.settings.address("/interview/enter"))
            .put(sent::token(&self.visit))
            .put_all(kept)
            .put(tag("button").class("plain").put("Open the other one"));
        let mut ways: Html = tag("a").class("button main").attr("href", self.address()).put("Go on with mine").into();
        ways.put(form);
        let content = tag("section")
            .class("card")
            .put(tag("h1").put(TITLE))
            .put(tag("p").put(TEXT))
            .put(tag("div").class("buttons").put(ways));
        Page::new(TITLE, content)
    }
}

/// Enters the session that somebody was asked about.
pub(crate) async fn post(request: HttpRequest, payload: Payload) -> HttpResponse {
    sent::take(&request, payload, enter).await
}

async fn enter(mut visit: Visit, parameters: Parameters) -> Result<HttpResponse, AppError> {
    let said =
        |name: &str| parameters.body().find(|(said, _)| *said == name).map(|(_, value)| value).unwrap_or_default();
    let interview = InterviewName::parse(&said("i"))
        .map_err(|bad| AppError::new(Fault::NoInterview, "There is no such interview.").because(bad))?;
    let at = visit.app.session_open_to(&visit.visitor, (&interview, &said("session"))).await?;
    let Visit { app, caller, visitor, .. } = &mut visit;
    app.session_enter(caller, visitor, &at).await?;
    let mut to = address(&visit.settings, interview.as_str());
    if !said("action").is_empty() {
        to.push_str(&format!("&action={}", utf8_percent_encode(&said("action"), QUERY)));
    }
    Ok(HttpResponse::SeeOther().cookie(visit.cookie()?).insert_header((LOCATION, to)).finish())
}
