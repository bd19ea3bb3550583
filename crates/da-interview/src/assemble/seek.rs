//! Seeks a variable: goes over the blocks that may define it until one does, or a screen is found.

use super::why::Why;
use super::{Evaluation, Flow, Signal};
use crate::block::{BlockId, BlockKind};
use crate::error::{AssembleError, AssembleErrorKind};
use crate::names::Variant;
use da_core::Outcome;
use hashbrown::{HashMap, HashSet};

/// What came of seeking a variable.
enum Found {
    /// It is defined.
    Defined,
    /// Everything starts over.
    StartOver,
    /// A screen, or another end of the evaluation.
    Over(Outcome),
}

/// What came of a candidate.
pub(super) enum Tried {
    /// It does not define the variable.
    Next(Why),
    /// It does.
    Defined,
    /// It asks, or ends the evaluation.
    Over(Outcome),
}

/// What is sought: the variable, and the name under which the block that is tried knows it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sought<'s> {
    pub(crate) name: &'s str,
    pub(crate) variant: &'s Variant,
}

/// How blocks are tried.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// The variable may be defined already: only a question will do (`force_ask`, actions).
    pub(super) forced: bool,
}

/// Blocks that wait for a variable must not be used to define it.
type Waiting = HashMap<String, HashSet<BlockId>>;

impl Evaluation<'_, '_> {
    /// Seeks a variable. None when something was defined and everything starts over.
    pub(crate) fn seek(&mut self, name: &str) -> Flow<Option<Outcome>> {
        let manner = self.manner(name);
        if !manner.forced {
            self.host().forgiven = None;
        }
        let found = self.seek_within(name, manner, 1, &mut Waiting::new());
        self.host().depth = 0;
        match found? {
            Found::Over(outcome) => Ok(Some(outcome)),
            Found::Defined | Found::StartOver => Ok(None),
        }
    }

    /// Whether it is an action, or a variable, that is asked for out of turn.
    fn manner(&mut self, name: &str) -> Manner {
        let forced = self.host().forced.take().is_some_and(|forced| forced == name);
        if forced {
            self.host().forgiven = Some(name.to_owned());
        }
        Manner { forced }
    }

    fn seek_within(&mut self, name: &str, manner: Manner, depth: u32, waiting: &mut Waiting) -> Flow<Found> {
        if depth > self.context.settings.recursion_limit {
            return Err(self.too_deep(name).into());
        }
        let mut manner = manner;
        let mut rounds = 0;
        'again: loop {
            rounds += 1;
            if rounds > self.context.settings.loop_limit {
                return Err(self.too_often(name).into());
            }
            self.host().seek_at(depth);
            let mut skipped = false;
            let candidates = self.candidates(name)?;
            self.note_unfit(depth, name, &candidates);
            for candidate in candidates {
                if waiting.get(name).is_some_and(|blocks| blocks.contains(&candidate.place)) {
                    self.note_waiting(depth, name, &candidate);
                    skipped = true;
                    continue;
                }
                let tried = self.try_candidate(name, &candidate, manner);
                self.note_tried(depth, name, &candidate, &tried);
                match tried {
                    Ok(Tried::Next(_)) => {}
                    Ok(Tried::Defined) => return Ok(Found::Defined),
                    Ok(Tried::Over(outcome)) => return Ok(Found::Over(sought_by(outcome, name))),
                    Err(Signal::Over(outcome)) => {
                        if !matches!(&*outcome, Outcome::Screen(screen) if screen.background.is_none()) {
                            self.pop_event(name)?;
                        }
                        return Ok(Found::Over(sought_by(*outcome, name)));
                    }
                    Err(Signal::StartOver) => {
                        self.pop_event(name)?;
                        return Ok(Found::StartOver);
                    }
                    Err(Signal::Seek(other)) => {
                        manner = self.manner(&other);
                        if !matches!(self.block(candidate.place).kind, BlockKind::Objects(_)) {
                            waiting.entry(other.clone()).or_default().insert(candidate.place);
                        }
                        let was_defined = self.is_defined(name)?;
                        match self.seek_within(&other, manner, depth + 1, waiting)? {
                            Found::Defined if candidate.variant.name == other => return Ok(Found::Defined),
                            Found::Defined if !was_defined && self.is_defined(name)? => return Ok(Found::Defined),
                            Found::Defined => continue 'again,
                            end => return Ok(end),
                        }
                    }
                    Err(other) => return Err(other),
                }
            }
            if skipped {
                return Err(Self::waits_for_itself(name).into());
            }
            self.note_undefined(depth, name);
            return self.without_candidates(name);
        }
    }

    /// No block defines the variable. That is forgiven where it was asked for out of turn.
    fn without_candidates(&mut self, name: &str) -> Flow<Found> {
        if self.host().forgiven.as_deref() == Some(name) {
            self.pop_event(name)?;
            return Ok(Found::Defined);
        }
        if self.catch(name)? { Ok(Found::Defined) } else { Err(Signal::Seek(name.to_owned())) }
    }

    /// With `use catchall`, what nothing defines becomes an object that learns from its use what it must be.
    fn catch(&mut self, name: &str) -> Flow<bool> {
        let features = &self.interview.program.parts.features;
        if !features.iter().any(|(feature, value)| feature == "use catchall" && *value == da_core::Plain::Bool(true)) {
            return Ok(false);
        }
        if name.ends_with(".value") {
            return Ok(false);
        }
        let Some(make) = self.own_function("_catch_all") else { return Ok(false) };
        let text = self.vm.str(name);
        let text = self.flow_anywhere(text)?;
        let made = self.vm.call(make, &[text]);
        let made = self.flow_anywhere(made)?;
        let target = self.target(name)?;
        self.assign(&target, made)?;
        Ok(true)
    }

    fn waits_for_itself(name: &str) -> AssembleError {
        let message =
            format!("Infinite loop: {name} already looked for, where all of its blocks wait for it themselves.");
        AssembleError::new(AssembleErrorKind::InfiniteLoop, message)
    }

    fn too_deep(&self, name: &str) -> AssembleError {
        let limit = self.context.settings.recursion_limit;
        let message =
            format!("Infinite loop: {name} was needed by {limit} variables, each of which was needed by the next.");
        AssembleError::new(AssembleErrorKind::InfiniteLoop, message)
    }

    fn too_often(&self, name: &str) -> AssembleError {
        let limit = self.context.settings.loop_limit;
        let message = format!(
            "Infinite loop: the blocks of {name} were tried {limit} times, and each time something else was missing."
        );
        AssembleError::new(AssembleErrorKind::InfiniteLoop, message)
    }
}

/// A screen says which variable led to it.
fn sought_by(mut outcome: Outcome, name: &str) -> Outcome {
    if let Outcome::Screen(screen) = &mut outcome
        && screen.event_list.is_empty()
    {
        screen.event_list = vec![name.to_owned()];
    }
    outcome
}
