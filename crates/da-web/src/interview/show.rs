//! The current screen of the visitor's session.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use da_app::{
    AppError, Begin, Fault, FileReader, SessionAt, SessionPage, action_of_link,
    view::{self, Terms},
};
use da_core::{Outcome, Plain, Response, Screen, ScreenKind, StepNumber};
use da_http::Parameters;

use super::{Desk, Reply};
use crate::error;
use crate::form::Problem;
use crate::html::{Html, tag};
use crate::page::Page;
use crate::screen::{Farewell, Show, farewell, is_end, undefined};
use crate::{register, sign_in};

/// Parameters that are not arguments of the interview.
const OWN: [&str; 9] = ["i", "new_session", "reset", "secret", "action", "session", "json", "from_list", "cache"];

impl Desk {
    /// Shows; begins a session where there is none, where it is gone, or where a new one is wanted.
    pub(super) async fn show(&mut self) -> Result<Reply, AppError> {
        if let Some(question) = self.enter().await? {
            return Ok(Reply::Page(question));
        }
        let wanted = |name: &str| self.parameters.flag(name) == Some(true);
        if wanted("new_session") || wanted("reset") {
            self.begin().await?;
            return Ok(Reply::Elsewhere(self.address()));
        }
        if let Some((name, arguments)) = self.asked_action() {
            return self.act(name, arguments).await;
        }
        let Some(at) = self.visit.session(&self.interview) else { return self.show_first().await };
        match self.visit.app.session_page(&self.visit.caller, &at).await {
            Ok(page) => self.of(&at, page).await,
            Err(gone) if gone.fault == Fault::NoSession => self.show_first().await,
            Err(failed) => Err(failed),
        }
    }

    /// The action that a link asks for.
    fn asked_action(&self) -> Option<(String, Plain)> {
        let said = self.parameters.text("action").filter(|_| self.acts)?;
        action_of_link(&said)
    }

    /// Carries out an action, in a new session where there is none. A screen is shown at the interview's plain address,
    /// so that loading it again does not act again.
    async fn act(&mut self, name: String, arguments: Plain) -> Result<Reply, AppError> {
        let known = self.visit.session(&self.interview);
        let at = match known {
            Some(at) => at,
            None => self.begin().await?,
        };
        let caller = self.visit.caller.clone();
        let acted = self.visit.app.session_page_act(&caller, &at, name.clone(), arguments.clone()).await;
        let (at, page) = match acted {
            Ok(page) => (at, page),
            Err(gone) if gone.fault == Fault::NoSession => {
                let at = self.begin().await?;
                let page = self.visit.app.session_page_act(&caller, &at, name, arguments).await?;
                (at, page)
            }
            Err(failed) => return Err(failed),
        };
        match &page.outcome {
            Outcome::Screen(screen) if !is_end(screen.kind) => Ok(Reply::Elsewhere(self.address())),
            _ => self.of(&at, page).await,
        }
    }

    async fn show_first(&mut self) -> Result<Reply, AppError> {
        let at = self.begin().await?;
        let page = self.visit.app.session_page(&self.visit.caller, &at).await?;
        self.of(&at, page).await
    }

    /// Begins a session and remembers it in place of an earlier one.
    async fn begin(&mut self) -> Result<SessionAt, AppError> {
        let arguments = self.parameters.query().filter(|(name, _)| !OWN.contains(name));
        let begin = Begin {
            interview: self.interview.as_str().to_owned(),
            secret: Some(self.visit.visitor.secret().to_owned()),
            url_args: arguments.map(|(name, value)| (name.to_owned(), value)).collect(),
            device: Arc::clone(&self.visit.device),
        };
        let started = self.visit.app.session_page_new(&self.visit.caller, begin).await?;
        self.visit.visitor.remember(&started.at);
        self.changed = true;
        Ok(started.at)
    }

