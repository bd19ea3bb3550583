//! What is saved comes back.

use super::*;
use crate::value::{Range, Slice};
use num_bigint::BigInt;

#[test]
fn every_plain_value_comes_back() {
    let floats = [0.0, -0.0, 1.5, f64::INFINITY, f64::MIN_POSITIVE];
    let numbers = [0, 1, -1, 63, -64, 64, i64::MAX, i64::MIN];
    through(
        |vm| {
            let mut items = vec![Value::None, Value::Ellipsis, Value::NotImplemented, true.into(), false.into()];
            items.extend(numbers.map(Value::Int));
            items.extend(floats.map(Value::from));
            items.push(vm.str("Zoë").unwrap());
            items.push(vm.str("x".repeat(1000)).unwrap());
            items.push(vm.bytes(&[0, 255]).unwrap());
            items.push(vm.int(-(BigInt::from(1_u8) << 100_u32)).unwrap());
            items.push(vm.make(Object::ByteArray(vec![7; 3])).unwrap());
            items.push(vm.make(Object::Range(Box::new(Range { start: 5, stop: -5, step: -2 }))).unwrap());
            let slice = Slice { start: Value::Int(1), stop: Value::None, step: Value::Int(-1) };
            items.push(vm.make(Object::Slice(Box::new(slice))).unwrap());
            vm.tuple(items).unwrap()
        },
        |vm, tuple| {
            let items = vm.as_tuple(tuple).unwrap().to_vec();
            assert!(matches!(items[..5], [Value::None, Value::Ellipsis, Value::NotImplemented, ..]));
            let found: Vec<i64> = items[5..13].iter().map(|item| vm.as_int(*item).unwrap()).collect();
            assert_eq!(found, numbers);
            let found: Vec<u64> = items[13..18].iter().map(|item| vm.as_float(*item).unwrap().to_bits()).collect();
            assert_eq!(found, floats.map(f64::to_bits));
            assert_eq!(vm.as_str(items[18]).unwrap().text(), "Zoë");
            assert_eq!(vm.as_str(items[19]).unwrap().len(), 1000);
            assert_eq!(vm.as_bytes(items[20]).unwrap(), [0, 255]);
            assert_eq!(vm.as_big(items[21]).unwrap(), &-(BigInt::from(1_u8) << 100_u32));
            assert_eq!(vm.as_bytes(items[22]).unwrap(), [7, 7, 7]);
            assert_eq!(vm.as_range(items[23]).unwrap(), Range { start: 5, stop: -5, step: -2 });
            let Some(Object::Slice(slice)) = vm.object(items[24]) else { panic!("a slice") };
            assert!(matches!(**slice, Slice { start: Value::Int(1), stop: Value::None, step: Value::Int(-1) }));
        },
    );
}

#[test]
fn a_dict_keeps_its_order_and_finds_its_keys() {
    through(
        |vm| {
            let table = vm.dict().unwrap();
            for number in (0..100).rev() {
                put(vm, table, Value::Int(number), Value::Int(number * 2));
            }
            let key = vm.str("last").unwrap();
            put(vm, table, key, Value::None);
            put(vm, table, Value::None, true.into());
            table
        },
        |vm, table| {
            assert!(vm.dict_get_str(table, "last").is_some());
            let keys: Vec<_> = vm.as_dict(table).unwrap().iter().filter_map(|entry| vm.as_int(entry.key)).collect();
            assert_eq!(keys, (0..100).rev().collect::<Vec<_>>());
            let hash = crate::types::hash(vm, Value::Int(40)).unwrap().unwrap();
            let place = vm.find_key(table, hash, Value::Int(40)).unwrap().unwrap();
            assert_eq!(vm.as_int(vm.as_dict(table).unwrap().at(place).unwrap().value), Some(80));
        },
    );
}

#[test]
fn what_is_shared_stays_shared() {
    through(
        |vm| {
            let inner = vm.list(vec![Value::Int(1)]).unwrap();
            vm.list(vec![inner, inner]).unwrap()
        },
        |vm, list| {
            let items = vm.as_list(list).unwrap();
            assert!(items[0].is(items[1]));
        },
    );
}

