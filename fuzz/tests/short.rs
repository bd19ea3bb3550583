//! Every target over its seeds and over mutations of them, the same in every run.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;

use da_fuzz::{TARGETS, Target};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// A change of a seed.
#[derive(Debug, Clone)]
enum Change {
    /// Another byte.
    Byte(Index, u8),
    /// Bytes that matter to some reader stand there too.
    Insert(Index, &'static str),
    /// A part is gone.
    Cut(Index, Index),
    /// A part stands there twice.
    Double(Index, Index),
}

/// Pieces that mean something to one of the readers.
const PIECES: [&str; 24] = [
    "\n",
    "---\n",
    ": ",
    "- ",
    "  ",
    "${ ",
    " }",
    "% if ",
    "<%",
    "%>",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "'",
    "\"",
    "\\",
    "**",
    "lambda x: ",
    "\u{0}",
    "\u{10ffff}",
    "99999999999999999999",
];

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (any::<Index>(), prop::sample::select(&PIECES[..])).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Change::Cut(from, to)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Change::Double(from, to)),
    ]
}

fn changed(seed: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for change in changes {
        let end = bytes.len() + 1;
        match change {
            Change::Byte(at, byte) if !bytes.is_empty() => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Change::Byte(_, byte) => bytes.push(*byte),
            Change::Insert(at, piece) => {
                let at = at.index(end);
                bytes.splice(at..at, piece.bytes());
            }
            Change::Cut(from, to) | Change::Double(from, to) => {
                let (from, to) = (from.index(end), to.index(end));
                let part = from.min(to)..from.max(to);
                match change {
                    Change::Cut(..) => drop(bytes.drain(part)),
                    _ => {
                        let twice = bytes[part.clone()].to_vec();
                        bytes.splice(part.end..part.end, twice);
                    }
                }
            }
        }
    }
    // What is long is slow, and says no more.
    bytes.truncate(4096);
    bytes
}

fn short(name: &str) {
    let target = Target::named(name).unwrap();
    let seeds: Vec<Vec<u8>> = target.seeds().iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(!seeds.is_empty(), "{name} has no seeds");
    seeds.iter().for_each(|seed| target.run(seed));
    let config = Config { cases: target.short_run, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let mutation =
        (prop::sample::select(seeds), vec(change(), 1..6)).prop_map(|(seed, changes)| changed(&seed, &changes));
    let ran = runner.run(&mutation, |bytes| {
        target.run(&bytes);
        Ok(())
    });
    if let Err(failed) = ran {
        panic!("{name}: {failed}");
    }
}

#[test]
fn every_target_has_a_test_here() {
    let names = TARGETS.iter().map(|target| target.name).collect::<Vec<_>>();
    let here = include_str!("short.rs");
    for name in names {
        assert!(here.contains(&format!("short(\"{name}\")")), "{name}");
    }
}

#[test]
fn bytes_of_others_are_unpacked_or_refused() {
    short("archive");
}

#[test]
fn bodies_of_requests_are_taken_or_refused() {
    short("body");
}

#[test]
fn packages_are_read_or_refused() {
    short("package");
}

#[test]
fn sources_made_by_jinja_are_made_or_refused() {
    short("jinja");
}

#[test]
fn files_of_translations_are_read_or_refused() {
    short("translations");
}

#[test]
fn docx_files_are_read_or_refused() {
    short("docx");
}

#[test]
fn pictures_are_read_or_refused() {
    short("picture");
}

#[test]
fn pdf_files_are_read_or_refused() {
    short("pdf");
}

#[test]
fn format_strings_give_a_text_or_an_exception() {
    short("format");
}

#[test]
fn interviews_come_to_a_screen_or_an_error() {
    short("interview");
}

#[test]
fn templates_are_run_or_refused() {
    short("mako");
}

#[test]
fn markdown_becomes_html_of_which_pages_take_what_is_harmless() {
    short("markdown");
}

#[test]
fn names_from_outside_are_names_or_refused() {
    short("name");
}

#[test]
fn programs_end() {
    short("python");
}

#[test]
fn queries_of_others_are_understood_or_refused() {
    short("query");
}

#[test]
fn sealed_bytes_of_others_are_refused() {
    short("sealed");
}

#[test]
fn snapshots_are_read_or_refused() {
    short("snapshot");
}

#[test]
fn posted_variables_are_kept_or_refused() {
    short("variables");
}

#[test]
fn yaml_is_read_back_as_it_was_written() {
    short("yaml");
}
