//! Methods and attributes of what the names of `__slots__` are in their class.

use super::native;
use super::operator::argument;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Member, Object, Value};
use crate::vm::Vm;

fn member(vm: &mut Vm<'_>, args: &Args) -> PyResult<Member> {
    let v = argument(vm, args, 0)?;
    match vm.heap.object(v) {
        Some(Object::Member(member)) => Ok((**member).clone()),
        _ => Err(vm.type_error("descriptor requires a 'member_descriptor' object")),
    }
}

pub(super) static METHODS: &[NativeFunction] = &[
    native("__get__", |vm, args| {
        let (member, receiver) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
        if receiver.is_none() {
            return Ok(member);
        }
        vm.get_member(member, receiver)
    }),
    native("__set__", |vm, args| {
        let (member, receiver, value) = (argument(vm, args, 0)?, argument(vm, args, 1)?, argument(vm, args, 2)?);
        vm.set_member(member, receiver, value).map(|()| Value::None)
    }),
    native("__delete__", |vm, args| {
        let (member, receiver) = (argument(vm, args, 0)?, argument(vm, args, 1)?);
        vm.delete_member(member, receiver).map(|()| Value::None)
    }),
];

pub(super) static GETTERS: &[NativeFunction] = &[
    native("__name__", |vm, args| {
        let member = member(vm, args)?;
        vm.name(member.name.text())
    }),
    native("__qualname__", |vm, args| {
        let member = member(vm, args)?;
        let class = vm.as_class(member.class).map(|class| class.qualname.to_string()).unwrap_or_default();
        vm.str(format!("{class}.{}", member.name.text()))
    }),
    native("__objclass__", |vm, args| member(vm, args).map(|member| member.class)),
    native("__doc__", |_, _| Ok(Value::None)),
];

pub(super) static WEAK_GETTERS: &[NativeFunction] = &[native("__weakref__", |_, _| Ok(Value::None))];
