//! Times the engine for `cargo xtask bench engine`: a screen of a small interview, the loading of a large one, a list of many
//! items, and how each grows.
//!
//! It prints a name and a figure in microseconds of the processor a line, and judges nothing. `bench list load` measures these
//! parts alone.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time, and is told what to measure")]

use da_core::{Answer, Answers, Caller, Command, Outcome, Plain, SessionId, Turn};
use da_interview::{Context, Engine, Interview, NoWorld, Settings};
use std::error::Error;
use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

type Done<T = ()> = Result<T, Box<dyn Error>>;

/// What is measured for a size, in microseconds.
type Measure = fn(&Engine, u32) -> Done<f64>;

/// As an author begins: a few questions, a little code, an end.
const SMALL: &str = "
metadata:
  title: Fruit
---
mandatory: True
code: |
  name
  if likes_fruit:
    favorite
  total = count * 2
  goodbye
---
question: What is your name?
fields:
  - Name: name
---
question: Do you like fruit, ${ name }?
yesno: likes_fruit
---
question: Which do you like best?
subquestion: |
  You said that you like fruit. **Choose** one.
fields:
  - Fruit: favorite
    choices:
      - Apple
      - Pear
      - Plum
  - How many?: count
    datatype: integer
    min: 1
---
event: goodbye
question: Goodbye, ${ name }!
subquestion: That makes ${ total } pieces of ${ favorite }.
";

fn main() -> Done {
    let engine = Engine::new()?;
    let only: Vec<String> = std::env::args().skip(1).collect();
    let is_wanted = |part: &str| only.is_empty() || only.iter().any(|name| name == part);
    if is_wanted("small") {
        small(&engine)?;
    }
    let parts: [(&str, [u32; 2], Measure); 4] = [
        ("load", [5000, 10_000], loading),
        ("screen_of", [5000, 10_000], screen_of),
        ("list", [200, 400], list),
        ("answers", [2000, 4000], answered),
    ];
    for (part, sizes, measure) in parts.into_iter().filter(|(part, ..)| is_wanted(part)) {
        for size in sizes {
            println!("{part}_{size}\t{}", measure(&engine, size)?);
        }
    }
    Ok(())
}

/// Evaluates once.
fn turn(interview: &Interview, answers: Option<&Answers>, command: Command) -> Done<Turn> {
    let (caller, session) =
        (Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() }, SessionId::in_memory());
    let settings = Settings::default();
    let now = chrono::DateTime::UNIX_EPOCH;
    let world = Arc::new(NoWorld);
    let context = Context { caller: &caller, session: &session, previous: None, now, settings: &settings, world };
    Ok(interview.run(answers, command, &context)?)
}

/// How long this thread was on a processor, so that whatever else the machine does counts little. The system is asked for it to the
/// nanosecond: what `/proc` tells is as coarse as the ticks of the kernel.
fn clock() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).map_or(0.0, |time| time.as_secs_f64())
}

/// The median of five rounds of several, in microseconds.
fn micros(times: u32, mut work: impl FnMut() -> Done) -> Done<f64> {
    let mut rounds = Vec::new();
    for _ in 0..5 {
        let before = clock();
        for _ in 0..times {
            work()?;
        }
        rounds.push((clock() - before) * 1e6 / f64::from(times));
    }
    rounds.sort_by(f64::total_cmp);
    Ok(rounds[rounds.len() / 2])
}

/// What a screen takes with these answers.
fn showing(interview: &Interview, answers: &Answers, times: u32) -> Done<f64> {
    micros(times, || {
        let shown = turn(interview, Some(answers), Command::Show)?;
        match shown.outcome {
            Outcome::Screen(screen) => drop(black_box(screen)),
            other => return Err(format!("no screen, but {other:?}").into()),
        }
        Ok(())
    })
}

fn begun(interview: &Interview) -> Done<Answers> {
    Ok(turn(interview, None, Command::Begin { url_args: Vec::new() })?.answers)
}

