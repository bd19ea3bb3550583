//! What the current screen is. An evaluation that changed the answers overwrites the newest step.

use da_core::{Caller, Command, Outcome};

use super::SessionAt;
use crate::interview::authorise;
use crate::{App, AppError};

impl App {
    /// Evaluates a session's interview.
    ///
    /// # Errors
    /// A session that is not there or does not open, an interview that fails.
    pub async fn session_show(&self, caller: &Caller, at: &SessionAt) -> Result<Outcome, AppError> {
        let guard = self.0.lock(at).await?;
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || {
            let open = app.0.open_session(&place)?;
            let answers = app.0.newest_answers(&place, &open)?;
            let interview = app.0.interview(&place.interview)?;
            authorise(&interview, &who, false)?;
            let evaluated = app.0.evaluate(&interview, (&who, &place.id), (Some(&answers), None), Command::Show)?;
            let save = match evaluated.turn.changed {
                true => Some(app.0.seal_turn(&place, &open, &evaluated.turn, false)?),
                false => None,
            };
            Ok((evaluated, save))
        };
        let (evaluated, save) = self.0.evaluations.run(work).await?;
        if let Some(save) = save {
            self.0.save(&guard, save).await?;
        }
        evaluated.take_effect(&at.id);
        Ok(evaluated.turn.outcome)
    }
}
