//! `DAList`: a list whose items are asked for.

mod change;
mod gathering;
mod item;
mod order;

use super::attributes::{put, put_true};
use super::group::{self, take};
use super::{is_a, me, name, object, rest};
use crate::functions::function;
use da_python::machine::code::BinaryOp;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{ClassBuilder, PyResult, Value, Vm};

/// The class.
pub(super) fn class(object: Value) -> ClassBuilder {
    group::class("DAList", object)
        .methods(METHODS)
        .methods(item::METHODS)
        .methods(change::METHODS)
        .methods(order::METHODS)
        .methods(gathering::METHODS)
}

static METHODS: &[NativeFunction] = &[
    function("init", init),
    function("__add__", |vm, args| add(vm, args, false)),
    function("__radd__", |vm, args| add(vm, args, true)),
    function("index", |vm, args| {
        let elements = group::gathered_elements(vm, args)?;
        let method = vm.get_attr(elements, "index")?;
        vm.call_with(method, rest(args))
    }),
    function("count", |vm, args| {
        let elements = group::gathered_elements(vm, args)?;
        let method = vm.get_attr(elements, "count")?;
        vm.call_with(method, rest(args))
    }),
    function("filter", filter),
    function("current_index", |vm, args| {
        let list = me(vm, args)?;
        Ok(Value::Int(group::size(vm, list)?.saturating_sub(1) as i64))
    }),
];

/// The items so far.
fn items(vm: &mut Vm<'_>, list: Value) -> PyResult<Vec<Value>> {
    let elements = group::elements(vm, list)?;
    vm.collect(elements)
}

/// Replaces the items.
fn replace(vm: &mut Vm<'_>, list: Value, items: Vec<Value>) -> PyResult<()> {
    let elements = vm.list(items)?;
    put(vm, list, "elements", elements)
}

fn init(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let list = me(vm, args)?;
    let mut given = args.keywords.clone();
    replace(vm, list, Vec::new())?;
    for (attribute, value) in
        [("auto_gather", Value::True), ("ask_number", Value::False), ("minimum_number", Value::None)]
    {
        if !given.iter().any(|(known, _)| &**known == attribute) {
            put(vm, list, attribute, value)?;
        }
    }
    let rename = take(&mut given, "set_instance_name");
    if let Some(elements) = take(&mut given, "elements") {
        for item in vm.collect(elements)? {
            vm.call_method(list, "append", &[item])?;
        }
        let any = group::size(vm, list)? > 0;
        put(vm, list, "there_are_any", Value::from(any))?;
        put_true(vm, list, "gathered")?;
        put_true(vm, list, "revisit")?;
        if vm.truth(rename.unwrap_or(Value::None))? {
            for (place, item) in items(vm, list)?.into_iter().enumerate() {
                change::rename_item(vm, list, place, item)?;
            }
        }
    }
    group::init(vm, list, &mut given)?;
    object::init_next(vm, list, "DAList", Args { positional: rest(args).positional, keywords: given })
}

/// `list + other` and `other + list`: two groups make a group, anything else a plain list.
fn add(vm: &mut Vm<'_>, args: &Args, reflected: bool) -> PyResult<Value> {
    let [list, other] = args.bind(vm, "__add__", ["self", "other"], 2)?;
    let (list, other) = (list.unwrap_or(Value::None), other.unwrap_or(Value::None));
    let mine = group::gathered_elements(vm, args)?;
    if super::is_empty_value(vm, other) {
        return Ok(list);
    }
    let is_group = is_a(vm, other, "DAList");
    let theirs = if is_group { group::gathered_elements(vm, &Args::of(&[other]))? } else { other };
    let (first, second) = if reflected { (theirs, mine) } else { (mine, theirs) };
    let sum = vm.binary(BinaryOp::Add, first, second)?;
    if !is_group {
        return Ok(sum);
    }
    let yes = |name: &str, value| (std::sync::Arc::from(name), value);
    let keywords = vec![yes("elements", sum), yes("gathered", Value::True), yes("auto_gather", Value::False)];
    let made = vm.call_with(vm.type_of(list), Args { positional: Vec::new(), keywords })?;
    name::set_random(vm, made)?;
    Ok(made)
}

/// `filter(name=None, **attributes)`: a gathered list of the items whose attributes are these.
fn filter(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let list = me(vm, args)?;
    let elements = group::gathered_elements(vm, args)?;
    let mut chosen = Vec::new();
    for item in vm.collect(elements)? {
        if super::is_like(vm, item, &args.keywords)? {
            chosen.push(item);
        }
    }
    let none = chosen.is_empty();
    let new_name = match args.positional.get(1) {
        Some(&name) => name,
        None => super::attributes::get(vm, list, "instanceName")?,
    };
    let made = object::shallow(vm, list, new_name)?;
    replace(vm, made, chosen)?;
    put(vm, made, "gathered", Value::True)?;
    if none {
        put(vm, made, "there_are_any", Value::False)?;
    }
    Ok(made)
}
