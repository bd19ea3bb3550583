//! Gathering: asking for what a group does not know yet. What lists, dictionaries and sets share.
//!
//! A group that is being gathered is not asked to gather itself again; which groups those are is kept
//! by the host and forgotten whenever the interview starts over.

use super::attributes::{forget, get, has, is_true, own, peek, put};
use super::plan::Plan;
use super::{call_with, group, is_object, name, native_method};
use crate::assemble::EngineHost;
use crate::assemble::namespace::walk;
use da_python::machine::names::parse_target;
use da_python::machine::native::Args;
use da_python::machine::value::Builtin;
use da_python::machine::{PyResult, Value, Vm};
use std::sync::Arc;

/// Asks for the members, if that was not done and is not under way.
pub(super) fn trigger(vm: &mut Vm<'_>, group: Value) -> PyResult<()> {
    if native_method(vm, group, "gather").is_some() && is_settled(vm, group)? {
        return Ok(());
    }
    if is_under_way(vm, group) {
        return Ok(());
    }
    let by_itself = get(vm, group, "auto_gather")?;
    if vm.truth(by_itself)? {
        call_with(vm, group, "gather", Args::default())?;
    } else {
        get(vm, group, "gathered")?;
    }
    Ok(())
}

/// Whether nothing is to be asked for any more: the group says that it is gathered, and an empty one
/// does not say that there are any.
fn is_settled(vm: &mut Vm<'_>, group: Value) -> PyResult<bool> {
    if !matches!(own(vm, group, "gathered"), Some(Value::True)) {
        return Ok(false);
    }
    Ok(group::size(vm, group)? > 0 || !is_true(vm, group, "there_are_any")?)
}

fn is_under_way(vm: &mut Vm<'_>, group: Value) -> bool {
    let name = name::plain(vm, group);
    EngineHost::find(vm).is_some_and(|host| host.gathering.iter().any(|(under_way, _)| *under_way == name))
}

/// Notes that the group is being gathered.
pub(super) fn begin(vm: &mut Vm<'_>, group: Value) {
    let name = name::plain(vm, group);
    if let Some(host) = EngineHost::find(vm)
        && !host.gathering.iter().any(|(under_way, _)| *under_way == name)
    {
        host.gathering.push((name, host.depth));
    }
}

fn end(vm: &mut Vm<'_>, group: Value) {
    let name = name::plain(vm, group);
    if let Some(host) = EngineHost::find(vm) {
        host.gathering.retain(|(under_way, _)| *under_way != name);
    }
}

/// Whether `gather()` has nothing to do; an empty group that says that there are any begins anew.
pub(super) fn is_done(vm: &mut Vm<'_>, group: Value) -> PyResult<bool> {
    if !is_true(vm, group, "gathered")? {
        return Ok(false);
    }
    let by_itself = get(vm, group, "auto_gather")?;
    if vm.truth(by_itself)? && group::size(vm, group)? == 0 && is_true(vm, group, "there_are_any")? {
        forget(vm, group, &["gathered"])?;
        return Ok(false);
    }
    Ok(true)
}

/// Marks the group as gathered, with the hooks around that.
pub(super) fn finish(vm: &mut Vm<'_>, group: Value) -> PyResult<Value> {
    call_with(vm, group, "hook_on_gather", Args::default())?;
    if is_true(vm, group, "auto_gather")? {
        put(vm, group, "gathered", Value::True)?;
        put(vm, group, "revisit", Value::True)?;
    }
    forget(vm, group, &["was_gathered"])?;
    end(vm, group);
    call_with(vm, group, "hook_after_gather", Args::default())?;
    Ok(Value::True)
}

/// How many members there are to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal {
    /// Exactly so many.
    pub(super) number: Option<i64>,
    /// At least so many, and then as long as there is another.
    pub(super) minimum: Option<i64>,
}

impl Goal {
    /// What the arguments, the group and, failing these, the person say.
    pub(super) fn of(vm: &mut Vm<'_>, group: Value, number: Option<Value>, minimum: Option<Value>) -> PyResult<Goal> {
        let mut number = given(number).map(|number| whole(vm, number)).transpose()?;
        if number.is_none() && is_true(vm, group, "ask_number")? {
            number = Some(target(vm, group)?);
        }
        let minimum = match given(minimum) {
            Some(minimum) => Some(minimum),
            None => given(peek(vm, group, "minimum_number")?),
        };
        let mut minimum = minimum.map(|minimum| whole(vm, minimum)).transpose()?;
        if number.is_none() && minimum.unwrap_or(0) == 0 && group::size(vm, group)? == 0 {
            let any = get(vm, group, "there_are_any")?;
            minimum = Some(i64::from(vm.truth(any)?));
        }
        Ok(Goal { number, minimum })
    }
}

/// The number of members that the person gave, or 0 when there are none.
pub(super) fn target(vm: &mut Vm<'_>, group: Value) -> PyResult<i64> {
    if has(vm, group, "there_are_any")? && !is_true(vm, group, "there_are_any")? {
        return Ok(0);
    }
    let number = get(vm, group, "target_number")?;
    whole(vm, number)
}

/// An argument that was given and is not `None`.
pub(super) fn given(value: Option<Value>) -> Option<Value> {
    value.filter(|value| !value.is_none())
}

/// `int(value)`
pub(super) fn whole(vm: &mut Vm<'_>, value: Value) -> PyResult<i64> {
    if let Value::Int(number) = value {
        return Ok(number);
    }
    let number = vm.call(vm.class_of(Builtin::Int), &[value])?;
    vm.index(number)
}

