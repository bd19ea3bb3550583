//! `steps.yml`: what is done with an interview.
//!
//! A step is one word, or a word and what it needs:
//!
//! ```yaml
//! tells: What this case shows, as a sentence.
//! interview: ../../questions/a.yml # a file, or a name; interview.yml beside this file, if nothing is said
//! doors: [engine, json]            # for this server's own tests; with a comment that says why not all three; without json,
//!                                  # the engine is given what forms give it
//! steps:
//!   - begin: {name: Ann}           # with arguments; a walk without this step begins without any
//!   - answer: {name: Ann, age: 7}  # fills the screen in, by the names of its variables, and goes on
//!   - answer: {age: seven}         # a form that is refused, and what is said (the HTML door alone checks forms)
//!     refused: {age: You need to enter a number.}
//!   - choose: Exit                 # presses the button, or takes the choice, of this label
//!   - continue                     # goes on where there is nothing to fill in
//!   - set: {name: Ann}             # sets variables without a look at the screen (no form can do that)
//!   - delete: [name]               # deletes variables
//!   - act: {add: {by: 2}}          # runs an action with arguments
//!   - back                         # one step back
//!   - show                         # loads the page again
//!   - variables                    # looks at the variables (of the interview's own)
//! ```
//!
//! Nothing here runs anything.

use da_core::Plain;
use da_interview::check::nearest;
use da_interview::fill::Named;
use da_interview::yaml;

use crate::view;

/// What is done.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Begins a session with arguments.
    Begin(Vec<(String, String)>),
    /// Fills in the screen.
    Answer(Named),
    /// Fills in the screen in a way that is refused, with what is said about which variable.
    Refused(Named, Vec<(String, String)>),
    /// Takes the choice of a label.
    Choose(String),
    /// Sets variables.
    Set(Named),
    /// Deletes variables.
    Delete(Vec<String>),
    /// Runs an action with arguments.
    Act(String, Plain),
    /// Goes back.
    Back,
    /// Loads the page again.
    Show,
    /// Looks at the variables.
    Variables,
}

/// A file that was read.
pub(super) struct Read {
    pub(super) tells: String,
    pub(super) interview: Option<String>,
    pub(super) doors: Option<Vec<String>>,
    pub(super) steps: Vec<(String, Step)>,
}

/// What the file may say.
const KEYS: [&str; 4] = ["tells", "interview", "doors", "steps"];

/// The words that a step may begin with.
const WORDS: [&str; 10] =
    ["begin", "answer", "choose", "continue", "set", "delete", "act", "back", "show", "variables"];

