//! What follows when a variable changes: `depends on` undoes others, `on change` runs code.
//!
//! What is undone stays in `_internal['dirty']`, and is the default when it is asked for again.

use super::field::python_repr;
use super::prepare::with_letters;
use super::{Evaluation, Flow, Signal};
use crate::block::BlockId;
use crate::names::{INDEX_LETTERS, Variant, variants};
use da_core::{Effect, Plain};
use da_python::machine::Value;
use da_python::machine::code::CompareOp;

/// Variables with the values that they had, and perhaps have no more.
pub(super) type Before = Vec<(String, Option<Value>)>;

impl Evaluation<'_, '_> {
    /// The values, before a block does its work, of those of its variables on which something depends.
    pub(super) fn watch(&mut self, place: BlockId) -> Flow<Before> {
        let interview = self.interview;
        let mut before = Vec::new();
        for name in interview.index.watched(place) {
            let value = match self.value_of(name)? {
                Some(value) => Some(value),
                None => self.dirty(name),
            };
            before.push((name.clone(), value.map(|value| self.vm.root(value))));
        }
        Ok(before)
    }

    /// Does what follows from the changes of variables.
    pub(super) fn settle(&mut self, before: Before) -> Flow<()> {
        for (name, value) in before {
            self.settle_one(&name, value, false, &mut Vec::new())?;
            self.forget_dirty(&name)?;
        }
        Ok(())
    }

    /// Does what follows from the change of one variable. With `undone`, it changed because it is about to be undone.
    fn settle_one(&mut self, name: &str, before: Option<Value>, undone: bool, seen: &mut Vec<String>) -> Flow<()> {
        let interview = self.interview;
        if !interview.index.has_listeners() || seen.iter().any(|known| known == name) {
            return Ok(());
        }
        let Some(now) = self.value_of(name)? else { return Ok(()) };
        let changed = match before {
            _ if undone => true,
            None => false,
            Some(before) => match self.vm.compare(CompareOp::Eq, now, before).and_then(|same| self.vm.truth(same)) {
                Ok(true) => return Ok(()),
                Ok(false) => true,
                Err(raised) => {
                    self.survive(raised)?;
                    false
                }
            },
        };
        seen.push(name.to_owned());
        let heard: Vec<Variant> =
            variants(name).into_iter().filter(|variant| interview.index.is_listened_for(&variant.name)).collect();
        if changed {
            self.undo_dependents(&heard, seen)?;
        }
        heard.iter().try_for_each(|variant| self.run_on_change(variant))
    }

    fn undo_dependents(&mut self, heard: &[Variant], seen: &mut Vec<String>) -> Flow<()> {
        let interview = self.interview;
        let mut undone: Vec<String> = Vec::new();
        for variant in heard {
            for dependent in interview.index.dependents(&variant.name) {
                let name = self.full_name(&with_letters(dependent, variant));
                let Some(value) = self.value_of(&name)? else { continue };
                self.keep_dirty(&name, value)?;
                if !undone.contains(&name) {
                    undone.push(name);
                }
            }
        }
        for name in &undone {
            self.settle_one(name, None, true, seen)?;
        }
        undone.iter().try_for_each(|name| self.delete(name))
    }

    /// Runs the code of `on change`. That it fails is a line of the log and no more.
    fn run_on_change(&mut self, variant: &Variant) -> Flow<()> {
        let interview = self.interview;
        for (listened, code) in &interview.program.parts.on_change {
            if *listened != variant.name {
                continue;
            }
            let meant = self.letters_now();
            if self.set_letters(variant).is_ok() {
                let ran = self.vm.exec(&code.code, self.variables);
                if let Err(raised) = ran {
                    self.survive(raised)?;
                }
            }
            for (letter, value) in meant {
                let set = self.vm.dict_set_str(self.variables, letter, value);
                self.flow_anywhere(set)?;
            }
        }
        Ok(())
    }

    fn letters_now(&mut self) -> Vec<(&'static str, Value)> {
        let letters = std::iter::once("x").chain(INDEX_LETTERS);
        let meant: Vec<_> =
            letters.filter_map(|letter| Some((letter, self.vm.dict_get_str(self.variables, letter)?))).collect();
        meant.into_iter().map(|(letter, value)| (letter, self.vm.root(value))).collect()
    }

    /// An exception that ends nothing; a limit still does.
    fn survive(&mut self, raised: da_python::machine::Raised) -> Flow<()> {
        if matches!(raised, da_python::machine::Raised::Limit(_)) {
            return Err(Signal::Failed(Box::new(self.failure(raised, None))));
        }
        let failure = self.failure(raised, None);
        self.host().effect(Effect::Log(format!("on change: {failure}")));
        Ok(())
    }

    /// A name as others know it: with the object for `x`, and the places for `i`, `j`, ...
    pub(super) fn full_name(&self, name: &str) -> String {
        let x = self.vm.dict_get_str(self.variables, "x").and_then(|x| self.object_name(x));
        let mut full = match (x, name.strip_prefix('x')) {
            (Some(object), Some(rest)) if rest.is_empty() || rest.starts_with(['.', '[']) => format!("{object}{rest}"),
            _ => name.to_owned(),
        };
        for letter in INDEX_LETTERS {
            let written = format!("[{letter}]");
            if !full.contains(&written) {
                continue;
            }
            let Some(value) = self.vm.dict_get_str(self.variables, letter) else { continue };
            let key = match (self.vm.as_int(value), self.vm.text(value)) {
                (Some(number), _) => number.to_string(),
                (None, Some(text)) => python_repr(&Plain::from(&*text)),
                (None, None) => continue,
            };
            full = full.replace(&written, &format!("[{key}]"));
        }
        full
    }

    /// What a variable was before it was undone.
    pub(super) fn dirty(&self, name: &str) -> Option<Value> {
        let dirty = self.internal("dirty")?;
        self.vm.dict_get_str(dirty, &self.full_name(name))
    }

    fn keep_dirty(&mut self, name: &str, value: Value) -> Flow<()> {
        let Some(dirty) = self.internal("dirty") else { return Ok(()) };
        let kept = self.vm.dict_set_str(dirty, name, value);
        self.flow_anywhere(kept)
    }

    /// A variable that is defined again has no value of old.
    fn forget_dirty(&mut self, name: &str) -> Flow<()> {
        let full = self.full_name(name);
        let Some(dirty) = self.internal("dirty") else { return Ok(()) };
        if self.vm.dict_get_str(dirty, &full).is_none() {
            return Ok(());
        }
        let key = self.vm.str(full);
        let key = self.flow_anywhere(key)?;
        let removed = self.vm.dict_remove(dirty, key);
        self.flow_anywhere(removed).map(drop)
    }
}
