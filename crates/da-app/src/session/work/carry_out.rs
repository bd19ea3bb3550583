//! A job that was taken is carried out: first on a copy of the answers, while its session goes on; then it ends under the
//! session's lock, with what it changes.

use std::sync::Arc;

use da_core::{Caller, Command, Keeping, KeptValue, Work, WorkError, WorkResult, Worked};
use da_crypto::SessionKey;
use da_interview::Interview;
use da_store::{Beside, EndedJob, NewJob, SessionGuard, TakenJob};

use super::super::SessionAt;
use super::super::open::Open;
use super::super::turn::Evaluated;
use super::ATTEMPTS;
use crate::app::Inner;
use crate::file::{FileDesk, Mark};
use crate::interview::authorise;
use crate::{App, AppError, Fault};

/// The first half, done.
struct Half {
    evaluated: Evaluated,
    caller: Caller,
}

impl App {
    /// Carries out a job to its end.
    pub(super) async fn carry_out(&self, job: &TakenJob) -> Result<(), AppError> {
        let at = SessionAt {
            interview: job.interview.clone(),
            id: job.session.clone(),
            secret: None,
            device: Arc::default(),
        };
        if job.attempts > 2 * ATTEMPTS {
            // Not even its failure could be told.
            tracing::error!(target: "interview", session = %at.id, "the work {} in the background is dropped", job.task);
            let guard = self.0.lock(&at).await?;
            return Ok(self.0.store.job_drop(&guard, job.ticket).await?);
        }
        if job.attempts > ATTEMPTS {
            let (class, message) = why_given_up(job.attempts - 1, job.failures);
            return self.give_up(job, &at, class, message).await;
        }
        let (app, place, taken) = (self.clone(), at.clone(), job.clone());
        let half = match self.0.evaluations.run(move || app.0.first_half(&place, &taken)).await {
            Ok(half) => half,
            Err(failed) if may_pass(failed.fault) => return Err(failed),
            Err(failed) => return self.give_up_for(job, &at, &failed).await,
        };
        match self.after_first(job, &at, half).await {
            // It would fail again, after everything that it does to others was done again.
            Err(failed) if failed.fault == Fault::Interview => self.give_up_for(job, &at, &failed).await,
            done => done,
        }
    }

    /// Ends the job with what its first half came to, or goes on to its second.
    async fn after_first(&self, job: &TakenJob, at: &SessionAt, half: Half) -> Result<(), AppError> {
        let guard = self.0.lock(at).await?;
        let Half { mut evaluated, caller } = half;
        match evaluated.turn.worked.clone() {
            Some(Worked::Over(result)) => {
                if result.error.is_some() {
                    evaluated.desk.roll_back(Mark::default());
                    evaluated.keep_nothing();
                }
                self.end(&guard, (job, at), &result, evaluated.beside(), &evaluated.desk).await?;
                evaluated.take_effect(self, at).await;
                Ok(())
            }
            Some(Worked::Changes(second)) => self.second_half(&guard, (job, at), (&caller, evaluated), second).await,
            None => Err(AppError::internal("the engine was asked for work and gave something else")),
        }
    }

    /// The action that changes the answers, as they are by now.
    async fn second_half(
        &self,
        guard: &SessionGuard,
        (job, at): (&TakenJob, &SessionAt),
        (caller, mut first): (&Caller, Evaluated),
        second: Work,
    ) -> Result<(), AppError> {
        let desk = Arc::clone(&first.desk);
        if second.failed.is_some() {
            desk.roll_back(Mark::default());
            first.keep_nothing();
        }
        let mark = desk.mark();
        let (app, place, taken, who) = (self.clone(), at.clone(), job.clone(), caller.clone());
        let (paper, before) = (Arc::clone(&desk), first.handed_on());
        let run = move || {
            let (open, interview) = app.0.enter_for_work(&place, &taken, &who)?;
            let answers = app.0.newest_answers(&place, &open)?;
            let (asking, command) = ((&who, &place, &open.key), Command::Work(second));
            let evaluated = app.0.evaluate_after(&interview, asking, &answers, command, (&paper, before))?;
            let kept = evaluated.turn.changed && evaluated.turn.keeping != Keeping::Ignore;
            let save = kept.then(|| app.0.seal_turn(&place, &open, &evaluated.turn, false)).transpose()?;
            Ok((evaluated, save, open.key))
        };
        let (mut evaluated, mut save, old_key) = self.0.evaluations.run(run).await?;
        let Some(Worked::Over(result)) = evaluated.turn.worked.clone() else {
            return Err(AppError::internal("the second half of work in the background had another"));
        };
        if result.error.is_some() && !evaluated.turn.changed {
            desk.roll_back(mark);
            evaluated.keep_nothing();
        }
        // The session may have got a new key by this very step.
        let rekeyed = save.as_ref().and_then(|save| save.beside.rekeyed.as_ref());
        let new_key = rekeyed.map(|new| self.0.unwrap_for_work(&new.wrapped_key, &at.id)).transpose()?;
        let key = new_key.as_ref().unwrap_or(&old_key);
        let result = self.0.seal_result((at, key), &job.task, &result)?;
        let both = Evaluated::beside_of([&first, &evaluated]);
        let jobs = self.rewrapped(key, at, both.jobs)?;
        let ended = Some(EndedJob { ticket: job.ticket, result });
        let beside = Beside { jobs, ended, ..both };
        if let Some(save) = &mut save
            && let Some(rekeyed) = &mut save.beside.rekeyed
        {
            // Written before the results are replaced.
            rekeyed.results.extend(beside.ended.as_ref().map(|ended| ended.result.clone()));
        }
        self.0.save_with_files(guard, &desk, save, beside).await?;
        first.take_effect(self, at).await;
        evaluated.take_effect(self, at).await;
        Ok(())
    }

