//! What lists, dictionaries and sets have in common: being used like what they hold, and the state of
//! their gathering.

use super::attributes::{forget, get, has, is_true, own, peek, put};
use super::gather::{self, given};
use super::plan::{Keywords, Plan, dict_of, keywords};
use super::{call_with, error, me, name};
use crate::functions::function;
use da_python::machine::code::CompareOp;
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{ClassBuilder, PyResult, Value, Vm};

/// The beginning of the class of a group.
pub(super) fn class(name: &'static str, object: Value) -> ClassBuilder {
    super::class(name).base(object).methods(METHODS).methods(HOOKS).methods(CONTAINER)
}

/// What every group can do.
static METHODS: &[NativeFunction] = &[
    function("set_object_type", |vm, args| {
        let [group, plan] = args.bind(vm, "set_object_type", ["self", "object_type"], 2)?;
        set_plan(vm, group.unwrap_or(Value::None), plan.unwrap_or(Value::None)).map(|()| Value::None)
    }),
    function("_trigger_gather", |vm, args| {
        let group = me(vm, args)?;
        gather::trigger(vm, group).map(|()| Value::None)
    }),
    function("number", |vm, args| {
        let group = me(vm, args)?;
        number(vm, group).map(Value::Int)
    }),
    function("number_gathered", number_gathered),
    function("gathering_started", |vm, args| {
        let group = me(vm, args)?;
        is_started(vm, group).map(Value::from)
    }),
    function("has_been_gathered", |vm, args| {
        let group = me(vm, args)?;
        Ok(Value::from(has(vm, group, "gathered")? || is_true(vm, group, "was_gathered")?))
    }),
    function("gathered_and_complete", gathered_and_complete),
    function("reset_gathered", reset_gathered),
    function("complete_elements", complete_elements),
    function("item_name", |vm, args| {
        let [group, item] = args.bind(vm, "item_name", ["self", "item"], 2)?;
        let item = vm.repr(item.unwrap_or(Value::None))?;
        let full = format!("{}[{item}]", name::of(vm, group.unwrap_or(Value::None)));
        vm.str(full)
    }),
    function("copy", |vm, args| {
        let group = me(vm, args)?;
        let elements = elements(vm, group)?;
        vm.call_method(elements, "copy", &[])
    }),
];

/// The hooks, which do nothing until they are overridden.
static HOOKS: &[NativeFunction] = &[
    function("hook_on_gather", |_, _| Ok(Value::None)),
    function("hook_after_gather", |_, _| Ok(Value::None)),
    function("hook_on_item_complete", |_, _| Ok(Value::None)),
    function("hook_on_remove", |_, _| Ok(Value::None)),
];

/// Being used like what is inside.
static CONTAINER: &[NativeFunction] = &[
    function("__len__", |vm, args| {
        let group = me(vm, args)?;
        number(vm, group).map(Value::Int)
    }),
    function("__iter__", |vm, args| {
        let elements = gathered_elements(vm, args)?;
        vm.iter(elements)
    }),
    function("__reversed__", |vm, args| {
        let elements = gathered_elements(vm, args)?;
        let builtins = vm.import("builtins")?;
        vm.call_method(builtins, "reversed", &[elements])
    }),
    function("__contains__", |vm, args| {
        let [_, item] = args.bind(vm, "__contains__", ["self", "item"], 2)?;
        let elements = gathered_elements(vm, args)?;
        vm.contains(elements, item.unwrap_or(Value::None)).map(Value::from)
    }),
    function("__eq__", |vm, args| {
        let [_, other] = args.bind(vm, "__eq__", ["self", "other"], 2)?;
        let elements = gathered_elements(vm, args)?;
        vm.compare(CompareOp::Eq, elements, other.unwrap_or(Value::None))
    }),
    function("__ne__", |vm, args| {
        let [_, other] = args.bind(vm, "__ne__", ["self", "other"], 2)?;
        let elements = gathered_elements(vm, args)?;
        vm.compare(CompareOp::Ne, elements, other.unwrap_or(Value::None))
    }),
    function("__str__", |vm, args| {
        let group = me(vm, args)?;
        let said = vm.call_method(group, "comma_and_list", &[])?;
        let said = vm.to_str(said)?;
        vm.str(said)
    }),
    function("__repr__", |vm, args| {
        let elements = gathered_elements(vm, args)?;
        let said = vm.repr(elements)?;
        vm.str(said)
    }),
];

/// What is inside, whether it is complete or not.
pub(super) fn elements(vm: &mut Vm<'_>, group: Value) -> PyResult<Value> {
    let elements = get(vm, group, "elements")?;
    Ok(vm.root(elements))
}

