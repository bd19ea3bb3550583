//! Texts and templates, evaluated.

use super::{EngineHost, Evaluation, Flow};
use crate::block::BlockId;
use da_markup::Template;
use da_python::machine::{PyResult, Value, Vm};
use std::sync::Arc;

/// What a text says, with the variables of `namespace`.
pub(crate) fn render(vm: &mut Vm<'_>, text: &Template, namespace: Value) -> PyResult<String> {
    match text {
        Template::Literal(words) => Ok(words.to_string()),
        Template::Mako(template) => {
            let code = Arc::clone(template.code());
            let said = vm.run_template(&code, namespace)?;
            vm.to_str(said)
        }
        Template::Translated(translated) => {
            let text = translated.in_language(&EngineHost::of(vm).language).clone();
            render(vm, &text, namespace)
        }
    }
}

impl Evaluation<'_, '_> {
    /// What a text of a block says.
    pub(crate) fn text(&mut self, place: BlockId, text: &Template) -> Flow<String> {
        let rendered = render(&mut self.vm, text, self.variables);
        self.flow(rendered, place)
    }

    /// The same for a text that may be absent.
    pub(crate) fn text_of(&mut self, place: BlockId, text: Option<&Template>) -> Flow<Option<String>> {
        text.map(|text| self.text(place, text)).transpose()
    }

    /// Defines the variable of a `template` block: an object that makes its text when it is used.
    pub(crate) fn make_template(&mut self, place: BlockId, name: &str) -> Flow<()> {
        self.make_lazy(place, name, "_make_template")
    }

    /// Defines the variable of a `table` block.
    pub(crate) fn make_table(&mut self, place: BlockId, name: &str) -> Flow<()> {
        self.make_lazy(place, name, "_make_table")
    }

    fn make_lazy(&mut self, place: BlockId, name: &str, maker: &str) -> Flow<()> {
        let Some(make) = self.own_function(maker) else {
            return Err(self.unsupported(place, "templates and tables without the standard names"));
        };
        let target = self.target(name)?;
        let text = self.vm.str(name);
        let text = self.flow(text, place)?;
        let number = Value::Int(i64::try_from(place.0).unwrap_or(i64::MAX));
        let letters = self.letters(place)?;
        let made = self.vm.call(make, &[text, number, letters]);
        let made = self.flow(made, place)?;
        self.assign(&target, made)
    }

    /// What `x`, `i`, `j`, ... mean now, for texts that are made later.
    fn letters(&mut self, place: BlockId) -> Flow<Value> {
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
}
