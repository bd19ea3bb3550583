//! `/interview`: a visitor's session of an interview, one screen after another.
//!
//! Showing is GET, answering and going back are POST, and after an answer the browser is sent to the GET: loading a
//! page again sends nothing twice.

mod enter;
mod show;
mod take;

use actix_web::cookie::Cookie;
use actix_web::http::Method;
use actix_web::http::header::LOCATION;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use da_app::{AppError, Fault, Sent, SessionAt};
use da_core::InterviewName;
use da_http::{BodyError, Parameters};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tracing::Instrument;

use crate::html::{Html, tag};
use crate::page::Page;
use crate::screen::form_to;
use crate::settings::WebSettings;
use crate::visit::Visit;
use crate::{error, routes};

pub(crate) use enter::post as post_enter;

/// What may stand in a query as it is.
pub(crate) const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'-').remove(b'/').remove(b':');

/// The address of an interview.
pub(crate) fn address(settings: &WebSettings, interview: &str) -> String {
    settings.address(&path(interview))
}

/// The same below the path that the server stands at.
fn path(interview: &str) -> String {
    format!("/interview?i={}", utf8_percent_encode(interview, QUERY))
}

/// What a desk answers.
enum Reply {
    /// A page.
    Page(Page),
    /// Another address of ours.
    Elsewhere(String),
    /// What the interview made itself.
    Own(HttpResponse),
}

/// A visit to an interview.
struct Desk {
    visit: Visit,
    interview: InterviewName,
    parameters: Parameters,
    /// The files that were sent along, by the names of their controls.
    files: Vec<Sent>,
    /// Whether the cookie has to be written again.
    changed: bool,
    /// Whether an action of the address is carried out: not for somebody who only asks for the headers.
    acts: bool,
}

impl Desk {
    /// Form and Key; nothing if no interview is named.
    async fn open(request: &HttpRequest, parameters: Parameters, files: Vec<Sent>) -> Result<Option<Desk>, AppError> {
        let visit = Visit::of(request).await?;
        let asked = parameters.query().find(|(name, _)| *name == "i").map(|(_, value)| value);
        let Some(asked) = asked.filter(|asked| !asked.is_empty()) else { return Ok(None) };
        let interview = InterviewName::parse(&asked)
            .map_err(|bad| AppError::new(Fault::NoInterview, "There is no such interview.").because(bad))?;
        let acts = request.method() == Method::GET;
        Ok(Some(Desk { visit, interview, parameters, files, changed: false, acts }))
    }

    fn address(&self) -> String {
        address(&self.visit.settings, self.interview.as_str())
    }

    fn home(&self) -> String {
        self.visit.settings.address("/")
    }

    /// The address that begins a new session.
    fn anew(&self) -> String {
        format!("{}&new_session=1", self.address())
    }

    /// An error's page, with the ways that are left.
    fn failed(&self, failed: &AppError) -> Page {
        let mut ways = Html::default();
        let mut back = false;
        let known = self.visit.session(&self.interview);
        let can_begin = known.is_some() || failed.fault == Fault::NoSession;
        if let Some(at) = known {
            back = matches!(failed.fault, Fault::Interview | Fault::FileNotSent | Fault::BrokenInterview);
            if back {
                ways.put(self.back_form(&at));
            }
        }
        if can_begin {
            ways.put(tag("a").class("button plain").attr("href", self.anew()).put("Start again"));
        }
        ways.put(tag("a").class("button plain").attr("href", self.home()).put("All interviews"));
        error::of(failed, back, ways)
    }

    fn back_form(&self, at: &SessionAt) -> Html {
        let form = form_to(&self.address(), &self.visit.app.form_token(at), "back");
        form.put(tag("button").class("main").put("Go back")).into()
    }

    fn cookie(&self) -> Result<Option<Cookie<'static>>, AppError> {
        if self.changed { self.visit.cookie().map(Some) } else { Ok(None) }
    }

    fn reply(&self, reply: Result<Reply, AppError>) -> HttpResponse {
        let _reply = tracing::debug_span!("Reply").entered();
        let settings = &self.visit.settings;
        let cookie = match self.cookie() {
            Ok(cookie) => cookie,
            Err(failed) => return self.failed(&failed).into_response(settings, None),
        };
        match reply {
            Ok(Reply::Page(page)) => page.into_response(settings, cookie),
            Err(failed) => self.failed(&failed).into_response(settings, cookie),
            Ok(Reply::Own(response)) => with(response, cookie),
            Ok(Reply::Elsewhere(address)) => with(see_other(&address), cookie),
        }
    }
}

fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, address)).finish()
}

fn with(mut response: HttpResponse, cookie: Option<Cookie<'static>>) -> HttpResponse {
    if let Some(cookie) = cookie
        && let Err(failed) = response.add_cookie(&cookie)
    {
        tracing::error!(target: "web", "the cookie cannot be written: {failed}");
    }
    response
}

/// Shows the current screen; begins a session where there is none.
pub(crate) async fn get(request: HttpRequest) -> HttpResponse {
    let parameters = Parameters::from_query(request.query_string());
    let settings = routes::settings(&request);
    match Desk::open(&request, parameters, Vec::new()).await {
        Ok(Some(mut desk)) => {
            let reply = desk.show().instrument(tracing::debug_span!("Desk")).await;
            desk.reply(reply)
        }
        Ok(None) => see_other(&settings.address("/")),
        Err(failed) => error::with_way_home(&failed, &settings).into_response(&settings, None),
    }
}

/// Takes a form.
pub(crate) async fn post(request: HttpRequest, payload: Payload) -> HttpResponse {
    let settings = routes::settings(&request);
    // Whoever has a page may send its form, with its files.
    let everybody = async |_: &Parameters| Ok::<(), BodyError>(());
    let read = Parameters::read(&request, payload, everybody).instrument(tracing::debug_span!("Form")).await;
    let (parameters, files) = match read {
        Ok(read) => read,
        Err(bad) => return error::unread_form(bad).into_response(&settings, None),
    };
    match Desk::open(&request, parameters, files).await {
        Ok(Some(mut desk)) => {
            let reply = desk.take().instrument(tracing::debug_span!("Desk")).await;
            desk.reply(reply)
        }
        Ok(None) => see_other(&settings.address("/")),
        Err(failed) => error::with_way_home(&failed, &settings).into_response(&settings, None),
    }
}