/// What is inside the receiver, after it was asked for.
pub(super) fn gathered_elements(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let group = me(vm, args)?;
    gather::trigger(vm, group)?;
    elements(vm, group)
}

/// How many are inside so far.
pub(super) fn size(vm: &mut Vm<'_>, group: Value) -> PyResult<usize> {
    let elements = elements(vm, group)?;
    vm.len(elements)
}

/// How many there are, which is asked for.
fn number(vm: &mut Vm<'_>, group: Value) -> PyResult<i64> {
    if !is_true(vm, group, "ask_number")? {
        gather::trigger(vm, group)?;
        return Ok(size(vm, group)? as i64);
    }
    if is_true(vm, group, "gathered")? {
        return Ok(size(vm, group)? as i64);
    }
    gather::target(vm, group)
}

fn is_started(vm: &mut Vm<'_>, group: Value) -> PyResult<bool> {
    Ok(has(vm, group, "gathered")? || has(vm, group, "there_are_any")? || size(vm, group)? > 0)
}

fn number_gathered(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [group, if_started] = args.bind(vm, "number_gathered", ["self", "if_started"], 1)?;
    let group = group.unwrap_or(Value::None);
    if vm.truth(if_started.unwrap_or(Value::None))? && !is_started(vm, group)? {
        gather::trigger(vm, group)?;
    }
    Ok(Value::Int(size(vm, group)? as i64))
}

/// Says of which class the members are.
fn set_plan(vm: &mut Vm<'_>, group: Value, plan: Value) -> PyResult<()> {
    let Plan { class, parameters } = Plan::read(vm, plan)?;
    let parameters = dict_of(vm, &parameters)?;
    put(vm, group, "object_type", class)?;
    put(vm, group, "object_type_parameters", parameters)
}

/// Of which class the members are, with the parameters; `None` for a group of plain values.
pub(super) fn plan(vm: &mut Vm<'_>, group: Value) -> PyResult<Option<Plan>> {
    let Some(class) = given(peek(vm, group, "object_type")?) else { return Ok(None) };
    let parameters = peek(vm, group, "object_type_parameters")?.unwrap_or(Value::None);
    Ok(Some(Plan { class, parameters: keywords(vm, parameters)? }))
}

/// Of what a new member is made: what is given, else what the person chooses, else what the group
/// says, else a plain object.
pub(super) fn plan_of_new(vm: &mut Vm<'_>, group: Value, wanted: Option<Value>) -> PyResult<Plan> {
    if let Some(wanted) = given(wanted) {
        return Plan::read(vm, wanted);
    }
    if is_true(vm, group, "ask_object_type")? {
        return chosen_plan(vm, group);
    }
    match plan(vm, group)? {
        Some(plan) => Ok(plan),
        None => Ok(Plan { class: super::class_named(vm, "DAObject")?, parameters: Keywords::new() }),
    }
}

/// The class that the person chose for the next member.
pub(super) fn chosen_plan(vm: &mut Vm<'_>, group: Value) -> PyResult<Plan> {
    let chosen = get(vm, group, "new_object_type")?;
    let plan = Plan::read(vm, chosen)?;
    if vm.as_class(plan.class).is_none() {
        return Err(error(vm, "new_object_type must be an object type"));
    }
    Ok(plan)
}

/// What `init` of every group does with its arguments; those that are left become attributes.
pub(super) fn init(vm: &mut Vm<'_>, group: Value, given: &mut Keywords) -> PyResult<()> {
    if let Some(plan) = take(given, "object_type") {
        set_plan(vm, group, plan)?;
    }
    if let Some(complete) = take(given, "complete_attribute") {
        put(vm, group, "complete_attribute", complete)?;
    }
    if let Some(asked) = take(given, "ask_object_type") {
        let asked = vm.truth(asked)?;
        put(vm, group, "ask_object_type", Value::from(asked))?;
        if asked {
            set_plan(vm, group, Value::None)?;
        }
    }
    for (attribute, value) in
        [("object_type", Value::None), ("complete_attribute", Value::None), ("ask_object_type", Value::False)]
    {
        if !has(vm, group, attribute)? {
            put(vm, group, attribute, value)?;
        }
    }
    if !has(vm, group, "object_type_parameters")? {
        let empty = vm.dict()?;
        put(vm, group, "object_type_parameters", empty)?;
    }
    Ok(())
}

/// Takes an argument out.
pub(super) fn take(given: &mut Keywords, name: &str) -> Option<Value> {
    let place = given.iter().position(|(known, _)| &**known == name)?;
    Some(given.remove(place).1)
}

