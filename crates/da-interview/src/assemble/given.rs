//! Values that an author gave: texts are rendered, code is evaluated.

use super::{Evaluation, Flow, from_plain, to_plain};
use crate::block::{BlockId, CodeTree, Given};
use crate::yaml::Scalar;
use da_core::Plain;
use da_python::machine::Value;

impl Evaluation<'_, '_> {
    /// The value as Python has it.
    pub(crate) fn given(&mut self, place: BlockId, given: &Given) -> Flow<Value> {
        let value = match given {
            Given::Plain(plain) => from_plain(&mut self.vm, plain),
            Given::Text(template) => {
                let text = self.text(place, template)?;
                self.vm.str(text)
            }
            Given::List(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    let value = self.given(place, item)?;
                    values.push(self.vm.root(value));
                }
                self.vm.list(values)
            }
            Given::Map(entries) => return self.mapping(place, entries, Self::given),
            Given::Code(code) => return self.expression(place, code),
        };
        self.flow(value, place)
    }

    /// The value as plain data; a text loses the line end that YAML left.
    pub(crate) fn given_plain(&mut self, place: BlockId, given: &Given) -> Flow<Plain> {
        match given {
            Given::Plain(plain) => Ok(plain.clone()),
            Given::Text(template) => Ok(Plain::Text(self.text(place, template)?.trim_end_matches('\n').to_owned())),
            _ => {
                let value = self.given(place, given)?;
                let plain = to_plain(&mut self.vm, value);
                self.flow(plain, place)
            }
        }
    }

    /// The value as a text: what `str()` makes of it.
    pub(crate) fn given_text(&mut self, place: BlockId, given: &Given) -> Flow<String> {
        if let Given::Text(template) = given {
            return self.text(place, template);
        }
        let value = self.given(place, given)?;
        let text = self.vm.to_str(value);
        self.flow(text, place)
    }

    /// The value whose leaves are expressions.
    pub(crate) fn code_tree(&mut self, place: BlockId, tree: &CodeTree) -> Flow<Value> {
        match tree {
            CodeTree::Leaf(code) => self.expression(place, code),
            CodeTree::Word(word) => {
                let word = self.vm.str(word.as_str());
                self.flow(word, place)
            }
            CodeTree::List(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    let value = self.code_tree(place, item)?;
                    values.push(self.vm.root(value));
                }
                let list = self.vm.list(values);
                self.flow(list, place)
            }
            CodeTree::Map(entries) => self.mapping(place, entries, Self::code_tree),
        }
    }

    fn mapping<T>(
        &mut self,
        place: BlockId,
        entries: &[(Scalar, T)],
        inner: fn(&mut Self, BlockId, &T) -> Flow<Value>,
    ) -> Flow<Value> {
        let dict = self.vm.dict();
        let dict = self.flow(dict, place)?;
        self.vm.root(dict);
        for (key, given) in entries {
            let value = inner(self, place, given)?;
            self.vm.root(value);
            let key = from_plain(&mut self.vm, &Plain::from(key));
            let key = self.flow(key, place)?;
            let set = self.vm.dict_set(dict, key, value);
            self.flow(set, place)?;
        }
        Ok(dict)
    }
}
