//! How a list gathers its items: whether there are any, each item in turn, whether there is another.

use super::items;
use crate::functions::function;
use crate::objects::attributes::{forget, is_true, own, put};
use crate::objects::gather::{self, Goal, Members};
use crate::objects::{group, name};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

pub(super) static METHODS: &[NativeFunction] = &[function("gather", gather)];

/// `gather(number=None, item_object_type=None, minimum=None, complete_attribute=None)`
fn gather(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let names = ["self", "number", "item_object_type", "minimum", "complete_attribute"];
    let [list, number, plan, minimum, complete] = args.bind(vm, "gather", names, 1)?;
    let list = list.unwrap_or(Value::None);
    if gather::is_done(vm, list)? {
        return Ok(Value::True);
    }
    let members = Members::of(vm, list, plan, complete)?;
    gather::begin(vm, list);
    let mut goal = Goal::of(vm, list, number, minimum)?;
    complete_all(vm, list, &members)?;
    while (group::size(vm, list)? as i64) < goal.minimum.unwrap_or(0) {
        next(vm, list, &members)?;
    }
    if let Some(necessary) = own(vm, list, "_necessary_length").and_then(|number| vm.as_int(number)) {
        if necessary <= group::size(vm, list)? as i64 {
            forget(vm, list, &["_necessary_length"])?;
        } else {
            goal.number = Some(goal.number.map_or(necessary, |number| number.max(necessary)));
        }
    }
    if let Some(number) = goal.number {
        while (group::size(vm, list)? as i64) < number {
            next(vm, list, &members)?;
        }
    } else if goal.minimum != Some(0) {
        while gather::is_another(vm, list)? {
            gather::forget_another(vm, list)?;
            let necessary = group::size(vm, list)? as i64 + 1;
            put(vm, list, "_necessary_length", Value::Int(necessary))?;
            next(vm, list, &members)?;
        }
    }
    forget(vm, list, &["_necessary_length"])?;
    gather::finish(vm, list)
}

/// Asks for what the items that are there need.
fn complete_all(vm: &mut Vm<'_>, list: Value, members: &Members) -> PyResult<()> {
    if is_true(vm, list, "ask_object_type")? {
        for place in 0..group::size(vm, list)? {
            choose_class(vm, list, place)?;
            let item = item(vm, list, place)?;
            members.complete_any(vm, item)?;
        }
        return forget(vm, list, &["new_object_type"]);
    }
    for item in items(vm, list)? {
        members.complete(vm, item)?;
    }
    Ok(())
}

fn item(vm: &mut Vm<'_>, list: Value, place: usize) -> PyResult<Value> {
    let elements = group::elements(vm, list)?;
    vm.get_item(elements, Value::Int(place as i64))
}

/// A place whose class is not known yet gets an object of the class that the person chooses.
fn choose_class(vm: &mut Vm<'_>, list: Value, place: usize) -> PyResult<()> {
    if !item(vm, list, place)?.is_none() {
        return Ok(());
    }
    let plan = group::chosen_plan(vm, list)?;
    let full = format!("{}[{place}]", name::plain(vm, list));
    let made = plan.make(vm, full, &[], &Vec::new())?;
    let elements = group::elements(vm, list)?;
    vm.set_item(elements, Value::Int(place as i64), made)
}

/// Adds the next item and asks for what it needs.
fn next(vm: &mut Vm<'_>, list: Value, members: &Members) -> PyResult<()> {
    vm.pay(1)?;
    let place = group::size(vm, list)?;
    if let Some(plan) = &members.plan {
        let given = Args { positional: vec![plan.class], keywords: plan.parameters.clone() };
        crate::objects::call_with(vm, list, "appendObject", given)?;
    }
    let item = vm.get_item(list, Value::Int(place as i64))?;
    if is_true(vm, list, "ask_object_type")? {
        return complete_all(vm, list, members);
    }
    members.complete(vm, item)
}
