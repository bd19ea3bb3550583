//! The screens that browsers have before them, kept for a while, so that a form costs one evaluation: it is read
//! against the screen that it was made for, and the page after it shows what the answers led to.
//!
//! Never more than a shortcut: a screen stands in for an evaluation of the very row, interview and caller that
//! it was made from, and whoever finds none evaluates. What opens a session is asked for before anybody looks here.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use da_core::{Caller, Screen, SessionId, StepNumber};
use da_interview::Interview;

/// More pages than these are not kept: the oldest go first.
const MOST: usize = 256;

/// What a person said does not stay in memory for longer than this.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// What a screen was made from.
#[derive(Clone)]
pub(super) struct Origin {
    step: StepNumber,
    row: u64,
    interview: Weak<Interview>,
    caller: Caller,
}

impl Origin {
    /// A step as it is stored, evaluated for a caller.
    pub(super) fn new(step: StepNumber, sealed: &[u8], interview: &Arc<Interview>, caller: &Caller) -> Self {
        // Sealing the same answers twice gives different bytes: equal rows are the same row.
        let mut hasher = DefaultHasher::new();
        (step.0, sealed).hash(&mut hasher);
        Origin { step, row: hasher.finish(), interview: Arc::downgrade(interview), caller: caller.clone() }
    }

    /// The step.
    pub(super) fn step(&self) -> StepNumber {
        self.step
    }

    fn is(&self, other: &Origin) -> bool {
        self.row == other.row && Weak::ptr_eq(&self.interview, &other.interview) && self.caller == other.caller
    }
}

/// The pages.
#[derive(Default)]
pub(crate) struct Pages(Mutex<HashMap<SessionId, Kept>>);

struct Kept {
    origin: Origin,
    screen: Screen,
    /// Nobody has seen it yet.
    unseen: bool,
    since: Instant,
}

impl Pages {
    /// Keeps the screen that a page is about to show (`unseen`), or shows.
    pub(super) fn keep(&self, session: &SessionId, origin: Origin, screen: &Screen, unseen: bool) {
        let mut kept = self.lock();
        kept.retain(|_, page| page.since.elapsed() < LONGEST);
        if kept.len() >= MOST && !kept.contains_key(session) {
            let oldest = kept.iter().min_by_key(|(_, page)| page.since).map(|(session, _)| session.clone());
            oldest.and_then(|session| kept.remove(&session));
        }
        kept.insert(session.clone(), Kept { origin, screen: screen.clone(), unseen, since: Instant::now() });
    }

    /// The screen that the page shows.
    pub(super) fn shown(&self, session: &SessionId, origin: &Origin) -> Option<Screen> {
        let kept = self.lock();
        kept.get(session).filter(|page| page.origin.is(origin)).map(|page| page.screen.clone())
    }

    /// The screen that nobody has seen yet; once. A page that is loaded again is evaluated again.
    pub(super) fn unseen(&self, session: &SessionId, origin: &Origin) -> Option<Screen> {
        let mut kept = self.lock();
        let page = kept.get_mut(session).filter(|page| page.unseen && page.origin.is(origin))?;
        page.unseen = false;
        Some(page.screen.clone())
    }

    /// Forgets a session.
    pub(super) fn forget(&self, session: &SessionId) {
        self.lock().remove(session);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SessionId, Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
