//! The passes over the blocks: again and again from the top, until a screen is found.

use super::{Evaluation, Flow, Signal};
use crate::block::{Control, Kind, When};
use crate::error::{AssembleError, AssembleErrorKind};
use da_core::Outcome;
use da_python::Value;

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
        for _ in 0..self.context.settings.loop_limit {
            self.forget_gathering()?;
            let missing = match self.pass() {
                Ok(outcome) => return Ok(outcome),
                Err(Signal::StartOver) => continue,
                Err(Signal::Seek(name)) => name,
                Err(other) => return Err(other),
            };
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
        for place in 0..self.interview.blocks.len() {
            match &self.interview.blocks[place].kind {
                Kind::Imports(names) => {
                    for name in names {
                        self.import(place, name, false)?;
                    }
                }
                Kind::Modules(names) => {
                    for name in names {
                        self.import(place, name, true)?;
                    }
                }
                Kind::Reset(names) => {
                    for name in names {
                        self.delete(name)?;
                    }
                }
                _ => {}
            }
            let block = &self.interview.blocks[place];
            if block.is_reconsidered && block.generic.is_none() {
                for name in &block.variables {
                    self.delete(name)?;
                }
            }
        }
        Ok(())
    }

    fn import(&mut self, place: usize, name: &str, all_names: bool) -> Flow<()> {
        let full = match name.strip_prefix('.') {
            Some(rest) => format!("{}.{rest}", self.interview.blocks[place].origin.package),
            None => name.to_owned(),
        };
        let module = self.vm.import(&full);
        let module = self.flow(module, place)?;
        let bound = if all_names {
            self.vm.add_parent(self.variables, module)
        } else {
            self.vm.dict_set_str(self.variables, name, module)
        };
        self.flow(bound, place)
    }

    /// Groups that were being gathered when the last pass ended are not any more.
    fn forget_gathering(&mut self) -> Flow<()> {
        let forget = self.vm.lookup(self.variables, "_stop_gathering");
        let Some(forget) = forget else { return Ok(()) };
        let forgotten = self.vm.call(forget, &[]);
        self.flow_anywhere(forgotten).map(drop)
    }

    /// One pass.
    fn pass(&mut self) -> Flow<Outcome> {
        for place in 0..self.interview.blocks.len() {
            let block = &self.interview.blocks[place];
            if block.outer.is_some() {
                continue;
            }
            if let Kind::Code(script) = &block.kind
                && self.is_due(place, &block.initial)?
            {
                let ran = self.vm.exec(&script.code, self.variables);
                self.flow(ran, place)?;
                self.name_objects()?;
                continue;
            }
            if matches!(block.mandatory, When::Sought) || self.is_answered(place)? {
                continue;
            }
            if !self.is_due(place, &block.mandatory)? {
                continue;
            }
            if let Some(outcome) = self.in_turn(place)? {
                return Ok(outcome);
            }
        }
        let message = "Docassemble has finished executing all code blocks marked as initial or mandatory, and finished \
                       asking all questions marked as mandatory (if any).  It is a best practice to end your interview \
                       with a question that says goodbye and offers an Exit button.";
        Err(AssembleError::new(AssembleErrorKind::NoEndpoint, message).into())
    }

    fn is_due(&mut self, place: usize, when: &When) -> Flow<bool> {
        match when {
            When::Sought => Ok(false),
            When::Always => Ok(true),
            When::If(expression) => self.condition(place, expression),
        }
    }

    /// A mandatory block, in its turn.
    fn in_turn(&mut self, place: usize) -> Flow<Option<Outcome>> {
        let block = &self.interview.blocks[place];
        match &block.kind {
            Kind::Code(script) | Kind::EventCode(script) => {
                let ran = self.vm.exec(&script.code, self.variables);
                self.flow(ran, place)?;
                self.name_objects()?;
                self.mark_answered(place)?;
                Ok(None)
            }
            Kind::Objects(plans) => {
                for plan in plans {
                    self.make_object(place, plan, &plan.variable, false)?;
                }
                self.mark_answered(place)?;
                Ok(None)
            }
            Kind::Data(plan) => {
                self.make_data(place, plan, &plan.variable)?;
                self.mark_answered(place)?;
                Ok(None)
            }
            Kind::Template(plan) => {
                self.make_template(place, &plan.variable)?;
                self.mark_answered(place)?;
                Ok(None)
            }
            Kind::Question(question) => self.question_in_turn(place, &question.control),
            Kind::Imports(_) | Kind::Modules(_) | Kind::Reset(_) | Kind::Exit { .. } => Ok(None),
            Kind::Unsupported(what) => Err(self.unsupported(place, what)),
        }
    }

    fn question_in_turn(&mut self, place: usize, control: &Control) -> Flow<Option<Outcome>> {
        if let Some(chosen) = self.chosen_block(place, control)? {
            return self.follow(place, chosen);
        }
        self.ask(place, None)
    }

    /// Follows an embedded block that was chosen.
    pub(crate) fn follow(&mut self, outer: usize, chosen: usize) -> Flow<Option<Outcome>> {
        match &self.interview.blocks[chosen].kind {
            Kind::Code(script) | Kind::EventCode(script) => {
                let ran = self.vm.exec(&script.code, self.variables);
                self.flow(ran, chosen)?;
                self.mark_answered(outer)?;
                Ok(None)
            }
            Kind::Question(_) => self.ask(chosen, None),
            Kind::Exit { kind, url } => {
                let address = self.text_of(chosen, url.as_ref())?;
                self.exit(outer, chosen, *kind, address).map(Some)
            }
            _ => Err(self.unsupported(chosen, "this kind of block behind a choice")),
        }
    }

    pub(crate) fn unsupported(&self, place: usize, what: &str) -> Signal {
        let block = &self.interview.blocks[place];
        let mut error =
            AssembleError::new(AssembleErrorKind::Unsupported, format!("This server cannot carry out {what} yet."));
        error.place = Some(Box::new(block.origin.place(&block.name)));
        Signal::Failed(Box::new(error))
    }

    /// Objects that code made without a name are called after the variable that they were put into.
    fn name_objects(&mut self) -> Flow<()> {
        let Some(name_objects) = self.vm.lookup(self.variables, "_name_objects") else { return Ok(()) };
        let named = self.vm.call(name_objects, &[self.variables]);
        self.flow_anywhere(named).map(drop)
    }

    /// Whether an expression is true.
    pub(crate) fn condition(&mut self, place: usize, expression: &crate::block::Expression) -> Flow<bool> {
        let value = self.expression(place, expression)?;
        let truth = self.vm.truth(value);
        self.flow(truth, place)
    }

    /// The value of an expression.
    pub(crate) fn expression(&mut self, place: usize, expression: &crate::block::Expression) -> Flow<Value> {
        let value = self.vm.eval(&expression.code, self.variables);
        let value = self.flow(value, place)?;
        Ok(self.vm.root(value))
    }
}