    /// The reply for what an evaluation ended in.
    pub(super) async fn of(&mut self, at: &SessionAt, page: SessionPage) -> Result<Reply, AppError> {
        let SessionPage { step, outcome } = page;
        match outcome {
            Outcome::Screen(screen) if screen.kind == ScreenKind::Redirect => Ok(Reply::Own(led(&screen.question))),
            Outcome::Screen(screen) if screen.kind == ScreenKind::SignIn => Ok(self.account(at, sign_in::PATH)),
            Outcome::Screen(screen) if screen.kind == ScreenKind::Register => Ok(self.account(at, register::PATH)),
            Outcome::Screen(screen) | Outcome::Refused { screen, .. } => match Farewell::of(screen.kind) {
                Some(kind) => self.end(at, &screen, kind).await,
                None => {
                    let screen = self.with_files(&screen).await?;
                    Ok(Reply::Page(self.screen(at, (step, &screen), None, &[])))
                }
            },
            Outcome::UndefinedVariable { variable, .. } => {
                let mut ways: Html = self.back_form(at);
                ways.put(tag("a").class("button plain").attr("href", self.home()).put("All interviews"));
                Ok(Reply::Page(undefined(&variable, ways)))
            }
            Outcome::Response(response) => Ok(Reply::Own(raw(response))),
            Outcome::Nothing | Outcome::Variables(_) => Ok(Reply::Elsewhere(self.home())),
        }
    }

    /// The interview wants somebody with an account: the way to one, and back here.
    fn account(&self, at: &SessionAt, page: &str) -> Reply {
        if self.visit.caller.user().is_none() {
            let here = super::path(self.interview.as_str());
            return Reply::Elsewhere(self.visit.settings.address(&sign_in::with_next(page, &here)));
        }
        // Whoever is signed in would be led back here at once, for ever.
        let mut ways: Html = self.back_form(at);
        ways.put(tag("a").class("button plain").attr("href", self.home()).put("All interviews"));
        let text = "The interview asks you to sign in, and you have signed in. It does not go on from here.";
        Reply::Page(error::refusal(StatusCode::OK, "You are signed in", text, ways))
    }

    /// The screen with the files that its texts show.
    pub(super) async fn with_files<'s>(&self, screen: &'s Screen) -> Result<Cow<'s, Screen>, AppError> {
        let (caller, sessions) = (self.visit.caller.clone(), self.visit.visitor.sessions());
        let reader = FileReader { caller: &caller, sessions: &sessions };
        let names = self.visit.app.screen_files(reader, screen).await?;
        let Some(names) = names else { return Ok(Cow::Borrowed(screen)) };
        let address = |path: &str| self.visit.settings.address(path);
        let places = view::FilePlaces { names: &names, package: self.interview.package(), address: &address };
        Ok(Cow::Owned(view::with_files(screen, &places)))
    }

    /// The page of a screen, with what was sent and what is wrong with it.
    pub(super) fn screen(
        &self,
        at: &SessionAt,
        (step, screen): (StepNumber, &Screen),
        sent: Option<&Parameters>,
        problems: &[Problem],
    ) -> Page {
        let _view = tracing::debug_span!("View").entered();
        let (address, token) = (self.address(), self.visit.app.form_token(at));
        let terms = Terms::of(screen);
        let page = Show { screen, step, address: &address, token: &token, sent, problems, terms }.page();
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Page { status, ..page }
    }

    /// The end of a session.
    async fn end(&mut self, at: &SessionAt, screen: &Screen, kind: Farewell) -> Result<Reply, AppError> {
        if matches!(kind, Farewell::Delete | Farewell::DeleteAndForget | Farewell::Anew) {
            self.visit.app.session_delete(at).await?;
        }
        match kind {
            Farewell::Anew | Farewell::Another => {
                self.begin().await?;
                return Ok(Reply::Elsewhere(self.address()));
            }
            Farewell::Delete => self.visit.visitor.forget(&self.interview),
            Farewell::Forget | Farewell::DeleteAndForget => self.visit.leave()?,
            Farewell::Leave => {}
        }
        self.changed |= kind != Farewell::Leave;
        // A session that was left is still at its end: only a new one leads anywhere.
        let again = if kind == Farewell::Leave { self.anew() } else { self.address() };
        Ok(Reply::Page(farewell(screen, kind, &self.home(), &again)))
    }
}

/// Where the interview leads at once.
fn led(address: &str) -> HttpResponse {
    HttpResponse::build(StatusCode::SEE_OTHER).insert_header((LOCATION, address)).finish()
}

/// What the interview made itself, as it made it; nothing in it runs as if it came from us.
fn raw(response: Response) -> HttpResponse {
    let octets = HeaderValue::from_static("application/octet-stream");
    let kind = HeaderValue::from_str(&response.content_type).unwrap_or(octets);
    HttpResponse::build(StatusCode::from_u16(response.status).unwrap_or(StatusCode::OK))
        .insert_header((CONTENT_TYPE, kind))
        .insert_header(("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .body(response.body)
}