#[test]
fn a_list_that_holds_itself_through_a_tuple_comes_back() {
    through(
        |vm| {
            let list = vm.list(Vec::new()).unwrap();
            let tuple = vm.tuple(vec![list]).unwrap();
            vm.as_list_mut(list).unwrap().push(tuple);
            list
        },
        |vm, list| {
            let tuple = vm.as_list(list).unwrap()[0];
            assert!(vm.as_tuple(tuple).unwrap()[0].is(list));
        },
    );
}

#[test]
fn instances_know_their_class_and_what_is_inside() {
    through(
        |vm| {
            let (person, rows) = (class(vm, "Person"), class(vm, "Rows"));
            let attributes = dict(vm, &[("age", Value::Int(3))]);
            let person = instance(vm, person, attributes, Inner::Nothing);
            let inside = vm.list(vec![person]).unwrap();
            let attributes = dict(vm, &[("owner", person)]);
            let rows = instance(vm, rows, attributes, Inner::Builtin(inside));
            let refused = exception(vm, vec![Value::Int(9), rows]);
            vm.list(vec![rows, person, refused]).unwrap()
        },
        |vm, list| {
            let [rows, person, refused] = vm.as_list(list).unwrap()[..] else { panic!("three") };
            assert!(vm.as_list(rows).unwrap()[0].is(person));
            let found = vm.as_instance(person).unwrap();
            assert_eq!(vm.as_int(vm.dict_get_str(found.attributes, "age").unwrap()), Some(3));
            let wanted = class(vm, "Person");
            assert!(vm.type_of(person).is(wanted));
            assert!(vm.as_exception(refused).unwrap().args[1].is(rows));
        },
    );
}

#[test]
fn a_class_is_saved_by_its_name() {
    through(
        |vm| class(vm, "Person"),
        |vm, found| {
            let wanted = class(vm, "Person");
            assert!(found.is(wanted));
        },
    );
}

#[test]
fn a_member_of_an_enumeration_is_the_one_that_its_class_holds() {
    let add_member = |vm: &mut Vm<'_>| {
        let color = class(vm, "Person");
        let name = vm.str("RED").unwrap();
        let attributes = dict(vm, &[("_name_", name)]);
        let red = instance(vm, color, attributes, Inner::Nothing);
        let names = vm.as_class(color).unwrap().attributes;
        vm.dict_set_str(names, "RED", red).unwrap();
        red
    };
    let bytes = with_machine(ENOUGH, |vm| {
        let red = add_member(vm);
        vm.snapshot(red).unwrap().bytes
    });
    with_machine(ENOUGH, |vm| {
        let red = add_member(vm);
        assert!(vm.restore(&bytes).unwrap().is(red));
    });
    with_machine(ENOUGH, |vm| {
        let error = vm.restore(&bytes).unwrap_err();
        assert_eq!(error.to_string(), "the class Person of shop has no member RED");
    });
}

#[test]
fn a_hundred_thousand_lists_inside_each_other_come_back() {
    const DEPTH: usize = 100_000;
    through(
        |vm| {
            let mut list = vm.list(Vec::new()).unwrap();
            for _ in 1..DEPTH {
                list = vm.list(vec![list]).unwrap();
            }
            list
        },
        |vm, mut list| {
            let mut depth = 1;
            while let Some(inner) = vm.as_list(list).and_then(|items| items.first()) {
                list = *inner;
                depth += 1;
            }
            assert_eq!(depth, DEPTH);
        },
    );
}

#[test]
fn a_repeated_text_is_written_once() {
    let bytes = with_machine(ENOUGH, |vm| {
        let items = (0..100).map(|_| vm.str("a text of some length").unwrap()).collect();
        let list = vm.list(items).unwrap();
        vm.snapshot(list).unwrap().bytes
    });
    assert_eq!(bytes.len(), 5 + 2 + 3 + "a text of some length".len() + 99 * 2);
}
