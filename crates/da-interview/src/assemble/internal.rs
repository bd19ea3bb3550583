//! `_internal`: what the engine keeps among the variables of a session.

use super::{Evaluation, Flow};
use crate::block::BlockId;
use crate::error::AssembleError;
use da_python::machine::{Raised, Value};

impl Evaluation<'_, '_> {
    /// The first variables of a session.
    pub(crate) fn fresh(&mut self) -> Result<Value, AssembleError> {
        let made = self.make_fresh();
        made.map_err(|raised| self.failure(raised, None))
    }

    fn make_fresh(&mut self) -> Result<Value, Raised> {
        let variables = self.vm.new_namespace()?;
        self.vm.pin(variables);
        let internal = self.vm.dict()?;
        self.vm.dict_set_str(variables, "_internal", internal)?;
        for name in DICTS {
            let empty = self.vm.dict()?;
            self.vm.dict_set_str(internal, name, empty)?;
        }
        let answered = self.vm.set()?;
        self.vm.dict_set_str(internal, "answered", answered)?;
        let gather = self.vm.list(Vec::new())?;
        self.vm.dict_set_str(internal, "gather", gather)?;
        for (name, number) in [("progress", 0), ("tracker", 0), ("steps_offset", 0), ("steps", 1)] {
            self.vm.dict_set_str(internal, name, Value::Int(number))?;
        }
        self.vm.dict_set_str(internal, "secret", Value::None)?;
        let world = self.host().world();
        if let Some(device) = world.device().filter(|device| !device.referrer.is_empty()) {
            let referrer = self.vm.str(device.referrer.as_str())?;
            self.vm.dict_set_str(internal, "referer", referrer)?;
        }
        let url_args = self.vm.dict()?;
        self.vm.dict_set_str(variables, "url_args", url_args)?;
        Ok(variables)
    }

    /// One of the entries of `_internal`.
    pub(crate) fn internal(&self, name: &str) -> Option<Value> {
        let internal = self.vm.dict_get_str(self.variables, "_internal")?;
        self.vm.dict_get_str(internal, name)
    }

    /// Sets one of the entries of `_internal`.
    pub(crate) fn set_internal(&mut self, name: &str, value: Value) -> Flow<()> {
        let Some(internal) = self.vm.dict_get_str(self.variables, "_internal") else { return Ok(()) };
        let set = self.vm.dict_set_str(internal, name, value);
        self.flow_anywhere(set)
    }

    /// The number of the present step.
    pub(crate) fn steps(&self) -> i64 {
        self.internal("steps").and_then(|steps| self.vm.as_int(steps)).unwrap_or(1)
    }

    /// Counts a step.
    pub(crate) fn count_step(&mut self) -> Flow<()> {
        let steps = self.steps();
        self.set_internal("steps", Value::Int(steps.saturating_add(1)))
    }

    /// Whether a block is marked as answered.
    pub(crate) fn is_answered(&mut self, block: BlockId) -> Flow<bool> {
        let Some(answered) = self.internal("answered") else { return Ok(false) };
        let name = self.vm.str(self.block(block).name.as_str());
        let name = self.flow_anywhere(name)?;
        let answered = self.vm.contains(answered, name);
        self.flow_anywhere(answered)
    }

    /// Marks a block as answered.
    pub(crate) fn mark_answered(&mut self, block: BlockId) -> Flow<()> {
        let Some(answered) = self.internal("answered") else { return Ok(()) };
        let key = self.vm.str(self.block(block).name.as_str());
        let key = self.flow_anywhere(key)?;
        let marked = self.vm.call_method(answered, "add", &[key]);
        self.flow_anywhere(marked).map(drop)
    }

    pub(crate) fn set_url_args(&mut self, arguments: &[(String, String)]) -> Result<(), AssembleError> {
        let set = self.write_url_args(arguments);
        set.map_err(|raised| self.failure(raised, None))
    }

    fn write_url_args(&mut self, arguments: &[(String, String)]) -> Result<(), Raised> {
        let Some(url_args) = self.vm.dict_get_str(self.variables, "url_args") else { return Ok(()) };
        for (name, value) in arguments {
            let value = self.vm.str(value.as_str())?;
            self.vm.dict_set_str(url_args, name, value)?;
        }
        Ok(())
    }
}

/// Entries of `_internal` that start as empty dictionaries.
const DICTS: [&str; 12] = [
    "session_local",
    "device_local",
    "user_local",
    "dirty",
    "docvar",
    "doc_cache",
    "informed",
    "answers",
    "objselections",
    "tasks",
    "event_stack",
    "misc",
];
