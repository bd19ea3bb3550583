//! A field of `fields`.

use da_markup::Template;

use super::choices::{ChoiceItem, ChoiceTarget, Choices};
use super::condition::{Condition, ShowIf};
use super::datatype::DATATYPES;
use super::fault::Fault;
use super::field_keys::{is_label, meant_directive, two_labels};
use super::given::Given;
use super::grid::Grid;
use super::python::Python;
use super::reader::Reading;
use crate::yaml::{Entry, Node, Value};

/// A line of `fields`.
#[derive(Debug)]
pub enum FieldItem {
    /// A field, or a text among the fields.
    Field(Box<BlockField>),
    /// `code`: more fields, from an expression.
    Code(FieldCode),
}

/// Fields that come from code.
#[derive(Debug)]
pub struct FieldCode {
    /// The expression; it gives a list of mappings.
    pub code: Python,
    /// The line on which it stands.
    pub line: u32,
}

/// What a field is.
#[derive(Debug, Clone)]
pub enum FieldKind {
    /// A control that sets the field's variable.
    Input,
    /// `note`: Markdown.
    Note(Template),
    /// `html`.
    Html(Template),
    /// `raw html`: not wrapped in anything.
    RawHtml(Template),
}

/// The label of a field.
#[derive(Debug, Clone)]
pub enum Label {
    /// `no label`.
    None,
    /// A text.
    Text(Template),
}

/// A field, with what its directives say. What is not said is `None`.
#[derive(Debug)]
pub struct BlockField {
    /// The line on which it stands.
    pub line: u32,
    /// What it is.
    pub kind: FieldKind,
    /// Its label.
    pub label: Label,
    /// Its variable, as written; notes have none.
    pub variable: Option<String>,
    /// `datatype`.
    pub datatype: Option<String>,
    /// `input type`.
    pub input_type: Option<String>,
    /// `required`.
    pub required: Option<Condition>,
    /// `default`.
    pub default: Option<Given>,
    /// `hint`.
    pub hint: Option<Template>,
    /// `help`.
    pub help: Option<Given>,
    /// `choices`, or `code`.
    pub choices: Option<Choices>,
    /// The choices of an object field: expressions that give objects or lists of objects.
    pub object_choices: Vec<Python>,
    /// The default of an object field: expressions that give objects or lists of objects.
    pub object_defaults: Vec<Python>,
    /// `object labeler`: an expression that gives a function from an object to its label.
    pub object_labeler: Option<Python>,
    /// `help generator`: the same for the help of its choice.
    pub help_generator: Option<Python>,
    /// `exclude`: expressions that give what is left out of the choices.
    pub exclude: Vec<Python>,
    /// `show if` and its kin.
    pub show_if: Vec<ShowIf>,
    /// `min`.
    pub min: Option<Given>,
    /// `max`.
    pub max: Option<Given>,
    /// `minlength`.
    pub min_length: Option<Given>,
    /// `maxlength`.
    pub max_length: Option<Given>,
    /// `step`.
    pub step: Option<Given>,
    /// `none of the above`.
    pub none_of_the_above: Option<Given>,
    /// `all of the above`.
    pub all_of_the_above: Option<Given>,
    /// `shuffle`.
    pub shuffle: bool,
    /// `disabled`: shown, and not to be answered.
    pub disabled: Option<Condition>,
    /// `grid`: the place of the field in a grid.
    pub grid: Option<Grid>,
    /// `item grid`: the places of its choices.
    pub item_grid: Option<Grid>,
    /// `validate`: an expression that gives a function.
    pub validate: Option<Python>,
    /// `validation messages`.
    pub validation_messages: Vec<(String, Template)>,
    /// Every other directive (`grid`, `css class`, `rows`, ...), as given.
    pub more: Vec<(String, Given)>,
}

impl FieldItem {
    /// Reads a line of `fields`.
    pub(super) fn read(reading: &mut Reading<'_>, node: &Node) -> Result<FieldItem, Fault> {
        let Value::Map(entries) = &node.value else {
            return Err(Fault::at(node, "Each individual field in a list of fields must be a dictionary."));
        };
        let labelled = entries.iter().any(|entry| {
            let key = entry.key.key_text();
            matches!(key.as_str(), "field" | "note" | "html" | "raw html" | "label") || is_label(&key)
        });
        match node.get("code") {
            Some(code) if !labelled => {
                Ok(FieldItem::Code(FieldCode { code: reading.expression(code)?, line: node.line }))
            }
            _ => BlockField::read(reading, node, entries).map(|field| FieldItem::Field(Box::new(field))),
        }
    }
}

