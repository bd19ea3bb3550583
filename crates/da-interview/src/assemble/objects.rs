//! Objects as choices: they are chosen by their names.

use super::choices::Offered;
use super::own_datatype::Read;
use super::{Evaluation, Flow};
use crate::block::{BlockField as Written, BlockId, Python};
use da_core::{Choice, ChoiceValue, Plain};
use da_python::machine::Value;
use da_python::machine::names::parse_target;
use std::collections::HashSet;

/// What is told of a choice whose object is not there any more.
const GONE: &str = "This choice is not there any more.";

impl Evaluation<'_, '_> {
    /// The choices of an object field, each object once.
    pub(crate) fn object_choices(&mut self, place: BlockId, written: &Written) -> Flow<Vec<Offered>> {
        let mut defaults = self.object_names(place, &written.object_defaults)?;
        if written.has_many()
            && let Some(present) = self.value_of(written.variable.as_deref().unwrap_or_default())?
        {
            // What is in the group now: to look is no reason to gather it.
            let inside = self.elements(present).unwrap_or(present);
            let members = self.members(place, inside)?;
            defaults.extend(members.into_iter().filter_map(|object| self.object_name(object)).map(Plain::Text));
        }
        let labeler = self.function_of(place, written.object_labeler.as_ref())?;
        let helper = self.function_of(place, written.help_generator.as_ref())?;
        let mut found: Vec<Offered> = Vec::new();
        let mut values = Vec::with_capacity(written.object_choices.len());
        for expression in &written.object_choices {
            values.push(self.expression(place, expression)?);
        }
        // What is left out is not asked for its label, which may not be known yet.
        let mut names = self.excluded_objects(place, &written.exclude)?;
        for value in values {
            for object in self.members(place, value)? {
                let Some(name) = self.object_name(object) else { continue };
                if !names.insert(name.clone()) {
                    continue;
                }
                let value = Plain::Text(name);
                let label = self.said_of(place, object, labeler)?;
                let help = helper.map(|helper| self.said_of(place, object, Some(helper))).transpose()?;
                let chosen = defaults.contains(&value);
                let choice = Choice {
                    label: self.label_of_choice(&label),
                    value: ChoiceValue::Value(value.clone()),
                    help,
                    // Quirk: of a group, only the chosen ones are told.
                    default: (!written.has_many()).then(|| Plain::from(if chosen { "True" } else { "False" })),
                    selected: chosen.then_some(Plain::Bool(true)),
                    ..Choice::default()
                };
                found.push(Offered { choice, value });
            }
        }
        Ok(found)
    }

    /// The names of the objects that expressions give.
    fn object_names(&mut self, place: BlockId, expressions: &[Python]) -> Flow<Vec<Plain>> {
        let mut names = Vec::new();
        for expression in expressions {
            let value = self.expression(place, expression)?;
            let inside = self.elements(value).unwrap_or(value);
            for object in self.members(place, inside)? {
                names.extend(self.object_name(object).map(Plain::Text));
            }
        }
        Ok(names)
    }

    fn function_of(&mut self, place: BlockId, code: Option<&Python>) -> Flow<Option<Value>> {
        code.map(|code| self.expression(place, code)).transpose()
    }

    /// What a function says of an object, or the object of itself.
    fn said_of(&mut self, place: BlockId, object: Value, function: Option<Value>) -> Flow<String> {
        let said = match function {
            Some(function) => {
                let said = self.vm.call(function, &[object]);
                self.flow(said, place)?
            }
            None => object,
        };
        self.vm.root(said);
        let text = self.vm.to_str(said);
        self.flow(text, place)
    }

    /// The name of an object.
    pub(crate) fn object_name(&self, value: Value) -> Option<String> {
        let attributes = self.vm.as_instance(value)?.attributes;
        let name = self.vm.dict_get_str(attributes, "instanceName")?;
        self.vm.text(name).map(|name| name.to_string())
    }

    /// The object that a form chose by its name; without a choice, nothing.
    pub(super) fn chosen_object(&mut self, value: Value) -> Flow<Read> {
        let Some(name) = self.vm.text(value) else { return Ok(Read::Value(value)) };
        if name.is_empty() {
            return Ok(Read::Value(Value::None));
        }
        let found = if parse_target(&name).is_ok() { self.value_of(&name)? } else { None };
        Ok(found.map_or_else(|| Read::Wrong(GONE.to_owned()), Read::Value))
    }

    /// The group of the objects that a form chose by their names: the one that is there, or a new one.
    pub(super) fn chosen_objects(&mut self, place: BlockId, variable: &str, value: Value) -> Flow<Read> {
        let Some(make) = self.own_function("_objects_chosen") else { return Ok(Read::Value(value)) };
        let mut objects = Vec::new();
        for name in self.members(place, value)? {
            match self.chosen_object(name)? {
                Read::Value(object) => objects.push(self.vm.root(object)),
                other => return Ok(other),
            }
        }
        let present = self.value_of(variable)?.unwrap_or(Value::None);
        self.vm.root(present);
        let (objects, name) = (self.vm.list(objects), self.vm.str(variable));
        let (objects, name) = (self.flow_anywhere(objects)?, self.flow_anywhere(name)?);
        self.vm.root(objects);
        self.vm.root(name);
        let made = self.vm.call(make, &[name, present, objects]);
        let made = self.flow(made, place)?;
        Ok(Read::Value(self.vm.root(made)))
    }

    /// The names of the objects that `exclude` says, and of those in groups that it says: to look is no reason to gather them.
    fn excluded_objects(&mut self, place: BlockId, exclude: &[Python]) -> Flow<HashSet<String>> {
        let (mut names, mut seen) = (HashSet::new(), HashSet::new());
        for expression in exclude {
            let mut next = vec![self.expression(place, expression)?];
            while let Some(value) = next.pop() {
                let paid = self.vm.pay(1);
                self.flow(paid, place)?;
                // Groups may hold themselves.
                if matches!(value, Value::Ref(handle) if !seen.insert(handle)) {
                    continue;
                }
                if let Some(inside) = self.elements(value) {
                    next.extend(self.members(place, inside)?);
                } else if let Some(name) = self.object_name(value) {
                    names.insert(name);
                } else if self.vm.as_sequence(value).is_some() || self.vm.as_set(value).is_some() {
                    next.extend(self.members(place, value)?);
                }
            }
        }
        Ok(names)
    }

    /// What a list or another group holds, or the value itself.
    pub(crate) fn members(&mut self, place: BlockId, value: Value) -> Flow<Vec<Value>> {
        let is_group = match self.object_name(value) {
            Some(_) => self.class_names(value).iter().any(|class| matches!(class.as_str(), "DAList" | "DASet")),
            None => self.vm.as_sequence(value).is_some() || self.vm.as_set(value).is_some(),
        };
        if !is_group {
            return Ok(vec![value]);
        }
        let items = self.vm.collect(value);
        let items = self.flow(items, place)?;
        for &item in &items {
            self.vm.root(item);
        }
        Ok(items)
    }
}
