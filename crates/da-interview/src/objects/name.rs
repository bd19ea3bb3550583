//! Instance names: an object knows the variable that it is, and so do its parts.
//!
//! An object that was made without a name has a random one until it is put somewhere.

use super::attributes::own;
use super::is_object;
use crate::assemble::EngineHost;
use da_python::machine::value::Object;
use da_python::machine::{PyResult, Value, Vm};
use std::sync::Arc;

/// The instance name.
pub(super) fn plain(vm: &Vm<'_>, object: Value) -> Arc<str> {
    own(vm, object, "instanceName").and_then(|name| vm.text(name)).unwrap_or_else(|| Arc::from("object"))
}

/// The instance name as it is wanted by whoever asks for a part of the object: an object that has a
/// random name so far, but was assigned to a variable, gets the name of that.
pub(super) fn of(vm: &mut Vm<'_>, object: Value) -> Arc<str> {
    // Limits show again at the next allocation, so that nothing is lost when naming ran into one.
    if !is_named(vm, object)
        && let Some(variables) = EngineHost::find(vm).and_then(|host| host.variables)
        && name_variables(vm, variables).is_err()
    {
        return Arc::from("object");
    }
    plain(vm, object)
}

/// Whether the object was given its name.
pub(super) fn is_named(vm: &Vm<'_>, object: Value) -> bool {
    !matches!(own(vm, object, "has_nonrandom_instance_name"), Some(Value::False))
}

/// A random name.
pub(super) fn random(vm: &mut Vm<'_>, object: Value) -> PyResult<Value> {
    let address = vm.address(object);
    let name = match EngineHost::find(vm) {
        Some(host) => {
            host.has_unnamed = true;
            host.random_letters(12)
        }
        // The top level of a module has no session.
        None => format!("object{address:x}"),
    };
    vm.str(name)
}

/// Gives the object this name.
pub(super) fn set(vm: &mut Vm<'_>, object: Value, name: &str) -> PyResult<()> {
    let text = vm.str(name)?;
    let attributes = vm.own_attributes(object)?;
    vm.dict_set_str(attributes, "instanceName", text)?;
    vm.dict_set_str(attributes, "has_nonrandom_instance_name", Value::True)
}

/// Gives the object a random name.
pub(super) fn set_random(vm: &mut Vm<'_>, object: Value) -> PyResult<()> {
    let name = random(vm, object)?;
    let attributes = vm.own_attributes(object)?;
    vm.dict_set_str(attributes, "instanceName", name)?;
    vm.dict_set_str(attributes, "has_nonrandom_instance_name", Value::False)
}

