//! Seeks a variable: which blocks may define it, and trying them in their order.

use super::{Evaluation, Flow, Signal};
use crate::block::{BlockId, BlockKind, Python, Reconsider};
use crate::error::{AssembleError, AssembleErrorKind};
use crate::names::{Variant, variants};
use da_core::Outcome;
use da_python::Value;
use std::collections::{HashMap, HashSet};

/// A block that may define the variable, and what its letters mean then.
struct Candidate {
    place: BlockId,
    variant: Variant,
}

/// What came of a candidate.
enum Tried {
    /// It does not define the variable.
    Next,
    /// It does.
    Defined,
    /// It asks, or ends the evaluation.
    Over(Outcome),
}

/// Blocks that wait for a variable must not be used to define it.
type Waiting = HashMap<String, HashSet<BlockId>>;

impl Evaluation<'_, '_> {
    /// Seeks a variable. None when something was defined and everything starts over.
    pub(crate) fn seek(&mut self, name: &str) -> Flow<Option<Outcome>> {
        if self.is_forced(name) { self.seek_forced(name) } else { self.seek_within(name, 0, &mut Waiting::new()) }
    }

    /// Asks for a variable that may be defined already: only a question will do, and the lack of one is forgiven.
    fn seek_forced(&mut self, name: &str) -> Flow<Option<Outcome>> {
        for candidate in self.candidates(name)? {
            if matches!(self.block(candidate.place).kind, BlockKind::Code(_)) {
                continue;
            }
            match self.try_candidate(name, &candidate) {
                Ok(Tried::Next) => {}
                Ok(Tried::Over(outcome)) => return Ok(Some(sought_by(outcome, name))),
                Ok(Tried::Defined) => {
                    self.pop_event(name)?;
                    return Ok(None);
                }
                Err(Signal::Seek(other)) => return self.seek_within(&other, 1, &mut Waiting::new()),
                Err(Signal::StartOver) => return Ok(None),
                Err(other) => return Err(other),
            }
        }
        self.pop_event(name)?;
        Ok(None)
    }

