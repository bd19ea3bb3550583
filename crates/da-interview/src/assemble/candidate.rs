//! The blocks that may define a variable, and what it is to try one of them.

use super::seek::{Manner, Sought, Tried};
use super::why::Why;
use super::{Evaluation, Flow};
use crate::block::{BlockId, BlockKind, FieldItem, Python, Question, QuestionKind, ShowIfTest, normal_name};
use crate::names::{Variant, variants};

/// A block that may define the variable, and what its letters mean then.
pub(super) struct Candidate {
    pub(super) place: BlockId,
    pub(super) variant: Variant,
}

impl Evaluation<'_, '_> {
    /// The blocks that may define a variable, in the order in which they are tried.
    pub(super) fn candidates(&mut self, name: &str) -> Flow<Vec<Candidate>> {
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

    pub(super) fn try_candidate(&mut self, name: &str, candidate: &Candidate, manner: Manner) -> Flow<Tried> {
        let place = candidate.place;
        let modifiers = &self.block(place).modifiers;
        let variant = &candidate.variant;
        let sought = Sought { name, variant };
        if modifiers.generic_object.is_some() && variant.generic.is_none() && variant.name.starts_with("x.") {
            return Ok(Tried::Next(Why::NotForThis));
        }
        self.set_letters(variant)?;
        for (number, condition) in modifiers.conditions.iter().enumerate() {
            if !self.is_true(place, condition)? {
                return Ok(Tried::Next(Why::If(number)));
            }
        }
        match &self.block(place).kind {
            BlockKind::Code(code) => return self.try_code(place, code, sought, manner),
            BlockKind::Question(question) => return self.try_question(place, question, sought, manner),
            BlockKind::Imports(_)
            | BlockKind::Modules(_)
            | BlockKind::Reset(_)
            | BlockKind::Exit(_)
            | BlockKind::Inert => return Ok(Tried::Next(Why::NotForThis)),
            BlockKind::Response(response) => {
                self.pop_event(name)?;
                self.prepare(place, variant)?;
                return self.respond(place, response).map(Tried::Over);
            }
            BlockKind::Objects(objects) => {
                let wanted = objects.iter().rev().find(|object| object.variable == variant.name);
                let Some(object) = wanted else { return Ok(Tried::Next(Why::NotForThis)) };
                self.prepare(place, variant)?;
                self.make_object(place, object, name, true)?;
            }
            BlockKind::EventCode(code) => {
                // An event is over when it begins, so that what it ends in does not happen again.
                self.pop_event(name)?;
                self.prepare(place, variant)?;
                let before = self.watch(place)?;
                self.run_code(place, code)?;
                self.pop_event(name)?;
                self.settle(before)?;
            }
            BlockKind::Data(data) => {
                self.prepare(place, variant)?;
                let before = self.watch(place)?;
                self.make_data(place, data, Some(name))?;
                self.settle(before)?;
            }
            BlockKind::Template(_) => {
                self.prepare(place, variant)?;
                self.make_template(place, name)?;
            }
            BlockKind::Table(_) => {
                self.prepare(place, variant)?;
                self.make_table(place, name)?;
            }
            BlockKind::Attachments(attachments) => {
                self.prepare(place, variant)?;
                let before = self.watch(place)?;
                self.make_documents(place, attachments, Some((&variant.name, name)))?;
                self.settle(before)?;
            }
            BlockKind::Unsupported(what) => return Err(self.unsupported(place, what)),
        }
        self.finish(place)?;
        Ok(Tried::Defined)
    }

    fn try_question(&mut self, place: BlockId, question: &Question, sought: Sought<'_>, manner: Manner) -> Flow<Tried> {
        if !manner.forced
            && let Some(chosen) = self.chosen_block(place, &question.kind)?
        {
            return self.try_chosen(place, chosen, sought, manner);
        }
        if self.is_hidden(place, &question.kind, &sought.variant.name)? {
            return Ok(Tried::Next(Why::Hidden));
        }
        let asked = self.ask(place, Some(sought))?;
        Ok(asked.map_or(Tried::Defined, Tried::Over))
    }

    /// A choice was made that leads to a block of its own.
    fn try_chosen(&mut self, outer: BlockId, chosen: BlockId, sought: Sought<'_>, manner: Manner) -> Flow<Tried> {
        match &self.block(chosen).kind {
            BlockKind::Code(code) => {
                let tried = self.try_code(chosen, code, sought, manner);
                self.mark_answered(outer)?;
                tried
            }
            BlockKind::Exit(exit) if exit.command == "continue" => {
                self.mark_answered(outer)?;
                Ok(Tried::Next(Why::LeadsOn))
            }
            _ => {
                let followed = self.follow(outer, chosen, Some(sought))?;
                Ok(followed.map_or(Tried::Defined, Tried::Over))
            }
        }
    }

    /// Whether the question has the wanted field and its code says that it is not shown.
    fn is_hidden(&mut self, place: BlockId, kind: &QuestionKind, wanted: &str) -> Flow<bool> {
        let QuestionKind::Fields { items, .. } = kind else { return Ok(false) };
        let mut hidden = false;
        for item in items {
            let FieldItem::Field(field) = item else { continue };
            if field.variable.as_deref().is_none_or(|variable| normal_name(variable) != wanted) {
                continue;
            }
            for condition in &field.show_if {
                let ShowIfTest::Code(code) = &condition.test else { continue };
                if self.is_true(place, code)? == condition.sign {
                    return Ok(false);
                }
                hidden = true;
            }
        }
        Ok(hidden)
    }

    /// Code defines the variable, or leaves it as it was.
    fn try_code(&mut self, place: BlockId, code: &Python, sought: Sought<'_>, manner: Manner) -> Flow<Tried> {
        self.prepare(place, sought.variant)?;
        let watched = self.watch(place)?;
        let before = self.value_of(sought.name)?;
        if let Some(value) = before {
            self.vm.root(value);
        }
        self.delete(sought.name)?;
        let ran = self.run_code(place, code).and_then(|()| self.finish(place));
        if ran.is_ok() && self.is_defined(sought.name)? {
            self.settle(watched)?;
            self.remember_to_reconsider(place, sought.variant)?;
            if manner.forced {
                return Ok(Tried::Next(Why::NotAQuestion));
            }
            self.pop_event(sought.name)?;
            return Ok(Tried::Defined);
        }
        if let (Some(value), Ok(target)) = (before, self.target(sought.name)) {
            self.assign(&target, value)?;
        }
        ran.map(|()| Tried::Next(Why::DidNotDefine))
    }
}
