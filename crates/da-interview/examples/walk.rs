//! Answers an interview to its end: `cargo run -p da-interview --example walk`.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use da_core::{Outcome, Plain};
use da_interview::fill::{Filled, fill};
use da_interview::{Engine, Walk};
use std::error::Error;

const INTERVIEW: &str = "
mandatory: True
question: ${ name } has ${ 2 * legs } shoes.
---
question: Who are you?
fields:
  - Name: name
  - Legs: legs
    datatype: integer
";

pub(crate) fn walked() -> Result<Vec<(String, Plain)>, Box<dyn Error>> {
    let mut walk = Walk::of(Engine::new()?.load_text(INTERVIEW)?);
    let mut outcome = walk.begin(&[])?;
    while let Outcome::Screen(screen) = outcome {
        println!("{}", screen.question);
        if screen.fields.is_empty() {
            break;
        }
        let given = Filled::fields([("name", Plain::from("Ann")), ("legs", Plain::from(2))]);
        outcome = walk.answer(fill(&screen, &given)?)?;
    }
    Ok(walk.variables()?)
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    walked()?.iter().for_each(|(name, value)| println!("{name}: {}", value.form_text()));
    Ok(())
}
