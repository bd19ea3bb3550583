//! The passes over the blocks: again and again from the top, until a screen is found.

use super::seek::Sought;
use super::{Evaluation, Flow, Signal};
use crate::block::{BlockId, BlockKind, ExitKind, Python, QuestionKind, Reconsider};
use crate::error::{AssembleError, AssembleErrorKind};
use crate::names::Variant;
use crate::reasons::Turned;
use crate::schedule::full_name;
use da_core::Outcome;
use da_python::machine::Value;

impl Evaluation<'_, '_> {
    /// Evaluates until there is something to show.
    pub(crate) fn evaluate(&mut self) -> Result<Outcome, AssembleError> {
        match self.passes() {
            Ok(outcome) => Ok(outcome),
            Err(Signal::Over(outcome)) => Ok(*outcome),
            Err(Signal::Failed(error)) => Err(*error),
            Err(Signal::Seek(variable)) => Ok(self.undefined(variable)),
            Err(Signal::StartOver) => Err(self.endless()),
        }
    }

    fn passes(&mut self) -> Flow<Outcome> {
        self.prologue()?;
        for number in 1..=self.context.settings.loop_limit {
            self.note_pass(number);
            // Groups that were being gathered when the last pass ended are not any more.
            self.host().seek_at(0);
            let missing = match self.pass() {
                Ok(outcome) => return Ok(outcome),
                Err(Signal::StartOver) => continue,
                Err(Signal::Seek(name)) => name,
                Err(other) => return Err(other),
            };
            self.note_needed(&missing);
            if let Some(outcome) = self.seek(&missing)? {
                return Ok(outcome);
            }
        }
        Err(self.endless().into())
    }

    fn endless(&self) -> AssembleError {
        let limit = self.context.settings.loop_limit;
        let message = format!("The interview went over its blocks {limit} times without coming to a screen.");
        AssembleError::new(AssembleErrorKind::InfiniteLoop, message)
    }

    /// A variable that nothing defines: whoever drives the session has to define it.
    pub(crate) fn undefined(&mut self, variable: String) -> Outcome {
        Outcome::UndefinedVariable { variable, message_log: std::mem::take(&mut self.host().messages) }
    }

    /// What runs once before the passes: imports, modules, and the variables that are forgotten.
    fn prologue(&mut self) -> Flow<()> {
        self.begin()?;
        self.forget_reconsidered()?;
        let interview = self.interview;
        for &place in &interview.schedule.prologue {
            let block = self.block(place);
            match &block.kind {
                BlockKind::Imports(names) => {
                    for name in names {
                        self.import(place, name, false)?;
                    }
                }
                BlockKind::Modules(names) => {
                    for name in names {
                        self.import(place, name, true)?;
                    }
                }
                BlockKind::Reset(names) => {
                    for name in names {
                        self.delete(name)?;
                    }
                }
                _ => {}
            }
            if block.modifiers.reconsider == Reconsider::Always && block.modifiers.generic_object.is_none() {
                for name in &block.fields_used.defined {
                    self.delete(name)?;
                }
            }
        }
        Ok(())
    }

    fn import(&mut self, place: BlockId, name: &str, all_names: bool) -> Flow<()> {
        let full = full_name(self.block(place).package(), name);
        let module = self.vm.import_or_stand_in(&full);
        let module = self.flow(module, place)?;
        if all_names {
            let behind = self.vm.add_parent(self.variables, module);
            return self.flow(behind, place);
        }
        // As `import a.b` does: what is bound is `a`.
        let first = full.split('.').next().unwrap_or(&full);
        let package = self.vm.import_or_stand_in(first);
        let package = self.flow(package, place)?;
        let bound = self.vm.dict_set_str(self.variables, first, package);
        self.flow(bound, place)
    }

    /// One pass.
    fn pass(&mut self) -> Flow<Outcome> {
        self.act()?;
        let interview = self.interview;
        for &place in &interview.schedule.turns {
            let block = self.block(place);
            if let BlockKind::Code(code) = &block.kind
                && self.is_on(place, &block.modifiers.initial)?
            {
                self.note_turn(place, Turned::Initial);
                self.prepare(place, &Variant::default())?;
                self.run_code(place, code)?;
                self.finish(place)?;
                continue;
            }
            if self.is_answered(place)? {
                self.note_turn(place, Turned::Answered);
                continue;
            }
            if !self.is_on(place, &block.modifiers.mandatory)? {
                self.note_turn(place, Turned::NotMandatory);
                continue;
            }
            self.note_turn(place, Turned::Mandatory);
            if let Some(outcome) = self.in_turn(place)? {
                return Ok(outcome);
            }
        }
        let message = "Docassemble has finished executing all code blocks marked as initial or mandatory, and finished \
                       asking all questions marked as mandatory (if any).  It is a best practice to end your interview \
                       with a question that says goodbye and offers an Exit button.";
        Err(AssembleError::new(AssembleErrorKind::NoEndpoint, message).into())
    }

