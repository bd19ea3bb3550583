//! How a dictionary gathers its items: whether there are any, each key with its value in turn,
//! whether there is another.

use super::keys;
use crate::functions::function;
use crate::objects::attributes::{forget, get, is_true, own, peek};
use crate::objects::gather::{self, Goal, Members, given};
use crate::objects::{call_with, group, name};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

pub(super) static METHODS: &[NativeFunction] = &[
    function("gather", gather),
    function("_new_item_init_callback", |vm, args| {
        let dict = super::me(vm, args)?;
        forget(vm, dict, &["new_item_name", "new_item_value"])?;
        let members = Members::of(vm, dict, None, None)?;
        let typed = is_true(vm, dict, "ask_object_type")?;
        for value in group::members(vm, dict)? {
            if typed { members.complete_any(vm, value)? } else { members.complete(vm, value)? }
        }
        Ok(Value::None)
    }),
];

/// `gather(item_object_type=None, number=None, minimum=None, complete_attribute=None, keys=None)`
fn gather(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let names = ["self", "item_object_type", "number", "minimum", "complete_attribute", "keys"];
    let [dict, plan, number, minimum, complete, only] = args.bind(vm, "gather", names, 1)?;
    let dict = dict.unwrap_or(Value::None);
    if gather::is_done(vm, dict)? {
        return Ok(Value::True);
    }
    if !is_true(vm, dict, "auto_gather")? {
        return get(vm, dict, "gathered");
    }
    let members = Members::of(vm, dict, plan, complete)?;
    gather::begin(vm, dict);
    complete_all(vm, dict, &members, given(only))?;
    let mut goal = Goal::of(vm, dict, number, minimum)?;
    if goal.number.is_none() && goal.minimum.unwrap_or(0) == 0 && group::size(vm, dict)? > 0 {
        goal.minimum = Some(1);
    }
    if members.plan.is_none() && is_known(vm, dict)? {
        forget(vm, dict, &["new_item_name"])?;
        gather::forget_another(vm, dict)?;
    }
    while is_more(vm, dict, goal)? {
        vm.pay(1)?;
        let goes_on = next(vm, dict, &members)?;
        gather::forget_another(vm, dict)?;
        if !goes_on {
            break;
        }
    }
    complete_all(vm, dict, &members, given(only))?;
    gather::finish(vm, dict)
}

/// Whether the key that was given for the next item is there already.
fn is_known(vm: &mut Vm<'_>, dict: Value) -> PyResult<bool> {
    let Some(key) = peek(vm, dict, "new_item_name")? else { return Ok(false) };
    let elements = group::elements(vm, dict)?;
    vm.contains(elements, key)
}

fn is_more(vm: &mut Vm<'_>, dict: Value, goal: Goal) -> PyResult<bool> {
    let size = group::size(vm, dict)? as i64;
    if goal.number.is_some_and(|number| size < number) || goal.minimum.is_some_and(|minimum| size < minimum) {
        return Ok(true);
    }
    if goal.minimum == Some(0) || is_true(vm, dict, "ask_number")? {
        return Ok(false);
    }
    gather::is_another(vm, dict)
}

/// Asks for the next key and its value. False when the value came by its own name, so that nothing
/// more is known of the next one.
fn next(vm: &mut Vm<'_>, dict: Value, members: &Members) -> PyResult<bool> {
    let key = get(vm, dict, "new_item_name")?;
    vm.root(key);
    if let Some(plan) = &members.plan {
        let given = Args { positional: vec![key, plan.class], keywords: plan.parameters.clone() };
        call_with(vm, dict, "initializeObject", given)?;
        gather::forget_another(vm, dict)?;
        call_with(vm, dict, "_new_item_init_callback", Args::default())?;
        forget(vm, dict, &["new_item_name"])?;
        return Ok(true);
    }
    if let Some(value) = own(vm, dict, "new_item_value") {
        vm.set_item(dict, key, value)?;
        forget(vm, dict, &["new_item_value", "new_item_name"])?;
        return Ok(true);
    }
    vm.get_item(dict, key)?;
    forget(vm, dict, &["new_item_name"])?;
    Ok(false)
}

/// Asks for what the values that are there need; `only` names the keys that matter.
fn complete_all(vm: &mut Vm<'_>, dict: Value, members: &Members, only: Option<Value>) -> PyResult<()> {
    let elements = group::elements(vm, dict)?;
    let wanted = match only {
        Some(only) => vm.collect(only)?,
        None => keys(vm, dict)?,
    };
    let typed = is_true(vm, dict, "ask_object_type")?;
    for &key in &wanted {
        if typed && vm.dict_get(elements, key)?.is_some_and(Value::is_none) {
            choose_class(vm, dict, key)?;
        }
    }
    if typed {
        forget(vm, dict, &["new_object_type"])?;
    }
    for key in wanted {
        if let Some(value) = vm.dict_get(elements, key)? {
            members.complete(vm, value)?;
        }
    }
    Ok(())
}

/// A key whose class is not known yet gets an object of the class that the person chooses.
fn choose_class(vm: &mut Vm<'_>, dict: Value, key: Value) -> PyResult<()> {
    let plan = group::chosen_plan(vm, dict)?;
    let shown = vm.repr(key)?;
    let full = format!("{}[{shown}]", name::plain(vm, dict));
    let made = plan.make(vm, full, &[], &Vec::new())?;
    vm.set_item(dict, key, made)
}
