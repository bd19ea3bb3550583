//! An action of the interview is carried out: what a link, a button or a client of the API asks for.
//!
//! It becomes a step, whatever it ends in, an undefined variable included. A failure saves nothing.

use da_core::{Action, Caller, Command, Keeping, Outcome, Plain};
use da_store::SaveStep;

use super::SessionAt;
use super::page::SessionPage;
use super::pages::Origin;
use super::turn::Evaluated;
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
        // What saves nothing waits for nobody.
        let guard = if act.read_only { None } else { Some(self.0.lock(at).await?) };
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || app.0.act(&place, &who, act);
        let Acted { evaluated, save, .. } = self.0.evaluations.run(work).await?;
        if let Some(guard) = &guard {
            self.0.save_with_files(guard, &evaluated.desk, save).await?;
        }
        evaluated.take_effect(self, caller, at);
        Ok(evaluated.turn.outcome)
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
        let work = move || app.0.act(&place, &who, act);
        let Acted { evaluated, save, origin } = self.0.evaluations.run(work).await?;
        let step = origin.step();
        self.settle(&guard, (caller, at), &evaluated, save).await?;
        self.0.keep_page(at, origin, &evaluated.turn.outcome, true);
        Ok(SessionPage { step, outcome: evaluated.turn.outcome })
    }
}

/// An action that was carried out and is not saved yet.
struct Acted {
    evaluated: Evaluated,
    save: Option<SaveStep>,
    /// What the screen after it is made from.
    origin: Origin,
}

impl Inner {
    fn act(&self, at: &SessionAt, caller: &Caller, act: Act) -> Result<Acted, AppError> {
        let (open, interview) = self.enter(at, caller)?;
        let answers = self.newest_answers(at, &open)?;
        let append = !act.overwrite && !act.read_only;
        let command = Command::Action(Action {
            name: act.name,
            arguments: act.arguments,
            persistent: act.persistent,
            is_step: append,
        });
        let desk = self.desk(at, caller);
        let evaluated = self.evaluate(&interview, (caller, &at.id), (Some(&answers), None), command, &desk)?;
        if act.read_only || evaluated.turn.keeping == Keeping::Ignore {
            return Ok(Acted { evaluated, save: None, origin: open.origin(&interview, caller) });
        }
        let save = self.seal_turn(at, &open, &evaluated.turn, append)?;
        let step = if save.append { open.step().next() } else { open.step() };
        let origin = Origin::new(step, &save.sealed, &interview, caller);
        Ok(Acted { evaluated, save: Some(save), origin })
    }
}