    fn seek_within(&mut self, name: &str, depth: u32, waiting: &mut Waiting) -> Flow<Option<Outcome>> {
        if depth > self.context.settings.recursion_limit {
            return Err(self.too_deep(name).into());
        }
        let mut rounds = 0;
        'again: loop {
            rounds += 1;
            if rounds > self.context.settings.loop_limit {
                return Err(self.too_often(name).into());
            }
            let mut skipped = false;
            for candidate in self.candidates(name)? {
                if waiting.get(name).is_some_and(|blocks| blocks.contains(&candidate.place)) {
                    skipped = true;
                    continue;
                }
                match self.try_candidate(name, &candidate) {
                    Ok(Tried::Next) => {}
                    Ok(Tried::Defined) => return Ok(None),
                    Ok(Tried::Over(outcome)) => return Ok(Some(sought_by(outcome, name))),
                    Err(Signal::Over(outcome)) => return Ok(Some(sought_by(*outcome, name))),
                    Err(Signal::Seek(other)) => {
                        waiting.entry(other.clone()).or_default().insert(candidate.place);
                        if let Some(outcome) = self.seek_within(&other, depth + 1, waiting)? {
                            return Ok(Some(outcome));
                        }
                        if self.is_defined(name)? {
                            return Ok(None);
                        }
                        continue 'again;
                    }
                    Err(Signal::StartOver) => return Ok(None),
                    Err(other) => return Err(other),
                }
            }
            if skipped {
                return Err(Self::waits_for_itself(name).into());
            }
            return if self.catch(name)? { Ok(None) } else { Err(Signal::Seek(name.to_owned())) };
        }
    }

    /// With `use catchall`, what nothing defines becomes an object that learns from its use what it must be.
    fn catch(&mut self, name: &str) -> Flow<bool> {
        let features = &self.interview.program.parts.features;
        if !features.iter().any(|(feature, value)| feature == "use catchall" && *value == da_core::Plain::Bool(true)) {
            return Ok(false);
        }
        let Some(make) = self.vm.lookup(self.variables, "_catch_all") else { return Ok(false) };
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

    /// The blocks that may define a variable, in the order in which they are tried.
    fn candidates(&mut self, name: &str) -> Flow<Vec<Candidate>> {
        let index = &self.interview.index;
        let language = self.host().language.clone();
        let mut found = Vec::new();
        for variant in variants(name) {
            let places: Vec<BlockId> = match &variant.generic {
                None => index.blocks(&variant.name, &language).collect(),
                Some(object) if index.has_generic(&variant.name) => {
                    let Some(value) = self.value_of(object)? else { continue };
                    let classes = self.class_names(value);
                    classes.iter().flat_map(|class| index.generic_blocks(class, &variant.name, &language)).collect()
                }
                Some(_) => continue,
            };
            found.extend(places.into_iter().map(|place| Candidate { place, variant: variant.clone() }));
        }
        Ok(found)
    }

    fn try_candidate(&mut self, name: &str, candidate: &Candidate) -> Flow<Tried> {
        let place = candidate.place;
        let modifiers = &self.block(place).modifiers;
        let variant = &candidate.variant;
        if modifiers.generic_object.is_some() && variant.generic.is_none() && variant.name.starts_with("x.") {
            return Ok(Tried::Next);
        }
        self.set_letters(variant)?;
        for condition in &modifiers.conditions {
            if !self.is_true(place, condition)? {
                return Ok(Tried::Next);
            }
        }
        match &self.block(place).kind {
            BlockKind::Code(code) => return self.try_code(place, code, name),
            BlockKind::Question(question) => {
                let followed = match self.chosen_block(place, &question.kind)? {
                    Some(chosen) => self.follow(place, chosen, Some(name))?,
                    None => self.ask(place, Some(name))?,
                };
                return Ok(followed.map_or(Tried::Defined, Tried::Over));
            }
            BlockKind::Imports(_) | BlockKind::Modules(_) | BlockKind::Reset(_) | BlockKind::Exit(_) => {
                return Ok(Tried::Next);
            }
            BlockKind::Objects(objects) => {
                let wanted = objects.iter().rev().find(|object| object.variable == variant.name);
                let Some(object) = wanted else { return Ok(Tried::Next) };
                self.prepare(place)?;
                self.make_object(place, object, name, true)?;
            }
            BlockKind::EventCode(code) => {
                // An event is over when it begins, so that what it ends in does not happen again.
                self.pop_event(name)?;
                self.prepare(place)?;
                self.run_code(place, code)?;
            }
            BlockKind::Data(data) => {
                self.prepare(place)?;
                self.make_data(place, data, Some(name))?;
            }
            BlockKind::Template(_) => {
                self.prepare(place)?;
                self.make_template(place, name)?;
            }
            BlockKind::Table(_) => {
                self.prepare(place)?;
                self.make_table(place, name)?;
            }
            BlockKind::Attachments(attachments) => {
                self.prepare(place)?;
                self.make_documents(place, attachments, Some((&variant.name, name)))?;
            }
            BlockKind::Unsupported(what) => return Err(self.unsupported(place, what)),
        }
        self.finish(place)?;
        Ok(Tried::Defined)
    }

    /// Code defines the variable, or leaves it as it was.
    fn try_code(&mut self, place: BlockId, code: &Python, name: &str) -> Flow<Tried> {
        self.prepare(place)?;
        let before = self.value_of(name)?;
        self.delete(name)?;
        let ran = self.vm.exec(&code.code, self.variables);
        self.flow(ran, place)?;
        if self.is_defined(name)? {
            self.finish(place)?;
            return Ok(Tried::Defined);
        }
        if let (Some(value), Ok(target)) = (before, self.target(name)) {
            self.assign(&target, value)?;
        }
        Ok(Tried::Next)
    }

    /// What happens before a block does its work: `undefine`, `reconsider`, `need`.
    pub(crate) fn prepare(&mut self, place: BlockId) -> Flow<()> {
        self.undefine(place)?;
        self.reconsider(place)?;
        self.needs(place, false)
    }

    /// The same before a question is asked. It looks for what it needs first: what it undefines may be wanted for that.
    pub(crate) fn prepare_question(&mut self, place: BlockId) -> Flow<()> {
        self.needs(place, false)?;
        self.undefine(place)?;
        self.reconsider(place)
    }

    fn undefine(&mut self, place: BlockId) -> Flow<()> {
        for name in &self.block(place).modifiers.undefine {
            self.delete(name)?;
        }
        Ok(())
    }

    fn reconsider(&mut self, place: BlockId) -> Flow<()> {
        if let Reconsider::Variables(names) = &self.block(place).modifiers.reconsider {
            for name in names {
                if self.host().reconsidered.insert(name.clone()) {
                    self.delete(name)?;
                }
            }
        }
        Ok(())
    }

    /// What a block needs after it did its work.
    pub(crate) fn finish(&mut self, place: BlockId) -> Flow<()> {
        self.needs(place, true)
    }

    fn needs(&mut self, place: BlockId, post: bool) -> Flow<()> {
        for need in self.block(place).modifiers.need.iter().filter(|need| need.post == post) {
            self.expression(place, &need.expression)?;
        }
        Ok(())
    }

    /// The value of a variable, which is sought when it is not defined.
    pub(crate) fn value_of_or_seek(&mut self, name: &str) -> Flow<Value> {
        self.value_of(name)?.ok_or_else(|| Signal::Seek(name.to_owned()))
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
