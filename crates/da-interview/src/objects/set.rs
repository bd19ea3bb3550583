//! `DASet`: a set whose members are asked for.

use super::attributes::{forget, get, is_true, put, put_true};
use super::gather::{self, Goal};
use super::group::{self, take};
use super::{is_flattened, is_like, me, object, rest};
use crate::functions::function;
use da_python::machine::code::BinaryOp;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{ClassBuilder, PyResult, Value, Vm};

/// The class.
pub(super) fn class(object: Value) -> ClassBuilder {
    group::class("DASet", object).methods(METHODS).methods(OPERATORS)
}

static METHODS: &[NativeFunction] = &[
    function("init", init),
    function("gather", gather),
    function("add", |vm, args| {
        let set = me(vm, args)?;
        if add(vm, set, &args.positional[1..])? {
            put_true(vm, set, "there_are_any")?;
        }
        Ok(Value::None)
    }),
    function("remove", |vm, args| take_away(vm, args, "remove")),
    function("discard", |vm, args| take_away(vm, args, "discard")),
    function("pop", |vm, args| {
        let set = me(vm, args)?;
        let elements = group::elements(vm, set)?;
        let member = vm.call_method(elements, "pop", &[])?;
        mark_if_empty(vm, set)?;
        Ok(member)
    }),
    function("clear", |vm, args| {
        let set = me(vm, args)?;
        let elements = vm.set()?;
        put(vm, set, "elements", elements).map(|()| Value::None)
    }),
    function("filter", filter),
];

static OPERATORS: &[NativeFunction] = &[
    function("__and__", |vm, args| operator(vm, args, BinaryOp::And, false)),
    function("__rand__", |vm, args| operator(vm, args, BinaryOp::And, true)),
    function("__or__", |vm, args| operator(vm, args, BinaryOp::Or, false)),
    function("__ror__", |vm, args| operator(vm, args, BinaryOp::Or, true)),
    function("__xor__", |vm, args| operator(vm, args, BinaryOp::Xor, false)),
    function("__rxor__", |vm, args| operator(vm, args, BinaryOp::Xor, true)),
    function("__sub__", |vm, args| operator(vm, args, BinaryOp::Sub, false)),
    function("__rsub__", |vm, args| operator(vm, args, BinaryOp::Sub, true)),
    function("__iand__", |vm, args| in_place(vm, args, BinaryOp::And)),
    function("__ior__", |vm, args| in_place(vm, args, BinaryOp::Or)),
    function("__isub__", |vm, args| in_place(vm, args, BinaryOp::Sub)),
    function("__ixor__", |vm, args| in_place(vm, args, BinaryOp::Xor)),
];

/// A set operator on what is inside.
fn operator(vm: &mut Vm<'_>, args: &Args, op: BinaryOp, reflected: bool) -> PyResult<Value> {
    let (mine, other) = operands(vm, args)?;
    if reflected { vm.binary(op, other, mine) } else { vm.binary(op, mine, other) }
}

/// A set operator that changes what is inside.
///
/// Quirk: `a_set |= more` leaves the plain set in the variable (fixture `sets_that_are_changed`).
fn in_place(vm: &mut Vm<'_>, args: &Args, op: BinaryOp) -> PyResult<Value> {
    let (mine, other) = operands(vm, args)?;
    vm.in_place(op, mine, other)
}

/// What is inside of the receiver, and the operand.
fn operands(vm: &mut Vm<'_>, args: &Args) -> PyResult<(Value, Value)> {
    let [_, other] = args.bind(vm, "operator", ["self", "other"], 2)?;
    let mine = group::gathered_elements(vm, args)?;
    let other = other.unwrap_or(Value::None);
    if super::is_a(vm, other, "DASet") {
        return Ok((mine, group::gathered_elements(vm, &Args::of(&[other]))?));
    }
    Ok((mine, other))
}

fn init(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let set = me(vm, args)?;
    let mut given = args.keywords.clone();
    let elements = vm.set()?;
    put(vm, set, "elements", elements)?;
    put(vm, set, "auto_gather", Value::True)?;
    put(vm, set, "ask_number", Value::False)?;
    put(vm, set, "minimum_number", Value::None)?;
    if let Some(more) = take(&mut given, "elements") {
        vm.call_method(set, "add", &[more])?;
        put_true(vm, set, "gathered")?;
        put_true(vm, set, "revisit")?;
    }
    object::init_next(vm, set, "DASet", Args { positional: rest(args).positional, keywords: given })
}

