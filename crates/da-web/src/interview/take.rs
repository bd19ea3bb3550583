//! A form was sent: an answer, or one step back.

use actix_web::http::StatusCode;
use da_app::{AppError, Fault, SessionAt, SessionPage, Taken};
use da_core::{Outcome, Screen, StepNumber};

use super::{Desk, Reply};
use crate::error;
use crate::form::{self, Problem};
use crate::html::tag;
use crate::page::Page;
use crate::screen::leads_on;

const STALE: &str = "The interview has moved on since that page was made, so what you sent was not taken. \
                     This is the question that it is at.";

const NOT_OURS: &str = "The form did not come from a page of this session, so nothing was changed. \
                        Your browser may have lost its cookie, or may not take any: this site needs one.";

impl Desk {
    /// Takes a form that proves that it came from a page of this session.
    pub(super) async fn take(&mut self) -> Result<Reply, AppError> {
        let token = self.parameters.text("csrf").unwrap_or_default();
        let at = self.visit.session(&self.interview);
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
        let from = self.parameters.text("step").map(|_| self.step());
        match self.visit.app.session_page_back(&self.visit.caller, at, from).await? {
            Some(page) => self.of(at, page).await,
            None => Ok(Reply::Elsewhere(self.address())),
        }
    }

    async fn answer(&mut self, at: &SessionAt) -> Result<Reply, AppError> {
        let sent = self.parameters.clone();
        let read = move |screen: &Screen, files| form::read(screen, &sent, files);
        let (caller, files) = (self.visit.caller.clone(), std::mem::take(&mut self.files));
        let taken = self.visit.app.session_form(&caller, at, self.step(), files, read).await?;
        let (page, problems, status) = match taken {
            Taken::Answered => return Ok(Reply::Elsewhere(self.address())),
            Taken::Moved(page) => (page, vec![Problem::of_form(STALE)], StatusCode::CONFLICT),
            Taken::Unfit(page, problems) => (page, problems, StatusCode::UNPROCESSABLE_ENTITY),
            Taken::Refused(page, errors) => {
                let problem = |error| of_field(&page, error);
                let problems = errors.into_iter().map(problem).collect();
                (page, problems, StatusCode::UNPROCESSABLE_ENTITY)
            }
        };
        match &page.outcome {
            Outcome::Screen(screen) if !leads_on(screen.kind) => {
                let sent = (status != StatusCode::CONFLICT).then_some(&self.parameters);
                let screen = self.with_files(screen).await?;
                let page = self.screen(at, (page.step, &screen), sent, &problems);
                Ok(Reply::Page(Page { status, ..page }))
            }
            _ => Ok(Reply::Elsewhere(self.address())),
        }
    }

    /// The step that the form says it was made for; no step, if it says none.
    fn step(&self) -> StepNumber {
        StepNumber(self.parameters.text("step").and_then(|step| step.parse().ok()).unwrap_or(0))
    }
}

fn of_field(page: &SessionPage, (variable, text): (String, String)) -> Problem {
    let Outcome::Screen(screen) = &page.outcome else { return Problem { field: None, text } };
    let field = screen.fields.iter().position(|field| field.variable.as_deref() == Some(&variable));
    Problem { field, text }
}
