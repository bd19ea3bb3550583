//! `cargo xtask bench engine`: the interview engine alone, without a server.
//! It must never compare figures of different runs: growth is measured within one.

use super::Kept;
use super::figures::{Figures, build};
use super::rule::{self, Rule};
use crate::{Outcome, table};
use std::process::Command;

/// Times the engine, built in release: a screen of a small interview, the loading of an interview of 5,000 lines, a screen with a
/// list of 200 gathered items, and how each grows when the interview, the list and the answers double.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    kept: Kept,
}

/// What is measured, by the name that the program prints.
const LINES: [(&str, &str); 11] = [
    ("small_first", "the first screen of a small interview, shown"),
    ("small_fields", "its third screen, with two fields"),
    ("small_answer", "that screen answered, the next one shown"),
    ("load_5000", "an interview of 5,000 lines, loaded"),
    ("load_10000", "the same with 10,000 lines"),
    ("screen_of_5000", "a screen of the interview of 5,000 lines"),
    ("screen_of_10000", "the same with 10,000 lines"),
    ("list_200", "a screen that shows 200 gathered items"),
    ("list_400", "the same with 400 items"),
    ("answers_2000", "a screen with 2,000 entries in a dictionary among the answers"),
    ("answers_4000", "the same with 4,000 entries"),
];

/// What doubles may take a little more than twice as long: caches of the processor are not twice as large.
const GROWTH: f64 = 2.6;

pub(super) fn run(args: &Args) -> Outcome {
    let program = build("da-interview", "bench_engine")?;
    let mut figures = Figures::default();
    for _ in 0..args.kept.runs {
        figures.add(&mut Command::new(&program))?;
    }
    let (rules, broken) = rule::table(&rules(&figures));
    args.kept.report(("engine", ""), &format!("{}\n{rules}", lines(&figures)), broken)
}

fn lines(figures: &Figures) -> String {
    let head = ["what", "median"].map(str::to_owned);
    let line = |(name, words): &(&str, &str)| {
        let figure = figures.middle(name).map_or("not available".to_owned(), |us| format!("{us:.1} us"));
        [(*words).to_owned(), figure]
    };
    table::aligned(&[head].into_iter().chain(LINES.iter().map(line)).collect::<Vec<_>>())
}

fn rules(figures: &Figures) -> Vec<Rule> {
    let us = |name: &str| figures.middle(name);
    let ms = |name: &str| us(name).map(|us| us / 1000.0);
    let growth = |small: &str, large: &str| Some(us(large)? / us(small)?);
    vec![
        Rule::at_most("the first screen of a small interview takes at most 150 us", us("small_first"), 150.0, " us"),
        Rule::at_most("a screen with fields takes at most 150 us", us("small_fields"), 150.0, " us"),
        Rule::at_most("loading 5,000 lines takes at most 50 ms", ms("load_5000"), 50.0, " ms"),
        Rule::at_most("a screen with 200 gathered items takes at most 10 ms", ms("list_200"), 10.0, " ms"),
        Rule::at_most("loading grows with the interview", growth("load_5000", "load_10000"), GROWTH, " times"),
        Rule::at_most(
            "a screen hardly knows the interview",
            growth("screen_of_5000", "screen_of_10000"),
            1.5,
            " times",
        ),
        Rule::at_most("a list grows with its items", growth("list_200", "list_400"), GROWTH, " times"),
        Rule::at_most("a screen grows with the answers", growth("answers_2000", "answers_4000"), GROWTH, " times"),
    ]
}
