//! [`Reasons`]: why an evaluation ended where it did, as data: which block sought which variable, and what became of the
//! blocks that could have defined it.
//!
//! Nothing here is read back by the engine, and nothing is recorded unless it was asked for. No answer stands in it: names,
//! places and conditions of the interview alone.

use std::collections::VecDeque;
use std::fmt;

use da_core::Plain;

use crate::block::Block;

/// Reasons beyond this number are dropped, the earliest first.
const MOST: usize = 2000;

/// What happened on the way, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reasons {
    events: VecDeque<Reason>,
    omitted: usize,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// How many variables were being sought for one another: 0 in a pass over the blocks.
    pub depth: u32,
    /// What it was.
    pub what: What,
}

/// A block, as its author finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// `ID the id`, or `Question_3`.
    pub block: String,
    /// `package:path` of its file.
    pub file: String,
    /// The line on which it begins.
    pub line: u32,
}

impl Spot {
    pub(crate) fn of(block: &Block) -> Spot {
        Spot { block: block.name.clone(), file: block.file.to_string(), line: block.line }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.rsplit('/').next().unwrap_or(&self.file);
        write!(f, "{} ({file}:{})", self.block, self.line)
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A pass over the initial and mandatory blocks began; the first is 1.
    Pass(u32),
    /// A block had its turn in the pass.
    Turn(Spot, Turned),
    /// A variable was missing, in this block if it is known.
    Needed(String, Option<Spot>),
    /// A block was tried for a variable, under the name by which it knows it.
    Tried {
        /// The variable.
        variable: String,
        /// The block.
        spot: Spot,
        /// `lst[i].name` for `lst[0].name`.
        known_as: String,
        /// What came of it.
        came: Came,
    },
    /// A block that knows the name was not among those that could be tried.
    NoCandidate(String, Spot, Unfit),
    /// No block, or no other one, defines a variable.
    Undefined(String),
}

/// What came of a block's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turned {
    /// It ran, as an initial block does in every pass.
    Initial,
    /// It ran, or asked.
    Mandatory,
    /// It was answered before.
    Answered,
    /// Its `mandatory` is not true.
    NotMandatory,
}

/// What came of trying a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// It defined the variable.
    Defined,
    /// It is the screen, or another end of the evaluation.
    Ended,
    /// Another variable is needed first.
    Needs(String),
    /// It is passed over.
    PassedOver(PassedOver),
    /// It made everything start over.
    StartedOver,
    /// It failed.
    Failed,
}

/// Why a block was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassedOver {
    /// This `if` is not true.
    If(String),
    /// It waits for the variable itself.
    Waits,
    /// Its field for the variable is hidden by code.
    Hidden,
    /// Its code ran and did not define the variable.
    DidNotDefine,
    /// Its code defined the variable, but a question is asked for.
    NotAQuestion,
    /// The choice that was made in it leads on.
    LeadsOn,
    /// It is about objects of a class, or of a kind that defines nothing.
    NotForThis,
}

/// Why a block that knows the name could not be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// It is in another language.
    Language(String),
    /// It is about objects of another class.
    Class(String),
}

impl Reasons {
    pub(crate) fn push(&mut self, depth: u32, what: What) {
        if self.events.len() == MOST {
            self.events.pop_front();
            self.omitted += 1;
        }
        self.events.push_back(Reason { depth, what });
    }

    /// What happened, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Reason> {
        self.events.iter()
    }

    /// How many of the earliest were dropped.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// The last pass, in which the evaluation ended, with what happened in it.
    pub fn last_pass(&self) -> impl Iterator<Item = &Reason> {
        let start = self.events.iter().rposition(|reason| matches!(reason.what, What::Pass(_)));
        self.events.range(start.unwrap_or_default()..)
    }

    /// As data: a list of mappings with `depth`, `what`, and what belongs to it.
    ///
    /// ```
    /// use da_core::Plain;
    /// let reasons = da_interview::reasons::Reasons::default();
    /// assert_eq!(reasons.plain().get("omitted"), Some(&Plain::Int(0)));
    /// ```
    pub fn plain(&self) -> Plain {
        let steps: Vec<Plain> = self.iter().map(Reason::plain).collect();
        let omitted = Plain::Int(i64::try_from(self.omitted).unwrap_or(i64::MAX));
        map([("steps", Plain::List(steps)), ("omitted", omitted)])
    }
}