/// Whether there is another, which is asked for.
pub(super) fn is_another(vm: &mut Vm<'_>, group: Value) -> PyResult<bool> {
    let another = get(vm, group, "there_is_another")?;
    Ok(vm.truth(another)? || is_true(vm, group, "there_is_one_other")?)
}

/// Forgets that there is another, so that it is asked again.
pub(super) fn forget_another(vm: &mut Vm<'_>, group: Value) -> PyResult<()> {
    let first = if own(vm, group, "there_is_one_other").is_some() { "there_is_one_other" } else { "there_is_another" };
    forget(vm, group, &[first])
}

/// Of what the members are made, and what they need in order to be complete.
#[derive(Debug, Clone)]
pub(super) struct Members {
    pub(super) plan: Option<Plan>,
    pub(super) complete: Vec<Arc<str>>,
}

impl Members {
    /// What the arguments, or else the group, say.
    pub(super) fn of(vm: &mut Vm<'_>, group: Value, plan: Option<Value>, complete: Option<Value>) -> PyResult<Members> {
        let plan = match given(plan) {
            Some(plan) => Some(Plan::read(vm, plan)?),
            None if is_true(vm, group, "ask_object_type")? => None,
            None => group::plan(vm, group)?,
        };
        let complete = match given(complete) {
            Some(complete) => Some(complete),
            None => given(peek(vm, group, "complete_attribute")?),
        };
        Ok(Members { plan, complete: complete_attributes(vm, complete)? })
    }

    /// Asks for what a member needs.
    pub(super) fn complete(&self, vm: &mut Vm<'_>, member: Value) -> PyResult<()> {
        if self.plan.is_some() && !self.complete.is_empty() {
            for attribute in &self.complete {
                deep_attribute(vm, member, attribute)?;
            }
            return Ok(());
        }
        print(vm, member)
    }

    /// The same when the class of each member is asked for.
    pub(super) fn complete_any(&self, vm: &mut Vm<'_>, member: Value) -> PyResult<()> {
        if self.complete.is_empty() {
            return print(vm, member);
        }
        self.complete.iter().try_for_each(|attribute| deep_attribute(vm, member, attribute).map(drop))
    }
}

/// Makes the text of a member, which asks for what that needs.
pub(super) fn print(vm: &mut Vm<'_>, member: Value) -> PyResult<()> {
    // A text, a number and the like need nothing.
    if vm.as_instance(member).is_none() && vm.text(member).is_some() || !matches!(member, Value::Ref(_)) {
        return Ok(());
    }
    vm.to_str(member).map(drop)
}

/// The names of the attributes that make a member complete.
pub(super) fn complete_attributes(vm: &mut Vm<'_>, value: Option<Value>) -> PyResult<Vec<Arc<str>>> {
    let Some(value) = value else { return Ok(Vec::new()) };
    if let Some(one) = vm.text(value) {
        return Ok(vec![one]);
    }
    let list = if is_object(vm, value) { own(vm, value, "elements").unwrap_or(value) } else { value };
    let items = vm.as_list(list).cloned().unwrap_or_default();
    Ok(items.into_iter().filter_map(|item| vm.text(item)).collect())
}

/// An attribute by a name that may go on (`name.first`, `children[0].age`).
pub(super) fn deep_attribute(vm: &mut Vm<'_>, object: Value, attribute: &str) -> PyResult<Value> {
    if !attribute.contains(['.', '[']) {
        return vm.get_attr(object, attribute);
    }
    let Ok(target) = parse_target(&format!("x.{attribute}")) else { return vm.get_attr(object, attribute) };
    let names = vm.dict()?;
    vm.dict_set_str(names, "x", object)?;
    walk(vm, names, &target, target.path.len())
}

/// Whether such an attribute is there.
pub(super) fn has_deep_attribute(vm: &mut Vm<'_>, object: Value, attribute: &str) -> PyResult<bool> {
    if !attribute.contains(['.', '[']) {
        return if is_object(vm, object) {
            has(vm, object, attribute)
        } else {
            Ok(vm.get_attr_opt(object, attribute)?.is_some())
        };
    }
    quietly(vm, |vm| deep_attribute(vm, object, attribute).map(drop))
}

/// Deletes such an attribute if it is there.
pub(super) fn delete_deep_attribute(vm: &mut Vm<'_>, object: Value, attribute: &str) -> PyResult<()> {
    if !has_deep_attribute(vm, object, attribute)? {
        return Ok(());
    }
    let Ok(target) = parse_target(&format!("x.{attribute}")) else { return Ok(()) };
    quietly(vm, |vm| {
        let names = vm.dict()?;
        vm.dict_set_str(names, "x", object)?;
        crate::assemble::namespace::delete(vm, names, &target)
    })
    .map(drop)
}

/// Whether something can be done without an exception; what was being gathered stays as it was.
pub(super) fn quietly(vm: &mut Vm<'_>, act: impl FnOnce(&mut Vm<'_>) -> PyResult<()>) -> PyResult<bool> {
    let before = EngineHost::find(vm).map(|host| host.gathering.clone());
    let done = act(vm);
    if let (Some(host), Some(before)) = (EngineHost::find(vm), before) {
        host.gathering = before;
    }
    match done {
        Ok(()) => Ok(true),
        Err(da_python::machine::Raised::Exception(_)) => Ok(false),
        Err(limit) => Err(limit),
    }
}
