//! One step back. The step that is left need not be readable: a damaged step can be undone.

use std::sync::Arc;
use std::time::Instant;

use da_core::{Caller, Command, Outcome, StepNumber};
use da_interview::Interview;
use da_store::{AfterUndo, SaveStep};
use tracing::{Instrument, debug_span};

use super::SessionAt;
use super::open::Open;
use super::page::SessionPage;
use super::pages::Origin;
use super::show::Shown;
use crate::app::Inner;
use crate::counters::Stop;
use crate::file::Keeping;
use crate::{App, AppError};

impl App {
    /// Takes back the newest step; then evaluates, if asked to.
    ///
    /// # Errors
    /// [`Fault::FirstStep`](crate::Fault::FirstStep) at the first step, and those of showing. The step is gone even
    /// when the interview then fails.
    pub async fn session_back(&self, caller: &Caller, at: &SessionAt, evaluate: bool) -> Result<Outcome, AppError> {
        let undone = self.undo(caller, at, None, evaluate).await?;
        Ok(undone.map_or(Outcome::Nothing, |(page, _)| page.outcome))
    }

    /// One step back from the page of a step. Nothing, if the session has moved on since (pressed twice, a button goes
    /// back once) or its screen lets nobody go back.
    ///
    /// # Errors
    /// Those of [`App::session_back`].
    pub async fn session_page_back(
        &self,
        caller: &Caller,
        at: &SessionAt,
        from: Option<StepNumber>,
    ) -> Result<Option<SessionPage>, AppError> {
        let Some((page, origin)) = self.undo(caller, at, from, true).await? else { return Ok(None) };
        if let Some(origin) = origin {
            self.0.keep_page(at, origin, &page.outcome, false);
        }
        Ok(Some(page))
    }

    async fn undo(
        &self,
        caller: &Caller,
        at: &SessionAt,
        from: Option<StepNumber>,
        evaluate: bool,
    ) -> Result<Option<(SessionPage, Option<Origin>)>, AppError> {
        let guard = self.0.lock(at).await?;
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || app.0.step_before(&place, &who, from, evaluate);
        let Some(Before { undone, step, shown }) = self.0.evaluations.run(work).await? else { return Ok(None) };
        let (shown, save) = match shown {
            Ok(Some(Shown { evaluated, save, origin })) => (Ok(Some((evaluated, origin))), save),
            Ok(None) => (Ok(None), None),
            Err(failed) => (Err(failed), None),
        };
        let desk = match &shown {
            Ok(Some((evaluated, _))) => Some(Arc::clone(&evaluated.desk)),
            _ => None,
        };
        let mut keeping = match &desk {
            Some(desk) => desk.keep().await?,
            None => Keeping::default(),
        };
        let started = Instant::now();
        let now = self.0.clock.now().naive_utc();
        let files = std::mem::take(&mut keeping.changes);
        let then = match save {
            Some(save) => AfterUndo::Save(SaveStep { files, ..save }),
            None => AfterUndo::Files(files),
        };
        let deleted = self.0.store.delete_step(&guard, undone, then, now).instrument(debug_span!("Save")).await;
        self.0.counters.spent(Stop::Database, started);
        deleted?;
        if let Some(desk) = &desk {
            desk.kept(keeping).await;
        }
        let Some((evaluated, origin)) = shown? else {
            return Ok(Some((SessionPage { step, outcome: Outcome::Nothing }, None)));
        };
        evaluated.take_effect(self, caller, at);
        Ok(Some((SessionPage { step, outcome: evaluated.turn.outcome }, Some(origin))))
    }
}

/// The step that is to be undone, the one before it, and what comes of evaluating that.
struct Before {
    undone: StepNumber,
    step: StepNumber,
    shown: Result<Option<Shown>, AppError>,
}

impl Inner {
    fn step_before(
        &self,
        at: &SessionAt,
        caller: &Caller,
        from: Option<StepNumber>,
        evaluate: bool,
    ) -> Result<Option<Before>, AppError> {
        let (mut open, interview) = self.enter(at, caller)?;
        let undone = open.step();
        if let Some(from) = from
            && (from != undone || !self.may_go_back(at, caller, &open, &interview))
        {
            return Ok(None);
        }
        let undone_answers = self.newest_answers(at, &open).ok();
        self.turn_back(at, &mut open)?;
        let step = open.step();
        if !evaluate {
            return Ok(Some(Before { undone, step, shown: Ok(None) }));
        }
        let show = || {
            let answers = self.newest_answers(at, &open)?;
            let memory = (Some(&answers), undone_answers.as_ref());
            let desk = self.desk(at, caller);
            let evaluated = self.evaluate(&interview, (caller, &at.id), memory, Command::Show, &desk)?;
            self.shown(at, caller, (&open, &interview), evaluated).map(Some)
        };
        Ok(Some(Before { undone, step, shown: show() }))
    }

    /// Whether the screen that is shown now has a way back. One that cannot be shown has.
    fn may_go_back(&self, at: &SessionAt, caller: &Caller, open: &Open, interview: &Arc<Interview>) -> bool {
        // What an evaluation does here to files is dropped with the desk.
        let desk = self.desk(at, caller);
        let outcome = self.asked(at, caller, (open, interview), &desk).map(|(outcome, _)| outcome);
        !matches!(outcome, Ok(Outcome::Screen(screen)) if !screen.offers_back())
    }
}