    /// A mandatory block, in its turn.
    fn in_turn(&mut self, place: BlockId) -> Flow<Option<Outcome>> {
        if let BlockKind::Question(question) = &self.block(place).kind {
            return self.question_in_turn(place, &question.kind);
        }
        self.prepare(place, &Variant::default())?;
        match &self.block(place).kind {
            BlockKind::Code(code) | BlockKind::EventCode(code) => {
                self.run_code(place, code)?;
                self.finish(place)?;
            }
            BlockKind::Objects(objects) => {
                for object in objects {
                    self.make_object(place, object, &object.variable, false)?;
                }
            }
            BlockKind::Data(data) => self.make_data(place, data, None)?,
            BlockKind::Template(template) => self.make_template(place, &template.variable)?,
            BlockKind::Table(table) => self.make_table(place, &table.variable)?,
            BlockKind::Attachments(attachments) => self.make_documents(place, attachments, None)?,
            BlockKind::Unsupported(what) => return Err(self.unsupported(place, what)),
            BlockKind::Response(response) => return self.respond(place, response).map(Some),
            BlockKind::Question(_)
            | BlockKind::Inert
            | BlockKind::Imports(_)
            | BlockKind::Modules(_)
            | BlockKind::Reset(_)
            | BlockKind::Exit(_) => return Ok(None),
        }
        self.mark_answered(place)?;
        Ok(None)
    }

    fn question_in_turn(&mut self, place: BlockId, kind: &QuestionKind) -> Flow<Option<Outcome>> {
        if let Some(chosen) = self.chosen_block(place, kind)? {
            return self.follow(place, chosen, None);
        }
        let asked = self.ask(place, None)?;
        if asked.is_none() {
            // There was nothing to choose, and so nothing to ask.
            self.mark_answered(place)?;
        }
        Ok(asked)
    }

    /// Follows an embedded block that was chosen.
    pub(crate) fn follow(
        &mut self,
        outer: BlockId,
        chosen: BlockId,
        sought: Option<Sought<'_>>,
    ) -> Flow<Option<Outcome>> {
        match &self.block(chosen).kind {
            BlockKind::Code(code) | BlockKind::EventCode(code) => {
                self.run_code(chosen, code)?;
                self.mark_answered(outer)?;
                Ok(None)
            }
            BlockKind::Question(question) => match self.chosen_block(chosen, &question.kind)? {
                Some(inner) => self.follow(outer, inner, sought),
                None => self.ask(chosen, sought),
            },
            BlockKind::Exit(ExitKind { command, url }) => {
                let address = self.text_of(chosen, url.as_ref())?;
                self.exit(outer, chosen, command, address).map(Some)
            }
            _ => Err(self.unsupported(chosen, "this kind of block behind a choice")),
        }
    }

    /// The failure of a block that is read and that nothing here carries out.
    pub(crate) fn unsupported(&self, place: BlockId, what: &str) -> Signal {
        let mut error =
            AssembleError::new(AssembleErrorKind::Unsupported, format!("This server cannot carry out {what} yet."));
        error.place = Some(Box::new(self.block(place).place()));
        Signal::Failed(Box::new(error))
    }

    /// Runs the code of a block.
    pub(crate) fn run_code(&mut self, place: BlockId, code: &Python) -> Flow<()> {
        let ran = self.vm.exec(&code.code, self.variables);
        self.flow(ran, place)?;
        self.name_objects()
    }

    /// Objects that code made without a name are called after the variable that they were put into.
    fn name_objects(&mut self) -> Flow<()> {
        let named = crate::objects::name_variables(&mut self.vm, self.variables);
        self.flow_anywhere(named)
    }

    /// Whether an expression is true.
    pub(crate) fn is_true(&mut self, place: BlockId, expression: &Python) -> Flow<bool> {
        let value = self.expression(place, expression)?;
        let truth = self.vm.truth(value);
        self.flow(truth, place)
    }

    /// The value of an expression.
    pub(crate) fn expression(&mut self, place: BlockId, expression: &Python) -> Flow<Value> {
        let value = self.vm.eval(&expression.code, self.variables);
        let value = self.flow(value, place)?;
        Ok(self.vm.root(value))
    }
}
