//! The fields of a form, evaluated.

use super::{Evaluation, Flow, to_plain};
use crate::block::{BlockField as Written, BlockId, FieldCode, FieldItem, FieldKind, Given, Label, field_from_data};
use crate::error::{AssembleError, AssembleErrorKind};
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
    pub(crate) fn fields(&mut self, place: BlockId, items: &[FieldItem]) -> Flow<Option<Vec<Field>>> {
        let mut fields = Vec::new();
        for (number, item) in items.iter().enumerate() {
            match item {
                FieldItem::Field(written) => fields.push(self.one_field(place, number.to_string(), written)?),
                FieldItem::Code(code) => {
                    for (inner, written) in self.made_fields(place, code)?.iter().enumerate() {
                        fields.push(self.one_field(place, format!("{number}_{inner}"), written)?);
                    }
                }
            }
        }
        let can_choose = |choices: &Vec<Choice>| choices.iter().any(|choice| choice.value != ChoiceValue::None);
        if items.is_empty() || fields.iter().any(|field| field.choices.as_ref().is_none_or(can_choose)) {
            return Ok(Some(fields));
        }
        self.define_without_choices(items)?;
        Ok(None)
    }

    fn one_field(&mut self, place: BlockId, number: String, written: &Written) -> Flow<Field> {
        match &written.variable {
            Some(variable) => self.field(place, number, written, variable),
            None => self.note(place, number, written),
        }
    }

    /// The fields that code describes: a list of what could stand in `fields`.
    pub(super) fn made_fields(&mut self, place: BlockId, code: &FieldCode) -> Flow<Vec<Written>> {
        let described = self.expression(place, &code.code)?;
        let described = to_plain(&mut self.vm, described);
        let described = match self.flow(described, place)? {
            Plain::List(items) => items,
            single => vec![single],
        };
        let interview = self.interview;
        let mut fields = Vec::with_capacity(described.len());
        for data in &described {
            match field_from_data(&interview.name, &interview.sources, code.line, data) {
                Ok(FieldItem::Field(written)) => fields.push(*written),
                Ok(FieldItem::Code(_)) => return Err(self.unsupported(place, "code in fields that are made by code")),
                Err(message) => {
                    let class = "DASourceError".to_owned();
                    let kind = AssembleErrorKind::Python { class, traceback: Vec::new() };
                    let mut error = AssembleError::new(kind, format!("A field that code made: {message}"));
                    error.place = Some(Box::new(self.block(place).place()));
                    return Err(error.into());
                }
            }
        }
        Ok(fields)
    }

    /// Where there is nothing to choose, the variables are defined as nothing chosen.
    fn define_without_choices(&mut self, items: &[FieldItem]) -> Flow<()> {
        for item in items {
            let FieldItem::Field(written) = item else { continue };
            let Some(variable) = &written.variable else { continue };
            let value = if written.has_many() { self.empty_checkboxes(variable)? } else { Value::None };
            let target = self.target(variable)?;
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

    fn note(&mut self, place: BlockId, number: String, written: &Written) -> Flow<Field> {
        let (active, show_if) = self.show_if(place, &written.show_if)?;
        let mut field = Field { number, active, required: Some(true), show_if, ..Field::default() };
        let kind = match &written.kind {
            FieldKind::Note(text) => {
                field.note = Some(self.text(place, text)?);
                "note"
            }
            FieldKind::Html(text) => {
                field.html = Some(self.text(place, text)?.trim_end().to_owned());
                "html"
            }
            FieldKind::RawHtml(text) => {
                let text = self.text(place, text)?.trim_end().to_owned();
                field.more.push(("raw html".to_owned(), Plain::Text(text)));
                "raw html"
            }
            FieldKind::Input => "note",
        };
        field.datatype = Some(kind.to_owned());
        self.options(place, written, &mut field)?;
        Ok(field)
    }

    fn field(&mut self, place: BlockId, number: String, written: &Written, variable: &str) -> Flow<Field> {
        let (datatype, input_type, sign) = kinds(written);
        let (active, show_if) = self.show_if(place, &written.show_if)?;
        let disables_others = written.more("disable others").is_some_and(|given| !given.is(false));
        let optional = datatype == "range" || is_optional_box(input_type.as_deref()) || disables_others;
        let required = match &written.required {
            None => !optional,
            Some(condition) => self.holds(place, condition)? && !optional,
        };
        let label = match &written.label {
            Label::Text(label) => self.text(place, label)?,
            Label::None => "no label".to_owned(),
        };
        let help = written.help.as_ref().map(|help| self.given_text(place, help)).transpose()?;
        let mut field = Field {
            number,
            variable: Some(variable.to_owned()),
            datatype: Some(datatype),
            input_type,
            active,
            required: Some(required),
            sign,
            label: Some(label),
            hint: self.text_of(place, written.hint.as_ref())?,
            help,
            show_if,
            ..Field::default()
        };
        self.limits(place, written, &mut field)?;
        self.field_choices(place, written, &mut field)?;
        field.default = self.default(place, written, variable)?;
        self.default_moment(variable, &mut field)?;
        if let Some(choices) = &mut field.choices
            && (!written.has_objects() || written.has_many())
        {
            mark_selected(choices, field.default.as_ref());
        }
        if written.has_objects() {
            // The object that stands there is told only if it can be chosen.
            let chosen = field.default.clone().map(ChoiceValue::Value);
            let can_be = field.choices.iter().flatten().any(|choice| Some(&choice.value) == chosen.as_ref());
            field.default = field.default.filter(|_| can_be);
        }
        if written.has_many() {
            // Quirk: boxes are told by their `selected` alone.
            field.default = None;
        }
        if is_file(field.datatype.as_deref()) {
            field.max = Some(Plain::Int(LARGEST_FILE));
        }
        self.options(place, written, &mut field)?;
        self.validation_messages(place, written, &mut field)?;
        Ok(field)
    }

    fn limits(&mut self, place: BlockId, written: &Written, field: &mut Field) -> Flow<()> {
        for (limit, shown) in [
            (&written.min, &mut field.min),
            (&written.max, &mut field.max),
            (&written.min_length, &mut field.min_length),
            (&written.max_length, &mut field.max_length),
            (&written.step, &mut field.step),
        ] {
            if let Some(given) = limit {
                *shown = Some(Plain::Text(self.given_text(place, given)?));
            }
        }
        Ok(())
    }

    fn field_choices(&mut self, place: BlockId, written: &Written, field: &mut Field) -> Flow<()> {
        let (many, variable) = (written.has_many(), written.variable.as_deref().unwrap_or_default());
        let mut offered = match &written.choices {
            Some(choices) => self.choices(place, choices)?,
            None if written.object_choices.is_empty() => return Ok(()),
            None => self.object_choices(place, written)?,
        };
        self.without_excluded(place, &mut offered, &written.exclude)?;
        let mut shown: Vec<Choice> = Vec::with_capacity(offered.len());
        for option in offered {
            let mut choice = option.choice;
            if many && !written.has_objects() {
                let variable = format!("{variable}[{}]", python_repr(&option.value));
                choice.value = ChoiceValue::Own { variable, value: Plain::Bool(true) };
            }
            // Of a field, what is chosen by itself is told as chosen.
            if choice.default == Some(Plain::Bool(true)) {
                choice.selected = Some(Plain::Bool(true));
            }
            choice.default = choice.default.filter(|default| written.has_objects() && default.as_text().is_some());
            shown.push(choice);
        }
        if many || field.datatype.as_deref() == Some("object_radio") {
            let none = self.above(place, written.none_of_the_above.as_ref(), many)?;
            let all = self.above(place, written.all_of_the_above.as_ref(), false)?;
            if many {
                field.all_of_the_above = Some(all.clone());
            }
            field.none_of_the_above = Some(none.clone());
            shown.extend(above_choice(&all, "All of the above"));
            shown.extend(above_choice(&none, "None of the above"));
        }
        field.choices = Some(shown);
        Ok(())
    }

    /// `none of the above` and its kin: whether there is such a choice, or what it says.
    fn above(&mut self, place: BlockId, given: Option<&Given>, usual: bool) -> Flow<Plain> {
        given.map_or(Ok(Plain::Bool(usual)), |given| self.given_plain(place, given))
    }

    /// What stands in the control: the value before Back, the present value, or the default.
    fn default(&mut self, place: BlockId, written: &Written, variable: &str) -> Flow<Option<Plain>> {
        // Quirk: boxes that were checked before are not checked again, unless they stand for objects.
        let is_kept = !written.has_many() || written.has_objects();
        let present = if is_kept { self.present(variable)? } else { None };
        if let Some(value) = present {
            return self.shown_default(place, written, value);
        }
        match &written.default {
            None => Ok(None),
            Some(Given::Plain(Plain::Null)) => Ok(None),
            Some(given @ (Given::Text(_) | Given::Plain(_))) => {
                Ok(Some(Plain::Text(self.given_text(place, given)?.trim().to_owned())))
            }
            Some(given) => {
                let value = self.given(place, given)?;
                self.shown_default(place, written, value)
            }
        }
    }

    fn shown_default(&mut self, place: BlockId, written: &Written, value: Value) -> Flow<Option<Plain>> {
        if value.is_none() {
            return Ok(None);
        }
        if written.has_many()
            && let Some(elements) = self.elements(value)
        {
            if written.has_objects() {
                let objects = self.members(place, elements)?;
                return Ok(Some(
                    objects.into_iter().filter_map(|item| self.object_name(item)).collect::<Vec<_>>().into(),
                ));
            }
            let plain = to_plain(&mut self.vm, elements);
            return self.flow(plain, place).map(Some);
        }
        if written.has_objects() {
            return self.choice_value(place, value).map(Some);
        }
        // Quirk: dates, and whatever else JSON has no word for, are not told.
        if self.vm.as_instance(value).is_some() && self.vm.text(value).is_none() {
            return Ok(None);
        }
        let plain = to_plain(&mut self.vm, value);
        self.flow(plain, place).map(Some)
    }

    /// A date or a time as its control has it: the day, the minute, or both.
    fn default_moment(&mut self, variable: &str, field: &mut Field) -> Flow<()> {
        let Some(Plain::Text(text)) = &mut field.default else { return Ok(()) };
        let length = match field.datatype.as_deref() {
            Some("date") => 10,
            Some("datetime") => 16,
            Some("time") => 5,
            _ => return Ok(()),
        };
        let Some(value) = self.present(variable)? else { return Ok(()) };
        if self.vm.text(value).is_none() {
            text.truncate(length);
            field.default_is_moment = true;
        }
        Ok(())
    }

    /// Directives that are passed on, under the names that the question JSON has for them.
    fn options(&mut self, place: BlockId, written: &Written, field: &mut Field) -> Flow<()> {
        for (name, given) in &written.more {
            let Some((_, shown)) = OPTIONS.iter().find(|(known, _)| known == name) else { continue };
            let value = match *shown {
                "rows" => number_of(&self.given_plain(place, given)?),
                "accept" | "scale" | "currency symbol" => Plain::Text(self.given_text(place, given)?),
                "grid" | "item grid" => match self.given_plain(place, given)? {
                    Plain::Int(width) => Plain::Map(vec![("width".to_owned(), Plain::Int(width))]),
                    other => other,
                },
                "disable_others" if given.is(false) => continue,
                _ => self.given_plain(place, given)?,
            };
            field.more.push(((*shown).to_owned(), value));
        }
        if written.shuffle {
            field.more.push(("shuffle".to_owned(), Plain::Bool(true)));
        }
        Ok(())
    }

    /// What is inside a group.
    pub(super) fn elements(&self, value: Value) -> Option<Value> {
        let attributes = self.vm.as_instance(value).map(|instance| instance.attributes)?;
        self.vm.dict_get_str(attributes, "elements")
    }
}

/// Directives that are passed on, and their names in the question JSON.
const OPTIONS: [(&str, &str); 21] = [
    ("accept", "accept"),
    ("address autocomplete", "address_autocomplete"),
    ("check others", "check_others"),
    ("css class", "css class"),
    ("currency symbol", "currency symbol"),
    ("disable others", "disable_others"),
    ("field metadata", "field metadata"),
    ("file css class", "file css class"),
    ("floating label", "floating_label"),
    ("grid", "grid"),
    ("image upload type", "image_type"),
    ("inline", "inline"),
    ("inline width", "inline width"),
    ("item grid", "item grid"),
    ("label above field", "label_above_field"),
    ("maximum image size", "max_image_size"),
    ("pen color", "pen color"),
    ("rows", "rows"),
    ("scale", "scale"),
    ("uncheck others", "uncheck_others"),
    ("under text", "under_text"),
];

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
            ChoiceValue::Value(value) => value == default || matches!(default, Plain::List(all) if all.contains(value)),
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
