//! `OSError`: its arguments are a number, a text and names of files, and the number says which class it is of.

use crate::error::PyResult;
use crate::native::Args;
use crate::value::Value;
use crate::vm::Vm;

/// Classes by the numbers of Linux.
const CLASSES: &[(i64, &str)] = &[
    (1, "PermissionError"),
    (2, "FileNotFoundError"),
    (3, "ProcessLookupError"),
    (4, "InterruptedError"),
    (10, "ChildProcessError"),
    (11, "BlockingIOError"),
    (13, "PermissionError"),
    (17, "FileExistsError"),
    (20, "NotADirectoryError"),
    (21, "IsADirectoryError"),
    (32, "BrokenPipeError"),
    (103, "ConnectionAbortedError"),
    (104, "ConnectionResetError"),
    (108, "BrokenPipeError"),
    (110, "TimeoutError"),
    (111, "ConnectionRefusedError"),
    (114, "BlockingIOError"),
    (115, "BlockingIOError"),
];

/// The class of an `OSError` that is made with these arguments.
pub(crate) fn class_of(vm: &Vm<'_>, class: Value, args: &Args) -> Value {
    if args.positional.len() < 2 || !class.is(vm.classes.exception("OSError")) {
        return class;
    }
    let number = vm.as_int(args.positional[0]);
    let known = CLASSES.iter().find(|(known, _)| number == Some(*known));
    known.map_or(class, |(_, name)| vm.classes.exception(name))
}

/// Takes the names of files out of the arguments; they are attributes.
pub(crate) fn take_files(vm: &mut Vm<'_>, made: Value, class: Value, args: &Args) -> PyResult<()> {
    if !(3..=5).contains(&args.positional.len()) || !vm.derives(class, vm.classes.exception("OSError")) {
        return Ok(());
    }
    let attributes = vm.own_attributes(made)?;
    for (name, place) in [("filename", 2), ("filename2", 4)] {
        if let Some(file) = args.positional.get(place) {
            vm.dict_set_str(attributes, name, *file)?;
        }
    }
    if let Some(data) = vm.as_exception_mut(made) {
        data.args.truncate(2);
    }
    Ok(())
}

/// The attributes that say where, as a message ends in them.
pub(crate) fn files(vm: &mut Vm<'_>, v: Value) -> PyResult<String> {
    let attributes = vm.as_instance(v).map_or(Value::None, |instance| instance.attributes);
    let mut text = String::new();
    for (name, before) in [("filename", ": "), ("filename2", " -> ")] {
        if let Some(file) = vm.dict_get_str(attributes, name).filter(|file| !file.is_none()) {
            text.push_str(before);
            text.push_str(&vm.repr(file)?);
        }
    }
    Ok(text)
}
