//! Global names: a namespace, then the parents behind it.

use super::Vm;
use crate::value::{Object, Value};

impl Vm<'_> {
    /// The value of a name in a namespace or in one of its parents, nearest first. Built-ins are not
    /// looked into.
    pub fn lookup(&self, namespace: Value, name: &str) -> Option<Value> {
        if let Some(value) = self.dict_get_str(namespace, name) {
            return Some(value);
        }
        let parents = &self.as_dict(namespace)?.parents;
        parents.iter().find_map(|&parent| {
            let parent = match self.object(parent) {
                Some(Object::Module(module)) => module.namespace,
                _ => parent,
            };
            self.dict_get_str(parent, name)
        })
    }
}