/// Datatypes that are nothing without choices.
const CHOOSING: [&str; 6] =
    ["object", "object_radio", "multiselect", "object_multiselect", "checkboxes", "object_checkboxes"];

impl BlockField {
    /// A directive that is kept as it is given.
    pub fn more(&self, name: &str) -> Option<&Given> {
        self.more.iter().find(|(known, _)| known == name).map(|(_, given)| given)
    }

    /// Whether the value is an object, or a group of objects.
    pub fn has_objects(&self) -> bool {
        self.datatype.as_deref().is_some_and(|datatype| datatype.starts_with("object"))
    }

    /// Whether the value is a group of choices.
    pub fn has_many(&self) -> bool {
        let many = ["checkboxes", "multiselect", "object_checkboxes", "object_multiselect"];
        self.datatype.as_deref().is_some_and(|datatype| many.contains(&datatype))
    }

    fn empty(line: u32) -> Self {
        BlockField {
            line,
            kind: FieldKind::Input,
            label: Label::None,
            variable: None,
            datatype: None,
            input_type: None,
            required: None,
            default: None,
            hint: None,
            help: None,
            choices: None,
            object_choices: Vec::new(),
            object_defaults: Vec::new(),
            object_labeler: None,
            help_generator: None,
            exclude: Vec::new(),
            show_if: Vec::new(),
            min: None,
            max: None,
            min_length: None,
            max_length: None,
            step: None,
            none_of_the_above: None,
            all_of_the_above: None,
            shuffle: false,
            disabled: None,
            grid: None,
            item_grid: None,
            validate: None,
            validation_messages: Vec::new(),
            more: Vec::new(),
        }
    }

    fn read(reading: &mut Reading<'_>, node: &Node, entries: &[Entry]) -> Result<Self, Fault> {
        let mut field = BlockField::empty(node.line);
        if let Some(datatype) = node.get("datatype") {
            field.datatype = Some(datatype.key_text());
            if field.has_own_datatype() {
                reading.note_own_datatype(datatype);
            }
        }
        for entry in entries {
            let key = entry.key.key_text();
            if is_label(&key) && field.variable.is_some() && field.has_own_datatype() {
                // What a datatype of a package wants to be told; which words these are, only its module knows.
                field.more.push((key, Given::read(reading, &entry.value)?));
            } else if is_label(&key) {
                field.read_label(reading, entries, entry)?;
            } else if entry.value.is_null() {
                // A directive without a value says nothing.
            } else if let Some(condition) = ShowIf::read(reading, &key, &entry.value) {
                field.show_if.push(condition?);
            } else {
                field.read_directive(reading, &key, &entry.value)?;
            }
        }
        let chooses = field.datatype.as_deref().is_some_and(|datatype| CHOOSING.contains(&datatype));
        if chooses && node.get("choices").is_none() && node.get("code").is_none() {
            return Err(Fault::new(node.line, "A multiple choice field must refer to a list of choices."));
        }
        field.finish(reading)?;
        Ok(field)
    }

    /// Whether the datatype is none of docassemble's, and so one that a module of a package makes.
    pub(crate) fn has_own_datatype(&self) -> bool {
        self.datatype.as_deref().is_some_and(|datatype| !DATATYPES.contains(&datatype))
    }

    fn read_label(&mut self, reading: &mut Reading<'_>, all: &[Entry], entry: &Entry) -> Result<(), Fault> {
        let key = entry.key.key_text();
        if self.variable.is_some() {
            return Err(two_labels(all, entry));
        }
        let near = meant_directive(&key);
        if !near.is_empty() && matches!(self.label, Label::Text(_)) {
            let message = format!("The field has a label, and '{key}' is taken for another.{near}");
            reading.warn(Fault::at(&entry.key, message));
        }
        if key != "no label" {
            self.label = Label::Text(reading.template(&key, entry.key.line)?);
        }
        if !entry.value.is_null() {
            let name = reading.name_of(&entry.value);
            self.variable = Some(name.map_err(|fault| Fault { message: fault.message + &near, ..fault })?);
        }
        Ok(())
    }

