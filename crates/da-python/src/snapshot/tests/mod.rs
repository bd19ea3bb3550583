//! Round trips, reports, hostile bytes. Values are made by the machine's own makers.

mod hostile;
mod program;
mod random;
mod report;
mod round_trip;

use super::late;
use crate::ground::Modules;
use crate::heap::Heap;
use crate::host::NoHost;
use crate::limits::Limits;
use crate::value::{Builtin, Class, ClassKind, ExceptionData, Hooks, Inner, Instance, Module, Object, Origin, Value};
use crate::vm::Vm;
use std::sync::Arc;

/// A machine of its own, with a module `shop` that holds a class of each kind.
fn with_machine<T>(memory: usize, run: impl FnOnce(&mut Vm<'_>) -> T) -> T {
    let limits = Limits { memory, ..Limits::default() };
    let mut heap = Heap::new(Arc::default(), Arc::default(), memory);
    let namespace = Value::Ref(heap.alloc(Object::Dict(Box::default())).unwrap());
    let module = Module { name: Arc::from("shop"), namespace };
    let module = Value::Ref(heap.alloc(Object::Module(Box::new(module))).unwrap());
    let modules = Modules::from([(Arc::from("shop"), module)]);
    let mut host = NoHost;
    let below = [Arc::new(modules), Arc::default()];
    let mut vm = Vm::over(heap, limits, &mut host, Arc::default(), Value::None, below);
    for (name, kind) in KINDS {
        let class = make_class(&mut vm, name, kind);
        vm.dict_set_str(namespace, name, class).unwrap();
    }
    run(&mut vm)
}

const ENOUGH: usize = 256 << 20;

const KINDS: [(&str, ClassKind); 4] = [
    ("Person", ClassKind::Plain),
    ("Rows", ClassKind::Builtin(Builtin::List)),
    ("Refused", ClassKind::Exception),
    ("Day", ClassKind::Native),
];

fn make_class(vm: &mut Vm<'_>, name: &str, kind: ClassKind) -> Value {
    let attributes = vm.dict().unwrap();
    let class = Class {
        name: Arc::from(name),
        qualname: Arc::from(name),
        module: Arc::from("shop"),
        bases: Box::default(),
        mro: Box::default(),
        attributes,
        kind,
        metaclass: Value::None,
        origin: Origin::Script,
        hooks: Hooks::default(),
        slots: None,
    };
    vm.make(Object::Class(Box::new(class))).unwrap()
}

fn class(vm: &mut Vm<'_>, name: &str) -> Value {
    vm.find_class("shop", name).unwrap().unwrap()
}

fn instance(vm: &mut Vm<'_>, class: Value, attributes: Value, inner: Inner) -> Value {
    vm.make(Object::Instance(Box::new(Instance { class, attributes, slots: Value::None, inner }))).unwrap()
}

fn exception(vm: &mut Vm<'_>, args: Vec<Value>) -> Value {
    let class = class(vm, "Refused");
    let data = ExceptionData { args, ..ExceptionData::default() };
    instance(vm, class, Value::None, Inner::Exception(Box::new(data)))
}

fn dict(vm: &mut Vm<'_>, entries: &[(&str, Value)]) -> Value {
    let dict = vm.dict().unwrap();
    for (key, value) in entries {
        vm.dict_set_str(dict, key, *value).unwrap();
    }
    dict
}

fn put(vm: &mut Vm<'_>, table: Value, key: Value, value: Value) {
    let Value::Ref(handle) = table else { panic!("a table") };
    late::insert(vm, handle, key, value).unwrap();
}

/// Saves in one machine, reads in another, and looks at what came back there.
fn through<T>(make: impl FnOnce(&mut Vm<'_>) -> Value, look: impl FnOnce(&mut Vm<'_>, Value) -> T) -> T {
    let snapshot = with_machine(ENOUGH, |vm| {
        let root = make(vm);
        vm.snapshot(root).unwrap()
    });
    assert_eq!(snapshot.left_out, []);
    with_machine(ENOUGH, |vm| {
        let root = vm.restore(&snapshot.bytes).unwrap();
        assert_eq!(vm.snapshot(root).unwrap().bytes, snapshot.bytes);
        look(vm, root)
    })
}
