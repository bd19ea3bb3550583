//! The controls of a question: what a person can do on its screen.

use super::field::python_repr;
use super::{Evaluation, Flow, to_plain};
use crate::block::{BlockId, Choices, FieldItem, Question, QuestionKind, YesNo};
use da_core::{Choice, ChoiceValue, Field, Plain, Screen, ScreenKind, Variety};
use da_python::machine::Value;

impl Evaluation<'_, '_> {
    /// Adds the fields. False when there is nothing to choose.
    pub(super) fn controls(&mut self, place: BlockId, question: &Question, screen: &mut Screen) -> Flow<bool> {
        match &question.kind {
            QuestionKind::Deadend => screen.kind = ScreenKind::Deadend,
            QuestionKind::YesNo { variable, buttons } => self.yes_no(variable, *buttons, screen)?,
            QuestionKind::SetTrue { variable } => {
                screen.kind = ScreenKind::SetTrue;
                let field = self.simple_field(variable)?;
                screen.fields.push(field);
            }
            QuestionKind::Signature { variable, required } => {
                screen.kind = ScreenKind::Signature;
                let mut field = self.simple_field(variable)?;
                if let Some(condition) = required {
                    field.required = Some(self.holds(place, condition)?);
                }
                if let Some(given) = question.more("pen color") {
                    let color = Plain::Text(self.given_text(place, given)?.trim().to_owned());
                    field.more.push(("pen color".to_owned(), color));
                }
                screen.fields.push(field);
            }
            QuestionKind::MultipleChoice { variety, variable, choices, .. } => {
                return self.multiple_choice(place, question, (*variety, variable.as_deref(), choices), screen);
            }
            QuestionKind::Fields { items, continue_variable } => {
                screen.kind = ScreenKind::Fields;
                // A button that defines something of its own is shown whatever can be chosen.
                screen.fields = match self.collected(place, question, items, screen)? {
                    Some(fields) => fields,
                    None if continue_variable.is_some() => self.fields(place, items)?,
                    None => {
                        let Some(fields) = self.fields_with_a_choice(place, items)? else { return Ok(false) };
                        fields
                    }
                };
                screen.continue_variable = continue_variable.clone();
            }
            QuestionKind::Review { items, continue_variable } => {
                screen.continue_variable = continue_variable.clone();
                self.review(place, question, items, screen)?;
            }
        }
        Ok(true)
    }

    /// The fields of all items of a list, where a list is asked for as a whole.
    fn collected(
        &mut self,
        place: BlockId,
        question: &Question,
        items: &[FieldItem],
        screen: &mut Screen,
    ) -> Flow<Option<Vec<Field>>> {
        let Some(collect) = &question.list_collect else { return Ok(None) };
        let enabled = collect.enable.as_ref().map_or(Ok(true), |code| self.is_true(place, code))?;
        if enabled { self.collected_fields(place, items, collect, screen).map(Some) } else { Ok(None) }
    }

    /// A field with nothing but a variable.
    fn simple_field(&mut self, variable: &str) -> Flow<Field> {
        Ok(Field {
            number: "0".to_owned(),
            variable: Some(variable.to_owned()),
            active: true,
            required: Some(true),
            default: self.present_value(variable)?,
            validation_messages: required(super::field::required_message("text", None)),
            ..Field::default()
        })
    }

    /// The value that a variable had before Back, or has now, or had before it was undone.
    pub(crate) fn present(&mut self, variable: &str) -> Flow<Option<Value>> {
        if let Some(previous) = self.previous {
            let name = self.full_name(variable);
            let now = std::mem::replace(&mut self.variables, previous);
            let before = self.value_of(&name);
            self.variables = now;
            if let Some(value) = before? {
                return Ok(Some(value));
            }
        }
        Ok(match self.value_of(variable)? {
            Some(value) => Some(value),
            None => self.dirty(variable),
        })
    }

    fn present_value(&mut self, variable: &str) -> Flow<Option<Plain>> {
        let Some(value) = self.present(variable)?.filter(|value| !value.is_none()) else { return Ok(None) };
        let plain = to_plain(&mut self.vm, value);
        self.flow_anywhere(plain).map(Some)
    }

    fn yes_no(&mut self, variable: &str, buttons: YesNo, screen: &mut Screen) -> Flow<()> {
        let (kind, inverted, maybe) = match buttons {
            YesNo::YesNo => (ScreenKind::YesNo, false, false),
            YesNo::NoYes => (ScreenKind::NoYes, true, false),
            YesNo::YesNoMaybe => (ScreenKind::YesNoMaybe, false, true),
            YesNo::NoYesMaybe => (ScreenKind::NoYesMaybe, true, true),
        };
        screen.kind = kind;
        let (yes, no) = if inverted { ("No", "Yes") } else { ("Yes", "No") };
        screen.yes_label = Some(yes.to_owned());
        screen.no_label = Some(no.to_owned());
        screen.maybe_label = maybe.then(|| "I don't know".to_owned());
        let mut field = self.simple_field(variable)?;
        field.datatype = Some(if maybe { "threestate" } else { "boolean" }.to_owned());
        field.sign = Some(if inverted { -1 } else { 1 });
        if !inverted {
            field.boolean_labels = Some([Some(yes.to_owned()), Some(no.to_owned()), screen.maybe_label.clone()]);
        }
        screen.fields.push(field);
        Ok(())
    }

    fn multiple_choice(
        &mut self,
        place: BlockId,
        question: &Question,
        (variety, variable, choices): (Variety, Option<&str>, &Choices),
        screen: &mut Screen,
    ) -> Flow<bool> {
        screen.kind = ScreenKind::MultipleChoice;
        screen.variety = Some(variety);
        let offered = self.choices(place, choices)?;
        if let (true, Some(variable)) = (offered.is_empty(), variable) {
            let target = self.target(variable)?;
            self.assign(&target, Value::None)?;
            return Ok(false);
        }
        let own = format!("_internal[\"answers\"][{}]", python_repr(&Plain::Text(self.extended_name(place))));
        let is_boolean = !offered.is_empty() && offered.iter().all(|option| matches!(option.value, Plain::Bool(_)));
        let mut shown: Vec<Choice> = Vec::with_capacity(offered.len());
        for option in offered {
            let mut choice = option.choice;
            if variable.is_none() {
                choice.image = choice.image.filter(|image| !image.is_null());
                choice.value = ChoiceValue::Own { variable: own.clone(), value: option.value };
            }
            shown.push(choice);
        }
        let mut field = match variable {
            Some(variable) => self.simple_field(variable)?,
            None => Field { number: "0".to_owned(), active: true, required: Some(true), ..Field::default() },
        };
        field.field_type = Some("multiple_choice".to_owned());
        field.datatype = (is_boolean && variable.is_some()).then(|| "boolean".to_owned());
        if variable.is_some() && variety != Variety::Buttons && !is_boolean {
            let message = match variety {
                Variety::Combobox => "You need to select one or type in a new value.",
                _ => "You need to select one.",
            };
            field.validation_messages = required(message);
        }
        if let (None, Some(given)) = (&field.default, question.more("default")) {
            field.default = Some(Plain::Text(self.given_text(place, given)?.trim().to_owned()));
        }
        field.choices = Some(shown);
        screen.fields.push(field);
        Ok(true)
    }
}

fn required(text: &str) -> Vec<(String, String)> {
    vec![("required".to_owned(), text.to_owned())]
}