/// Names an object that has no name yet after the place that it is put into.
pub(super) fn adopt(
    vm: &mut Vm<'_>,
    value: Value,
    place: impl FnOnce(&mut Vm<'_>) -> PyResult<String>,
) -> PyResult<()> {
    if is_object(vm, value) && !is_named(vm, value) {
        let name = place(vm)?;
        rename(vm, value, &name)?;
    }
    Ok(())
}

/// Names what stands in a variable and has no name yet; called after code ran, and does nothing
/// unless an object without a name was made since.
pub(crate) fn name_variables(vm: &mut Vm<'_>, variables: Value) -> PyResult<()> {
    let unnamed = EngineHost::find(vm).is_some_and(|host| std::mem::take(&mut host.has_unnamed));
    if !unnamed {
        return Ok(());
    }
    let Some(table) = vm.as_dict(variables) else { return Ok(()) };
    let places = table.len() as u64;
    // `x` is another name of what has one.
    let found: Vec<(Arc<str>, Value)> = table
        .iter()
        .filter(|entry| is_object(vm, entry.value) && !is_named(vm, entry.value))
        .filter_map(|entry| Some((vm.text(entry.key)?, entry.value)))
        .filter(|(name, _)| &**name != "x")
        .collect();
    vm.pay(places)?;
    for (name, object) in found {
        if !is_named(vm, object) {
            rename(vm, object, &name)?;
        }
    }
    Ok(())
}

/// A part of an object and what follows the object's name in its own.
pub(super) struct Part {
    pub(super) value: Value,
    pub(super) suffix: String,
}

/// The objects that are attributes or elements of an object.
pub(super) fn parts(vm: &mut Vm<'_>, object: Value) -> PyResult<Vec<Part>> {
    let mut parts = elements(vm, object)?;
    let attributes = vm.as_instance(object).map_or(Value::None, |instance| instance.attributes);
    if let Some(table) = vm.as_dict(attributes) {
        let named = table.iter().filter(|entry| is_object(vm, entry.value));
        let of_attributes: Vec<Part> = named
            .filter_map(|entry| Some(Part { value: entry.value, suffix: format!(".{}", vm.text(entry.key)?) }))
            .collect();
        parts.extend(of_attributes);
    }
    Ok(parts)
}

/// The objects that are elements of a group.
fn elements(vm: &mut Vm<'_>, object: Value) -> PyResult<Vec<Part>> {
    let Some(elements) = own(vm, object, "elements") else { return Ok(Vec::new()) };
    match vm.object(elements) {
        Some(Object::List(items)) => {
            let objects = items.iter().enumerate().filter(|(_, item)| is_object(vm, **item));
            Ok(objects.map(|(place, &value)| Part { value, suffix: format!("[{place}]") }).collect())
        }
        Some(Object::Dict(table)) => {
            let objects: Vec<(Value, Value)> =
                table.iter().filter(|entry| is_object(vm, entry.value)).map(|entry| (entry.key, entry.value)).collect();
            let mut parts = Vec::with_capacity(objects.len());
            for (key, value) in objects {
                let suffix = format!("[{}]", vm.repr(key)?);
                parts.push(Part { value, suffix });
            }
            Ok(parts)
        }
        _ => Ok(Vec::new()),
    }
}

/// Gives the object a name, and those of its parts that are named after it theirs.
pub(super) fn rename(vm: &mut Vm<'_>, object: Value, name: &str) -> PyResult<()> {
    let mut pending = vec![(object, name.to_owned())];
    while let Some((object, name)) = pending.pop() {
        vm.pay(1 + name.len() as u64 / 64)?;
        let old = plain(vm, object);
        set(vm, object, &name)?;
        for part in parts(vm, object)? {
            let own_name = plain(vm, part.value);
            let after = own_name.strip_prefix(&*old);
            if !is_named(vm, part.value) || after.is_some_and(|after| is_same_place(after, &part.suffix)) {
                pending.push((part.value, format!("{name}{}", part.suffix)));
            }
        }
    }
    Ok(())
}

/// Gives the object and all of its parts names by where they are; with `matching`, only those whose names begin so.
pub(super) fn rename_all(vm: &mut Vm<'_>, object: Value, name: &str, matching: Option<&str>) -> PyResult<()> {
    let mut seen = std::collections::HashSet::new();
    let mut pending = vec![(object, name.to_owned())];
    while let Some((object, name)) = pending.pop() {
        let Value::Ref(handle) = object else { continue };
        if !seen.insert(handle) || matching.is_some_and(|matching| !plain(vm, object).starts_with(matching)) {
            continue;
        }
        vm.pay(1 + name.len() as u64 / 64)?;
        set(vm, object, &name)?;
        let parts = parts(vm, object)?;
        pending.extend(parts.into_iter().rev().map(|part| (part.value, format!("{name}{}", part.suffix))));
    }
    Ok(())
}

/// Whether a part that was called `after` is the one at this place: numbers may have moved.
fn is_same_place(after: &str, suffix: &str) -> bool {
    after == suffix || (is_number(after) && is_number(suffix))
}

fn is_number(suffix: &str) -> bool {
    let inside = suffix.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inside.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Renumbers the items of a list after some moved.
pub(super) fn renumber(vm: &mut Vm<'_>, list: Value) -> PyResult<()> {
    let own_name = plain(vm, list);
    for part in elements(vm, list)? {
        let old = plain(vm, part.value);
        let after = old.strip_prefix(&*own_name);
        if after.is_some_and(|after| after != part.suffix && is_number(after)) {
            rename(vm, part.value, &format!("{own_name}{}", part.suffix))?;
        }
    }
    Ok(())
}

/// Every object that is reached from an object through attributes and elements, itself first.
pub(super) fn reached(vm: &mut Vm<'_>, object: Value) -> PyResult<Vec<Value>> {
    let mut seen = std::collections::HashSet::new();
    let mut found = Vec::new();
    let mut pending = vec![object];
    while let Some(object) = pending.pop() {
        let Value::Ref(handle) = object else { continue };
        if !seen.insert(handle) {
            continue;
        }
        vm.pay(1)?;
        found.push(object);
        pending.extend(parts(vm, object)?.into_iter().rev().map(|part| part.value));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numbered_place_may_have_moved_and_any_other_may_not() {
        assert!(is_same_place("[3]", "[2]"));
        assert!(is_same_place(".mother", ".mother"));
        assert!(!is_same_place(".mother", ".father"));
        assert!(!is_same_place("[3].name", "[2]"));
        assert!(!is_same_place("['a']", "['b']"));
    }
}
