//! What a browser shows: the screen that an answer has just led to, or the current one.

use da_core::{Caller, Outcome, StepNumber};

use super::SessionAt;
use super::pages::Origin;
use super::show::Shown;
use crate::app::Inner;
use crate::{App, AppError};

/// What a session shows, and at which step.
pub struct SessionPage {
    /// The step; a form says it again, and is taken at this step alone.
    pub step: StepNumber,
    /// What is shown.
    pub outcome: Outcome,
}

impl App {
    /// The page of a session. It is evaluated, unless an answer has just been, and led here.
    ///
    /// # Errors
    /// Those of [`App::session_show`].
    pub async fn session_page(&self, caller: &Caller, at: &SessionAt) -> Result<SessionPage, AppError> {
        let guard = self.0.lock(at).await?;
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || {
            let (open, interview) = app.0.enter(&place, &who)?;
            if let Some(screen) = app.0.pages.unseen(&place.id, &open.origin(&interview, &who)) {
                return Ok((open.step(), Page::Kept(Outcome::Screen(Box::new(screen)))));
            }
            let desk = app.0.desk(&place, &who);
            let shown = app.0.show_newest(&place, &who, (&open, &interview), &desk)?;
            Ok((open.step(), Page::Made(Box::new(shown))))
        };
        let (step, page) = self.0.evaluations.run(work).await?;
        let shown = match page {
            Page::Kept(outcome) => return Ok(SessionPage { step, outcome }),
            Page::Made(shown) => *shown,
        };
        let Shown { evaluated, save, origin } = shown;
        self.settle(&guard, at, &evaluated, save).await?;
        self.0.keep_page(at, origin, &evaluated.turn.outcome, false);
        Ok(SessionPage { step, outcome: evaluated.turn.outcome })
    }
}

impl Inner {
    /// Keeps the screen of a page, if it has one.
    pub(super) fn keep_page(&self, at: &SessionAt, origin: Origin, outcome: &Outcome, unseen: bool) {
        if let Outcome::Screen(screen) = outcome {
            self.pages.keep(&at.id, origin, screen, unseen);
        }
    }
}

/// Where a page comes from.
enum Page {
    Kept(Outcome),
    Made(Box<Shown>),
}
