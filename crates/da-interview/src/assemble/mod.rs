//! Evaluates an interview once: answers and a command in, a screen and new answers out.
//!
//! When a name is missing it is sought, and then everything starts over from the top: restart, never
//! resume. What ends an evaluation early is one closed enum, [`Signal`], which nothing outside of
//! this folder sees.

mod action;
mod answer;
mod ask;
mod buttons;
mod candidate;
mod choices;
mod conditions;
mod consequences;
mod control;
mod document;
mod events;
mod exit;
mod field;
mod frame;
mod given;
mod going_on;
mod host;
mod internal;
mod list_collect;
mod make;
mod marks;
pub(crate) mod namespace;
mod objects;
mod own_datatype;
mod owners;
mod pass;
mod paths;
mod pictures;
mod plain;
mod prepare;
mod progress;
mod response;
mod review;
mod role;
mod seek;
mod signal;
mod templates;
mod validate;
mod why;
mod work;

use answer::Taken;
pub(crate) use host::EngineHost;
pub(crate) use plain::{from_plain, to_plain};
pub(crate) use signal::{Flow, Signal};
pub(crate) use templates::render;
pub(crate) use work::Ended;

use crate::block::{Block, BlockId};
use crate::context::Context;
use crate::error::{AssembleError, AssembleErrorKind};
use crate::interview::Interview;
use crate::reasons::Reasons;
use da_core::{Answers, Command, Keeping, Outcome, Turn};
use da_python::machine::{Limits, Value, Vm};

/// One evaluation of an interview.
pub(crate) struct Evaluation<'e, 'h> {
    pub(crate) interview: &'e Interview,
    pub(crate) context: &'e Context<'e>,
    pub(crate) vm: Vm<'h>,
    /// The interview's variables.
    pub(crate) variables: Value,
    /// `docassemble.base.util`, where the engine's own functions are, whatever the interview makes of their names.
    util: Value,
    /// The variables of the step that was undone by Back.
    pub(crate) previous: Option<Value>,
    /// Why blocks are tried and passed over, for whoever asked.
    pub(crate) reasons: Option<Box<Reasons>>,
    /// The block that has its turn in the pass, as long as somebody wants the reasons.
    pub(crate) in_turn: Option<BlockId>,
}

/// Evaluates.
pub(crate) fn run(
    interview: &Interview,
    answers: Option<&Answers>,
    command: Command,
    context: &Context<'_>,
) -> Result<Turn, AssembleError> {
    evaluate(interview, answers, command, context, None).0
}

/// Evaluates, and records why it ends where it does, even if it fails.
pub(crate) fn explain(
    interview: &Interview,
    answers: Option<&Answers>,
    command: Command,
    context: &Context<'_>,
) -> (Result<Turn, AssembleError>, Reasons) {
    let (turn, reasons) = evaluate(interview, answers, command, context, Some(Box::default()));
    (turn, reasons.map(|reasons| *reasons).unwrap_or_default())
}

fn evaluate(
    interview: &Interview,
    answers: Option<&Answers>,
    command: Command,
    context: &Context<'_>,
    reasons: Option<Box<Reasons>>,
) -> (Result<Turn, AssembleError>, Option<Box<Reasons>>) {
    let mut host = EngineHost::new(interview, context);
    let settings = context.settings;
    let limits = Limits {
        fuel: settings.fuel,
        memory: settings.memory,
        recursion: settings.depth,
        output: settings.output,
        ..Limits::default()
    };
    let vm = Vm::new(&interview.floor, limits, &mut host);
    let variables = Value::None;
    let (util, previous, in_turn) = (Value::None, None, None);
    let mut evaluation = Evaluation { interview, context, vm, variables, util, previous, reasons, in_turn };
    let turn = evaluation.open(answers).and_then(|()| evaluation.obey(answers, command, answers.is_none()));
    (turn, evaluation.reasons)
}

