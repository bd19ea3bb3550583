//! Bytes that may say anything are an error, never a panic, and never more memory than they fill.

use super::random::{graph, make};
use super::*;
use crate::error::Limit;
use crate::snapshot::SnapshotError;
use crate::snapshot::format::{MAGIC, Tag, VERSION, put_number};
use proptest::prelude::*;

fn with_head(body: &[u8]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.push(VERSION);
    bytes.extend_from_slice(body);
    bytes
}

fn restore(memory: usize, bytes: &[u8]) -> Result<(), SnapshotError> {
    with_machine(memory, |vm| vm.restore(bytes).map(|_| ()))
}

fn claiming(tag: Tag, count: u64, rest: &[u8]) -> Vec<u8> {
    let mut body = vec![tag as u8];
    put_number(&mut body, count);
    body.extend_from_slice(rest);
    with_head(&body)
}

#[test]
fn each_defect_has_its_error() {
    let malformed = SnapshotError::Malformed;
    let cases = [
        (Vec::new(), SnapshotError::Version),
        (b"DApy".to_vec(), SnapshotError::Version),
        (b"DApy\x02\x00".to_vec(), SnapshotError::Version),
        (b"\x80\x04N.".to_vec(), SnapshotError::Version),
        (with_head(&[]), SnapshotError::Truncated),
        (with_head(&[Tag::Float as u8, 1]), SnapshotError::Truncated),
        (with_head(&[Tag::List as u8, 1]), SnapshotError::Truncated),
        (with_head(&[Tag::Str as u8, 0, 2, b'x']), SnapshotError::Truncated),
        (with_head(&[Tag::None as u8, 0]), malformed("something follows its end")),
        (with_head(&[200]), malformed("an unknown kind of value")),
        (with_head(&[Tag::Str as u8, 1]), malformed("a text that was not there before")),
        (with_head(&[Tag::Str as u8, 0, 1, 255]), malformed("a text that is not UTF-8")),
        (with_head(&[Tag::Seen as u8, 0]), malformed("an object that was not there before")),
        (with_head(&[Tag::Class as u8, 1]), malformed("a class that was not there before")),
        (with_head(&[Tag::Range as u8, 0, 2, 0]), malformed("a range that does not move")),
        (with_head(&[Tag::BigInt as u8, 1, 5]), malformed("a small number that was written as a large one")),
        (with_head(&[&[Tag::Int as u8][..], &[255; 10]].concat()), malformed("a number of more than 64 bits")),
    ];
    for (bytes, wanted) in cases {
        assert_eq!(restore(ENOUGH, &bytes), Err(wanted), "{bytes:?}");
    }
}

#[test]
fn a_length_that_nothing_stands_behind_is_refused_before_anything_is_made() {
    for tag in [Tag::List, Tag::Tuple, Tag::Dict, Tag::Set, Tag::FrozenSet, Tag::Bytes, Tag::BigInt] {
        for count in [1 << 20, 1 << 40, u64::MAX] {
            assert_eq!(restore(ENOUGH, &claiming(tag, count, &[0; 100])), Err(SnapshotError::Truncated));
        }
    }
}

#[test]
fn lists_inside_each_other_cannot_promise_the_same_bytes_twice() {
    let mut body = Vec::new();
    for _ in 0..1000 {
        body.push(Tag::List as u8);
        put_number(&mut body, 3000);
    }
    assert_eq!(restore(ENOUGH, &with_head(&body)), Err(SnapshotError::Truncated));
}

#[test]
fn memory_is_charged_while_reading() {
    let bytes = claiming(Tag::List, 1_000_000, &vec![Tag::None as u8; 1_000_000]);
    assert_eq!(restore(1 << 20, &bytes), Err(SnapshotError::Limit(Limit::Memory)));
    assert_eq!(restore(ENOUGH, &bytes), Ok(()));
    let many = claiming(Tag::List, 100_000, &[Tag::List as u8, 0].repeat(100_000));
    assert_eq!(restore(1 << 20, &many), Err(SnapshotError::Limit(Limit::Memory)));
}

#[test]
fn an_instance_must_be_made_of_what_its_class_says() {
    let bytes = with_machine(ENOUGH, |vm| {
        let person = class(vm, "Person");
        let person = instance(vm, person, Value::None, Inner::Nothing);
        vm.snapshot(person).unwrap().bytes
    });
    let mut other = bytes.clone();
    let place = other.windows(6).position(|window| window == b"Person").unwrap();
    other.splice(place - 1..place + 6, *b"\x07Refused");
    let error = restore(ENOUGH, &other).unwrap_err();
    assert_eq!(error.to_string(), "the instances of the class Refused of shop are not what they were");
    assert_eq!(restore(ENOUGH, &bytes), Ok(()));
}

#[test]
fn a_key_that_holds_itself_is_an_error() {
    let body = [Tag::Dict as u8, 1, Tag::Tuple as u8, 1, Tag::Seen as u8, 1, Tag::None as u8];
    let result = restore(ENOUGH, &with_head(&body));
    assert!(matches!(result, Err(SnapshotError::Code(_))), "{result:?}");
    let mut body = vec![Tag::Set as u8, 1];
    body.extend([Tag::Tuple as u8, 1].repeat(50_000));
    body.push(Tag::None as u8);
    let result = restore(ENOUGH, &with_head(&body));
    assert!(matches!(result, Err(SnapshotError::Code(_))), "{result:?}");
}

#[test]
fn a_key_that_comes_twice_is_there_once() {
    let body = [Tag::Dict as u8, 2, Tag::Int as u8, 2, Tag::None as u8, Tag::Int as u8, 2, Tag::True as u8];
    with_machine(ENOUGH, |vm| {
        let table = vm.restore(&with_head(&body)).unwrap();
        let entries: Vec<_> = vm.as_dict(table).unwrap().iter().map(|entry| entry.value).collect();
        assert!(matches!(entries[..], [Value::True]));
    });
}

fn read_and_save_again(bytes: &[u8]) {
    with_machine(4 << 20, |vm| {
        if let Ok(value) = vm.restore(bytes) {
            let again = vm.snapshot(value).unwrap();
            let result = vm.restore(&again.bytes);
            assert!(matches!(result, Ok(_) | Err(SnapshotError::Limit(_))), "{result:?}");
        }
    });
}

proptest! {
    #[test]
    fn changed_bytes_never_panic(
        graph in graph(),
        changes in prop::collection::vec((any::<usize>(), any::<u8>(), 0..4_u8), 1..6),
    ) {
        let mut bytes = with_machine(ENOUGH, |vm| {
            let root = make(vm, &graph);
            vm.snapshot(root).unwrap().bytes
        });
        for (place, byte, how) in changes {
            let place = 5 + place % (bytes.len() - 5);
            match how {
                0 => bytes[place] = byte,
                1 => bytes[place] = byte % 26,
                2 => bytes.insert(place, byte % 26),
                _ => bytes.truncate(place.max(6)),
            }
        }
        read_and_save_again(&bytes);
    }

    #[test]
    fn bytes_of_nothing_never_panic(body in prop::collection::vec(0..30_u8, 0..200)) {
        read_and_save_again(&with_head(&body));
    }
}
