//! Notes, for whoever wants to know, why blocks are tried and passed over.
//!
//! Without somebody who asked, each note is one comparison. No note changes what happens.

use super::candidate::Candidate;
use super::seek::Tried;
use super::{Evaluation, Flow, Signal};
use crate::block::BlockId;
use crate::names::variants;
use crate::reasons::{Came, PassedOver, Spot, Turned, Unfit, What};

/// Why a block does not define a variable, as cheaply as it can be told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Why {
    /// The `if` of this number is not true.
    If(usize),
    Hidden,
    DidNotDefine,
    NotAQuestion,
    LeadsOn,
    NotForThis,
}

impl Evaluation<'_, '_> {
    /// Notes something, if anybody asked.
    fn remember(&mut self, depth: u32, what: impl FnOnce(&Self) -> What) {
        if self.reasons.is_none() {
            return;
        }
        let what = what(self);
        if let Some(reasons) = &mut self.reasons {
            reasons.push(depth, what);
        }
    }

    fn spot(&self, place: BlockId) -> Spot {
        Spot::of(self.block(place))
    }

    pub(super) fn note_pass(&mut self, number: u32) {
        self.remember(0, |_| What::Pass(number));
    }

    /// A block has its turn. It is the one that needs what is missing next.
    pub(super) fn note_turn(&mut self, place: BlockId, turned: Turned) {
        if self.reasons.is_some() {
            self.in_turn = matches!(turned, Turned::Initial | Turned::Mandatory).then_some(place);
        }
        self.remember(0, |evaluation| What::Turn(evaluation.spot(place), turned));
    }

    /// A name is missing in the pass.
    pub(super) fn note_needed(&mut self, name: &str) {
        let place = self.in_turn.take();
        self.remember(0, |evaluation| What::Needed(name.to_owned(), place.map(|place| evaluation.spot(place))));
    }

    pub(super) fn note_undefined(&mut self, depth: u32, name: &str) {
        self.remember(depth, |_| What::Undefined(name.to_owned()));
    }

    pub(super) fn note_waiting(&mut self, depth: u32, name: &str, candidate: &Candidate) {
        self.note_came(depth, name, candidate, |_| Came::PassedOver(PassedOver::Waits));
    }

    fn note_came(&mut self, depth: u32, name: &str, candidate: &Candidate, came: impl FnOnce(&Self) -> Came) {
        self.remember(depth, |evaluation| What::Tried {
            variable: name.to_owned(),
            spot: evaluation.spot(candidate.place),
            known_as: candidate.variant.name.clone(),
            came: came(evaluation),
        });
    }

    /// What came of a candidate.
    pub(super) fn note_tried(&mut self, depth: u32, name: &str, candidate: &Candidate, tried: &Flow<Tried>) {
        self.note_came(depth, name, candidate, |evaluation| match tried {
            Ok(Tried::Next(why)) => Came::PassedOver(evaluation.passed_over(candidate.place, *why)),
            Ok(Tried::Defined) => Came::Defined,
            Ok(Tried::Over(_)) => Came::Ended,
            Err(Signal::Over(_)) => Came::Ended,
            Err(Signal::Seek(other)) => Came::Needs(other.clone()),
            Err(Signal::StartOver) => Came::StartedOver,
            Err(Signal::Failed(_)) => Came::Failed,
        });
    }

    fn passed_over(&self, place: BlockId, why: Why) -> PassedOver {
        match why {
            Why::If(number) => {
                let condition = self.block(place).modifiers.conditions.get(number);
                PassedOver::If(condition.map(|code| code.source.trim().to_owned()).unwrap_or_default())
            }
            Why::Hidden => PassedOver::Hidden,
            Why::DidNotDefine => PassedOver::DidNotDefine,
            Why::NotAQuestion => PassedOver::NotAQuestion,
            Why::LeadsOn => PassedOver::LeadsOn,
            Why::NotForThis => PassedOver::NotForThis,
        }
    }

    /// Blocks that know a name of the variable and are in another language or about another class.
    pub(super) fn note_unfit(&mut self, depth: u32, name: &str, candidates: &[Candidate]) {
        if self.reasons.is_none() {
            return;
        }
        let index = &self.interview.index;
        let language = self.host().language.clone();
        for variant in variants(name) {
            let mut known = match variant.generic {
                None => index.all_blocks(&variant.name),
                Some(_) => index.all_generic_blocks(&variant.name),
            };
            known.sort_unstable();
            for place in known {
                if candidates.iter().any(|candidate| candidate.place == place) {
                    continue;
                }
                let modifiers = &self.block(place).modifiers;
                let unfit = match &modifiers.generic_object {
                    _ if !["*", &language].contains(&modifiers.language.as_str()) => {
                        Unfit::Language(modifiers.language.clone())
                    }
                    Some(class) => Unfit::Class(class.clone()),
                    None => continue,
                };
                self.remember(depth, |evaluation| What::NoCandidate(name.to_owned(), evaluation.spot(place), unfit));
            }
        }
    }
}
