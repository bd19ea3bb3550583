//! One step back. The step that is left need not be readable: a damaged step can be undone.

use std::sync::Arc;
use std::time::Instant;

use da_core::{Caller, Command, Outcome, StepNumber};
use da_interview::Interview;
use da_store::{AfterUndo, Beside, NewAnswer, SaveStep};
use tracing::{Instrument, debug_span};

use super::open::Open;
use super::page::SessionPage;
use super::pages::Origin;
use super::show::Shown;
use super::turn::Evaluated;
use super::{Reached, SessionAt, Terms};
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
        self.session_back_once(caller, at, evaluate, Terms::default()).await?.now()
    }

    /// The same with what the request demands.
    ///
    /// # Errors
    /// Those of [`App::session_back`], and those of a request that is not what it was, or comes too late.
    pub async fn session_back_once(
        &self,
        caller: &Caller,
        at: &SessionAt,
        evaluate: bool,
        terms: Terms,
    ) -> Result<Reached, AppError> {
        match self.undo(caller, at, (None, evaluate), terms).await? {
            Undone::Now { page, tag, .. } => Ok(Reached::Now(page.outcome, tag)),
            Undone::Before(before) => Ok(before),
            Undone::Nothing => Err(AppError::internal("one step back from anywhere went nowhere")),
        }
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
        let Undone::Now { page, origin, .. } = self.undo(caller, at, (from, true), Terms::default()).await? else {
            return Ok(None);
        };
        if let Some(origin) = origin {
            self.0.keep_page(at, origin, &page.outcome, false);
        }
        Ok(Some(page))
    }

    async fn undo(
        &self,
        caller: &Caller,
        at: &SessionAt,
        (from, evaluate): (Option<StepNumber>, bool),
        terms: Terms,
    ) -> Result<Undone, AppError> {
        let guard = self.0.lock(at).await?;
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || app.0.step_before(&place, &who, (from, evaluate), &terms);
        let Before { undone, step, shown, answer, tag } = match self.0.evaluations.run(work).await? {
            Looked::Before(before) => *before,
            Looked::Told(before) => return Ok(Undone::Before(before)),
            Looked::Nothing => return Ok(Undone::Nothing),
        };
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
        let evaluated = shown.as_ref().ok().and_then(Option::as_ref).map(|(evaluated, _)| evaluated);
        let files = std::mem::take(&mut keeping.changes);
        let beside = Beside { files, answer, ..Evaluated::beside_of(evaluated) };
        let then = match save {
            Some(save) => {
                let beside = Beside { rekeyed: save.beside.rekeyed.clone(), ..beside };
                AfterUndo::Save(SaveStep { beside, ..save })
            }
            None => AfterUndo::Stay(beside),
        };
        let deleted = self.0.store.delete_step(&guard, undone, then, now).instrument(debug_span!("Save")).await;
        self.0.counters.spent(Stop::Database, started);
        keeping.unless_it_stands(deleted.map_err(AppError::from))?;
        if let Some(desk) = &desk {
            desk.kept(keeping).await;
        }
        let Some((evaluated, origin)) = shown? else {
            let page = SessionPage { step, outcome: Outcome::Nothing };
            return Ok(Undone::Now { page, origin: None, tag });
        };
        evaluated.take_effect(self, at).await;
        let page = SessionPage { step, outcome: evaluated.turn.outcome };
        Ok(Undone::Now { page, origin: Some(origin), tag })
    }
}

/// What became of a way back.
enum Undone {
    /// A step is gone.
    Now { page: SessionPage, origin: Option<Origin>, tag: String },
    /// It was gone before.
    Before(Reached),
    /// No step is to go from there.
    Nothing,
}

/// What is found before a step goes.
enum Looked {
    Before(Box<Before>),
    Told(Reached),
    Nothing,
}

/// The step that is to be undone, the one before it, and what comes of evaluating that.
struct Before {
    undone: StepNumber,
    step: StepNumber,
    shown: Result<Option<Shown>, AppError>,
    answer: Option<NewAnswer>,
    tag: String,
}

impl Inner {
    fn step_before(
        &self,
        at: &SessionAt,
        caller: &Caller,
        (from, evaluate): (Option<StepNumber>, bool),
        terms: &Terms,
    ) -> Result<Looked, AppError> {
        let (mut open, interview) = self.enter(at, caller)?;
        if let Some(before) = self.meet(at, caller, &open, terms)? {
            return Ok(Looked::Told(before));
        }
        let undone = open.step();
        if let Some(from) = from
            && (from != undone || !self.may_go_back(at, caller, &open, &interview))
        {
            return Ok(Looked::Nothing);
        }
        let undone_answers = self.newest_answers(at, &open).ok();
        self.turn_back(at, &mut open)?;
        let show = || {
            let answers = self.newest_answers(at, &open)?;
            let memory = (Some(&answers), undone_answers.as_ref());
            let desk = self.desk(at, caller);
            let evaluated = self.evaluate(&interview, (caller, at, &open.key), memory, Command::Show, &desk)?;
            self.shown(at, caller, (&open, &interview), evaluated).map(Some)
        };
        let shown = if evaluate { show() } else { Ok(None) };
        let sealed = match &shown {
            Ok(Some(Shown { save: Some(save), .. })) => &save.sealed,
            _ => &open.newest.sealed,
        };
        let tag = self.tag(at, open.step(), sealed);
        // The step is gone even when the interview then fails: that is told again, too.
        let told = match &shown {
            Ok(Some(shown)) => Ok(&shown.evaluated.turn.outcome),
            Ok(None) => Ok(&Outcome::Nothing),
            Err(failed) => Err(failed),
        };
        let answer = self.answer_of(at, (caller, terms), &open.key, told, &tag)?;
        Ok(Looked::Before(Box::new(Before { undone, step: open.step(), shown, answer, tag })))
    }

    /// Whether the screen that is shown now has a way back. One that cannot be shown has.
    fn may_go_back(&self, at: &SessionAt, caller: &Caller, open: &Open, interview: &Arc<Interview>) -> bool {
        // What an evaluation does here to files is dropped with the desk.
        let desk = self.desk(at, caller);
        let outcome = self.asked(at, caller, (open, interview), &desk).map(|(outcome, _)| outcome);
        !matches!(outcome, Ok(Outcome::Screen(screen)) if !screen.offers_back())
    }
}