/// What an unknown word was probably meant to be.
fn meant(word: &str, known: &[&'static str]) -> String {
    nearest(word, known.iter().copied()).map_or_else(String::new, |known| format!(": did you mean `{known}`?"))
}

/// Reads the file.
pub(super) fn read(text: &str) -> Result<Read, String> {
    let (plain, _) = yaml::parse_plain(text).map_err(|error| error.to_string())?;
    let entries = plain.as_map().ok_or("it is no mapping")?;
    if let Some((other, _)) = entries.iter().find(|(key, _)| !KEYS.contains(&key.as_str())) {
        return Err(format!("there is no key `{other}`{}", meant(other, &KEYS)));
    }
    let tells = plain.get("tells").and_then(Plain::as_text).ok_or("`tells` is missing")?;
    let interview = match plain.get("interview") {
        None => None,
        Some(name) => Some(name.as_text().ok_or("`interview` is no text")?.to_owned()),
    };
    let doors = match plain.get("doors") {
        None => None,
        Some(names) => {
            let names = names.as_list().ok_or("`doors` is no list")?;
            Some(names.iter().filter_map(Plain::as_text).map(str::to_owned).collect())
        }
    };
    let list = plain.get("steps").and_then(Plain::as_list).ok_or("`steps` is no list")?;
    let mut steps = list.iter().map(step).collect::<Result<Vec<_>, _>>()?;
    if !matches!(steps.first(), Some((_, Step::Begin(_)))) {
        steps.insert(0, ("begin".to_owned(), Step::Begin(Vec::new())));
    }
    Ok(Read { tells: tells.trim().to_owned(), interview, doors, steps })
}

fn step(plain: &Plain) -> Result<(String, Step), String> {
    let wrong = || format!("{} is no step", written(plain));
    let (word, value) = match plain {
        Plain::Text(word) => (word.as_str(), &Plain::Null),
        Plain::Map(entries) => entries.first().map(|(key, value)| (key.as_str(), value)).ok_or_else(wrong)?,
        _ => return Err(wrong()),
    };
    // Beside the word of a step stands what is said to an answer that is refused, and nothing else.
    let mut beside = plain.as_map().unwrap_or_default().iter().skip(1).map(|(key, _)| key.as_str());
    if let Some(other) = beside.find(|key| word != "answer" || *key != "refused") {
        let known: &[&str] = if word == "answer" { &["refused"] } else { &[] };
        return Err(format!("{}: there is no key `{other}` beside `{word}`{}", written(plain), meant(other, known)));
    }
    let known = match word {
        "begin" => Step::Begin(texts(value)?),
        "answer" => match plain.get("refused") {
            Some(said) => Step::Refused(named(value)?, texts(said)?),
            None => Step::Answer(named(value)?),
        },
        "choose" => Step::Choose(value.as_text().ok_or_else(wrong)?.to_owned()),
        "continue" => Step::Answer(Vec::new()),
        "set" => Step::Set(named(value)?),
        "delete" => {
            let names = value.as_list().ok_or_else(wrong)?.iter().filter_map(Plain::as_text);
            Step::Delete(names.map(str::to_owned).collect())
        }
        "act" => match value {
            Plain::Map(entries) if entries.len() == 1 => Step::Act(entries[0].0.clone(), entries[0].1.clone()),
            _ => return Err(wrong()),
        },
        "back" => Step::Back,
        "show" => Step::Show,
        "variables" => Step::Variables,
        _ => return Err(wrong() + &meant(word, &WORDS)),
    };
    Ok((if value.is_null() { word.to_owned() } else { format!("{word} {}", written(value)) }, known))
}

fn named(value: &Plain) -> Result<Named, String> {
    if value.is_null() {
        return Ok(Vec::new());
    }
    value.as_map().map(<[_]>::to_vec).ok_or_else(|| format!("{} is no mapping", written(value)))
}

fn texts(value: &Plain) -> Result<Vec<(String, String)>, String> {
    let text = |(name, value): (String, Plain)| match value {
        Plain::Text(text) => Ok((name, text)),
        other => Err(format!("{} is no text", written(&other))),
    };
    named(value)?.into_iter().map(text).collect()
}

/// A value as one line.
fn written(value: &Plain) -> String {
    match value {
        Plain::Text(text) => text.clone(),
        Plain::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Plain::Map(entries) => {
            let one = |(name, value): &(String, Plain)| format!("{name}: {}", written(value));
            format!("{{{}}}", entries.iter().map(one).collect::<Vec<_>>().join(", "))
        }
        other => view::to_json(other).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        read(text).err().unwrap()
    }

    #[test]
    fn steps_are_read_and_a_walk_begins_by_itself() {
        let text =
            "tells: It works.\nsteps:\n  - answer: {a: 1}\n  - answer: {a: x}\n    refused: {a: No.}\n  - back\n";
        let read = read(text).unwrap();
        let expected = [
            ("begin".to_owned(), Step::Begin(Vec::new())),
            ("answer {a: 1}".to_owned(), Step::Answer(vec![("a".to_owned(), 1.into())])),
            (
                "answer {a: x}".to_owned(),
                Step::Refused(vec![("a".to_owned(), "x".into())], vec![("a".to_owned(), "No.".to_owned())]),
            ),
            ("back".to_owned(), Step::Back),
        ];
        assert_eq!((read.steps.as_slice(), read.doors), (&expected[..], None));
    }

    #[test]
    fn what_is_no_step_is_named() {
        assert_eq!(refused("steps: []\n"), "`tells` is missing");
        assert_eq!(refused("tells: A\nsteps:\n  - jump\n"), "jump is no step");
        assert_eq!(refused("tells: A\nstep: []\n"), "there is no key `step`: did you mean `steps`?");
        assert_eq!(refused("tells: A\nother: []\n"), "there is no key `other`");
        let step = |step: &str| refused(&format!("tells: A\nsteps:\n  - {step}\n"));
        assert_eq!(step("anwser: {a: 1}"), "{anwser: {a: 1}} is no step: did you mean `answer`?");
        assert_eq!(step("contineu"), "contineu is no step: did you mean `continue`?");
        let told =
            "{answer: {a: 1}, refusd: {a: No.}}: there is no key `refusd` beside `answer`: did you mean `refused`?";
        assert_eq!(step("{answer: {a: 1}, refusd: {a: No.}}"), told);
        assert_eq!(
            step("{choose: A, refused: {a: No.}}"),
            "{choose: A, refused: {a: No.}}: there is no key `refused` beside `choose`"
        );
        assert_eq!(refused("tells: A\ninterview: 3\nsteps: []\n"), "`interview` is no text");
    }
}
