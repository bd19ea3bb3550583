//! One step back. The step that is left need not be readable: a damaged step can be undone.

use std::time::Instant;

use da_core::{Caller, Command, Outcome};
use da_store::SaveStep;

use super::SessionAt;
use super::turn::Evaluated;
use crate::app::Inner;
use crate::counters::Stop;
use crate::interview::authorise;
use crate::{App, AppError};

impl App {
    /// Takes back the newest step; then evaluates, if asked to.
    ///
    /// # Errors
    /// [`Fault::FirstStep`](crate::Fault::FirstStep) at the first step, and those of showing. The step is gone even
    /// when the interview then fails.
    pub async fn session_back(&self, caller: &Caller, at: &SessionAt, evaluate: bool) -> Result<Outcome, AppError> {
        let guard = self.0.lock(at).await?;
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || app.0.step_before(&place, &who, evaluate);
        let (undone, result) = self.0.evaluations.run(work).await?;
        let started = Instant::now();
        let deleted = self.0.store.delete_step(&guard, undone, self.0.clock.now().naive_utc()).await;
        self.0.counters.spent(Stop::Database, started);
        deleted?;
        let Some((evaluated, save)) = result? else { return Ok(Outcome::Nothing) };
        if let Some(save) = save {
            self.0.save(&guard, save).await?;
        }
        evaluated.take_effect(&at.id);
        Ok(evaluated.turn.outcome)
    }
}

/// The screen of the step before, and what its evaluation wants saved.
type Before = Result<Option<(Evaluated, Option<SaveStep>)>, AppError>;

impl Inner {
    /// The step to be undone, and what comes of evaluating the one before it.
    fn step_before(
        &self,
        at: &SessionAt,
        caller: &Caller,
        evaluate: bool,
    ) -> Result<(da_core::StepNumber, Before), AppError> {
        let mut open = self.open_session(at)?;
        let interview = self.interview(&at.interview)?;
        authorise(&interview, caller, false)?;
        let undone = open.step;
        let undone_answers = self.newest_answers(at, &open).ok();
        let before = self.counters.time(Stop::Database, || self.store.step_before(&at.id, undone))?;
        open.step = before.ok_or_else(AppError::first_step)?;
        if !evaluate {
            return Ok((undone, Ok(None)));
        }
        let show = || {
            let answers = self.answers_of(at, &open, open.step)?;
            let memory = (Some(&answers), undone_answers.as_ref());
            let evaluated = self.evaluate(&interview, (caller, &at.id), memory, Command::Show)?;
            let save = match evaluated.turn.changed {
                true => Some(self.seal_turn(at, &open, &evaluated.turn, false)?),
                false => None,
            };
            Ok(Some((evaluated, save)))
        };
        Ok((undone, show()))
    }
}
