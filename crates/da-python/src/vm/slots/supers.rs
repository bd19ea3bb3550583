//! `super`

use super::native;
use crate::error::PyResult;
use crate::native::{Args, NativeFunction};
use crate::value::{Object, Super, Value};
use crate::vm::Vm;

/// `super(...)`, which without arguments looks at the method that called it.
pub(crate) static SUPER: NativeFunction = native("super", make);

fn make(vm: &mut Vm<'_>, args: &Args) -> PyResult {
    let (class, receiver) = match args.positional[..] {
        [] => match vm.frame_super() {
            Some(found) => found,
            None => return Err(vm.runtime_error("super(): no arguments")),
        },
        [class, receiver] => (class, receiver),
        [class] => {
            if vm.as_class(class).is_none() {
                let found = vm.type_name(class);
                return Err(vm.type_error(format!("super() argument 1 must be a type, not {found}")));
            }
            return vm.make(Object::Super(Box::new(Super { class, receiver: Value::None, start: Value::None })));
        }
        _ => {
            let given = args.positional.len();
            return Err(vm.type_error(format!("super() expected at most 2 arguments, got {given}")));
        }
    };
    if vm.as_class(class).is_none() {
        let found = vm.type_name(class);
        return Err(vm.type_error(format!("super() argument 1 must be a type, not {found}")));
    }
    let of = vm.type_of(receiver);
    let start = if vm.derives(of, class) {
        of
    } else if vm.as_class(receiver).is_some() && vm.derives(receiver, class) {
        receiver
    } else if vm.says_it_derives(receiver, class)? {
        vm.get_attr(receiver, "__class__")?
    } else {
        return Err(vm.type_error("super(type, obj): obj must be an instance or subtype of type"));
    };
    // Both are the same only for a class method, where the class itself is the receiver.
    let receiver: Value = receiver;
    vm.make(Object::Super(Box::new(Super { class, receiver, start })))
}
