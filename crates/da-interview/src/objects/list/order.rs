//! Changing the order of the items of a list; the objects among them are renumbered.

use super::{items, replace};
use crate::functions::function;
use crate::objects::attributes::is_true;
use crate::objects::{gather, group, me, name, rest};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

pub(super) static METHODS: &[NativeFunction] = &[
    function("sort", |vm, args| {
        let list = me(vm, args)?;
        gather::trigger(vm, list)?;
        sort(vm, list, args)?;
        vm.call_method(list, "hook_after_gather", &[])?;
        Ok(list)
    }),
    function("sort_elements", |vm, args| {
        let list = me(vm, args)?;
        sort(vm, list, args)?;
        Ok(list)
    }),
    function("reverse", |vm, args| {
        let list = me(vm, args)?;
        let elements = group::gathered_elements(vm, args)?;
        vm.call_method(elements, "reverse", &[])?;
        name::renumber(vm, list)?;
        vm.call_method(list, "hook_after_gather", &[])?;
        Ok(list)
    }),
    function("_reset_instance_names", |vm, args| {
        let list = me(vm, args)?;
        name::renumber(vm, list).map(|()| Value::None)
    }),
    function("_reorder", reorder),
];

fn sort(vm: &mut Vm<'_>, list: Value, args: &Args) -> PyResult<()> {
    let items = items(vm, list)?;
    let sorted = vm.list(items)?;
    let method = vm.get_attr(sorted, "sort")?;
    let given = Args { positional: Vec::new(), keywords: rest(args).keywords };
    vm.call_with(method, given)?;
    vm.set_attr(list, "elements", sorted)?;
    name::renumber(vm, list)
}

/// `_reorder((from, to), ...)`: items change places, all at once.
fn reorder(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let list = me(vm, args)?;
    let old = items(vm, list)?;
    let mut new = old.clone();
    for &pair in &args.positional[1..] {
        let pair = vm.collect(pair)?;
        let [from, to] = pair[..] else { continue };
        let (from, to) = (usize::try_from(vm.index(from)?), usize::try_from(vm.index(to)?));
        if let (Ok(from), Ok(to)) = (from, to)
            && from < old.len()
            && to < old.len()
        {
            new[to] = old[from];
        }
    }
    replace(vm, list, new)?;
    name::renumber(vm, list)?;
    if is_true(vm, list, "gathered")? {
        vm.call_method(list, "hook_after_gather", &[])?;
    }
    Ok(Value::None)
}
