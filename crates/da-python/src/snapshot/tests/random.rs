//! Random graphs: what is saved, read and saved again is the same.

use super::*;
use crate::value::{Range, Slice};
use num_bigint::BigInt;
use proptest::prelude::*;

/// A node of a graph; numbers are other nodes, of any place in it.
#[derive(Debug, Clone)]
pub(super) enum Node {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Big(i128),
    Str(String),
    Bytes(Vec<u8>),
    ByteArray(Vec<u8>),
    List(Vec<usize>),
    Tuple(Vec<usize>),
    Dict(Vec<(String, usize)>),
    Numbered(Vec<(i64, usize)>),
    Set(Vec<i64>),
    FrozenSet(Vec<String>),
    Range(i64, i64),
    Slice(usize, usize),
    Class,
    Person(Vec<(String, usize)>),
    Rows(Vec<usize>),
    Refused(Vec<usize>),
}

fn node() -> impl Strategy<Value = Node> {
    let places = || prop::collection::vec(any::<usize>(), 0..5);
    let named = || prop::collection::vec(("[a-c]{1,2}", any::<usize>()), 0..12);
    let bytes = || prop::collection::vec(any::<u8>(), 0..20);
    prop_oneof![
        Just(Node::None),
        any::<bool>().prop_map(Node::Bool),
        any::<i64>().prop_map(Node::Int),
        any::<f64>().prop_map(Node::Float),
        any::<i128>().prop_map(Node::Big),
        ".{0,100}".prop_map(Node::Str),
        bytes().prop_map(Node::Bytes),
        bytes().prop_map(Node::ByteArray),
        places().prop_map(Node::List),
        places().prop_map(Node::Tuple),
        named().prop_map(Node::Dict),
        prop::collection::vec((0_i64..20, any::<usize>()), 0..12).prop_map(Node::Numbered),
        prop::collection::vec(0_i64..20, 0..12).prop_map(Node::Set),
        prop::collection::vec("[a-z]{0,3}", 0..12).prop_map(Node::FrozenSet),
        (any::<i64>(), 1..i64::MAX).prop_map(|(stop, step)| Node::Range(stop, step)),
        (any::<usize>(), any::<usize>()).prop_map(|(start, stop)| Node::Slice(start, stop)),
        Just(Node::Class),
        named().prop_map(Node::Person),
        places().prop_map(Node::Rows),
        places().prop_map(Node::Refused),
    ]
}

pub(super) fn graph() -> impl Strategy<Value = Vec<Node>> {
    prop::collection::vec(node(), 1..25)
}

/// Makes the graph; the root is a list of all nodes.
pub(super) fn make(vm: &mut Vm<'_>, graph: &[Node]) -> Value {
    let values: Vec<Value> = graph.iter().map(|node| begin(vm, node)).collect();
    for (node, value) in graph.iter().zip(&values) {
        fill(vm, node, *value, &values);
    }
    vm.list(values).unwrap()
}

fn begin(vm: &mut Vm<'_>, node: &Node) -> Value {
    let object = match node {
        Node::None => return Value::None,
        Node::Bool(value) => return Value::from(*value),
        Node::Int(number) => return Value::Int(*number),
        Node::Float(number) => return Value::from(*number),
        Node::Big(number) => return vm.int(BigInt::from(*number)).unwrap(),
        Node::Str(text) => return vm.str(&**text).unwrap(),
        Node::Bytes(bytes) => return vm.bytes(bytes).unwrap(),
        Node::Class => return class(vm, "Person"),
        Node::Refused(_) => return exception(vm, Vec::new()),
        Node::Person(_) => {
            let (class, attributes) = (class(vm, "Person"), vm.dict().unwrap());
            return instance(vm, class, attributes, Inner::Nothing);
        }
        Node::Rows(_) => {
            let (class, inside) = (class(vm, "Rows"), vm.list(Vec::new()).unwrap());
            return instance(vm, class, Value::None, Inner::Builtin(inside));
        }
        Node::ByteArray(bytes) => Object::ByteArray(bytes.clone()),
        Node::List(_) => Object::List(Vec::new()),
        Node::Tuple(_) => Object::Tuple(Box::default()),
        Node::Dict(_) | Node::Numbered(_) => Object::Dict(Box::default()),
        Node::Set(_) => Object::Set(Box::default()),
        Node::FrozenSet(_) => Object::FrozenSet(Box::default()),
        Node::Range(stop, step) => Object::Range(Box::new(Range { start: 0, stop: *stop, step: *step })),
        Node::Slice(..) => Object::Slice(Box::new(Slice { start: Value::None, stop: Value::None, step: Value::None })),
    };
    vm.make(object).unwrap()
}

fn fill(vm: &mut Vm<'_>, node: &Node, value: Value, values: &[Value]) {
    let at = |place: &usize| values[place % values.len()];
    let all = |places: &[usize]| places.iter().map(at).collect::<Vec<_>>();
    match node {
        Node::List(places) | Node::Rows(places) => *vm.as_list_mut(value).unwrap() = all(places),
        Node::Refused(places) => vm.as_exception_mut(value).unwrap().args = all(places),
        Node::Tuple(places) => {
            let Value::Ref(handle) = value else { panic!("a tuple") };
            *vm.heap.get_mut(handle) = Object::Tuple(all(places).into_boxed_slice());
        }
        Node::Slice(start, stop) => {
            let Value::Ref(handle) = value else { panic!("a slice") };
            let slice = Slice { start: at(start), stop: at(stop), step: Value::None };
            *vm.heap.get_mut(handle) = Object::Slice(Box::new(slice));
        }
        Node::Dict(entries) => {
            for (key, place) in entries {
                vm.dict_set_str(value, key, at(place)).unwrap();
            }
        }
        Node::Person(entries) => {
            let attributes = vm.as_instance(value).unwrap().attributes;
            for (key, place) in entries {
                vm.dict_set_str(attributes, key, at(place)).unwrap();
            }
        }
        Node::Numbered(entries) => entries.iter().for_each(|(key, place)| put(vm, value, Value::Int(*key), at(place))),
        Node::Set(items) => items.iter().for_each(|item| put(vm, value, Value::Int(*item), Value::None)),
        Node::FrozenSet(items) => {
            for item in items {
                let item = vm.str(&**item).unwrap();
                put(vm, value, item, Value::None);
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn a_graph_that_was_read_back_gives_the_same_bytes(graph in graph()) {
        through(|vm| make(vm, &graph), |vm, list| {
            let items = vm.as_list(list).unwrap();
            prop_assert_eq!(items.len(), graph.len());
            Ok(())
        })?;
    }
}
