//! Answers come in, and become a step.
//!
//! A step is added whenever the evaluation ended in something that can be shown, `undefined_variable`
//! included: what was set is kept. A refusal or a failure saves nothing.

use std::sync::Arc;

use da_core::{Answer, Caller, Command, Keeping, Outcome};
use da_interview::Interview;
use da_store::{Beside, SessionGuard};

use super::open::Open;
use super::save::Leaves;
use super::turn::Evaluated;
use super::{Reached, SessionAt, Terms};
use crate::file::{FileDesk, Mark};
use crate::{App, AppError, Sent};

impl App {
    /// Takes answers, then evaluates (unless they say not to).
    ///
    /// # Errors
    /// A session that is not there or does not open, names that cannot be assigned, an interview that fails.
    pub async fn session_answer(&self, caller: &Caller, at: &SessionAt, answer: Answer) -> Result<Outcome, AppError> {
        self.session_send(caller, at, (answer, Vec::new()), Terms::default()).await?.now()
    }

    /// The same with files that were sent along, which are kept only if the answers are, and with what the request
    /// demands.
    ///
    /// # Errors
    /// Those of [`App::session_answer`], and those of a request that is not what it was, or comes too late.
    pub async fn session_send(
        &self,
        caller: &Caller,
        at: &SessionAt,
        (answer, sent): (Answer, Vec<Sent>),
        terms: Terms,
    ) -> Result<Reached, AppError> {
        let guard = self.0.lock(at).await?;
        let desk = self.0.desk(at, caller);
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        // Before numbers are given out to files: of a session that is there and that the caller can open.
        let enter = move || {
            let (open, interview) = app.0.enter(&place, &who)?;
            let met = app.0.meet(&place, &who, &open, &terms)?;
            Ok((open, interview, met, terms))
        };
        if sent.is_empty() {
            return self.answered(&guard, (caller, at), &desk, answer, enter).await;
        }
        let entered = self.0.evaluations.run(enter).await?;
        if let (_, _, Some(before), _) = entered {
            return Ok(before);
        }
        let files = desk.take(sent).await?;
        let answer = Answer { files: answer.files.into_iter().chain(files).collect(), ..answer };
        self.answered(&guard, (caller, at), &desk, answer, move || Ok(entered)).await
    }

    /// Evaluates answers in a session that is entered on the way, and saves what comes of them.
    async fn answered(
        &self,
        guard: &SessionGuard,
        (caller, at): (&Caller, &SessionAt),
        desk: &Arc<FileDesk>,
        answer: Answer,
        enter: impl FnOnce() -> Result<Entered, AppError> + Send + 'static,
    ) -> Result<Reached, AppError> {
        let (app, who, place, paper) = (self.clone(), caller.clone(), at.clone(), Arc::clone(desk));
        let work = move || {
            let (open, interview, met, terms) = enter()?;
            if let Some(before) = met {
                return Ok(Done::Before(before));
            }
            let answers = app.0.newest_answers(&place, &open)?;
            let append = !answer.overwrite;
            let (memory, command) = ((Some(&answers), None), Command::Answer(answer));
            let mut evaluated = app.0.evaluate(&interview, (&who, &place, &open.key), memory, command, &paper)?;
            let refused = matches!(evaluated.turn.outcome, Outcome::Refused { .. });
            if refused {
                paper.roll_back(Mark::default());
                evaluated.keep_nothing();
            }
            let kept = !refused && evaluated.turn.keeping != Keeping::Ignore;
            let leaves = app.0.seal_request(&place, &open, (&who, &terms), &evaluated.turn, (kept, append))?;
            Ok(Done::Now(Box::new((evaluated, leaves))))
        };
        let (evaluated, Leaves { save, answer, tag, .. }) = match self.0.evaluations.run(work).await? {
            Done::Before(before) => return Ok(before),
            Done::Now(now) => *now,
        };
        let beside = Beside { answer, ..evaluated.beside() };
        self.0.save_with_files(guard, desk, save, beside).await?;
        evaluated.take_effect(self, at).await;
        Ok(Reached::Now(evaluated.turn.outcome, tag))
    }
}

/// A session that was entered, and what was told if the request came before.
type Entered = (Open, Arc<Interview>, Option<Reached>, Terms);

/// What became of a request, before it is saved.
enum Done {
    Before(Reached),
    Now(Box<(Evaluated, Leaves)>),
}
