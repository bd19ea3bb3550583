//! What of the machine is still to come; each method says so.

use super::Vm;
use crate::code::{BinaryOp, Code, CompareOp, UnaryOp};
use crate::error::{PyResult, Raised};
use crate::ground::Modules;
use crate::heap::Floor;
use crate::native::Args;
use crate::value::{ClassKind, Object, Tracer, Value};
use std::ops::ControlFlow;
use std::sync::Arc;

/// A generator.
#[derive(Debug, Clone)]
pub struct Generator {}

impl Generator {
    pub(crate) fn trace(&self, _: &mut Tracer<'_>) {}
    pub(crate) fn size(&self) -> usize {
        0
    }
}

#[expect(missing_docs, unused_variables, reason = "the bodies come")]
impl Vm<'_> {
    fn pending<T>(&mut self, what: &str) -> PyResult<T> {
        Err(self.raise("NotImplementedError", what))
    }
    pub fn for_each(
        &mut self,
        iterable: Value,
        f: impl FnMut(&mut Self, Value) -> PyResult<ControlFlow<()>>,
    ) -> PyResult<()> {
        self.pending("for_each")
    }
    pub fn is_callable(&self, v: Value) -> bool {
        false
    }
    pub(crate) fn derives(&self, class: Value, of: Value) -> bool {
        false
    }
    pub fn frame_globals(&self) -> Option<Value> {
        None
    }
    pub(crate) fn freeze(self) -> (Floor, Modules) {
        (self.heap.freeze(), self.modules)
    }
    pub fn truth(&mut self, v: Value) -> PyResult<bool> {
        self.pending("truth")
    }
    pub fn eq(&mut self, a: Value, b: Value) -> PyResult<bool> {
        self.pending("eq")
    }
    pub fn compare(&mut self, op: CompareOp, a: Value, b: Value) -> PyResult {
        self.pending("compare")
    }
    pub fn hash(&mut self, v: Value) -> PyResult<u64> {
        self.pending("hash")
    }
    pub fn repr(&mut self, v: Value) -> PyResult<String> {
        self.pending("repr")
    }
    pub fn to_str(&mut self, v: Value) -> PyResult<String> {
        self.pending("to_str")
    }
    pub fn format(&mut self, v: Value, spec: &str) -> PyResult<String> {
        self.pending("format")
    }
    pub fn len(&mut self, v: Value) -> PyResult<usize> {
        self.pending("len")
    }
    pub fn binary(&mut self, op: BinaryOp, a: Value, b: Value) -> PyResult {
        self.pending("binary")
    }
    pub fn in_place(&mut self, op: BinaryOp, a: Value, b: Value) -> PyResult {
        self.pending("in_place")
    }
    pub fn unary(&mut self, op: UnaryOp, a: Value) -> PyResult {
        self.pending("unary")
    }
    pub fn get_attr(&mut self, v: Value, name: &str) -> PyResult {
        self.pending("get_attr")
    }
    pub fn get_attr_opt(&mut self, v: Value, name: &str) -> PyResult<Option<Value>> {
        self.pending("get_attr_opt")
    }
    pub fn set_attr(&mut self, v: Value, name: &str, value: Value) -> PyResult<()> {
        self.pending("set_attr")
    }
    pub fn del_attr(&mut self, v: Value, name: &str) -> PyResult<()> {
        self.pending("del_attr")
    }
    pub fn get_item(&mut self, v: Value, key: Value) -> PyResult {
        self.pending("get_item")
    }
    pub fn set_item(&mut self, v: Value, key: Value, value: Value) -> PyResult<()> {
        self.pending("set_item")
    }
    pub fn del_item(&mut self, v: Value, key: Value) -> PyResult<()> {
        self.pending("del_item")
    }
    pub fn contains(&mut self, container: Value, item: Value) -> PyResult<bool> {
        self.pending("contains")
    }
    pub fn iter(&mut self, v: Value) -> PyResult {
        self.pending("iter")
    }
    pub fn next(&mut self, iterator: Value) -> PyResult<Option<Value>> {
        self.pending("next")
    }
    pub fn collect(&mut self, iterable: Value) -> PyResult<Vec<Value>> {
        self.pending("collect")
    }
    pub fn call(&mut self, callable: Value, args: &[Value]) -> PyResult {
        self.pending("call")
    }
    pub fn call_with(&mut self, callable: Value, args: Args) -> PyResult {
        self.pending("call_with")
    }
    pub fn call_method(&mut self, v: Value, name: &str, args: &[Value]) -> PyResult {
        self.pending("call_method")
    }
    pub fn index(&mut self, v: Value) -> PyResult<i64> {
        self.pending("index")
    }
    pub fn is_instance(&mut self, v: Value, class: Value) -> PyResult<bool> {
        self.pending("is_instance")
    }
    pub fn is_subclass(&mut self, class: Value, of: Value) -> PyResult<bool> {
        self.pending("is_subclass")
    }
    pub fn dir(&mut self, v: Value) -> PyResult<Vec<Arc<str>>> {
        self.pending("dir")
    }
    pub fn import(&mut self, name: &str) -> PyResult {
        self.pending("import")
    }
    pub fn new_namespace(&mut self) -> PyResult {
        self.pending("new_namespace")
    }
    pub fn exec(&mut self, code: &Arc<Code>, ns: Value) -> PyResult<()> {
        self.pending("exec")
    }
    pub fn eval(&mut self, code: &Arc<Code>, ns: Value) -> PyResult {
        self.pending("eval")
    }
    pub fn run_template(&mut self, code: &Arc<Code>, ns: Value) -> PyResult {
        self.pending("run_template")
    }
    pub fn list_push(&mut self, list: Value, v: Value) -> PyResult<()> {
        self.pending("list_push")
    }
    pub fn add_parent(&mut self, ns: Value, module: Value) -> PyResult<()> {
        self.pending("add_parent")
    }
    pub fn frame_locals(&mut self) -> PyResult {
        self.pending("frame_locals")
    }
    pub fn find_class(&mut self, module: &str, qualname: &str) -> PyResult<Option<Value>> {
        let module = self.modules.get(module).or_else(|| self.below.iter().find_map(|below| below.get(module)));
        let mut found = match module.map(|module| (*module, self.heap.object(*module))) {
            Some((_, Some(Object::Module(module)))) => module.namespace,
            Some((namespace, Some(Object::Dict(_)))) => namespace,
            _ => return Ok(None),
        };
        for name in qualname.split('.') {
            let table = self.as_class(found).map_or(found, |class| class.attributes);
            let Some(next) = self.heap.find_name(table, name.into()) else { return Ok(None) };
            found = next;
        }
        Ok(Some(found))
    }
    pub fn order_of_resolution(&mut self, class: Value, bases: &[Value]) -> PyResult<Vec<Value>> {
        self.pending("order_of_resolution")
    }
    pub fn kind_of_bases(&mut self, bases: &[Value]) -> PyResult<ClassKind> {
        self.pending("kind_of_bases")
    }
    pub fn set_class_attribute(&mut self, class: Value, name: &str, value: Value) -> PyResult<()> {
        self.pending("set_class_attribute")
    }
    pub fn add_module(&mut self, name: &str, namespace: Value) -> PyResult<()> {
        self.pending("add_module")
    }
    pub fn add_native_module(&mut self, name: &str) -> PyResult {
        self.pending("add_native_module")
    }
    pub fn run_frozen_module(&mut self, name: &str, source: &str) -> PyResult<()> {
        self.pending("run_frozen_module")
    }
}
