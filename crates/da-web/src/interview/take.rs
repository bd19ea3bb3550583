//! A form was sent: an answer, or one step back.

use actix_web::http::StatusCode;
use da_app::{AppError, Fault, SessionAt};
use da_core::{Outcome, Screen};

use super::{Desk, Reply};
use crate::error;
use crate::form::{self, Problem};
use crate::html::tag;
use crate::screen::is_end;

const STALE: &str = "The interview has moved on since that page was made, so what you sent was not taken. \
                     This is the question that it is at.";

const NOT_OURS: &str = "The form did not come from a page of this session, so nothing was changed. \
                        Your browser may have lost its cookie, or may not take any: this site needs one.";

impl Desk {
    /// Takes a form that proves that it came from a page of this session.
    pub(super) async fn take(&mut self) -> Result<Reply, AppError> {
        let token = self.parameters.text("csrf").unwrap_or_default();
        let at = self.visit.visitor.session(&self.interview);
        let Some(at) = at.filter(|at| self.visit.app.form_token_fits(at, &token)) else {
            let way = tag("a").class("button main").attr("href", self.address()).put("Go to the interview");
            let page = error::refusal(StatusCode::FORBIDDEN, "This form was refused", NOT_OURS, way.into());
            return Ok(Reply::Page(page));
        };
        let taken = match self.parameters.text("do").as_deref() {
            Some("back") => self.back(&at).await,
            _ => self.answer(&at).await,
        };
        match taken {
            // The page that is shown next begins a new session, or says what is wrong.
            Err(failed) if matches!(failed.fault, Fault::NoSession | Fault::FirstStep) => {
                Ok(Reply::Elsewhere(self.address()))
            }
            other => other,
        }
    }

    /// One step back. The page comes at once: only now are the answers that were taken back still known, to stand in
    /// the form again. Loaded again, it does nothing, because the step is another one then.
    async fn back(&mut self, at: &SessionAt) -> Result<Reply, AppError> {
        let caller = self.visit.visitor.caller();
        if let Some(step) = self.parameters.text("step") {
            // Pressed twice, it goes back once.
            match self.visit.app.session_show(&caller, at).await {
                Ok(Outcome::Screen(screen)) if !is_at(&screen, &step) => return Ok(Reply::Elsewhere(self.address())),
                Ok(Outcome::Screen(screen)) if !screen.can_go_back => return Ok(Reply::Elsewhere(self.address())),
                _ => {}
            }
        }
        let outcome = self.visit.app.session_back(&caller, at, true).await?;
        self.of(at, outcome).await
    }

    async fn answer(&self, at: &SessionAt) -> Result<Reply, AppError> {
        let caller = self.visit.visitor.caller();
        let Outcome::Screen(screen) = self.visit.app.session_show(&caller, at).await? else {
            return Ok(Reply::Elsewhere(self.address()));
        };
        if is_end(screen.kind) {
            return Ok(Reply::Elsewhere(self.address()));
        }
        let step = self.parameters.text("step").unwrap_or_default();
        if !is_at(&screen, &step) {
            let page = self.screen(at, &screen, None, &[Problem::of_form(STALE)]);
            return Ok(Reply::Page(crate::page::Page { status: StatusCode::CONFLICT, ..page }));
        }
        let answer = match form::read(&screen, &self.parameters) {
            Ok(answer) => answer,
            Err(problems) => return Ok(Reply::Page(self.screen(at, &screen, Some(&self.parameters), &problems))),
        };
        match self.visit.app.session_answer(&caller, at, answer).await? {
            Outcome::Refused { screen, errors } => {
                let problems: Vec<Problem> = errors.into_iter().map(|error| of_field(&screen, error)).collect();
                Ok(Reply::Page(self.screen(at, &screen, Some(&self.parameters), &problems)))
            }
            _ => Ok(Reply::Elsewhere(self.address())),
        }
    }
}

/// Whether a screen is the one that a form was made for.
fn is_at(screen: &Screen, step: &str) -> bool {
    screen.frame.steps.to_string() == step
}

fn of_field(screen: &Screen, (variable, text): (String, String)) -> Problem {
    let field = screen.fields.iter().position(|field| field.variable.as_deref() == Some(&variable));
    Problem { field, text }
}
