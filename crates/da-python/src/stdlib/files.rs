//! `_files`: the contents that the host has behind paths. `io` is made of them.

use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::types::arguments::natives;
use crate::value::Value;
use crate::vm::Vm;

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! { "read" => read, "write" => write, "size" => size };

/// `read(path)`: the content as bytes, or `None` for a path that the host knows nothing about.
fn read(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [path] = args.bind(vm, "read", ["path"], 1)?;
    let path = vm.to_str(path.unwrap_or(Value::None))?;
    match vm.host().read_file(&path) {
        Some(Ok(content)) => vm.bytes(&content),
        Some(Err(why)) => Err(vm.raise("FileNotFoundError", why)),
        None => Ok(Value::None),
    }
}

/// `write(path, content)`: another content, of bytes; says whether the host took it.
fn write(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [path, content] = args.bind(vm, "write", ["path", "content"], 2)?;
    let path = vm.to_str(path.unwrap_or(Value::None))?;
    let content = content.and_then(|content| vm.as_bytes(content)).unwrap_or_default().to_vec();
    vm.produce(content.len())?;
    match vm.host().write_file(&path, content) {
        Some(Ok(())) => Ok(Value::True),
        Some(Err(why)) => Err(vm.raise("OSError", why)),
        None => Ok(Value::False),
    }
}

/// `size(path)`: how many bytes there are, or `None` where there is nothing.
fn size(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let [path] = args.bind(vm, "size", ["path"], 1)?;
    let path = vm.to_str(path.unwrap_or(Value::None))?;
    let size = vm.host().file_size(&path).and_then(|size| i64::try_from(size).ok());
    Ok(size.map_or(Value::None, Value::Int))
}
