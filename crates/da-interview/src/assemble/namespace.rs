//! The variables of a session, by name.
//!
//! A name that came from outside is walked, never evaluated as source.

use super::{Evaluation, Flow, Signal};
use crate::error::{AssembleError, AssembleErrorKind};
use crate::names::{INDEX_LETTERS, Variant};
use da_python::machine::names::{Constant, Index, Step, Target, parse_target};
use da_python::machine::{PyResult, Raised, Value, Vm};

impl Evaluation<'_, '_> {
    /// Puts behind the variables the names that every interview can use: `process_action` alone where it wants no others.
    pub(crate) fn standing_names(&mut self) -> Result<(), AssembleError> {
        let stand = |evaluation: &mut Self| -> Result<(), Raised> {
            evaluation.util = evaluation.vm.import("docassemble.base.util")?;
            let seen = match evaluation.interview.metadata().suppresses_loading_util() {
                true => evaluation.vm.import("docassemble.base.bare")?,
                false => evaluation.util,
            };
            evaluation.vm.add_parent(evaluation.variables, seen)
        };
        stand(self).map_err(|raised| self.failure(raised, None))
    }

    /// One of the engine's own functions that are written in Python.
    pub(super) fn own_function(&mut self, name: &str) -> Option<Value> {
        self.vm.get_attr(self.util, name).ok()
    }

    /// Reads a name from outside.
    pub(crate) fn target(&self, name: &str) -> Result<Target, AssembleError> {
        parse_target(name).map_err(|error| {
            AssembleError::new(AssembleErrorKind::BadVariable, format!("Illegal value as variable name. {error}"))
        })
    }

    /// The value of a variable, if it is defined; nothing is asked for.
    pub(crate) fn value_of(&mut self, name: &str) -> Flow<Option<Value>> {
        let Ok(target) = parse_target(name) else { return Ok(None) };
        self.host().probing += 1;
        let found = walk(&mut self.vm, self.variables, &target, target.path.len());
        self.host().probing -= 1;
        self.found(found)
    }

    /// The value of a variable; what is missing of it is sought, first things first.
    pub(crate) fn value_of_target(&mut self, target: &Target) -> Flow<Value> {
        let value = walk(&mut self.vm, self.variables, target, target.path.len());
        let value = self.flow_anywhere(value)?;
        Ok(self.vm.root(value))
    }

    /// Whether a variable is defined.
    pub(crate) fn is_defined(&mut self, name: &str) -> Flow<bool> {
        Ok(self.value_of(name)?.is_some())
    }

    fn found(&mut self, found: Result<Value, Raised>) -> Flow<Option<Value>> {
        match found {
            Ok(value) => Ok(Some(value)),
            Err(Raised::Limit(limit)) => {
                let failure = self.failure(Raised::Limit(limit), None);
                Err(Signal::Failed(Box::new(failure)))
            }
            Err(Raised::Exception(_)) => Ok(None),
        }
    }

    /// Assigns a variable; what it is part of must be there, and is asked for otherwise.
    pub(crate) fn assign(&mut self, target: &Target, value: Value) -> Flow<()> {
        self.vm.root(value);
        let assigned = assign(&mut self.vm, self.variables, target, value);
        self.flow_anywhere(assigned)
    }

    /// Deletes a variable; one that is not defined is no error.
    pub(crate) fn delete(&mut self, name: &str) -> Flow<()> {
        let Ok(target) = parse_target(name) else { return Ok(()) };
        if !self.is_defined(name)? {
            return Ok(());
        }
        let deleted = delete(&mut self.vm, self.variables, &target);
        self.flow_anywhere(deleted)
    }

    /// Makes `x`, `i`, `j`, ... mean what a variant says.
    pub(crate) fn set_letters(&mut self, variant: &Variant) -> Flow<()> {
        if let Some(object) = &variant.generic {
            let target = self.target(object)?;
            let value = walk(&mut self.vm, self.variables, &target, target.path.len());
            let value = self.flow_anywhere(value)?;
            let set = self.vm.dict_set_str(self.variables, "x", value);
            self.flow_anywhere(set)?;
        }
        for (letter, index) in INDEX_LETTERS.iter().zip(&variant.indexes) {
            let value = self.index_value(index)?;
            let set = self.vm.dict_set_str(self.variables, letter, value);
            self.flow_anywhere(set)?;
        }
        Ok(())
    }

    /// The value of what stands between brackets.
    fn index_value(&mut self, index: &str) -> Flow<Value> {
        // A constant alone is no target, so it is read as the index of one.
        let target = self.target(&format!("x[{index}]"))?;
        let Some(Step::Index(index)) = target.path.first() else { return Ok(Value::None) };
        let value = key(&mut self.vm, self.variables, index);
        let value = self.flow_anywhere(value)?;
        Ok(self.vm.root(value))
    }

    /// The names of a value's class and of its bases, in the order of resolution.
    pub(crate) fn class_names(&self, value: Value) -> Vec<String> {
        let class = self.vm.type_of(value);
        let Some(class) = self.vm.as_class(class) else { return Vec::new() };
        let names = class.mro.iter().filter_map(|&class| Some(self.vm.as_class(class)?.name.to_string()));
        names.collect()
    }
}

/// Follows the first `steps` steps of a target.
pub(crate) fn walk(vm: &mut Vm<'_>, variables: Value, target: &Target, steps: usize) -> PyResult<Value> {
    let mut value = match vm.dict_get_str(variables, &target.name) {
        Some(value) => value,
        None => return Err(vm.name_error(&target.name)),
    };
    for step in &target.path[..steps] {
        value = match step {
            Step::Attribute(name) => vm.get_attr(value, name)?,
            Step::Index(index) => {
                let key = key(vm, variables, index)?;
                vm.get_item(value, key)?
            }
        };
        vm.root(value);
    }
    Ok(value)
}

/// The value of what stands between brackets.
pub(crate) fn key(vm: &mut Vm<'_>, variables: Value, index: &Index) -> PyResult<Value> {
    match index {
        Index::Variable(target) => walk(vm, variables, target, target.path.len()),
        Index::Constant(constant) => match constant {
            Constant::None => Ok(Value::None),
            Constant::Bool(value) => Ok(Value::from(*value)),
            Constant::Int(number) => Ok(Value::Int(i64::try_from(*number).unwrap_or(i64::MAX))),
            Constant::Float(number) => Ok(Value::from(*number)),
            Constant::Text(text) => vm.str(text.as_str()),
        },
    }
}

/// Assigns what a target names.
pub(crate) fn assign(vm: &mut Vm<'_>, variables: Value, target: &Target, value: Value) -> PyResult<()> {
    let Some((last, _)) = target.path.split_last() else {
        return vm.dict_set_str(variables, &target.name, value);
    };
    let owner = walk(vm, variables, target, target.path.len() - 1)?;
    match last {
        Step::Attribute(name) => vm.set_attr(owner, name, value),
        Step::Index(index) => {
            let key = key(vm, variables, index)?;
            vm.set_item(owner, key, value)
        }
    }
}

/// Deletes what a target names.
pub(crate) fn delete(vm: &mut Vm<'_>, variables: Value, target: &Target) -> PyResult<()> {
    let Some((last, _)) = target.path.split_last() else {
        let key = vm.str(target.name.as_str())?;
        return vm.dict_remove(variables, key).map(drop);
    };
    let owner = walk(vm, variables, target, target.path.len() - 1)?;
    match last {
        Step::Attribute(name) => vm.del_attr(owner, name),
        Step::Index(index) => {
            let key = key(vm, variables, index)?;
            vm.del_item(owner, key)
        }
    }
}
