//! One evaluation, with what the world sees of it.

use std::sync::Arc;
use std::time::Instant;

use da_core::{Answers, Caller, Command, Effect, Turn};
use da_crypto::SessionKey;
use da_interview::reasons::Reasons;
use da_interview::{AssembleError, Context, Interview, World};
use da_store::{KeptChange, NewJob};
use tracing::{Instrument, debug_span};

use super::SessionAt;
use super::work::Results;
use crate::app::Inner;
use crate::counters::Stop;
use crate::door::Door;
use crate::file::FileDesk;
use crate::outside::Outside;
use crate::{App, AppError};

/// A turn, and the lines that the interview logged.
pub(super) struct Evaluated {
    pub(super) turn: Turn,
    /// Why it ended where it did, if that was asked for.
    pub(super) reasons: Option<Reasons>,
    lines: Vec<String>,
    /// Work in the background that it asks for, to be saved with it.
    pub(super) jobs: Vec<NewJob>,
    /// What is to be kept beside the session.
    kept: Vec<KeptChange>,
    /// Mail that it asks for, sealed, to be saved with it.
    pub(super) letters: Vec<Vec<u8>>,
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
        self.evaluate_with(asking, previous, desk, |context| (interview.run(answers, command, context), None))
    }

    /// The same for looking at the current screen, with the reasons for it. Blocking.
    pub(super) fn explain(
        &self,
        interview: &Interview,
        asking: Asking<'_>,
        answers: &Answers,
        desk: &Arc<FileDesk>,
    ) -> Result<Evaluated, AppError> {
        self.evaluate_with(asking, None, desk, |context| {
            let (turn, reasons) = interview.explain(Some(answers), Command::Show, context);
            (turn, Some(reasons))
        })
    }

    fn evaluate_with(
        &self,
        (caller, at, key): Asking<'_>,
        previous: Option<&Answers>,
        desk: &Arc<FileDesk>,
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
            Door::new(&self.me, caller, at, until),
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
        let turn = turn?;
        let jobs = self.jobs_of((caller, at, key), &turn.effects)?;
        let (lines, kept) = (outside.take_lines(), outside.take_changes());
        let letters = self.letters_of(&turn.effects)?;
        Ok(Evaluated { turn, reasons, lines, jobs, kept, letters, desk: Arc::clone(desk) })
    }
}

impl Evaluated {
    /// Forgets what was to be kept beside the session: the evaluation failed after all.
    pub(super) fn keep_nothing(&mut self) {
        self.kept.clear();
    }

    /// Does what the evaluation wants done, once the answers are saved. Work in the background and mail are saved with them;
    /// the mail leaves from here on.
    pub(super) async fn take_effect(&self, app: &App, at: &SessionAt) {
        let effects = debug_span!("Effects");
        effects.in_scope(|| self.say(at));
        app.mail_begin(self.letters.clone());
        if self.kept.is_empty() {
            return;
        }
        let kept = app.0.store.change_kept_values(self.kept.clone(), app.now()).instrument(effects).await;
        if let Err(failed) = kept {
            let session = &at.id;
            tracing::error!(target: "interview", %session, "what the interview keeps beside the session was not kept: {failed}");
        }
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
