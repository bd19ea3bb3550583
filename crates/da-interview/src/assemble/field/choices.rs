//! The choices of a field, and which of them are chosen.

use super::super::choices::label_html;
use super::super::{Evaluation, Flow};
use super::python_repr;
use crate::block::{BlockField as Written, BlockId, Given};
use da_core::{Choice, ChoiceValue, Field, Plain};

impl Evaluation<'_, '_> {
    /// Adds the choices; gives the texts of what they stand for.
    pub(super) fn field_choices(&mut self, place: BlockId, written: &Written, field: &mut Field) -> Flow<Vec<String>> {
        let (many, variable) = (written.has_many(), written.variable.as_deref().unwrap_or_default());
        let mut offered = match &written.choices {
            Some(choices) => self.choices(place, choices)?,
            None if written.object_choices.is_empty() => return Ok(Vec::new()),
            None => self.object_choices(place, written)?,
        };
        if written.choices.is_some() {
            self.without_excluded(place, &mut offered, &written.exclude)?;
        }
        let mut shown: Vec<Choice> = Vec::with_capacity(offered.len());
        let mut keys = Vec::with_capacity(offered.len());
        for option in offered {
            let mut choice = option.choice;
            keys.push(option.value.form_text());
            if many && !written.has_objects() {
                let variable = format!("{variable}[{}]", python_repr(&option.value));
                choice.value = ChoiceValue::Own { variable, value: Plain::Bool(true) };
            }
            // Of a field, what is chosen by itself is told as chosen.
            if choice.default.as_ref().is_some_and(is_true) {
                choice.selected = Some(Plain::Bool(true));
            }
            choice.default = choice.default.filter(|default| written.has_objects() && default.as_text().is_some());
            shown.push(choice);
        }
        if many || field.datatype.as_deref() == Some("object_radio") {
            let none = self.above(place, written.none_of_the_above.as_ref(), many)?;
            let all = self.above(place, written.all_of_the_above.as_ref(), false)?;
            if many {
                field.all_of_the_above = Some(all);
            }
            field.none_of_the_above = Some(none);
        }
        field.choices = Some(shown);
        Ok(keys)
    }

    /// Adds the choices of everything and of nothing, once it is known whether there are such.
    pub(super) fn above_choices(field: &mut Field) {
        let all = field.all_of_the_above.as_ref().and_then(|all| above_choice(all, "All of the above"));
        let none = field.none_of_the_above.as_ref().and_then(|none| above_choice(none, "None of the above"));
        if let Some(choices) = &mut field.choices {
            choices.extend(all.into_iter().chain(none));
        }
    }

    /// `none of the above` and its kin: whether there is such a choice, or what it says.
    fn above(&mut self, place: BlockId, given: Option<&Given>, usual: bool) -> Flow<Plain> {
        match given {
            None => Ok(Plain::Bool(usual)),
            Some(Given::Text(text)) => self.text(place, text).map(Plain::Text),
            Some(given) => self.given_plain(place, given),
        }
    }
}

/// Whether what an author gave for a choice's default is true in Python.
fn is_true(default: &Plain) -> bool {
    match default {
        Plain::Null => false,
        Plain::Bool(value) => *value,
        Plain::Int(number) => *number != 0,
        Plain::Float(number) => *number != 0.0,
        Plain::Text(text) => !text.is_empty() && text != "False",
        Plain::BigInt(_) => true,
        Plain::List(items) => !items.is_empty(),
        Plain::Map(entries) => !entries.is_empty(),
    }
}

fn above_choice(above: &Plain, words: &str) -> Option<Choice> {
    let label = match above {
        Plain::Bool(true) => words.to_owned(),
        Plain::Text(text) => label_html(text),
        _ => return None,
    };
    Some(Choice { label, ..Choice::default() })
}

/// Marks the choices that the default means. `keys` are the texts of what the choices stand for.
pub(crate) fn mark_selected(choices: &mut [Choice], keys: &[String], default: Option<&Plain>) {
    let Some(default) = default else { return };
    for (choice, key) in choices.iter_mut().zip(keys) {
        let selected = match default {
            Plain::Map(entries) => entries.iter().any(|(name, value)| name == key && is_true(value)),
            Plain::List(items) => items.iter().any(|item| item.as_text() == Some(key)),
            scalar => *key == scalar.form_text(),
        };
        if selected {
            choice.selected = Some(Plain::Bool(true));
        }
    }
}
