//! One evaluation, with what the world sees of it.

use std::sync::Arc;
use std::time::Instant;

use da_core::{Answers, Caller, Command, Effect, Turn};
use da_crypto::SessionKey;
use da_interview::reasons::Reasons;
use da_interview::{AssembleError, Context, Interview, World};
use da_store::{Beside, KeptChanges, KeptQuota, NewJob};
use tracing::debug_span;

use super::SessionAt;
use super::work::Results;
use crate::app::Inner;
use crate::counters::Stop;
use crate::door::{Door, KeptDesk};
use crate::file::FileDesk;
use crate::outside::Outside;
use crate::{App, AppError};

/// A turn, and the lines that the interview logged.
pub(super) struct Evaluated {
    pub(super) turn: Turn,
    /// Why it ended where it did, if that was asked for.
    pub(super) reasons: Option<Reasons>,
    lines: Vec<String>,
    /// What is to be saved with it: work in the background that it asks for, mail, sealed, and what it keeps beside the session.
    jobs: Vec<NewJob>,
    letters: Vec<Vec<u8>>,
    kept: KeptDesk,
    quota: KeptQuota,
    /// The files, with what the evaluation did to them.
    pub(super) desk: Arc<FileDesk>,
}

/// Who asks which session, and the key of that.
pub(super) type Asking<'a> = (&'a Caller, &'a SessionAt, &'a Arc<SessionKey>);

impl Inner {
    /// The files of a session, for one request of somebody.
    pub(crate) fn desk(&self, at: &SessionAt, caller: &Caller) -> Arc<FileDesk> {
        FileDesk::new(&self.contents, caller, (&at.id, &at.interview), self.clock.now().naive_utc())
    }

    /// Evaluates an interview once. Blocking, for as long as the settings allow.
    pub(super) fn evaluate(
        &self,
        interview: &Interview,
        asking: Asking<'_>,
        (answers, previous): (Option<&Answers>, Option<&Answers>),
        command: Command,
        desk: &Arc<FileDesk>,
    ) -> Result<Evaluated, AppError> {
        let desks = (desk, KeptDesk::default());
        self.evaluate_with(asking, previous, desks, |context| (interview.run(answers, command, context), None))
    }

    /// The same for what is saved together with an evaluation `before`: it sees what that one keeps. Blocking.
    pub(super) fn evaluate_after(
        &self,
        interview: &Interview,
        asking: Asking<'_>,
        answers: &Answers,
        command: Command,
        (desk, before): (&Arc<FileDesk>, KeptDesk),
    ) -> Result<Evaluated, AppError> {
        let run = |context: &Context<'_>| (interview.run(Some(answers), command, context), None);
        self.evaluate_with(asking, None, (desk, before), run)
    }

    /// The same for looking at the current screen, with the reasons for it. Blocking.
    pub(super) fn explain(
        &self,
        interview: &Interview,
        asking: Asking<'_>,
        answers: &Answers,
        desk: &Arc<FileDesk>,
    ) -> Result<Evaluated, AppError> {
        self.evaluate_with(asking, None, (desk, KeptDesk::default()), |context| {
            let (turn, reasons) = interview.explain(Some(answers), Command::Show, context);
            (turn, Some(reasons))
        })
    }

    fn evaluate_with(
        &self,
        (caller, at, key): Asking<'_>,
        previous: Option<&Answers>,
        (desk, before): (&Arc<FileDesk>, KeptDesk),
        run: impl FnOnce(&Context<'_>) -> (Result<Turn, AssembleError>, Option<Reasons>),
    ) -> Result<Evaluated, AppError> {
        let _assemble = debug_span!("Assemble").entered();
        self.counters.evaluation();
        let started = Instant::now();
        let until = started + self.settings.evaluation_time;
        let outside = Arc::new(Outside::new(
            until,
            (desk, Results::new(&self.store, at, key)),
            (&self.outbound, &self.settings.mail),
            Door::new(&self.me, (caller, at), before, until),
        ));
        let world: Arc<dyn World> = outside.clone();
        let context = Context {
            caller,
            session: &at.id,
            previous,
            now: self.clock.now(),
            settings: &self.settings.interview,
            world,
        };
        let (turn, reasons) = run(&context);
        self.counters.spent(Stop::Engine, started);
        if outside.lacked_randomness() {
            return Err(AppError::internal("the operating system gave no random bytes"));
        }
        if outside.was_cut_off() {
            return Err(AppError::busy());
        }
        let turn = turn?;
        let jobs = self.jobs_of((caller, at, key), &turn.effects)?;
        let (lines, kept) = (outside.take_lines(), outside.take_kept());
        let letters = self.letters_of(&turn.effects)?;
        let quota = self.settings.kept_quota;
        Ok(Evaluated { turn, reasons, lines, jobs, letters, kept, quota, desk: Arc::clone(desk) })
    }
}

impl Evaluated {
    /// Forgets what was to be saved with it: it failed after all, or was refused.
    pub(super) fn keep_nothing(&mut self) {
        self.kept = KeptDesk::default();
        self.jobs.clear();
        self.letters.clear();
    }

    /// What it keeps, for an evaluation that is saved together with it.
    pub(super) fn handed_on(&self) -> KeptDesk {
        self.kept.handed_on()
    }

    /// What is saved in the transaction of its answers.
    pub(super) fn beside(&self) -> Beside {
        Evaluated::beside_of([self])
    }

    /// The same for several that are saved together, in their order.
    pub(super) fn beside_of<'a>(all: impl IntoIterator<Item = &'a Evaluated>) -> Beside {
        let mut beside = Beside::default();
        for one in all {
            beside.jobs.extend_from_slice(&one.jobs);
            beside.letters.extend_from_slice(&one.letters);
            let changes = [std::mem::take(&mut beside.kept.changes), one.kept.changes().to_vec()].concat();
            beside.kept = KeptChanges { changes, quota: one.quota };
        }
        beside
    }

    /// Does what the evaluation wants done, once the answers are saved. What it asks for is saved with them; mail leaves from
    /// here on.
    pub(super) async fn take_effect(&self, app: &App, at: &SessionAt) {
        debug_span!("Effects").in_scope(|| self.say(at));
        app.mail_begin(self.letters.clone());
    }

    /// Writes what the interview logged.
    fn say(&self, at: &SessionAt) {
        let session = &at.id;
        for line in &self.lines {
            tracing::info!(target: "interview", %session, "{line}");
        }
        for effect in &self.turn.effects {
            match effect {
                Effect::Log(line) => tracing::info!(target: "interview", %session, "{line}"),
                Effect::Mail(_) | Effect::Background { .. } => {}
            }
        }
    }
}
