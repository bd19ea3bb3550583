//! The fields of a form, evaluated.

use super::{Evaluation, Flow, to_plain};
use crate::block::{Entry, Field as Written, FieldList, Flag, Note};
use crate::yaml::Node;
use da_core::{Choice, ChoiceValue, Field, Plain};
use da_python::Value;

mod messages;

pub(crate) use messages::required_message;

/// The kinds of yes-or-no field, by their datatype in the interview.
const YES_NO: [(&str, &str, i64); 8] = [
    ("yesno", "boolean", 1),
    ("noyes", "boolean", -1),
    ("yesnowide", "boolean", 1),
    ("noyeswide", "boolean", -1),
    ("yesnoradio", "boolean", 1),
    ("noyesradio", "boolean", -1),
    ("yesnomaybe", "threestate", 1),
    ("noyesmaybe", "threestate", -1),
];

impl Evaluation<'_, '_> {
    /// The fields of a form. None when all of them are choices and there is nothing to choose.
    pub(crate) fn fields(&mut self, place: usize, list: &FieldList) -> Flow<Option<Vec<Field>>> {
        let mut fields = Vec::new();
        let mut something = list.entries.is_empty();
        for (number, entry) in list.entries.iter().enumerate() {
            match entry {
                Entry::Note(note) => {
                    something = true;
                    fields.push(self.note(place, number, note)?);
                }
                Entry::Field(written) => {
                    let field = self.field(place, number, written)?;
                    something |= field
                        .choices
                        .as_ref()
                        .is_none_or(|choices| choices.iter().any(|choice| choice.value != ChoiceValue::None));
                    fields.push(field);
                }
                Entry::Code => return Err(self.unsupported(place, "fields that are made by code")),
            }
        }
        if something {
            return Ok(Some(fields));
        }
        self.define_without_choices(list)?;
        Ok(None)
    }

    /// Where there is nothing to choose, the variables are defined as nothing chosen.
    fn define_without_choices(&mut self, list: &FieldList) -> Flow<()> {
        for entry in &list.entries {
            let Entry::Field(written) = entry else { continue };
            let value = if is_many(written) { self.empty_checkboxes(&written.variable)? } else { Value::None };
            let target = self.target(&written.variable)?;
            self.assign(&target, value)?;
        }
        Ok(())
    }

    fn empty_checkboxes(&mut self, name: &str) -> Flow<Value> {
        let Some(make) = self.vm.lookup(self.variables, "_empty_checkboxes") else { return Ok(Value::None) };
        let name = self.vm.str(name);
        let name = self.flow_anywhere(name)?;
        let made = self.vm.call(make, &[name]);
        self.flow_anywhere(made)
    }

    fn note(&mut self, place: usize, number: usize, note: &Note) -> Flow<Field> {
        let (active, show_if) = self.conditions(place, &note.conditions)?;
        let text = self.text(place, &note.text)?;
        let mut field = Field {
            number: number.to_string(),
            datatype: Some(note.kind.to_owned()),
            active,
            required: Some(true),
            show_if,
            ..Field::default()
        };
        match note.kind {
            "note" => field.note = Some(text),
            "html" => field.html = Some(text.trim_end().to_owned()),
            kind => field.more.push((kind.to_owned(), Plain::Text(text.trim_end().to_owned()))),
        }
        field.more.extend(options(&note.options));
        Ok(field)
    }

    fn field(&mut self, place: usize, number: usize, written: &Written) -> Flow<Field> {
        self.owners(&written.variable)?;
        let (datatype, input_type, sign) = kinds(written);
        let (active, show_if) = self.conditions(place, &written.conditions)?;
        let required = match &written.required {
            Flag::Fixed(value) => *value && datatype != "range" && !is_optional_box(input_type.as_deref()),
            Flag::Code(expression) => self.condition(place, expression)?,
        };
        let label = match &written.label {
            Some(label) => self.text(place, label)?,
            None => "no label".to_owned(),
        };
        let mut field = Field {
            number: number.to_string(),
            variable: Some(written.variable.clone()),
            datatype: Some(datatype),
            input_type,
            active,
            required: Some(required),
            sign,
            label: Some(label),
            hint: self.text_of(place, written.hint.as_ref())?,
            help: self.text_of(place, written.help.as_ref())?,
            show_if,
            ..Field::default()
        };
        self.limits(place, written, &mut field)?;
        self.field_choices(place, written, &mut field)?;
        field.default = self.default(place, written)?;
        if let Some(choices) = &mut field.choices {
            mark_selected(choices, field.default.as_ref());
        }
        if is_many(written) {
            // Quirk: boxes are told by their `selected` alone.
            field.default = None;
        }
        if is_file(field.datatype.as_deref()) {
            field.max = Some(Plain::Int(LARGEST_FILE));
        }
        field.more.extend(options(&written.options));
        if written.disable_others {
            field.more.push(("disable_others".to_owned(), Plain::Bool(true)));
        }
        if written.shuffle {
            field.more.push(("shuffle".to_owned(), Plain::Bool(true)));
        }
        self.validation_messages(place, written, &mut field)?;
        Ok(field)
    }