/// Makes sure that every member is complete, those that were gathered before too.
fn gathered_and_complete(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let group = me(vm, args)?;
    if !has(vm, group, "doing_gathered_and_complete")? {
        put(vm, group, "doing_gathered_and_complete", Value::True)?;
        let attribute = peek(vm, group, "complete_attribute")?.and_then(|attribute| vm.text(attribute));
        if attribute.as_deref() == Some("complete") {
            for member in members(vm, group)? {
                gather::delete_deep_attribute(vm, member, "complete")?;
            }
        }
        forget(vm, group, &["gathered"])?;
    }
    if is_true(vm, group, "auto_gather")? {
        call_with(vm, group, "gather", Args::default())?;
    } else {
        call_with(vm, group, "hook_on_gather", Args::default())?;
        get(vm, group, "gathered")?;
        call_with(vm, group, "hook_after_gather", Args::default())?;
    }
    forget(vm, group, &["doing_gathered_and_complete"])?;
    Ok(Value::True)
}

/// The members: the values of a dictionary, the items of a list or a set.
pub(super) fn members(vm: &mut Vm<'_>, group: Value) -> PyResult<Vec<Value>> {
    let elements = elements(vm, group)?;
    if let Some(table) = vm.as_dict(elements) {
        return Ok(table.iter().map(|entry| entry.value).collect());
    }
    vm.collect(elements)
}

/// Lets the group be gathered once more.
fn reset_gathered(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let names = ["self", "recursive", "only_if_empty", "mark_incomplete"];
    let [group, recursive, only_if_empty, mark_incomplete] = args.bind(vm, "reset_gathered", names, 1)?;
    let group = group.unwrap_or(Value::None);
    let mut is_set = |value: Option<Value>| vm.truth(value.unwrap_or(Value::None));
    let (recursive, only_if_empty) = (is_set(recursive)?, is_set(only_if_empty)?);
    let mark_incomplete = is_set(mark_incomplete)?;
    let empty = size(vm, group)? == 0;
    if only_if_empty && !empty {
        return Ok(Value::None);
    }
    if empty {
        forget(vm, group, &["there_are_any"])?;
    }
    forget(vm, group, &["there_is_another", "there_is_one_other", "gathered", "revisit", "new_object_type"])?;
    if mark_incomplete {
        let complete = given(peek(vm, group, "complete_attribute")?);
        for attribute in gather::complete_attributes(vm, complete)? {
            for member in members(vm, group)? {
                gather::delete_deep_attribute(vm, member, &attribute)?;
            }
        }
    }
    if recursive {
        for member in name::reached(vm, group)?.into_iter().skip(1) {
            if super::attributes::in_class(vm, member, "reset_gathered").is_some() {
                vm.call_method(member, "reset_gathered", &[])?;
            }
        }
    }
    Ok(Value::None)
}

/// Whether a member needs no more questions.
fn is_complete(vm: &mut Vm<'_>, member: Value, attributes: &[std::sync::Arc<str>], by_text: bool) -> PyResult<bool> {
    if member.is_none() {
        return Ok(false);
    }
    if by_text {
        return gather::quietly(vm, |vm| gather::print(vm, member));
    }
    for attribute in attributes {
        if !gather::has_deep_attribute(vm, member, attribute)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A gathered group of the members that need no more questions.
fn complete_elements(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [group, complete] = args.bind(vm, "complete_elements", ["self", "complete_attribute"], 1)?;
    let group = group.unwrap_or(Value::None);
    let complete = match given(complete) {
        Some(complete) => Some(complete),
        None => given(peek(vm, group, "complete_attribute")?),
    };
    let by_text = complete.is_none();
    let attributes = gather::complete_attributes(vm, complete)?;
    let own_name = own(vm, group, "instanceName").unwrap_or(Value::None);
    let chosen = vm.call(vm.type_of(group), &[own_name])?;
    let elements = elements(vm, group)?;
    if let Some(table) = vm.as_dict(elements) {
        let entries: Vec<(Value, Value)> = table.iter().map(|entry| (entry.key, entry.value)).collect();
        for (key, member) in entries {
            if is_complete(vm, member, &attributes, by_text)? {
                vm.set_item(chosen, key, member)?;
            }
        }
    } else {
        let add = if vm.as_set(elements).is_some() { "add" } else { "append" };
        for member in vm.collect(elements)? {
            if is_complete(vm, member, &attributes, by_text)? {
                vm.call_method(chosen, add, &[member])?;
            }
        }
    }
    vm.set_attr(chosen, "gathered", Value::True)?;
    Ok(chosen)
}