impl Reason {
    fn plain(&self) -> Plain {
        let mut entries = vec![("depth".to_owned(), Plain::Int(self.depth.into()))];
        let more = match &self.what {
            What::Pass(number) => map([("what", "pass".into()), ("number", Plain::Int((*number).into()))]),
            What::Turn(spot, turned) => with(spot, [("what", "turn".into()), ("came", turned.words().into())]),
            What::Needed(variable, spot) => {
                let own = [("what", "needed".into()), ("variable", variable.as_str().into())];
                spot.as_ref().map_or_else(|| map(own.clone()), |spot| with(spot, own.clone()))
            }
            What::Tried { variable, spot, known_as, came } => with(
                spot,
                [
                    ("what", "tried".into()),
                    ("variable", variable.as_str().into()),
                    ("known_as", known_as.as_str().into()),
                    ("came", came.to_string().into()),
                ],
            ),
            What::NoCandidate(variable, spot, unfit) => {
                let came = unfit.to_string().into();
                with(spot, [("what", "unfit".into()), ("variable", variable.as_str().into()), ("came", came)])
            }
            What::Undefined(variable) => map([("what", "undefined".into()), ("variable", variable.as_str().into())]),
        };
        if let Plain::Map(more) = more {
            entries.extend(more);
        }
        Plain::Map(entries)
    }
}

fn map<const N: usize>(entries: [(&str, Plain); N]) -> Plain {
    Plain::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A mapping with the place of a block.
fn with<const N: usize>(spot: &Spot, entries: [(&str, Plain); N]) -> Plain {
    let place = [
        ("block", spot.block.as_str().into()),
        ("file", spot.file.as_str().into()),
        ("line", Plain::Int(spot.line.into())),
    ];
    let all = entries.into_iter().chain(place);
    Plain::Map(all.map(|(key, value): (&str, Plain)| (key.to_owned(), value)).collect())
}

impl Turned {
    fn words(self) -> &'static str {
        match self {
            Turned::Initial => "runs, because it is initial",
            Turned::Mandatory => "is due, because it is mandatory",
            Turned::Answered => "is answered",
            Turned::NotMandatory => "is not mandatory now",
        }
    }
}

impl fmt::Display for Came {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Came::Defined => write!(f, "defines it"),
            Came::Ended => write!(f, "ends here"),
            Came::Needs(variable) => write!(f, "needs {variable} first"),
            Came::PassedOver(why) => write!(f, "is passed over: {why}"),
            Came::StartedOver => write!(f, "starts everything over"),
            Came::Failed => write!(f, "fails"),
        }
    }
}

impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PassedOver::If(condition) => write!(f, "its `if` is not true: {condition}"),
            PassedOver::Waits => write!(f, "it waits for this variable itself"),
            PassedOver::Hidden => write!(f, "its field is hidden by code"),
            PassedOver::DidNotDefine => write!(f, "it ran, and did not define it"),
            PassedOver::NotAQuestion => write!(f, "it is no question, and one is asked for"),
            PassedOver::LeadsOn => write!(f, "the choice that was made in it leads on"),
            PassedOver::NotForThis => write!(f, "it is about something else of this name"),
        }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::Language(language) => write!(f, "is not looked at: its language is {language}"),
            Unfit::Class(class) => write!(f, "is not looked at: it is about objects of the class {class}"),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Pass(number) => write!(f, "pass {number} over the blocks"),
            What::Turn(spot, turned) => write!(f, "{spot} {}", turned.words()),
            What::Needed(variable, Some(spot)) => write!(f, "{spot} needs {variable}"),
            What::Needed(variable, None) => write!(f, "{variable} is needed"),
            What::Tried { variable, spot, known_as, came } if variable == known_as => write!(f, "{spot} {came}"),
            What::Tried { spot, known_as, came, .. } => write!(f, "{spot}, as {known_as}, {came}"),
            What::NoCandidate(_, spot, unfit) => write!(f, "{spot} {unfit}"),
            What::Undefined(variable) => write!(f, "nothing else defines {variable}"),
        }
    }
}

impl fmt::Display for Reasons {
    /// A line for everything, indented by its depth.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.omitted > 0 {
            writeln!(f, "({} more before)", self.omitted)?;
        }
        for reason in self.iter() {
            let indent = if matches!(reason.what, What::Pass(_)) { 0 } else { reason.depth as usize + 1 };
            writeln!(f, "{}{}", "  ".repeat(indent.min(40)), reason.what)?;
        }
        Ok(())
    }
}
