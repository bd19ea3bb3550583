//! Answers come in, and become a step.
//!
//! A step is added whenever the evaluation ended in something that can be shown, `undefined_variable`
//! included: what was set is kept. A refusal or a failure saves nothing.

use da_core::{Answer, Caller, Command, Keeping, Outcome};

use super::SessionAt;
use crate::{App, AppError};

impl App {
    /// Takes answers, then evaluates (unless they say not to).
    ///
    /// # Errors
    /// A session that is not there or does not open, names that cannot be assigned, an interview that fails.
    pub async fn session_answer(&self, caller: &Caller, at: &SessionAt, answer: Answer) -> Result<Outcome, AppError> {
        let guard = self.0.lock(at).await?;
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || {
            let (open, interview) = app.0.enter(&place, &who)?;
            let answers = app.0.newest_answers(&place, &open)?;
            let append = !answer.overwrite;
            let command = Command::Answer(answer);
            let evaluated = app.0.evaluate(&interview, (&who, &place.id), (Some(&answers), None), command)?;
            let refused = matches!(evaluated.turn.outcome, Outcome::Refused { .. });
            let kept = !refused && evaluated.turn.keeping != Keeping::Ignore;
            let save = kept.then(|| app.0.seal_turn(&place, &open, &evaluated.turn, append)).transpose()?;
            Ok((evaluated, save))
        };
        let (evaluated, save) = self.0.evaluations.run(work).await?;
        self.0.settle(&guard, at, &evaluated, save).await?;
        Ok(evaluated.turn.outcome)
    }
}
