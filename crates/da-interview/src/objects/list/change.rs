//! Adding items to a list and taking them away.

use super::{items, replace};
use crate::functions::function;
use crate::objects::attributes::{forget, put, put_true};
use crate::objects::plan::Plan;
use crate::objects::{error, group, me, name, rest};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

pub(super) static METHODS: &[NativeFunction] = &[
    function("append", append),
    function("appendObject", append_object),
    function("append_object", append_object),
    function("initializeObject", initialize_object),
    function("initialize_object", initialize_object),
    function("extend", |vm, args| {
        let [list, more] = args.bind(vm, "extend", ["self", "the_list"], 2)?;
        let list = list.unwrap_or(Value::None);
        let more = vm.collect(more.unwrap_or(Value::None))?;
        add(vm, list, &more, false).map(|()| Value::None)
    }),
    function("insert", insert),
    function("pop", pop),
    function("remove", remove),
    function("delitem", delete),
    function("_remove_items_by_number", remove_by_number),
    function("clear", |vm, args| {
        let list = me(vm, args)?;
        replace(vm, list, Vec::new()).map(|()| Value::None)
    }),
];

/// Gives an item the name of its place.
pub(super) fn rename_item(vm: &mut Vm<'_>, list: Value, place: usize, item: Value) -> PyResult<()> {
    if !crate::objects::is_object(vm, item) {
        return Ok(());
    }
    let full = format!("{}[{place}]", name::plain(vm, list));
    name::rename(vm, item, &full)
}

/// Adds items; objects without a name get that of their place.
fn add(vm: &mut Vm<'_>, list: Value, more: &[Value], rename: bool) -> PyResult<()> {
    vm.pay(more.len() as u64)?;
    for &item in more {
        let elements = group::elements(vm, list)?;
        let place = vm.len(elements)?;
        if rename {
            rename_item(vm, list, place, item)?;
        } else {
            name::adopt(vm, item, |vm| Ok(format!("{}[{place}]", name::plain(vm, list))))?;
        }
        vm.list_push(elements, item)?;
    }
    Ok(())
}

/// `append(*items, set_instance_name=False)`
fn append(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let list = me(vm, args)?;
    let rename = match args.keywords.iter().find(|(name, _)| &**name == "set_instance_name") {
        Some((_, rename)) => vm.truth(*rename)?,
        None => false,
    };
    let more = &args.positional[1..];
    add(vm, list, more, rename)?;
    if !more.is_empty() {
        put_true(vm, list, "there_are_any")?;
    }
    Ok(Value::None)
}

/// `appendObject(Class=None, *pargs, **parameters)`: adds a new object of the class that is given, or
/// of the list's.
fn append_object(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let list = me(vm, args)?;
    let plan = group::plan_of_new(vm, list, args.positional.get(1).copied())?;
    let place = group::size(vm, list)?;
    let made = make(vm, list, &plan, place as i64, &args.positional[args.positional.len().min(2)..], args)?;
    let elements = group::elements(vm, list)?;
    vm.list_push(elements, made)?;
    put_true(vm, list, "there_are_any")?;
    Ok(made)
}

/// Makes an object for a place of the list.
fn make(vm: &mut Vm<'_>, list: Value, plan: &Plan, place: i64, more: &[Value], args: &Args) -> PyResult<Value> {
    let full = format!("{}[{place}]", name::plain(vm, list));
    plan.make(vm, full, more, &args.keywords)
}

/// `initializeObject(index, Class=None, *pargs, **parameters)`: puts a new object at a place.
fn initialize_object(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let list = me(vm, args)?;
    let place = match args.positional.get(1) {
        Some(Value::Int(place)) if *place >= 0 => *place,
        _ => return Err(error(vm, "initializeObject: first parameter must be an integer (0 or greater)")),
    };
    let plan = group::plan_of_new(vm, list, args.positional.get(2).copied())?;
    let made = make(vm, list, &plan, place, &args.positional[args.positional.len().min(3)..], args)?;
    let elements = group::elements(vm, list)?;
    while (vm.len(elements)? as i64) < place {
        vm.pay(1)?;
        vm.list_push(elements, Value::None)?;
    }
    vm.set_item(list, Value::Int(place), made)?;
    put_true(vm, list, "there_are_any")?;
    Ok(made)
}

fn insert(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let list = me(vm, args)?;
    let elements = group::elements(vm, list)?;
    if let Some(&item) = args.positional.get(2) {
        name::adopt(vm, item, |vm| Ok(format!("{}[0]", name::plain(vm, list))))?;
    }
    let method = vm.get_attr(elements, "insert")?;
    vm.call_with(method, rest(args))?;
    name::renumber(vm, list)?;
    put_true(vm, list, "there_are_any")?;
    Ok(Value::None)
}

/// What follows when items were taken away.
fn after_removal(vm: &mut Vm<'_>, list: Value) -> PyResult<()> {
    name::renumber(vm, list)?;
    if group::size(vm, list)? == 0 {
        put(vm, list, "there_are_any", Value::False)?;
    }
    Ok(())
}

fn pop(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let list = me(vm, args)?;
    let elements = group::elements(vm, list)?;
    if vm.len(elements)? > 0 {
        let index = args.positional.get(1).copied().unwrap_or(Value::Int(-1));
        let item = vm.get_item(elements, index)?;
        vm.call_method(list, "hook_on_remove", &[item])?;
    }
    let elements = group::elements(vm, list)?;
    let method = vm.get_attr(elements, "pop")?;
    let item = vm.call_with(method, rest(args))?;
    after_removal(vm, list)?;
    Ok(item)
}

/// `remove(*items)`: those that are not in the list are no error.
fn remove(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let list = me(vm, args)?;
    let mut removed = false;
    for &item in &args.positional[1..] {
        let elements = group::elements(vm, list)?;
        if vm.contains(elements, item)? {
            vm.call_method(list, "hook_on_remove", &[item])?;
            vm.call_method(elements, "remove", &[item])?;
            removed = true;
        }
    }
    if removed {
        after_removal(vm, list)?
    } else {
        name::renumber(vm, list)?
    }
    Ok(Value::None)
}

/// `delitem(*indexes)`: those beyond the end are no error.
fn delete(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let list = me(vm, args)?;
    let elements = group::elements(vm, list)?;
    let len = vm.len(elements)? as i64;
    for &index in args.positional[1..].iter().rev() {
        if vm.index(index)? < len {
            vm.del_item(elements, index)?;
        }
    }
    name::renumber(vm, list).map(|()| Value::None)
}

/// Takes away the items at these places, all at once.
fn remove_by_number(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let list = me(vm, args)?;
    let mut places = Vec::new();
    for &place in &args.positional[1..] {
        places.push(vm.index(place)?);
    }
    let all = items(vm, list)?;
    let before = all.len();
    let kept: Vec<Value> = all
        .into_iter()
        .enumerate()
        .filter(|(place, _)| !places.contains(&(*place as i64)))
        .map(|(_, item)| item)
        .collect();
    let truncated = kept.len() < before;
    replace(vm, list, kept)?;
    name::renumber(vm, list)?;
    if truncated {
        forget(vm, list, &["_necessary_length"])?;
    }
    Ok(Value::None)
}
