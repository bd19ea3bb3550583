//! Seeks a variable: which blocks may define it, and trying them in their order.

use super::{Evaluation, Flow, Signal};
use crate::block::{DataPlan, Kind, ObjectPlan};
use crate::error::{AssembleError, AssembleErrorKind};
use crate::names::{Variant, variants};
use da_core::Outcome;
use da_python::Value;
use da_python::names::Step;
use std::collections::{HashMap, HashSet};

/// A block that may define the variable, and what its letters mean then.
struct Candidate {
    place: usize,
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
type Waiting = HashMap<String, HashSet<usize>>;

impl Evaluation<'_, '_> {
    /// Seeks a variable. None when something was defined and everything starts over.
    pub(crate) fn seek(&mut self, name: &str) -> Flow<Option<Outcome>> {
        self.seek_within(name, 0, &mut Waiting::new())
    }

    fn seek_within(&mut self, name: &str, depth: u32, waiting: &mut Waiting) -> Flow<Option<Outcome>> {
        if depth > self.context.settings.recursion_limit {
            return Err(self.too_deep(name).into());
        }
        let mut rounds = 0;
        'again: loop {
            rounds += 1;
            if rounds > self.context.settings.loop_limit {
                return Err(self.too_deep(name).into());
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
                    Ok(Tried::Over(outcome)) => return Ok(Some(outcome)),
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
                return Err(self.too_deep(name).into());
            }
            return Err(Signal::Seek(name.to_owned()));
        }
    }

    fn too_deep(&self, name: &str) -> AssembleError {
        let message =
            format!("Infinite loop: {name} already looked for, where all of its blocks wait for it themselves.");
        AssembleError::new(AssembleErrorKind::InfiniteLoop, message)
    }

    /// The blocks that may define a variable, in the order in which they are tried.
    fn candidates(&mut self, name: &str) -> Flow<Vec<Candidate>> {
        let interview = self.interview;
        let mut found = Vec::new();
        for variant in variants(name) {
            let language = self.host().language.clone();
            let places = match &variant.object {
                None => interview.index.plain(&variant.name, &language, &interview.blocks),
                Some(object) if interview.index.has_generic(&variant.name) => {
                    let Some(value) = self.value_of(object)? else { continue };
                    let classes = self.class_names(value);
                    let of_class =
                        |class: &String| interview.index.generic(class, &variant.name, &language, &interview.blocks);
                    classes.iter().flat_map(of_class).collect()
                }
                Some(_) => continue,
            };
            found.extend(places.into_iter().map(|place| Candidate { place, variant: variant.clone() }));
        }
        Ok(found)
    }

    fn try_candidate(&mut self, name: &str, candidate: &Candidate) -> Flow<Tried> {
        let place = candidate.place;
        let interview = self.interview;
        let block = &interview.blocks[place];
        if block.generic.is_some() && candidate.variant.object.is_none() && candidate.variant.name.starts_with("x.") {
            return Ok(Tried::Next);
        }
        self.set_letters(&candidate.variant)?;
        for condition in &block.conditions {
            if !self.condition(place, condition)? {
                return Ok(Tried::Next);
            }
        }
        match &block.kind {
            Kind::Code(script) => {
                self.prepare(place)?;
                let before = self.value_of(name)?;
                self.delete(name)?;
                let ran = self.vm.exec(&script.code, self.variables);
                self.flow(ran, place)?;
                if self.is_defined(name)? {
                    return Ok(Tried::Defined);
                }
                if let (Some(value), Ok(target)) = (before, self.target(name)) {
                    self.assign(&target, value)?;
                }
                Ok(Tried::Next)
            }
            Kind::EventCode(script) => {
                self.prepare(place)?;
                let ran = self.vm.exec(&script.code, self.variables);
                self.flow(ran, place)?;
                Ok(Tried::Defined)
            }
            Kind::Objects(plans) => {
                let wanted = plans.iter().rev().find(|plan| plan.variable == candidate.variant.name);
                let Some(plan) = wanted else { return Ok(Tried::Next) };
                self.prepare(place)?;
                self.make_object(place, plan, name, true)?;
                Ok(Tried::Defined)
            }
            Kind::Data(plan) => {
                self.prepare(place)?;
                self.make_data(place, plan, name)?;
                Ok(Tried::Defined)
            }
            Kind::Template(_) => {
                self.prepare(place)?;
                self.make_template(place, name)?;
                Ok(Tried::Defined)
            }
            Kind::Question(question) => {
                if let Some(chosen) = self.chosen_block(place, &question.control)? {
                    return Ok(self.follow(place, chosen)?.map_or(Tried::Defined, Tried::Over));
                }
                Ok(self.ask(place, Some(name))?.map_or(Tried::Defined, Tried::Over))
            }
            Kind::Imports(_) | Kind::Modules(_) | Kind::Reset(_) | Kind::Exit { .. } => Ok(Tried::Next),
            Kind::Unsupported(what) => Err(self.unsupported(place, what)),
        }
    }

    /// What happens before a block does its work: `undefine`, `reconsider`, `need`.
    pub(crate) fn prepare(&mut self, place: usize) -> Flow<()> {
        let block = &self.interview.blocks[place];
        for name in &block.undefines {
            self.delete(name)?;
        }
        for name in &block.reconsiders {
            if self.host().reconsidered.insert(name.clone()) {
                self.delete(name)?;
            }
        }
        for need in &block.needs {
            self.expression(place, need)?;
        }
        Ok(())
    }

    /// Makes an object. One that is part of another is made by it, so that it is named after it; an
    /// object that is there already stays unless it was sought.
    pub(crate) fn make_object(&mut self, place: usize, plan: &ObjectPlan, name: &str, sought: bool) -> Flow<()> {
        if !sought && self.is_defined(name)? {
            return Ok(());
        }
        let class = self.expression(place, &plan.class)?;
        let target = self.target(name)?;
        if let Some((Step::Attribute(attribute), rest)) = target.path.split_last() {
            let owner = da_python::names::Target { name: target.name.clone(), path: rest.to_vec() };
            let owner = self.value_of_or_seek(&owner.to_string())?;
            let attribute = self.vm.str(attribute.as_str());
            let attribute = self.flow(attribute, place)?;
            let made = self.vm.call_method(owner, "initializeAttribute", &[attribute, class]);
            return self.flow(made, place).map(drop);
        }
        let text = self.vm.str(name);
        let text = self.flow(text, place)?;
        let make = self.vm.lookup(self.variables, "_make_object");
        let Some(make) = make else { return Err(self.unsupported(place, "objects")) };
        let made = self.vm.call(make, &[class, text]);
        let made = self.flow(made, place)?;
        self.assign(&target, made)
    }

    /// The value of a variable, which is sought when it is not defined.
    pub(crate) fn value_of_or_seek(&mut self, name: &str) -> Flow<Value> {
        self.value_of(name)?.ok_or_else(|| Signal::Seek(name.to_owned()))
    }

    /// Defines the variable of a `data` block.
    pub(crate) fn make_data(&mut self, place: usize, plan: &DataPlan, name: &str) -> Flow<()> {
        if plan.use_objects {
            return Err(self.unsupported(place, "'use objects' of a data block"));
        }
        let value = self.data(place, &plan.value, plan.is_code)?;
        let target = self.target(name)?;
        self.assign(&target, value)
    }
}