    fn limits(&mut self, place: usize, written: &Written, field: &mut Field) -> Flow<()> {
        for (name, text) in &written.limits {
            let value = Plain::Text(self.text(place, text)?);
            match *name {
                "min" => field.min = Some(value),
                "max" => field.max = Some(value),
                "minlength" => field.min_length = Some(value),
                "maxlength" => field.max_length = Some(value),
                "step" => field.step = Some(value),
                "rows" => field.more.push(("rows".to_owned(), number_of(&value))),
                other => field.more.push((other.to_owned(), value)),
            }
        }
        Ok(())
    }

    fn field_choices(&mut self, place: usize, written: &Written, field: &mut Field) -> Flow<()> {
        let Some(choices) = &written.choices else { return Ok(()) };
        let mut offered = self.choices(place, choices)?;
        self.without_excluded(place, &mut offered, &written.exclude)?;
        let many = is_many(written);
        let mut shown: Vec<Choice> = Vec::with_capacity(offered.len());
        for option in offered {
            let mut choice = option.choice;
            if many {
                let key = python_repr(&option.value);
                choice.value =
                    ChoiceValue::Own { variable: format!("{}[{key}]", written.variable), value: Plain::Bool(true) };
            }
            shown.push(choice);
        }
        if many || field.datatype.as_deref() == Some("object_radio") {
            let none = above(written.none_of_the_above.as_ref(), many);
            let all = above(written.all_of_the_above.as_ref(), false);
            if many {
                field.all_of_the_above = Some(all.clone());
            }
            field.none_of_the_above = Some(none.clone());
            if field.datatype.as_deref() != Some("multiselect") {
                shown.extend(above_choice(&all, "All of the above"));
                shown.extend(above_choice(&none, "None of the above"));
            }
        }
        field.choices = Some(shown);
        Ok(())
    }

    /// What stands in the control: the value before Back, the present value, or the default.
    fn default(&mut self, place: usize, written: &Written) -> Flow<Option<Plain>> {
        // Quirk: boxes that were checked before are not checked again.
        let present = if is_many(written) { None } else { self.present(&written.variable)? };
        if let Some(value) = present {
            return self.shown_default(place, written, value);
        }
        if let Some(code) = &written.code_default {
            let value = self.expression(place, code)?;
            return self.shown_default(place, written, value);
        }
        if let Some(node) = &written.plain_default {
            let value = self.data(place, node, false)?;
            return self.shown_default(place, written, value);
        }
        Ok(self.text_of(place, written.default.as_ref())?.map(|text| Plain::Text(text.trim().to_owned())))
    }

    fn shown_default(&mut self, place: usize, written: &Written, value: Value) -> Flow<Option<Plain>> {
        if value.is_none() {
            return Ok(None);
        }
        if is_many(written)
            && let Some(elements) = self.elements(value)
        {
            let plain = to_plain(&mut self.vm, elements);
            return self.flow(plain, place).map(Some);
        }
        let plain = to_plain(&mut self.vm, value);
        self.flow(plain, place).map(Some)
    }

    /// What is inside a group.
    fn elements(&self, value: Value) -> Option<Value> {
        let attributes = self.vm.as_instance(value).map(|instance| instance.attributes)?;
        self.vm.dict_get_str(attributes, "elements")
    }

    /// What a variable is part of must be there before it is asked for.
    pub(crate) fn owners(&mut self, variable: &str) -> Flow<()> {
        let mut target = self.target(variable)?;
        while target.path.pop().is_some() {
            let name = target.to_string();
            if name != "_internal" && !name.starts_with("_internal[") {
                self.value_of_or_seek(&name)?;
            }
        }
        Ok(())
    }
}

fn is_many(written: &Written) -> bool {
    matches!(
        written.datatype.as_deref(),
        Some("checkboxes" | "multiselect" | "object_checkboxes" | "object_multiselect")
    )
}

/// The largest file that is taken, in bytes.
const LARGEST_FILE: i64 = 16 << 20;

