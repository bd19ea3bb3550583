//! What a person entered is checked by the interview's own code: `validate` of a field, `validation code` of a screen.
//!
//! Only forms are checked, as in docassemble; clients of the API are trusted to know what they send.

use super::{Evaluation, Flow, Signal};
use crate::block::{BlockField, BlockId, BlockKind, FieldItem, QuestionKind};
use da_core::Answer;
use da_python::machine::{Raised, Value};

/// What is said where the code says nothing.
const NOT_VALID: &str = "Please enter a valid value.";

/// What is wrong, by the variable of the field; the empty name for the whole screen.
pub(super) type Errors = Vec<(String, String)>;

impl<'e> Evaluation<'e, '_> {
    /// The block whose form was sent.
    pub(super) fn answered_block(&self, answer: &Answer) -> Option<BlockId> {
        let name = answer.question_name.as_deref().filter(|_| answer.check_fields)?;
        self.interview.index.block_named(name)
    }

    /// Whether the interview checks the answers to a block.
    pub(super) fn has_checks(&self, place: BlockId) -> bool {
        let BlockKind::Question(question) = &self.block(place).kind else { return false };
        let QuestionKind::Fields { items, .. } = &question.kind else { return question.validation_code.is_some() };
        let checks = |field: &BlockField| field.validate.is_some() || field.has_own_datatype();
        let is_checked = |item: &FieldItem| matches!(item, FieldItem::Field(field) if checks(field));
        question.validation_code.is_some() || items.iter().any(is_checked)
    }

    /// Whether a block asks for a variable by a signature.
    pub(super) fn is_signed(&self, place: BlockId, variable: &str) -> bool {
        let BlockKind::Question(question) = &self.block(place).kind else { return false };
        matches!(&question.kind, QuestionKind::Signature { variable: own, .. } if own == variable)
    }

    /// The field of a variable, as it is written in a block.
    pub(super) fn written_field(&self, place: BlockId, variable: &str) -> Option<&'e BlockField> {
        let BlockKind::Question(question) = &self.block(place).kind else { return None };
        let QuestionKind::Fields { items, .. } = &question.kind else { return None };
        items.iter().find_map(|item| match item {
            FieldItem::Field(field) if field.variable.as_deref() == Some(variable) => Some(&**field),
            _ => None,
        })
    }

    /// What the field of a variable says to a value.
    pub(super) fn check_value(&mut self, place: BlockId, variable: &str, value: Value) -> Flow<Option<String>> {
        let Some(field) = self.written_field(place, variable) else { return Ok(None) };
        let Some(validate) = &field.validate else { return Ok(None) };
        let checked = match self.vm.eval(&validate.code, self.variables) {
            Ok(function) => {
                self.vm.root(function);
                self.vm.call(function, &[value]).and_then(|valid| self.vm.truth(valid))
            }
            Err(raised) => Err(raised),
        };
        match checked {
            Ok(true) => Ok(None),
            Ok(false) => Ok(Some(NOT_VALID.to_owned())),
            Err(raised) => self.complaint(raised).map(|(_, text)| Some(text)),
        }
    }

    /// What the `validation code` of a screen says to its answers.
    pub(super) fn check_screen(&mut self, place: BlockId) -> Flow<Errors> {
        let BlockKind::Question(question) = &self.block(place).kind else { return Ok(Vec::new()) };
        let Some(code) = &question.validation_code else { return Ok(Vec::new()) };
        match self.vm.exec(&code.code, self.variables) {
            Ok(_) => Ok(Vec::new()),
            Err(raised) => self.complaint(raised).map(|error| vec![error]),
        }
    }

    /// What an exception says is wrong, and of which variable.
    pub(super) fn complaint(&mut self, raised: Raised) -> Flow<(String, String)> {
        let Raised::Exception(exception) = raised else {
            return Err(Signal::Failed(Box::new(self.failure(raised, None))));
        };
        self.vm.root(exception);
        let field = self.vm.get_attr_opt(exception, "field");
        let field = self.flow_anywhere(field)?.and_then(|field| self.vm.text(field));
        let said = self.vm.to_str(exception);
        let said = self.flow_anywhere(said)?;
        let text = if said.is_empty() { NOT_VALID.to_owned() } else { said };
        Ok((field.map(|field| field.to_string()).unwrap_or_default(), text))
    }

    /// Runs the check of a field once before it is shown, so that what the check needs is asked for first.
    pub(super) fn try_check(&mut self, place: BlockId, written: &BlockField, datatype: &str) -> Flow<()> {
        let Some(validate) = &written.validate else { return Ok(()) };
        let function = self.expression(place, validate)?;
        let text = match datatype {
            "number" | "integer" | "currency" | "range" => None,
            "text" | "password" | "email" => Some(""),
            "date" => Some("01/01/1970"),
            "time" => Some("12:00 AM"),
            "datetime" => Some("01/01/1970 12:00 AM"),
            _ => return Ok(()),
        };
        let value = text.map_or(Ok(Value::Int(0)), |text| self.vm.str(text));
        let value = self.flow(value, place)?;
        match self.vm.call(function, &[value]) {
            Err(Raised::Exception(exception)) if self.is_complaint(exception) => Ok(()),
            other => self.flow(other, place).map(drop),
        }
    }

    /// Whether an exception says that a value is wrong.
    pub(super) fn is_complaint(&self, exception: Value) -> bool {
        let class = self.vm.as_class(self.vm.type_of(exception));
        class.is_some_and(|class| {
            class.mro.iter().any(|&base| self.vm.as_class(base).is_some_and(|base| &*base.name == "DAValidationError"))
        })
    }
}
