//! The files of the session: what `DAFile` is made of. What is done to them here is kept aside until the answers are saved.
//!
//! A refusal is an `OSError`, which the prelude tells in docassemble's way.

use super::function;
use crate::assemble::{EngineHost, from_plain};
use crate::files::{FileError, FileFacts, Files};
use da_core::{FileNumber, Plain, UserId};
use da_python::machine::native::{Args, NativeFunction};
use da_python::machine::{PyResult, Value, Vm};

pub(super) static FUNCTIONS: &[NativeFunction] = &[
    function("file_new", file_new),
    function("file_facts", file_facts),
    function("file_read", file_read),
    function("file_write", file_write),
    function("file_set", file_set),
    function("file_remove", file_remove),
    function("file_user", file_user),
    function("is_privilege", is_privilege),
    function("package_bytes", package_bytes),
    function("media_type", media_type),
    function("extension", extension),
    function("extension_of", extension_of),
];

/// Does something with the files of the session.
fn with_files<T>(vm: &mut Vm<'_>, work: impl FnOnce(&dyn Files) -> Result<T, FileError>) -> PyResult<T> {
    let world = EngineHost::find(vm).map(|host| host.world());
    let done = match world.as_ref().and_then(|world| world.files()) {
        Some(files) => work(files).map_err(|error| error.to_string()),
        None => Err("there are no files here".to_owned()),
    };
    done.map_err(|why| vm.raise("OSError", why))
}

fn number(vm: &mut Vm<'_>, value: Option<Value>) -> PyResult<FileNumber> {
    match value {
        Some(Value::Int(number)) => Ok(FileNumber(number)),
        _ => Err(vm.type_error("the number of a file must be a whole number")),
    }
}

fn text(vm: &mut Vm<'_>, value: Option<Value>) -> PyResult<String> {
    vm.to_str(value.unwrap_or(Value::None))
}

/// `file_new(name)`: the number of a new, empty file.
fn file_new(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "file_new", ["name"], 1)?;
    let name = text(vm, name)?;
    let number = with_files(vm, |files| files.add(&name))?;
    Ok(Value::Int(number.0))
}

/// `file_facts(number)`: name, size, private, persistent, users, privileges.
fn file_facts(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [file] = args.bind(vm, "file_facts", ["number"], 1)?;
    let number = number(vm, file)?;
    let facts = with_files(vm, |files| files.facts(number))?;
    let user = |(id, address): (UserId, String)| Plain::List(vec![Plain::Int(id.0), Plain::Text(address)]);
    let told = Plain::Map(vec![
        ("name".to_owned(), Plain::Text(facts.name)),
        ("size".to_owned(), Plain::Int(i64::try_from(facts.size).unwrap_or(i64::MAX))),
        ("private".to_owned(), Plain::Bool(facts.private)),
        ("persistent".to_owned(), Plain::Bool(facts.persistent)),
        ("users".to_owned(), Plain::List(facts.users.into_iter().map(user).collect())),
        ("privileges".to_owned(), Plain::from(facts.privileges)),
    ]);
    from_plain(vm, &told)
}

/// `file_read(number)`: the content as bytes.
fn file_read(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [file] = args.bind(vm, "file_read", ["number"], 1)?;
    let number = number(vm, file)?;
    let content = with_files(vm, |files| files.read(number))?;
    vm.bytes(&content)
}

/// `file_write(number, content)`: another content, of bytes.
fn file_write(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [file, content] = args.bind(vm, "file_write", ["number", "content"], 2)?;
    let number = number(vm, file)?;
    let Some(content) = vm.as_bytes(content.unwrap_or(Value::None)).map(<[u8]>::to_vec) else {
        return Err(vm.type_error("the content of a file must be bytes"));
    };
    // What leaves the heap is counted, as what templates write is.
    vm.produce(content.len())?;
    with_files(vm, |files| files.write(number, content))?;
    Ok(Value::None)
}

/// `file_set(number, name, private, persistent, users, privileges)`: what is known about a file, from now on.
fn file_set(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let names = ["number", "name", "private", "persistent", "users", "privileges"];
    let [file, name, private, persistent, users, privileges] = args.bind(vm, "file_set", names, 6)?;
    let number = number(vm, file)?;
    let name = text(vm, name)?;
    let is = |value: Option<Value>| matches!(value, Some(Value::True));
    let users = users.and_then(|users| vm.as_sequence(users)).unwrap_or_default();
    let users = users.iter().filter_map(|user| match user {
        Value::Int(user) => Some((UserId(*user), String::new())),
        _ => None,
    });
    let users: Vec<(UserId, String)> = users.collect();
    let held = privileges.and_then(|held| vm.as_sequence(held)).unwrap_or_default();
    let privileges = held.iter().filter_map(|name| vm.text(*name).map(|name| name.to_string())).collect();
    let facts = FileFacts { name, size: 0, private: is(private), persistent: is(persistent), users, privileges };
    with_files(vm, |files| files.set(number, facts))?;
    Ok(Value::None)
}

/// `file_remove(number)`: the file goes.
fn file_remove(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [file] = args.bind(vm, "file_remove", ["number"], 1)?;
    let number = number(vm, file)?;
    with_files(vm, |files| files.remove(number))?;
    Ok(Value::None)
}

/// `file_user(number_or_address)`: the number of a user; None where there is none.
fn file_user(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [user] = args.bind(vm, "file_user", ["user"], 1)?;
    let user = text(vm, user)?;
    let found = with_files(vm, |files| files.user(&user))?;
    Ok(found.map_or(Value::None, |(id, _)| Value::Int(id.0)))
}

/// `is_privilege(name)`: whether there is such a privilege.
fn is_privilege(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "is_privilege", ["name"], 1)?;
    let name = text(vm, name)?;
    Ok(Value::from(with_files(vm, |files| files.is_privilege(&name))?))
}

/// `package_bytes(package, path)`: the content of a file of a package; None where there is none.
fn package_bytes(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [package, path] = args.bind(vm, "package_bytes", ["package", "path"], 2)?;
    let (package, path) = (text(vm, package)?, text(vm, path)?);
    let found = EngineHost::find(vm).map_or(Ok(None), |host| host.package_bytes(&package, &path));
    match found {
        Ok(Some(content)) => vm.bytes(&content),
        Ok(None) => Ok(Value::None),
        Err(error) => Err(vm.raise("OSError", error.to_string())),
    }
}

/// `media_type(name)`: the media type of a file by its name, or None.
fn media_type(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "media_type", ["name"], 1)?;
    let name = text(vm, name)?;
    match da_core::media_type(&name) {
        Some(kind) => vm.str(kind),
        None => Ok(Value::None),
    }
}

/// `extension(name)`: the extension of a file's name.
fn extension(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [name] = args.bind(vm, "extension", ["name"], 1)?;
    let name = text(vm, name)?;
    vm.str(da_core::extension(&name))
}

/// `extension_of(media_type)`: its usual extension, or None.
fn extension_of(vm: &mut Vm<'_>, args: &Args) -> PyResult<Value> {
    let [kind] = args.bind(vm, "extension_of", ["media_type"], 1)?;
    let kind = text(vm, kind)?;
    match da_core::extension_of(&kind) {
        Some(extension) => vm.str(extension),
        None => Ok(Value::None),
    }
}
