//! A form that somebody sent from a page: read against the screen that it was made for, it becomes a step.

use std::sync::Arc;

use da_core::{Answer, Answers, Caller, Command, Keeping, Outcome, Screen, SentFiles, StepNumber};
use da_interview::Interview;
use da_store::{SaveStep, StoredStep};

use super::SessionAt;
use super::open::Open;
use super::page::SessionPage;
use super::pages::Origin;
use super::show::Shown;
use super::turn::Evaluated;
use crate::app::Inner;
use crate::file::FileDesk;
use crate::{App, AppError, Sent};

/// What became of a form. `P` is what its reader says about a form that does not fit.
pub enum Taken<P> {
    /// It is a step now; the session's page shows what it led to.
    Answered,
    /// It was made for another step, or for a page without a form. Nothing was changed.
    Moved(SessionPage),
    /// It does not fit the screen.
    Unfit(SessionPage, P),
    /// The interview refuses it: texts by variable name, the empty name for the whole screen.
    Refused(SessionPage, Vec<(String, String)>),
}

impl App {
    /// Takes a form that was made for `step`, with files by the names of their controls. `read` makes answers of it, by
    /// the screen that it belongs to; files that it leaves out of the answer are not kept.
    ///
    /// # Errors
    /// Those of [`App::session_answer`](App::session_answer).
    pub async fn session_form<P: Send + 'static>(
        &self,
        caller: &Caller,
        at: &SessionAt,
        step: StepNumber,
        sent: Vec<Sent>,
        read: impl FnOnce(&Screen, Vec<SentFiles>) -> Result<Answer, P> + Send + 'static,
    ) -> Result<Taken<P>, AppError> {
        let guard = self.0.lock(at).await?;
        let desk = self.0.desk(at, caller);
        let files = desk.take(sent).await?;
        let (app, who, place, paper) = (self.clone(), caller.clone(), at.clone(), Arc::clone(&desk));
        let work = move || app.0.take_form(&place, &who, step, (&paper, files), read);
        let Work { taken, evaluated, save, origin } = self.0.evaluations.run(work).await?;
        let beside = Evaluated::beside_of(evaluated.iter());
        self.0.save_with_files(&guard, &desk, save, beside).await?;
        let unseen = matches!(taken, Taken::Answered);
        for evaluated in &evaluated {
            evaluated.take_effect(self, at).await;
        }
        if let (Some(last), Some(origin)) = (evaluated.last(), origin) {
            self.0.keep_page(at, origin, &last.turn.outcome, unseen);
        }
        Ok(taken)
    }
}

/// What the work on a form leaves to be done.
struct Work<P> {
    taken: Taken<P>,
    evaluated: Vec<Evaluated>,
    save: Option<SaveStep>,
    origin: Option<Origin>,
}

impl<P> Work<P> {
    /// Nothing was taken; what an evaluation of the newest step changed is saved all the same.
    fn left(taken: Taken<P>, shown: Option<Shown>) -> Self {
        match shown {
            Some(Shown { evaluated, save, origin }) => {
                Work { taken, evaluated: vec![evaluated], save, origin: Some(origin) }
            }
            None => Work { taken, evaluated: Vec::new(), save: None, origin: None },
        }
    }
}

impl Inner {
    fn take_form<P>(
        &self,
        at: &SessionAt,
        caller: &Caller,
        step: StepNumber,
        (desk, sent): (&Arc<FileDesk>, Vec<SentFiles>),
        read: impl FnOnce(&Screen, Vec<SentFiles>) -> Result<Answer, P>,
    ) -> Result<Work<P>, AppError> {
        let (open, interview) = self.enter(at, caller)?;
        let page = |outcome| SessionPage { step: open.step(), outcome };
        let (outcome, shown) = self.asked(at, caller, (&open, &interview), desk)?;
        let Outcome::Screen(screen) = outcome else {
            desk.forget(&sent);
            return Ok(Work::left(Taken::Moved(page(outcome)), shown));
        };
        if open.step() != step {
            desk.forget(&sent);
            return Ok(Work::left(Taken::Moved(page(Outcome::Screen(screen))), shown));
        }
        let answer = match read(&screen, sent.clone()) {
            Ok(answer) => answer,
            Err(problems) => {
                desk.forget(&sent);
                return Ok(Work::left(Taken::Unfit(page(Outcome::Screen(screen)), problems), shown));
            }
        };
        let unused = |one: &&SentFiles| answer.files.iter().all(|taken| taken.files != one.files);
        desk.forget(&sent.iter().filter(unused).cloned().collect::<Vec<_>>());
        let answers = match &shown {
            Some(shown) => shown.evaluated.turn.answers.clone(),
            None => self.newest_answers(at, &open)?,
        };
        let mark = desk.mark();
        let before = shown.as_ref().map(|shown| shown.evaluated.handed_on()).unwrap_or_default();
        let (asking, command) = ((caller, at, &open.key), Command::Answer(answer));
        let mut evaluated = self.evaluate_after(&interview, asking, &answers, command, (desk, before))?;
        if let Outcome::Refused { screen, errors } = evaluated.turn.outcome {
            desk.roll_back(mark);
            desk.forget(&sent);
            return Ok(Work::left(Taken::Refused(page(Outcome::Screen(screen)), errors), shown));
        }
        if evaluated.turn.keeping == Keeping::Ignore {
            let mut work = Work::left(Taken::Answered, shown);
            work.evaluated.push(evaluated);
            return Ok(work);
        }
        let mut save = self.seal_turn(at, &open, &evaluated.turn, true)?;
        let step = if save.append { open.step().next() } else { open.step() };
        let origin = Some(Origin::new(step, &save.sealed, &interview, caller));
        let mut all = Vec::new();
        if let Some(Shown { evaluated: first, save: before, .. }) = shown {
            // The step that was answered is left as it was shown, in the same transaction.
            let left =
                |before: SaveStep| StoredStep { number: open.step(), sealed: before.sealed, modified: before.now };
            save.resealed.extend(before.filter(|_| save.append && save.wraps.is_none()).map(left));
            all.push(first);
        }
        evaluated.turn.answers = Answers::default();
        all.push(evaluated);
        Ok(Work { taken: Taken::Answered, evaluated: all, save: Some(save), origin })
    }

    /// The screen that the form was made for: as it was shown, else evaluated again.
    pub(super) fn asked(
        &self,
        at: &SessionAt,
        caller: &Caller,
        (open, interview): (&Open, &Arc<Interview>),
        desk: &Arc<FileDesk>,
    ) -> Result<(Outcome, Option<Shown>), AppError> {
        if let Some(screen) = self.pages.shown(&at.id, &open.origin(interview, caller)) {
            return Ok((Outcome::Screen(Box::new(screen)), None));
        }
        let shown = self.show_newest(at, caller, (open, interview), desk)?;
        Ok((shown.evaluated.turn.outcome.clone(), Some(shown)))
    }
}
