//! What the current screen is. An evaluation that changed the answers overwrites the newest step.

use std::sync::Arc;

use da_core::{Caller, Command, Outcome, Plain};
use da_interview::Interview;
use da_store::{Beside, SaveStep, SessionGuard};

use super::SessionAt;
use super::open::Open;
use super::pages::Origin;
use super::turn::Evaluated;
use crate::app::Inner;
use crate::file::FileDesk;
use crate::interview::authorise;
use crate::{App, AppError, Fault};

/// A step that was evaluated, what is to be saved of that, and what its screen is then made from.
pub(super) struct Shown {
    pub(super) evaluated: Evaluated,
    pub(super) save: Option<SaveStep>,
    pub(super) origin: Origin,
}

impl App {
    /// Evaluates a session's interview.
    ///
    /// # Errors
    /// A session that is not there or does not open, an interview that fails.
    pub async fn session_show(&self, caller: &Caller, at: &SessionAt) -> Result<Outcome, AppError> {
        Ok(self.session_show_tagged(caller, at).await?.0)
    }

    /// The same, and the tag of the step that is shown.
    ///
    /// # Errors
    /// Those of [`App::session_show`].
    pub async fn session_show_tagged(&self, caller: &Caller, at: &SessionAt) -> Result<(Outcome, String), AppError> {
        let (evaluated, tag) = self.show(caller, at, false).await?;
        Ok((evaluated.turn.outcome, tag))
    }

    /// The same, and why it ended there: which block sought which variable, which blocks were passed over, and why. For
    /// administrators and developers: it tells the names and conditions of the interview.
    ///
    /// # Errors
    /// Anybody else, a limited key too; those of [`App::session_show`].
    pub async fn session_explain(&self, caller: &Caller, at: &SessionAt) -> Result<(Outcome, Plain, String), AppError> {
        if !matches!(caller, Caller::User(_)) || !caller.has_privilege(&["admin", "developer"]) {
            return Err(AppError::new(Fault::NoAccess, "Access denied."));
        }
        let (evaluated, tag) = self.show(caller, at, true).await?;
        Ok((evaluated.turn.outcome, evaluated.reasons.unwrap_or_default().plain(), tag))
    }

    /// Evaluates the newest step; what came of it, and the tag of the step.
    async fn show(&self, caller: &Caller, at: &SessionAt, explain: bool) -> Result<(Evaluated, String), AppError> {
        let guard = self.0.lock(at).await?;
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || {
            let (open, interview) = app.0.enter(&place, &who)?;
            let desk = app.0.desk(&place, &who);
            let shown = if explain {
                let answers = app.0.newest_answers(&place, &open)?;
                let evaluated = app.0.explain(&interview, (&who, &place, &open.key), &answers, &desk)?;
                app.0.shown(&place, &who, (&open, &interview), evaluated)?
            } else {
                app.0.show_newest(&place, &who, (&open, &interview), &desk)?
            };
            let tag =
                app.0.tag(&place, open.step(), shown.save.as_ref().map_or(&open.newest.sealed, |save| &save.sealed));
            Ok((shown, tag))
        };
        let (Shown { evaluated, save, .. }, tag) = self.0.evaluations.run(work).await?;
        self.settle(&guard, at, &evaluated, save).await?;
        Ok((evaluated, tag))
    }
}

impl Inner {
    /// Loads and opens a session whose interview the caller may run. Blocking.
    pub(super) fn enter(&self, at: &SessionAt, caller: &Caller) -> Result<(Open, Arc<Interview>), AppError> {
        let open = self.open_session(at)?;
        let sources = self.packages.sources_in(&open.packages)?;
        let interview = self.interviews.get(&at.interview, || self.engine(), &sources)?;
        authorise(&interview, caller, false)?;
        Ok((open, interview))
    }

    /// Evaluates the newest step. Blocking.
    pub(super) fn show_newest(
        &self,
        at: &SessionAt,
        caller: &Caller,
        (open, interview): (&Open, &Arc<Interview>),
        desk: &Arc<FileDesk>,
    ) -> Result<Shown, AppError> {
        let answers = self.newest_answers(at, open)?;
        let evaluated =
            self.evaluate(interview, (caller, at, &open.key), (Some(&answers), None), Command::Show, desk)?;
        self.shown(at, caller, (open, interview), evaluated)
    }

    /// What is to be saved of an evaluation of the newest step.
    pub(super) fn shown(
        &self,
        at: &SessionAt,
        caller: &Caller,
        (open, interview): (&Open, &Arc<Interview>),
        evaluated: Evaluated,
    ) -> Result<Shown, AppError> {
        let save = match evaluated.turn.changed {
            true => Some(self.seal_turn(at, open, &evaluated.turn, false)?),
            false => None,
        };
        let sealed = save.as_ref().map_or(&open.newest.sealed, |save| &save.sealed);
        let origin = Origin::new(open.step(), sealed, interview, caller);
        Ok(Shown { evaluated, save, origin })
    }
}

impl App {
    /// Saves what is to be saved, and only then lets the world see what the evaluation did.
    pub(super) async fn settle(
        &self,
        guard: &SessionGuard,
        at: &SessionAt,
        evaluated: &Evaluated,
        save: Option<SaveStep>,
    ) -> Result<(), AppError> {
        self.0.save_with_files(guard, &evaluated.desk, save, evaluated.beside()).await?;
        evaluated.take_effect(self, at).await;
        Ok(())
    }
}

impl Inner {
    /// Saves a step, if there is one, what happened to files, and what else stands `beside`, in one transaction.
    pub(crate) async fn save_with_files(
        &self,
        guard: &SessionGuard,
        desk: &FileDesk,
        save: Option<SaveStep>,
        beside: Beside,
    ) -> Result<(), AppError> {
        let mut keeping = desk.keep().await?;
        let files = std::mem::take(&mut keeping.changes);
        let beside = Beside { files, ..beside };
        match save {
            Some(mut save) => {
                let (answer, rekeyed) = (save.beside.answer.take(), save.beside.rekeyed.take());
                save.beside = Beside { answer: answer.or(beside.answer), rekeyed, ..beside };
                keeping.unless_it_stands(self.save(guard, save).await)?;
            }
            None if beside.is_empty() => {}
            None => {
                let saved = self.store.save_beside(guard, beside, self.clock.now().naive_utc()).await;
                keeping.unless_it_stands(saved.map_err(AppError::from))?;
            }
        }
        desk.kept(keeping).await;
        Ok(())
    }
}
