//! An action of the interview is carried out: what a link, a button or a client of the API asks for.
//!
//! It becomes a step, whatever it ends in, an undefined variable included. A failure saves nothing.

use da_core::{Action, Caller, Command, Keeping, Outcome, Plain};
use da_store::Beside;

use super::page::SessionPage;
use super::pages::Origin;
use super::save::Leaves;
use super::turn::Evaluated;
use super::{Reached, SessionAt, Terms};
use crate::app::Inner;
use crate::{App, AppError};

/// An action that is asked for.
#[derive(Debug, Clone)]
pub struct Act {
    /// Its name.
    pub name: String,
    /// Its arguments, a map.
    pub arguments: Plain,
    /// Whether a question that it asks is remembered until it is answered.
    pub persistent: bool,
    /// Whether it changes the newest step, instead of adding one.
    pub overwrite: bool,
    /// Whether nothing is saved.
    pub read_only: bool,
}

impl App {
    /// Carries out an action; what the interview then shows, or what the action answered with itself.
    ///
    /// # Errors
    /// A session that is not there or does not open, an interview that fails.
    pub async fn session_act(&self, caller: &Caller, at: &SessionAt, act: Act) -> Result<Outcome, AppError> {
        self.session_act_once(caller, at, act, Terms::default()).await?.now()
    }

    /// The same with what the request demands.
    ///
    /// # Errors
    /// Those of [`App::session_act`], and those of a request that is not what it was, or comes too late.
    pub async fn session_act_once(
        &self,
        caller: &Caller,
        at: &SessionAt,
        act: Act,
        terms: Terms,
    ) -> Result<Reached, AppError> {
        // What saves nothing waits for nobody.
        let only_reads = act.read_only;
        let guard = if only_reads && terms.repeat.is_none() { None } else { Some(self.0.lock(at).await?) };
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || app.0.act(&place, &who, act, &terms);
        let Acted { evaluated, leaves, .. } = match self.0.evaluations.run(work).await? {
            Done::Before(before) => return Ok(before),
            Done::Now(acted) => *acted,
        };
        let Leaves { save, answer, tag, .. } = leaves;
        let beside = Beside { answer, ..evaluated.beside() };
        let guard = match guard {
            // Work in the background is asked for even by what saves nothing.
            None if !beside.is_empty() => Some(self.0.lock(at).await?),
            guard => guard,
        };
        match &guard {
            Some(guard) if only_reads => {
                self.0.store.save_beside(guard, beside, self.0.clock.now().naive_utc()).await?;
            }
            Some(guard) => self.0.save_with_files(guard, &evaluated.desk, save, beside).await?,
            None => {}
        }
        evaluated.take_effect(self, at).await;
        Ok(Reached::Now(evaluated.turn.outcome, tag))
    }

    /// The same for a browser, whose next page shows what the action led to.
    ///
    /// # Errors
    /// Those of [`App::session_act`].
    pub async fn session_page_act(
        &self,
        caller: &Caller,
        at: &SessionAt,
        name: String,
        arguments: Plain,
    ) -> Result<SessionPage, AppError> {
        let act = Act { name, arguments, persistent: true, overwrite: false, read_only: false };
        let guard = self.0.lock(at).await?;
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || app.0.act(&place, &who, act, &Terms::default());
        let Done::Now(acted) = self.0.evaluations.run(work).await? else {
            return Err(AppError::internal("an action of a page was told as one that came before"));
        };
        let Acted { evaluated, leaves, origin } = *acted;
        let step = origin.step();
        self.settle(&guard, at, &evaluated, leaves.save).await?;
        self.0.keep_page(at, origin, &evaluated.turn.outcome, true);
        Ok(SessionPage { step, outcome: evaluated.turn.outcome })
    }
}

/// An action that was carried out and is not saved yet.
struct Acted {
    evaluated: Evaluated,
    leaves: Leaves,
    /// What the screen after it is made from.
    origin: Origin,
}

/// What became of the request for an action.
enum Done {
    Before(Reached),
    Now(Box<Acted>),
}

impl Inner {
    fn act(&self, at: &SessionAt, caller: &Caller, act: Act, terms: &Terms) -> Result<Done, AppError> {
        let (open, interview) = self.enter(at, caller)?;
        if let Some(before) = self.meet(at, caller, &open, terms)? {
            return Ok(Done::Before(before));
        }
        let answers = self.newest_answers(at, &open)?;
        let append = !act.overwrite && !act.read_only;
        let command = Command::Action(Action {
            name: act.name,
            arguments: act.arguments,
            persistent: act.persistent,
            is_step: append,
        });
        let desk = self.desk(at, caller);
        let evaluated = self.evaluate(&interview, (caller, at, &open.key), (Some(&answers), None), command, &desk)?;
        let kept = !act.read_only && evaluated.turn.keeping != Keeping::Ignore;
        let leaves = self.seal_request(at, &open, (caller, terms), &evaluated.turn, (kept, append))?;
        let sealed = leaves.save.as_ref().map_or(&open.newest.sealed, |save| &save.sealed);
        let origin = Origin::new(leaves.step, sealed, &interview, caller);
        Ok(Done::Now(Box::new(Acted { evaluated, leaves, origin })))
    }
}
