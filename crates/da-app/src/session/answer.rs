//! Answers come in, and become a step.
//!
//! A step is added whenever the evaluation ended in something that can be shown, `undefined_variable`
//! included: what was set is kept. A refusal or a failure saves nothing.

use da_core::{Answer, Caller, Command, Keeping, Outcome};

use super::SessionAt;
use crate::file::Mark;
use crate::{App, AppError, Sent};

impl App {
    /// Takes answers, then evaluates (unless they say not to).
    ///
    /// # Errors
    /// A session that is not there or does not open, names that cannot be assigned, an interview that fails.
    pub async fn session_answer(&self, caller: &Caller, at: &SessionAt, answer: Answer) -> Result<Outcome, AppError> {
        self.session_send(caller, at, answer, Vec::new()).await
    }

    /// The same with files that were sent along. They are kept only if the answers are.
    ///
    /// # Errors
    /// Those of [`App::session_answer`].
    pub async fn session_send(
        &self,
        caller: &Caller,
        at: &SessionAt,
        mut answer: Answer,
        sent: Vec<Sent>,
    ) -> Result<Outcome, AppError> {
        let guard = self.0.lock(at).await?;
        let desk = self.0.desk(at, caller);
        let mut entered = None;
        if !sent.is_empty() {
            let (app, who, place) = (self.clone(), caller.clone(), at.clone());
            // Before numbers are given out: of a session that is there and that the caller can open.
            entered = Some(self.0.evaluations.run(move || app.0.enter(&place, &who)).await?);
            answer.files.extend(desk.take(sent).await?);
        }
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let work = move || {
            let (open, interview) = entered.map_or_else(|| app.0.enter(&place, &who), Ok)?;
            let answers = app.0.newest_answers(&place, &open)?;
            let append = !answer.overwrite;
            let command = Command::Answer(answer);
            let memory = (Some(&answers), None);
            let evaluated = app.0.evaluate(&interview, (&who, &place.id), memory, command, &desk)?;
            let refused = matches!(evaluated.turn.outcome, Outcome::Refused { .. });
            if refused {
                desk.roll_back(Mark::default());
            }
            let kept = !refused && evaluated.turn.keeping != Keeping::Ignore;
            let save = kept.then(|| app.0.seal_turn(&place, &open, &evaluated.turn, append)).transpose()?;
            Ok((evaluated, save))
        };
        let (evaluated, save) = self.0.evaluations.run(work).await?;
        self.settle(&guard, (caller, at), &evaluated, save).await?;
        Ok(evaluated.turn.outcome)
    }
}