pub(crate) fn is_file(datatype: Option<&str>) -> bool {
    matches!(datatype, Some("file" | "files" | "camera" | "user" | "environment" | "microphone" | "camcorder"))
}

/// Marks the choices that the default means.
pub(crate) fn mark_selected(choices: &mut [Choice], default: Option<&Plain>) {
    let Some(default) = default else { return };
    for choice in choices {
        let selected = match &choice.value {
            ChoiceValue::Value(value) => value == default,
            ChoiceValue::Own { variable, .. } => is_checked(variable, default),
            ChoiceValue::None => false,
        };
        if selected {
            choice.selected = Some(Plain::Bool(true));
        }
    }
}

/// Whether the box of `variable['key']` is checked by a default: a mapping, a list of keys, or a key.
fn is_checked(variable: &str, default: &Plain) -> bool {
    let own = |key: &str| variable.ends_with(&format!("[{}]", python_repr(&Plain::from(key))));
    match default {
        Plain::Map(entries) => entries.iter().any(|(key, value)| *value == Plain::Bool(true) && own(key)),
        Plain::List(items) => items.iter().filter_map(Plain::as_text).any(own),
        Plain::Text(key) => own(key),
        _ => false,
    }
}

/// A box that may stay unchecked.
fn is_optional_box(input_type: Option<&str>) -> bool {
    matches!(input_type, Some("yesno" | "noyes" | "yesnowide" | "noyeswide"))
}

/// The datatype, the input type and the sign of a field, from the words that the interview uses.
fn kinds(written: &Written) -> (String, Option<String>, Option<i64>) {
    let word = written.datatype.as_deref().unwrap_or("text");
    if let Some((input, datatype, sign)) = YES_NO.iter().find(|(input, _, _)| *input == word) {
        return ((*datatype).to_owned(), Some((*input).to_owned()), Some(*sign));
    }
    let input = written.input_type.clone();
    match word {
        "area" => ("text".to_owned(), Some("area".to_owned()), None),
        "radio" | "combobox" | "dropdown" | "ajax" => ("text".to_owned(), Some(word.to_owned()), None),
        "mlarea" => ("ml".to_owned(), Some("area".to_owned()), None),
        "boolean" | "threestate" => (word.to_owned(), input, Some(1)),
        other => (other.to_owned(), input, None),
    }
}

/// `none of the above` and its kin: whether there is such a choice, or what it says.
fn above(node: Option<&Node>, usual: bool) -> Plain {
    node.map_or(Plain::Bool(usual), Node::to_plain)
}

fn above_choice(above: &Plain, words: &str) -> Option<Choice> {
    let label = match above {
        Plain::Bool(true) => words.to_owned(),
        Plain::Text(text) => text.trim().to_owned(),
        _ => return None,
    };
    Some(Choice { label, ..Choice::default() })
}

fn number_of(value: &Plain) -> Plain {
    value.as_text().and_then(|text| text.trim().parse().ok()).map_or_else(|| value.clone(), Plain::Int)
}

/// Modifiers that are passed on, under the names that the question JSON has for them.
fn options(options: &[(String, Node)]) -> Vec<(String, Plain)> {
    let renamed = |name: &str| match name {
        "address autocomplete" => "address_autocomplete".to_owned(),
        "label above field" => "label_above_field".to_owned(),
        "floating label" => "floating_label".to_owned(),
        "uncheck others" => "uncheck_others".to_owned(),
        "check others" => "check_others".to_owned(),
        "under text" => "under_text".to_owned(),
        "maximum image size" => "max_image_size".to_owned(),
        "image upload type" => "image_type".to_owned(),
        other => other.to_owned(),
    };
    options
        .iter()
        .map(|(name, node)| {
            let value = match (name.as_str(), node.to_plain()) {
                ("grid" | "item grid", Plain::Int(width)) => Plain::Map(vec![("width".to_owned(), Plain::Int(width))]),
                (_, plain) => plain,
            };
            (renamed(name), value)
        })
        .collect()
}

/// A key as it is written in brackets.
pub(crate) fn python_repr(value: &Plain) -> String {
    match value {
        Plain::Null => "None".to_owned(),
        Plain::Bool(true) => "True".to_owned(),
        Plain::Bool(false) => "False".to_owned(),
        Plain::Int(number) => number.to_string(),
        Plain::BigInt(digits) => digits.clone(),
        Plain::Float(number) => number.to_string(),
        Plain::Text(text) if text.contains('\'') && !text.contains('"') => {
            format!("\"{}\"", text.replace('\\', "\\\\"))
        }
        Plain::Text(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        Plain::List(_) | Plain::Map(_) => "None".to_owned(),
    }
}
