//! What a session's answers hold, without evaluating anything.

use da_core::{Caller, Command, Outcome, Plain};

use super::SessionAt;
use crate::{App, AppError};

impl App {
    /// The variables of a session.
    ///
    /// # Errors
    /// A session that is not there or does not open.
    pub async fn session_variables(&self, caller: &Caller, at: &SessionAt) -> Result<Plain, AppError> {
        Ok(self.session_variables_tagged(caller, at).await?.0)
    }

    /// The same, and the tag of the step that they are of.
    ///
    /// # Errors
    /// Those of [`App::session_variables`].
    pub async fn session_variables_tagged(&self, caller: &Caller, at: &SessionAt) -> Result<(Plain, String), AppError> {
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || {
            let (open, interview) = app.0.enter(&place, &who)?;
            let answers = app.0.newest_answers(&place, &open)?;
            let memory = (Some(&answers), None);
            let desk = app.0.desk(&place, &who);
            let evaluated = app.0.evaluate(&interview, (&who, &place, &open.key), memory, Command::Variables, &desk)?;
            match evaluated.turn.outcome {
                Outcome::Variables(variables) => Ok((variables, app.0.tag(&place, open.step(), &open.newest.sealed))),
                _ => Err(AppError::internal("the engine was asked for variables and gave something else")),
            }
        };
        self.0.evaluations.run(work).await
    }
}
