//! Texts and templates, evaluated.

use super::{Evaluation, Flow};
use crate::block::{Kind, Text};
use crate::yaml::{Node, Scalar, Value as YamlValue};
use da_markup::Template;
use da_python::{Mode, PyResult, Value, Vm};
use std::sync::Arc;

/// What a text says, with the variables of `namespace`.
pub(crate) fn render(vm: &mut Vm<'_>, text: &Text, namespace: Value) -> PyResult<String> {
    match &text.template {
        Template::Literal(words) => Ok(words.to_string()),
        Template::Mako(template) => {
            let code = Arc::clone(template.code());
            let said = vm.run_template(&code, namespace)?;
            vm.to_str(said)
        }
    }
}

impl Evaluation<'_, '_> {
    /// What a text of a block says.
    pub(crate) fn text(&mut self, place: usize, text: &Text) -> Flow<String> {
        let rendered = render(&mut self.vm, text, self.variables);
        self.flow(rendered, place)
    }

    /// The same for a text that may be absent.
    pub(crate) fn text_of(&mut self, place: usize, text: Option<&Text>) -> Flow<Option<String>> {
        text.map(|text| self.text(place, text)).transpose()
    }

    /// Defines the variable of a `template` block: an object that makes its text when it is used.
    pub(crate) fn make_template(&mut self, place: usize, name: &str) -> Flow<()> {
        let Some(make) = self.vm.lookup(self.variables, "_make_template") else {
            return Err(self.unsupported(place, "templates"));
        };
        let target = self.target(name)?;
        let text = self.vm.str(name);
        let text = self.flow(text, place)?;
        let number = Value::Int(i64::try_from(place).unwrap_or(i64::MAX));
        let letters = self.letters(place)?;
        let made = self.vm.call(make, &[text, number, letters]);
        let made = self.flow(made, place)?;
        self.assign(&target, made)
    }

    /// What `x`, `i`, `j`, ... mean now, for texts that are made later.
    fn letters(&mut self, place: usize) -> Flow<Value> {
        let dict = self.vm.dict();
        let dict = self.flow(dict, place)?;
        for letter in std::iter::once("x").chain(crate::names::INDEX_LETTERS) {
            if let Some(value) = self.vm.dict_get_str(self.variables, letter) {
                let set = self.vm.dict_set_str(dict, letter, value);
                self.flow(set, place)?;
            }
        }
        Ok(dict)
    }

    /// A value written in YAML; its texts are templates, or code.
    pub(crate) fn data(&mut self, place: usize, node: &Node, is_code: bool) -> Flow<Value> {
        match &node.value {
            YamlValue::Scalar(Scalar::Text(text)) => self.data_text(place, text, node.line, is_code),
            YamlValue::Scalar(scalar) => {
                let plain = da_core::Plain::from(scalar);
                let value = super::from_plain(&mut self.vm, &plain);
                self.flow(value, place)
            }
            YamlValue::List(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    let value = self.data(place, item, is_code)?;
                    values.push(self.vm.root(value));
                }
                let list = self.vm.list(values);
                self.flow(list, place)
            }
            YamlValue::Map(entries) => {
                let dict = self.vm.dict();
                let dict = self.flow(dict, place)?;
                for entry in entries {
                    let value = self.data(place, &entry.value, is_code)?;
                    let key = match entry.key.as_scalar() {
                        Some(scalar) => super::from_plain(&mut self.vm, &da_core::Plain::from(scalar)),
                        None => self.vm.str(entry.key.key_text()),
                    };
                    let key = self.flow(key, place)?;
                    let set = self.vm.dict_set(dict, key, value);
                    self.flow(set, place)?;
                }
                Ok(dict)
            }
        }
    }

    fn data_text(&mut self, place: usize, text: &str, line: u32, is_code: bool) -> Flow<Value> {
        if is_code {
            let file = self.interview.blocks[place].origin.file.to_string();
            let lines = move |inner: u32| line + inner.saturating_sub(1);
            let compiled = da_python::compile_with_lines(text.trim(), &file, Mode::Expression, &lines);
            let code = compiled.map_err(|error| self.bad_source(place, &error.to_string()))?;
            let value = self.vm.eval(&code, self.variables);
            return self.flow(value, place);
        }
        let file = self.interview.blocks[place].origin.file.to_string();
        let template =
            Template::parse(text, &file, line).map_err(|error| self.bad_source(place, &error.to_string()))?;
        let said = self.text(place, &Text { template })?;
        let value = self.vm.str(said);
        self.flow(value, place)
    }

    pub(crate) fn bad_source(&self, place: usize, message: &str) -> super::Signal {
        let block = &self.interview.blocks[place];
        let kind = crate::error::AssembleErrorKind::Python { class: "SyntaxError".to_owned(), traceback: Vec::new() };
        let mut error = crate::error::AssembleError::new(kind, message);
        error.place = Some(Box::new(block.origin.place(&block.name)));
        super::Signal::Failed(Box::new(error))
    }
}

/// The texts of the `template` blocks of an interview, by the place of the block.
pub(crate) fn of_blocks(blocks: &[crate::block::Block]) -> Vec<(usize, Text, Text)> {
    let templates = blocks.iter().enumerate().filter_map(|(place, block)| match &block.kind {
        Kind::Template(plan) => Some((place, plan.subject.clone(), plan.content.clone())),
        _ => None,
    });
    templates.collect()
}