/// Adds members; what holds members stands for them. Whether there were any.
fn add(vm: &mut Vm<'_>, set: Value, more: &[Value]) -> PyResult<bool> {
    let mut added = false;
    let mut pending: Vec<Value> = more.iter().rev().copied().collect();
    while let Some(member) = pending.pop() {
        vm.pay(1)?;
        if is_flattened(vm, member) {
            pending.extend(vm.collect(member)?.into_iter().rev());
            continue;
        }
        let elements = group::elements(vm, set)?;
        vm.dict_set(elements, member, Value::None)?;
        added = true;
    }
    Ok(added)
}

/// `remove` and `discard`
fn take_away(vm: &mut Vm<'_>, args: &Args, method: &str) -> PyResult<Value> {
    let [set, member] = args.bind(vm, method, ["self", "elem"], 2)?;
    let (set, member) = (set.unwrap_or(Value::None), member.unwrap_or(Value::None));
    let elements = group::elements(vm, set)?;
    if vm.contains(elements, member)? {
        vm.call_method(set, "hook_on_remove", &[member])?;
    }
    let elements = group::elements(vm, set)?;
    vm.call_method(elements, method, &[member])?;
    mark_if_empty(vm, set)?;
    Ok(Value::None)
}

fn mark_if_empty(vm: &mut Vm<'_>, set: Value) -> PyResult<()> {
    if group::size(vm, set)? == 0 {
        put(vm, set, "there_are_any", Value::False)?;
    }
    Ok(())
}

/// `gather(number=None, minimum=None)`
fn gather(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [set, number, minimum] = args.bind(vm, "gather", ["self", "number", "minimum"], 1)?;
    let set = set.unwrap_or(Value::None);
    if gather::is_done(vm, set)? {
        return Ok(Value::True);
    }
    if !is_true(vm, set, "auto_gather")? {
        return get(vm, set, "gathered");
    }
    gather::begin(vm, set);
    print_all(vm, set)?;
    let mut goal = Goal::of(vm, set, number, minimum)?;
    if goal.number.is_none() && goal.minimum.unwrap_or(0) == 0 && group::size(vm, set)? > 0 {
        goal.minimum = Some(1);
    }
    while is_more(vm, set, goal)? {
        vm.pay(1)?;
        let member = get(vm, set, "new_item")?;
        vm.root(member);
        vm.call_method(set, "add", &[member])?;
        forget(vm, set, &["new_item"])?;
        print_all(vm, set)?;
        gather::forget_another(vm, set)?;
    }
    gather::finish(vm, set)
}

fn print_all(vm: &mut Vm<'_>, set: Value) -> PyResult<()> {
    for member in group::members(vm, set)? {
        gather::print(vm, member)?;
    }
    Ok(())
}

fn is_more(vm: &mut Vm<'_>, set: Value, goal: Goal) -> PyResult<bool> {
    let size = group::size(vm, set)? as i64;
    if goal.number.is_some_and(|number| size < number) || goal.minimum.is_some_and(|minimum| size < minimum) {
        return Ok(true);
    }
    if goal.minimum == Some(0) || is_true(vm, set, "ask_number")? {
        return Ok(false);
    }
    gather::is_another(vm, set)
}

/// `filter(name=None, **attributes)`: a gathered set of the members whose attributes are these.
fn filter(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let set = me(vm, args)?;
    let elements = group::gathered_elements(vm, args)?;
    let chosen = vm.set()?;
    for member in vm.collect(elements)? {
        if is_like(vm, member, &args.keywords)? {
            vm.dict_set(chosen, member, Value::None)?;
        }
    }
    let none = vm.len(chosen)? == 0;
    let new_name = match args.positional.get(1) {
        Some(&name) => name,
        None => get(vm, set, "instanceName")?,
    };
    let made = object::shallow(vm, set, new_name)?;
    put(vm, made, "elements", chosen)?;
    put(vm, made, "gathered", Value::True)?;
    if none {
        put(vm, made, "there_are_any", Value::False)?;
    }
    Ok(made)
}
