//! Evaluating while some names mean something else: the letters of a template, the row of a table.

use da_python::machine::{PyResult, Value, Vm};

/// Runs `work` while the names of a dictionary have the values that stand there; afterwards they mean what they
/// meant before, however it ended.
pub(super) fn with_names<T>(
    vm: &mut Vm<'_>,
    variables: Value,
    names: Option<Value>,
    work: impl FnOnce(&mut Vm<'_>) -> PyResult<T>,
) -> PyResult<T> {
    let entries: Vec<(Value, Value)> = names
        .and_then(|names| vm.as_dict(names))
        .map(|dict| dict.iter().map(|entry| (entry.key, entry.value)).collect())
        .unwrap_or_default();
    let mut before = Vec::with_capacity(entries.len());
    for (name, value) in entries {
        // Of its own: what a star import put behind the variables stays there.
        let meant = vm.text(name).and_then(|name| vm.dict_get_str(variables, &name));
        if let Some(meant) = meant {
            vm.root(meant);
        }
        before.push((name, meant));
        vm.dict_set(variables, name, value)?;
    }
    let done = work(vm);
    for (name, meant) in before {
        match meant {
            Some(meant) => vm.dict_set(variables, name, meant)?,
            None => vm.dict_remove(variables, name).map(drop)?,
        }
    }
    done
}
