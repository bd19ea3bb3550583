//! `DADict`: a dictionary whose keys and values are asked for; `DAOrderedDict` keeps the order in
//! which its keys came wherever the other sorts them.

mod gathering;
mod item;
mod truth;

use super::attributes::{in_class, put, put_true};
use super::group::{self, take};
use super::{me, object, rest};
use crate::functions::function;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{ClassBuilder, PyResult, Value, Vm};

/// The class.
pub(super) fn class(object: Value) -> ClassBuilder {
    group::class("DADict", object)
        .methods(METHODS)
        .methods(item::METHODS)
        .methods(truth::METHODS)
        .methods(gathering::METHODS)
        .value("_in_order", Value::False)
}

/// The class that keeps the order.
pub(super) fn ordered(dict: Value) -> ClassBuilder {
    super::class("DAOrderedDict").base(dict).value("_in_order", Value::True)
}

static METHODS: &[NativeFunction] = &[
    function("init", init),
    function("keys", |vm, args| {
        let group = me(vm, args)?;
        group::gathered_elements(vm, args)?;
        let keys = keys(vm, group)?;
        vm.list(keys)
    }),
    function("values", |vm, args| view(vm, args, "values")),
    function("items", |vm, args| view(vm, args, "items")),
    function("iteritems", |vm, args| view(vm, args, "items")),
    function("itervalues", |vm, args| view(vm, args, "values")),
    function("iterkeys", |vm, args| view(vm, args, "keys")),
    function("_sorted_keys", |vm, args| {
        let group = me(vm, args)?;
        group::gathered_elements(vm, args)?;
        let keys = keys(vm, group)?;
        vm.list(keys)
    }),
    function("_sorted_elements_keys", |vm, args| {
        let group = me(vm, args)?;
        let keys = keys(vm, group)?;
        vm.list(keys)
    }),
    function("_sorted_items", |vm, args| {
        let group = me(vm, args)?;
        group::gathered_elements(vm, args)?;
        pairs(vm, group)
    }),
    function("_sorted_elements_items", |vm, args| {
        let group = me(vm, args)?;
        pairs(vm, group)
    }),
];

fn view(vm: &mut Vm<'_>, args: &Args, which: &str) -> PyResult<Value> {
    let elements = group::gathered_elements(vm, args)?;
    vm.call_method(elements, which, &[])
}

/// The keys so far: sorted, unless the class keeps their order or they cannot be compared.
fn keys(vm: &mut Vm<'_>, dict: Value) -> PyResult<Vec<Value>> {
    let elements = group::elements(vm, dict)?;
    let keys = vm.collect(elements)?;
    if matches!(in_class(vm, dict, "_in_order"), Some(Value::True)) {
        return Ok(keys);
    }
    let sorted = vm.list(keys.clone())?;
    let sort = vm.call_method(sorted, "sort", &[]);
    if vm.unless("TypeError", sort)?.is_none() {
        return Ok(keys);
    }
    vm.collect(sorted)
}

/// The keys with their values, in the order of [`keys`].
fn pairs(vm: &mut Vm<'_>, dict: Value) -> PyResult<Value> {
    let elements = group::elements(vm, dict)?;
    let mut pairs = Vec::new();
    for key in keys(vm, dict)? {
        let value = vm.get_item(elements, key)?;
        pairs.push(vm.tuple(vec![key, value])?);
    }
    vm.list(pairs)
}

fn init(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let dict = me(vm, args)?;
    let mut given = args.keywords.clone();
    let elements = vm.dict()?;
    put(vm, dict, "elements", elements)?;
    put(vm, dict, "auto_gather", Value::True)?;
    put(vm, dict, "ask_number", Value::False)?;
    put(vm, dict, "minimum_number", Value::None)?;
    if let Some(more) = take(&mut given, "elements") {
        let more = inside(vm, more);
        vm.call_method(elements, "update", &[more])?;
        put_true(vm, dict, "gathered")?;
        put_true(vm, dict, "revisit")?;
    }
    let keys = take(&mut given, "keys");
    group::init(vm, dict, &mut given)?;
    if let Some(keys) = keys
        && super::is_flattened(vm, keys)
    {
        vm.call_method(dict, "new", &[keys])?;
    }
    object::init_next(vm, dict, "DADict", Args { positional: rest(args).positional, keywords: given })
}

/// What is inside a group; anything else is itself.
fn inside(vm: &Vm<'_>, value: Value) -> Value {
    if super::is_a(vm, value, "DADict") {
        super::attributes::own(vm, value, "elements").unwrap_or(value)
    } else {
        value
    }
}
