//! What a request demands beside its answers: that the session is still at the step that its sender saw, and that a request
//! that comes twice is carried out once.
//!
//! What such a request was answered with is saved in the transaction of its step, sealed under the session's key: whoever
//! has the rows learns neither the request nor the answer, and a crash loses both or none.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use da_core::{Caller, Outcome, StepNumber};
use da_crypto::{AssociatedData, SessionKey};
use da_store::NewAnswer;

use super::SessionAt;
use super::open::Open;
use crate::app::Inner;
use crate::told::{Kept, Told};
use crate::{AppError, Fault, told};

const STEP: &str = "tag of a step";
const REQUEST: &str = "request that may come twice";

/// Bytes of a step's tag.
const TAG: usize = 15;

/// What a request demands.
#[derive(Default)]
pub struct Terms {
    /// The tags of steps, one of which the session must be at.
    pub matching: Option<Matching>,
    /// How the request is known when it comes again.
    pub repeat: Option<Repeat>,
}

/// Steps that a sender has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matching {
    /// Any.
    Any,
    /// One of those with these tags.
    Tags(Vec<String>),
}

/// A request that may come twice.
pub struct Repeat {
    /// Its name, which its sender chose.
    pub name: String,
    /// What it asks for: another request under the same name is refused.
    pub asks: Vec<u8>,
    /// What its sender is told of what it ended in. The same is told again.
    pub tell: Teller,
}

/// Makes what is told of what a request ended in.
pub type Teller = Box<dyn Fn(Result<&Outcome, &AppError>) -> Told + Send>;

/// What became of a request.
pub enum Reached {
    /// It was carried out: what it ended in, and the tag of the step that the session is at.
    Now(Outcome, String),
    /// It was carried out before: what was told then.
    Before(Told, String),
}

impl Reached {
    /// What a request without a name ended in, which is always carried out.
    pub(super) fn now(self) -> Result<Outcome, AppError> {
        match self {
            Reached::Now(outcome, _) => Ok(outcome),
            Reached::Before(..) => Err(AppError::internal("a request without a name was told as one that came before")),
        }
    }
}

impl Inner {
    /// The tag of a step as it is stored. It changes with every word of the answers, and says nothing about them.
    pub(super) fn tag(&self, at: &SessionAt, step: StepNumber, sealed: &[u8]) -> String {
        // Sealing the same answers twice gives different bytes: equal rows are the same row.
        let row = AssociatedData::of_step(at.interview.as_str(), at.id.as_str(), step.0).bytes(sealed);
        URL_SAFE_NO_PAD.encode(&self.server_key.mac(STEP, row.as_ref())[..TAG])
    }

    /// Looks at what a request demands of a session: what was told when it came before, if it did. Blocking.
    pub(super) fn meet(
        &self,
        at: &SessionAt,
        caller: &Caller,
        open: &Open,
        terms: &Terms,
    ) -> Result<Option<Reached>, AppError> {
        if let Some(repeat) = &terms.repeat {
            let hash = self.hash_of(caller, repeat);
            if let Some(sealed) = self.store.answer(&at.id, &hash, self.clock.now().naive_utc())? {
                return self.told_before(at, open, repeat, (&hash, &sealed)).map(Some);
            }
        }
        let tag = || self.tag(at, open.step(), &open.newest.sealed);
        match &terms.matching {
            Some(Matching::Tags(tags)) if !tags.contains(&tag()) => {
                Err(AppError::new(Fault::Moved, "The session is not at the step that was seen."))
            }
            _ => Ok(None),
        }
    }

    fn told_before(
        &self,
        at: &SessionAt,
        open: &Open,
        repeat: &Repeat,
        (hash, sealed): (&[u8; 32], &[u8]),
    ) -> Result<Reached, AppError> {
        // The session may have got a new key since.
        let plain = open.key.open(place(at, hash), sealed).map_err(|lost| told::not_again().because(lost))?;
        let kept = Kept::read(&plain)?;
        kept.told_to(&self.mark_of(&repeat.asks)).map(|(told, tag)| Reached::Before(told, tag))
    }

    /// What is kept of the answer to a request, if it may come twice. `tag` is that of the step that it led to.
    pub(super) fn answer_of(
        &self,
        at: &SessionAt,
        (caller, terms): (&Caller, &Terms),
        key: &SessionKey,
        outcome: Result<&Outcome, &AppError>,
        tag: &str,
    ) -> Result<Option<NewAnswer>, AppError> {
        let Some(repeat) = &terms.repeat else { return Ok(None) };
        let hash = self.hash_of(caller, repeat);
        let kept = Kept::new(self.mark_of(&repeat.asks), (repeat.tell)(outcome), tag.to_owned());
        let sealed = key.seal(place(at, &hash), &kept.written()?)?;
        Ok(Some(NewAnswer { hash, sealed }))
    }

    /// Callers choose names for themselves: the same one of two callers are two.
    fn hash_of(&self, caller: &Caller, repeat: &Repeat) -> [u8; 32] {
        let who = match caller {
            Caller::Anonymous { visitor, .. } => visitor.clone(),
            Caller::User(user) | Caller::Limited { user, .. } => user.id.to_string(),
        };
        self.server_key.mac(REQUEST, AssociatedData::new("name").text(&who).text(&repeat.name).as_ref())
    }

    /// A mark of what a request asks for: it tells one from another, and not what.
    pub(crate) fn mark_of(&self, asks: &[u8]) -> Vec<u8> {
        self.server_key.mac(REQUEST, AssociatedData::new("asks").bytes(asks).as_ref()).to_vec()
    }
}

fn place(at: &SessionAt, hash: &[u8; 32]) -> AssociatedData {
    AssociatedData::new("answer to a request").text(at.interview.as_str()).text(at.id.as_str()).bytes(hash)
}
