//! Work in the background: what an interview asks to be done apart from its screens. It is done in the session, under its
//! lock, with what opened the session when it was asked for; what it ended with becomes part of the newest step.
//!
//! What opens a session is held in memory alone, until the work is done; work that waits when the server ends is not done.

use std::time::Duration;

use da_core::{Action, Caller, Command, Plain};
use tokio::sync::OwnedSemaphorePermit;

use super::SessionAt;
use crate::{App, AppError, Fault};

/// How often work is tried that finds the session or the server busy.
const ATTEMPTS: u32 = 10;

/// How long it waits before it is tried again.
const PAUSE: Duration = Duration::from_secs(2);

/// A piece of work.
struct Work {
    caller: Caller,
    at: SessionAt,
    task: String,
    action: Action,
}

impl App {
    /// Begins a piece of work, which is done later.
    pub(super) fn begin_work(&self, caller: &Caller, at: &SessionAt, task: &str, action: &str, arguments: &Plain) {
        let session = &at.id;
        let Some(delay) = self.0.settings.work_begins_after else {
            tracing::warn!(target: "interview", %session, "the background action {action} waits: there is no worker");
            return;
        };
        let Ok(place) = self.0.work_places.clone().try_acquire_owned() else {
            tracing::warn!(target: "interview", %session, "the background action {action} waits: too much work is under way");
            return;
        };
        let name = action.to_owned();
        let action = Action { name, arguments: arguments.clone(), persistent: false, is_step: false };
        let work = Work { caller: caller.clone(), at: at.clone(), task: task.to_owned(), action };
        tokio::spawn(self.clone().work_later(work, delay, place));
    }

    async fn work_later(self, work: Work, delay: Duration, place: OwnedSemaphorePermit) {
        let _place = place;
        tokio::time::sleep(delay).await;
        for attempt in 1..=ATTEMPTS {
            match self.do_work(&work).await {
                Ok(()) => return,
                Err(error) if error.fault == Fault::Busy && attempt < ATTEMPTS => tokio::time::sleep(PAUSE).await,
                Err(error) => {
                    let (session, action) = (&work.at.id, &work.action.name);
                    let whole = error.whole();
                    tracing::warn!(target: "interview", %session, "the background action {action} was not done: {whole}");
                    return;
                }
            }
        }
    }

    async fn do_work(&self, work: &Work) -> Result<(), AppError> {
        let Work { caller, at, task, action } = work;
        let guard = self.0.lock(at).await?;
        let (app, who, place) = (self.clone(), caller.clone(), at.clone());
        let command = Command::Work { task: task.clone(), action: action.clone() };
        let work = move || {
            let (open, interview) = app.0.enter(&place, &who)?;
            let answers = app.0.newest_answers(&place, &open)?;
            let desk = app.0.desk(&place, &who);
            let evaluated = app.0.evaluate(&interview, (&who, &place.id), (Some(&answers), None), command, &desk)?;
            let save = app.0.seal_turn(&place, &open, &evaluated.turn, false)?;
            Ok((evaluated, save))
        };
        let (evaluated, save) = self.0.evaluations.run(work).await?;
        self.settle(&guard, (caller, at), &evaluated, Some(save)).await
    }
}
