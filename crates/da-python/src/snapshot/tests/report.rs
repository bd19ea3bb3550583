//! What cannot be saved is left out and told of.

use super::*;
use crate::native::NativeFunction;
use crate::value::{NativeData, Tracer};
use std::any::Any;

static HELPER: NativeFunction = NativeFunction { name: "helper", run: |_, _| Ok(Value::None) };

fn helper(vm: &mut Vm<'_>) -> Value {
    vm.make(Object::Native(&HELPER)).unwrap()
}

fn paths(vm: &mut Vm<'_>, root: Value) -> Vec<String> {
    vm.snapshot(root).unwrap().left_out.into_iter().map(|left_out| left_out.path).collect()
}

#[test]
fn a_function_is_dropped_from_dicts_and_attributes_and_is_none_in_lists() {
    with_machine(ENOUGH, |vm| {
        let (person, function) = (class(vm, "Person"), helper(vm));
        let attributes = dict(vm, &[("helper", function), ("age", Value::Int(3))]);
        let case = instance(vm, person, attributes, Inner::Nothing);
        let list = vm.list(vec![Value::Int(1), function]).unwrap();
        let inner = dict(vm, &[("f", function), ("list", list)]);
        put(vm, inner, Value::Int(7), function);
        let root = dict(vm, &[("case", case), ("rows", inner), ("top", function)]);
        let snapshot = vm.snapshot(root).unwrap();
        let paths: Vec<_> = snapshot.left_out.iter().map(|left_out| &*left_out.path).collect();
        assert_eq!(paths, ["top", "case.helper", "rows['f']", "rows[7]", "rows['list'][1]"]);

        let root = vm.restore(&snapshot.bytes).unwrap();
        assert!(vm.dict_get_str(root, "top").is_none());
        let case = vm.dict_get_str(root, "case").unwrap();
        assert_eq!(vm.as_dict(vm.as_instance(case).unwrap().attributes).unwrap().len(), 1);
        let rows = vm.dict_get_str(root, "rows").unwrap();
        let list = vm.dict_get_str(rows, "list").unwrap();
        assert!(vm.as_list(list).unwrap()[1].is_none());
    });
}

#[test]
fn an_instance_of_a_class_that_its_module_does_not_hold_is_left_out() {
    with_machine(ENOUGH, |vm| {
        let local = make_class(vm, "Local", ClassKind::Plain);
        let case = instance(vm, local, Value::None, Inner::Nothing);
        let root = dict(vm, &[("case", case), ("local", local)]);
        let left_out = vm.snapshot(root).unwrap().left_out;
        let wanted = [
            ("case", "Local, a class that its module does not hold"),
            ("local", "the class Local, which its module does not hold"),
        ];
        assert_eq!(
            left_out,
            wanted.map(|(path, kind)| super::super::LeftOut { path: path.to_owned(), kind: kind.to_owned() })
        );
    });
}

#[derive(Debug, Clone)]
struct Socket;

impl NativeData for Socket {
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn boxed_clone(&self) -> Box<dyn NativeData> {
        Box::new(self.clone())
    }
    fn size(&self) -> usize {
        0
    }
    fn encode(&self) -> Option<Vec<u8>> {
        None
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

#[test]
fn native_data_without_an_encoding_is_left_out() {
    with_machine(ENOUGH, |vm| {
        let day = class(vm, "Day");
        let socket = instance(vm, day, Value::None, Inner::Native(Box::new(Socket)));
        let root = dict(vm, &[("line", socket)]);
        let left_out = vm.snapshot(root).unwrap().left_out;
        assert_eq!((&*left_out[0].path, &*left_out[0].kind), ("line", "Day"));
    });
}

#[test]
fn a_root_that_cannot_be_saved_is_none() {
    with_machine(ENOUGH, |vm| {
        let function = helper(vm);
        assert_eq!(paths(vm, function), [""]);
        let bytes = vm.snapshot(function).unwrap().bytes;
        assert!(vm.restore(&bytes).unwrap().is_none());
    });
}

#[test]
fn a_report_of_a_deep_place_and_of_many_places_stays_short() {
    with_machine(ENOUGH, |vm| {
        let mut list = helper(vm);
        for _ in 0..1000 {
            list = vm.list(vec![list]).unwrap();
        }
        assert_eq!(paths(vm, list), [format!("...{}", "[0]".repeat(16))]);
        let function = helper(vm);
        let many = vm.list(vec![function; 1500]).unwrap();
        let snapshot = vm.snapshot(many).unwrap();
        assert_eq!((snapshot.left_out.len(), snapshot.more_left_out), (1000, 500));
    });
}

#[test]
fn the_parents_of_a_namespace_are_not_saved() {
    with_machine(ENOUGH, |vm| {
        let parent = dict(vm, &[("theirs", Value::Int(1))]);
        let namespace = dict(vm, &[("mine", Value::Int(2))]);
        vm.as_table_mut(namespace).unwrap().parents.push(parent);
        let bytes = vm.snapshot(namespace).unwrap().bytes;
        let back = vm.restore(&bytes).unwrap();
        assert_eq!(vm.as_dict(back).unwrap().len(), 1);
        assert!(vm.as_dict(back).unwrap().parents.is_empty());
    });
}