fn set(interview: &Interview, answers: &Answers, variables: &[(&str, Plain)]) -> Done<Answers> {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Ok(turn(interview, Some(answers), Command::Answer(Answer { variables, ..Answer::default() }))?.answers)
}

fn small(engine: &Engine) -> Done {
    let interview = engine.load_text(SMALL)?;
    let first = begun(&interview)?;
    let third = set(&interview, &first, &[("name", "Ann".into()), ("likes_fruit", true.into())])?;
    println!("small_first\t{}", showing(&interview, &first, 500)?);
    println!("small_fields\t{}", showing(&interview, &third, 500)?);
    let answer = || Answer {
        variables: vec![("favorite".to_owned(), "Plum".into()), ("count".to_owned(), 3.into())],
        ..Answer::default()
    };
    let answering = micros(500, || {
        black_box(turn(&interview, Some(&third), Command::Answer(answer()))?);
        Ok(())
    })?;
    println!("small_answer\t{answering}");
    Ok(())
}

/// An interview of so many lines: questions, code that depends on them, an end that wants the last.
fn large(lines: u32) -> String {
    let mut text = String::from("mandatory: True\ncode: |\n  last_screen\n");
    let mut number = 0;
    while text.lines().count() + 20 < lines as usize {
        // Ten blocks of ten lines at a time, because lines are counted slowly.
        for _ in 0..10 {
            let _ = write!(
                text,
                "---\nquestion: What is number {number}, ${{ user_name }}?\nsubquestion: |\n  It *matters*.\nfields:\n  \
                 - Number: number_{number}\n    datatype: number\n---\ncode: |\n  double_{number} = number_{number} * 2\n"
            );
            number += 1;
        }
    }
    text.push_str("---\nevent: last_screen\nquestion: Done, ${ user_name }.\n---\nquestion: Name?\nfields:\n  - Name: user_name\n");
    text
}

fn loading(engine: &Engine, lines: u32) -> Done<f64> {
    let text = large(lines);
    micros(3, || {
        black_box(engine.load_text(&text)?);
        Ok(())
    })
}

fn screen_of(engine: &Engine, lines: u32) -> Done<f64> {
    let interview = engine.load_text(&large(lines))?;
    showing(&interview, &begun(&interview)?, 100)
}

const LIST: &str = "
objects:
  - people: DAList.using(object_type=Individual, complete_attribute='complete')
---
mandatory: True
code: |
  people.gather()
  done
---
code: |
  x.name.first
  x.age
  x.complete = True
generic object: Individual
---
code: |
  for n in range(wanted):
    person = people.appendObject()
    person.name.first = 'Name' + str(n)
    person.name.last = 'Last'
    person.age = n
    person.complete = True
  people.there_are_any = True
  people.there_is_another = False
  filled = True
---
initial: True
code: |
  if not defined('filled'):
    filled
---
event: done
question: All ${ people.number() } people
subquestion: |
  % for person in people:
  * ${ person } is ${ person.age }
  % endfor
---
code: wanted = NUMBER
";

fn list(engine: &Engine, items: u32) -> Done<f64> {
    let interview = engine.load_text(&LIST.replace("NUMBER", &items.to_string()))?;
    let answers = begun(&interview)?;
    showing(&interview, &answers, 10)
}

const MANY: &str = "
mandatory: True
code: |
  facts
  done
---
code: |
  facts = {}
  for n in range(NUMBER):
    facts['fact' + str(n)] = {'text': 'The fact of number ' + str(n), 'value': n}
---
event: done
question: There are ${ len(facts) } facts.
";

/// A screen of a small interview with so many answers.
fn answered(engine: &Engine, answers: u32) -> Done<f64> {
    let interview = engine.load_text(&MANY.replace("NUMBER", &answers.to_string()))?;
    let answers = begun(&interview)?;
    showing(&interview, &answers, 10)
}
