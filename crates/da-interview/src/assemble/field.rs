//! The fields of a form, evaluated.

use super::{Evaluation, Flow, to_plain};
use crate::block::{BlockField as Written, BlockId, FieldCode, FieldItem, FieldKind, Label, field_from_data};
use crate::error::{AssembleError, AssembleErrorKind};
use da_core::{Choice, ChoiceValue, Field, Plain};
use da_python::machine::Value;

mod choices;
mod default;
mod messages;
mod options;

pub(crate) use choices::mark_selected;
pub(crate) use messages::required_message;
pub(crate) use options::is_file;

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
    /// The fields of a form. None when all of them are choices and there is nothing to choose: then their variables are defined.
    pub(crate) fn fields_with_a_choice(&mut self, place: BlockId, items: &[FieldItem]) -> Flow<Option<Vec<Field>>> {
        let fields = self.fields(place, items)?;
        let can_choose = |choices: &Vec<Choice>| choices.iter().any(|choice| choice.value != ChoiceValue::None);
        let takes_text = |field: &Field| matches!(field.input_type.as_deref(), Some("combobox" | "datalist"));
        let asks = |field: &Field| takes_text(field) || field.choices.as_ref().is_none_or(can_choose);
        if items.is_empty() || fields.iter().any(asks) {
            return Ok(Some(fields));
        }
        self.define_without_choices(items)?;
        Ok(None)
    }

    /// The fields of a form.
    pub(crate) fn fields(&mut self, place: BlockId, items: &[FieldItem]) -> Flow<Vec<Field>> {
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
        Ok(fields)
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
        let Some(make) = self.own_function("_empty_checkboxes") else { return Ok(Value::None) };
        let name = self.vm.str(name);
        let name = self.flow_anywhere(name)?;
        let made = self.vm.call(make, &[name]);
        self.flow_anywhere(made)
    }

    /// A text among the fields.
    fn note(&mut self, place: BlockId, number: String, written: &Written) -> Flow<Field> {
        let (active, show_if) = self.show_if(place, &written.show_if)?;
        let mut field = Field { number, active, show_if, ..Field::default() };
        let kind = match &written.kind {
            FieldKind::Note(_) | FieldKind::Input => "note",
            FieldKind::Html(_) => "html",
            FieldKind::RawHtml(_) => "raw html",
        };
        field.datatype = Some(kind.to_owned());
        if active {
            field.required = Some(true);
            self.text_of_note(place, written, &mut field)?;
            self.options(place, written, &mut field)?;
        }
        Ok(field)
    }

    /// What a note says; a field may have one beside its control.
    fn text_of_note(&mut self, place: BlockId, written: &Written, field: &mut Field) -> Flow<()> {
        match &written.kind {
            FieldKind::Note(text) => field.note = Some(self.text(place, text)?),
            FieldKind::Html(text) => field.html = Some(self.text(place, text)?.trim_end().to_owned()),
            FieldKind::RawHtml(text) => {
                let text = self.text(place, text)?.trim_end().to_owned();
                field.more.push(("raw html".to_owned(), Plain::Text(text)));
            }
            FieldKind::Input => {}
        }
        Ok(())
    }

    fn field(&mut self, place: BlockId, number: String, written: &Written, variable: &str) -> Flow<Field> {
        let (active, show_if) = self.show_if(place, &written.show_if)?;
        let (datatype, input_type, sign) = kinds(written);
        let mut field = Field {
            number,
            variable: Some(variable.to_owned()),
            datatype: Some(datatype),
            input_type,
            active,
            sign,
            show_if,
            ..Field::default()
        };
        let keys = self.field_choices(place, written, &mut field)?;
        if active {
            self.control(place, written, &mut field, &keys)?;
        }
        self.validation_messages(place, written, &mut field)?;
        Self::above_choices(&mut field);
        Ok(field)
    }

    /// All that is said of a field that is shown. `keys` are the texts of what its choices stand for.
    fn control(&mut self, place: BlockId, written: &Written, field: &mut Field, keys: &[String]) -> Flow<()> {
        let disabled = match &written.disabled {
            Some(condition) => self.holds(place, condition)?,
            None => false,
        };
        let disables_others = written.more("disable others").is_some_and(|given| !given.is(false));
        let is_range = field.datatype.as_deref() == Some("range");
        let optional = is_range || is_optional_box(field.input_type.as_deref()) || disables_others || disabled;
        field.required = Some(match &written.required {
            None => !optional,
            Some(condition) => self.holds(place, condition)? && !optional,
        });
        field.label = Some(match &written.label {
            Label::Text(label) => self.text(place, label)?,
            Label::None => "no label".to_owned(),
        });
        self.text_of_note(place, written, field)?;
        field.hint = self.text_of(place, written.hint.as_ref())?;
        field.help = written.help.as_ref().map(|help| self.given_text(place, help)).transpose()?;
        self.limits(place, written, field)?;
        self.try_check(place, written, field.datatype.as_deref().unwrap_or_default())?;
        self.stands_there(place, written, field, keys)?;
        self.own_control(place, written, field)?;
        if is_file(field.datatype.as_deref()) {
            field.max = Some(Plain::Int(LARGEST_FILE));
        }
        if disabled {
            field.more.push(("disabled".to_owned(), Plain::Bool(true)));
        }
        self.options(place, written, field)
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

    /// What is inside a group.
    pub(super) fn elements(&self, value: Value) -> Option<Value> {
        let attributes = self.vm.as_instance(value).map(|instance| instance.attributes)?;
        self.vm.dict_get_str(attributes, "elements")
    }
}

/// The largest file that is taken, in bytes.
const LARGEST_FILE: i64 = 16 << 20;

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
        "radio" | "combobox" | "datalist" | "dropdown" | "ajax" | "hidden" => {
            ("text".to_owned(), Some(word.to_owned()), None)
        }
        "pulldown" => ("text".to_owned(), Some("dropdown".to_owned()), None),
        "mlarea" => ("ml".to_owned(), Some("area".to_owned()), None),
        "boolean" | "threestate" => (word.to_owned(), input, Some(1)),
        other => (other.to_owned(), input, None),
    }
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
        Plain::Text(text) if text.contains('\'') && !text.contains('"') => format!("\"{}\"", escaped(text)),
        Plain::Text(text) => format!("'{}'", escaped(text).replace('\'', "\\'")),
        Plain::List(_) | Plain::Map(_) => "None".to_owned(),
    }
}

/// A text for a literal, but for its marks.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}