    fn read_directive(&mut self, reading: &mut Reading<'_>, key: &str, node: &Node) -> Result<(), Fault> {
        let is_object = self.has_objects();
        match key {
            "field" => self.variable = Some(reading.name_of(node)?),
            "label" => self.label = Label::Text(reading.text(node)?),
            "datatype" => {}
            "input type" => self.input_type = Some(node.key_text()),
            "note" => self.kind = FieldKind::Note(reading.text(node)?),
            "html" => self.kind = FieldKind::Html(reading.text(node)?),
            "raw html" => self.kind = FieldKind::RawHtml(reading.text(node)?),
            "required" => self.required = Some(Condition::read(reading, node)?),
            "default" if is_object => self.object_defaults = expressions(reading, node)?,
            "object labeler" => self.object_labeler = Some(reading.expression(node)?),
            "help generator" => self.help_generator = Some(reading.expression(node)?),
            "default" => self.default = Some(Given::read(reading, node)?),
            "hint" => self.hint = Some(reading.text(node)?),
            "help" => self.help = Some(Given::read(reading, node)?),
            "choices" if is_object => self.object_choices = expressions(reading, node)?,
            "choices" => self.choices = Some(Choices::read(reading, node, false)?),
            "code" => {
                self.choices = Some(Choices { items: vec![ChoiceItem::FromCode(reading.expression(node)?)] });
            }
            "exclude" => self.exclude = expressions(reading, node)?,
            "min" => self.min = Some(Given::read(reading, node)?),
            "max" => self.max = Some(Given::read(reading, node)?),
            "minlength" => self.min_length = Some(Given::read(reading, node)?),
            "maxlength" => self.max_length = Some(Given::read(reading, node)?),
            "step" => self.step = Some(Given::read(reading, node)?),
            "none of the above" => self.none_of_the_above = Some(Given::read(reading, node)?),
            "all of the above" => self.all_of_the_above = Some(Given::read(reading, node)?),
            "shuffle" => self.shuffle = node.as_bool() != Some(false),
            "disabled" => self.disabled = Some(Condition::read(reading, node)?),
            "grid" => self.grid = Some(Grid::read(reading, node)?),
            "item grid" => self.item_grid = Some(Grid::read(reading, node)?),
            "validate" => self.validate = Some(reading.expression(node)?),
            "validation messages" => {
                for entry in node.as_map().unwrap_or_default() {
                    self.validation_messages.push((entry.key.key_text(), reading.text(&entry.value)?));
                }
            }
            "accept" | "rows" => self.more.push((key.to_owned(), Given::Code(reading.expression(node)?))),
            other => self.more.push((other.to_owned(), Given::read(reading, node)?)),
        }
        Ok(())
    }

    /// Checks that the parts fit together and notes which variables the field can define.
    fn finish(&mut self, reading: &mut Reading<'_>) -> Result<(), Fault> {
        if self.input_type.as_deref() == Some("hidden") && matches!(self.label, Label::None) {
            self.label = Label::Text(reading.template("hidden", self.line)?);
        }
        let Some(variable) = &self.variable else {
            return match self.kind {
                FieldKind::Input => Err(Fault::new(self.line, "A field must have a label and a variable.")),
                _ => Ok(()),
            };
        };
        reading.used.add(variable);
        if !self.has_many() {
            return Ok(());
        }
        reading.used.add(&format!("{variable}.gathered"));
        let listed = self.choices.iter().flat_map(|choices| &choices.items);
        for item in listed {
            if let ChoiceItem::One(choice) = item
                && let ChoiceTarget::Value(Given::Text(value)) = &choice.target
                && let Some(text) = value.literal()
            {
                reading.used.add(&format!("{variable}[{}]", python_literal(text)));
            }
        }
        Ok(())
    }
}

/// A text as a Python literal in double quotes, to be brought into its normal form later.
fn python_literal(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// An expression, `code`, or a list of them.
fn expressions(reading: &mut Reading<'_>, node: &Node) -> Result<Vec<Python>, Fault> {
    let node = node.get("code").unwrap_or(node);
    let items = node.as_list().unwrap_or(std::slice::from_ref(node));
    items.iter().map(|item| reading.expression(item.get("code").unwrap_or(item))).collect()
}