    /// Ends a job whose end changes no answers.
    async fn end(
        &self,
        guard: &SessionGuard,
        (job, at): (&TakenJob, &SessionAt),
        result: &WorkResult,
        asked: Beside,
        desk: &FileDesk,
    ) -> Result<(), AppError> {
        let ticket = job.ticket;
        let wrapped = self.read(move |store| Ok(store.job_key(ticket)?)).await?;
        let key = self.0.unwrap_for_work(&wrapped, &at.id)?;
        let result = self.0.seal_result((at, &key), &job.task, result)?;
        let jobs = self.rewrapped(&key, at, asked.jobs)?;
        let ended = Some(EndedJob { ticket, result });
        let beside = Beside { jobs, ended, ..asked };
        self.0.save_with_files(guard, desk, None, beside).await
    }

    /// Ends a job that failed in a way that will not pass.
    async fn give_up_for(&self, job: &TakenJob, at: &SessionAt, failed: &AppError) -> Result<(), AppError> {
        tracing::warn!(target: "interview", session = %at.id, "work in the background: {}", failed.whole());
        self.give_up(job, at, "DAError", failed.public().to_owned()).await
    }

    /// Ends a job that cannot be carried out.
    async fn give_up(&self, job: &TakenJob, at: &SessionAt, class: &str, message: String) -> Result<(), AppError> {
        let guard = self.0.lock(at).await?;
        let error = WorkError { class: class.to_owned(), message, trace: None };
        let result = WorkResult { value: KeptValue::default(), error: Some(error) };
        let nobody = Caller::Anonymous { visitor: String::new(), address: String::new() };
        self.end(&guard, (job, at), &result, Beside::default(), &self.0.desk(at, &nobody)).await
    }

    /// Work that was asked for before the session got the key that it has now.
    fn rewrapped(&self, key: &SessionKey, at: &SessionAt, jobs: Vec<NewJob>) -> Result<Vec<NewJob>, AppError> {
        let again = |job| Ok(NewJob { wrapped_key: self.0.wrap_for_work(key, &at.id)?, ..job });
        jobs.into_iter().map(again).collect()
    }
}

impl Inner {
    fn first_half(&self, at: &SessionAt, job: &TakenJob) -> Result<Half, AppError> {
        let (caller, work) = self.asked_for(job)?;
        let (open, interview) = self.enter_for_work(at, job, &caller)?;
        let answers = self.newest_answers(at, &open)?;
        let desk = self.desk(at, &caller);
        let (asking, memory) = ((&caller, at, &open.key), (Some(&answers), None));
        let evaluated = self.evaluate(&interview, asking, memory, Command::Work(work), &desk)?;
        Ok(Half { evaluated, caller })
    }

    /// Loads the session of a job and opens it by the key that the job carries. Blocking.
    fn enter_for_work(
        &self,
        at: &SessionAt,
        job: &TakenJob,
        caller: &Caller,
    ) -> Result<(Open, Arc<Interview>), AppError> {
        let open = self.open_session_by(at, |_| {
            let wrapped = self.store.job_key(job.ticket)?;
            self.unwrap_for_work(&wrapped, &at.id)
        })?;
        let interview = self.interview(&at.interview)?;
        authorise(&interview, caller, false)?;
        Ok((open, interview))
    }
}

/// What is told of a job that was begun so often and failed so often of these: otherwise its server ended.
fn why_given_up(begun: i64, failures: i64) -> (&'static str, String) {
    let times = |count: i64| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let failed = format!("failed {}, for reasons that the log of the server tells", times(failures));
    match begun - failures {
        ..=0 => ("DAError", format!("This work {failed}, and is given up.")),
        ended if failures == 0 => {
            let ended = times(ended);
            ("WorkerLostError", format!("The server ended {ended} while it did this work, which is given up."))
        }
        ended => {
            let ended = times(ended);
            (
                "WorkerLostError",
                format!("The server ended {ended} while it did this work, which {failed}: it is given up."),
            )
        }
    }
}

/// Whether it may be otherwise in a moment, or is somebody else's to find out.
pub(super) fn may_pass(fault: Fault) -> bool {
    matches!(fault, Fault::Busy | Fault::Conflict | Fault::NoSession)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_up_says_what_happened() {
        assert_eq!(
            why_given_up(3, 0),
            ("WorkerLostError", "The server ended 3 times while it did this work, which is given up.".to_owned())
        );
        assert_eq!(
            why_given_up(3, 3),
            (
                "DAError",
                "This work failed 3 times, for reasons that the log of the server tells, and is given up.".to_owned()
            )
        );
        let both = "The server ended 2 times while it did this work, which failed once, for reasons that the log of the server \
                    tells: it is given up.";
        assert_eq!(why_given_up(3, 1), ("WorkerLostError", both.to_owned()));
    }
}