impl<'e> Evaluation<'e, '_> {
    /// A block of the interview.
    pub(crate) fn block(&self, id: BlockId) -> &'e Block {
        &self.interview.program[id]
    }

    /// Reads the answers back, whatever was done to them since, or makes the first ones.
    pub(crate) fn open(&mut self, answers: Option<&Answers>) -> Result<(), AssembleError> {
        let opened = match answers {
            Some(answers) => self.restore(answers)?,
            None => self.fresh()?,
        };
        self.variables = opened;
        self.host().variables = Some(opened);
        if let Some(previous) = self.context.previous {
            self.previous = Some(self.restore(previous)?);
        }
        self.standing_names()
    }

    fn restore(&mut self, answers: &Answers) -> Result<Value, AssembleError> {
        let root = self.vm.restore(&answers.0).map_err(|error| {
            AssembleError::new(AssembleErrorKind::Answers, format!("the answers cannot be read back: {error}"))
        })?;
        Ok(self.vm.pin(root))
    }

    fn obey(&mut self, answers: Option<&Answers>, command: Command, begins: bool) -> Result<Turn, AssembleError> {
        let mut is_step = begins;
        let outcome = match command {
            Command::Begin { url_args } => {
                self.set_url_args(&url_args)?;
                self.evaluate()?
            }
            Command::Show => self.evaluate()?,
            Command::Action(action) => {
                is_step = action.is_step;
                self.carry_out(&action)?
            }
            Command::Work(work) => return self.work(answers, work),
            Command::Variables => Outcome::Variables(self.all_variables()?),
            Command::Answer(answer) => {
                is_step = true;
                match self.take(&answer)? {
                    Taken::Over(outcome) => return self.refused(answers, outcome),
                    Taken::Wrong(errors) => {
                        let refused = self.show_again(answers, errors)?;
                        return self.refused(answers, refused);
                    }
                    Taken::All if answer.only_set => Outcome::Nothing,
                    Taken::All => {
                        let mut outcome = self.evaluate()?;
                        if answer.advances_progress {
                            self.advance_progress(&mut outcome)?;
                        }
                        outcome
                    }
                }
            }
        };
        self.turn(answers, outcome, is_step)
    }

    /// The screen as it was before answers that are refused.
    fn show_again(
        &mut self,
        answers: Option<&Answers>,
        errors: Vec<(String, String)>,
    ) -> Result<Outcome, AssembleError> {
        self.open(answers)?;
        Ok(match self.evaluate()? {
            Outcome::Screen(screen) => Outcome::Refused { screen, errors },
            other => other,
        })
    }

    /// Saves the answers and says what came of it all.
    fn turn(&mut self, before: Option<&Answers>, outcome: Outcome, is_step: bool) -> Result<Turn, AssembleError> {
        self.end_evaluation()?;
        let multi_user = matches!(self.vm.dict_get_str(self.variables, "multi_user"), Some(Value::True));
        let snapshot = self.vm.snapshot(self.variables).map_err(|error| {
            AssembleError::new(AssembleErrorKind::Answers, format!("the answers cannot be saved: {error}"))
        })?;
        let answers = Answers(snapshot.bytes);
        let keeping = self.host().keeping;
        let changed = keeping != Keeping::Ignore && (is_step || before != Some(&answers));
        let effects = self.host().take_effects();
        Ok(Turn { answers, changed, keeping, multi_user, outcome, worked: None, effects })
    }

    /// A refused form changes nothing.
    fn refused(&mut self, before: Option<&Answers>, outcome: Outcome) -> Result<Turn, AssembleError> {
        let answers = before.cloned().unwrap_or_default();
        let (keeping, effects) = (Keeping::Usual, Vec::new());
        Ok(Turn { answers, changed: false, keeping, multi_user: false, outcome, worked: None, effects })
    }

    /// What the engine itself keeps while Python runs.
    pub(crate) fn host(&mut self) -> &mut EngineHost {
        EngineHost::of(&mut self.vm)
    }
}
