//! Instructions that build, unpack, format and import.

use super::frame::Frame;
use super::{STEP, Vm};
use crate::code::{Conversion, Op};
use crate::error::PyResult;
use crate::types::quote;
use crate::value::{Function, Object, Slice, Str, Value};
use std::ops::ControlFlow;
use std::sync::Arc;

impl Vm<'_> {
    /// Runs an instruction that is not among the most frequent ones.
    pub(super) fn rare(&mut self, frame: &Frame, op: Op) -> PyResult<()> {
        match op {
            Op::BuildTuple(count) => self.build(count, |vm, items| vm.tuple(items)),
            Op::BuildList(count) => self.build(count, |vm, items| vm.list(items)),
            Op::BuildSet(count) => self.build_set(count as usize),
            Op::BuildDict(count) => self.build_dict(count as usize),
            Op::BuildString(count) => self.build_string(count as usize),
            Op::FormatValue { conversion, spec } => self.format_value(conversion, spec),
            Op::ListAppend(below) => {
                self.list_push(self.peek(below as usize + 1), self.top())?;
                self.drop_top(1);
                Ok(())
            }
            Op::SetAdd(below) => {
                self.dict_set(self.peek(below as usize + 1), self.top(), Value::None)?;
                self.drop_top(1);
                Ok(())
            }
            Op::DictInsert(below) => {
                self.dict_set(self.peek(below as usize + 2), self.peek(1), self.top())?;
                self.drop_top(2);
                Ok(())
            }
            Op::ListExtend => self.extend_list(),
            Op::SetUpdate => self.update_set(),
            Op::DictUpdate => self.update_dict(false),
            Op::DictMerge => self.update_dict(true),
            Op::ListToTuple => {
                let items = self.as_list(self.top()).cloned().unwrap_or_default();
                let tuple = self.tuple(items)?;
                self.replace(1, tuple);
                Ok(())
            }
            Op::Unpack(count) => self.unpack(count as usize),
            Op::UnpackRest { before, after } => self.unpack_rest(before as usize, after as usize),
            Op::SetupAnnotations => {
                if self.heap.find_name(frame.names, "__annotations__".into()).is_none() {
                    let annotations = self.dict()?;
                    self.set_name(frame.names, "__annotations__", annotations)?;
                }
                Ok(())
            }
            Op::MakeFunction(flags) => self.make_function(frame, flags),
            Op::ImportName { .. } | Op::ImportFrom(_) | Op::ImportStar => self.import_instruction(frame, op),
            Op::MatchSequence { .. } | Op::MatchMapping | Op::MatchKeys | Op::MatchRest | Op::MatchClass(_) => {
                self.match_instruction(op)
            }
            _ => self.raising(op),
        }
    }

    fn build(&mut self, count: u32, make: impl FnOnce(&mut Self, Vec<Value>) -> PyResult) -> PyResult<()> {
        let from = self.stack.len() - count as usize;
        let items = self.stack[from..].to_vec();
        let made = make(self, items)?;
        self.stack.truncate(from);
        self.stack.push(made);
        Ok(())
    }

    fn build_set(&mut self, count: usize) -> PyResult<()> {
        let from = self.stack.len() - count;
        let set = self.set()?;
        for place in from..from + count {
            self.dict_set(set, self.stack[place], Value::None)?;
        }
        self.stack.truncate(from);
        self.stack.push(set);
        Ok(())
    }

    fn build_dict(&mut self, count: usize) -> PyResult<()> {
        let from = self.stack.len() - 2 * count;
        let dict = self.dict()?;
        for pair in 0..count {
            self.dict_set(dict, self.stack[from + 2 * pair], self.stack[from + 2 * pair + 1])?;
        }
        self.stack.truncate(from);
        self.stack.push(dict);
        Ok(())
    }

    fn build_string(&mut self, count: usize) -> PyResult<()> {
        let from = self.stack.len() - count;
        let mut size = 0;
        for value in &self.stack[from..] {
            size += self.as_str(*value).map_or(0, |text| text.text().len());
        }
        self.heap.would_fit(size)?;
        let made = self.str_of(|vm, whole| {
            for value in &vm.stack[from..] {
                whole.push_str(vm.as_str(*value).map_or("", Str::text));
            }
        })?;
        self.stack.truncate(from);
        self.stack.push(made);
        Ok(())
    }

    fn format_value(&mut self, conversion: Conversion, spec: bool) -> PyResult<()> {
        let value = self.peek(usize::from(spec));
        if !spec
            && matches!(conversion, Conversion::None | Conversion::Str)
            && let Some(text) = self.plain_str(value)?
        {
            self.replace(1, text);
            return Ok(());
        }
        let text_spec = if spec { self.text(self.top()) } else { None };
        let converted = match conversion {
            Conversion::None => value,
            Conversion::Str => {
                let text = self.to_str(value)?;
                self.str(text)?
            }
            Conversion::Repr => {
                let text = self.repr(value)?;
                self.str(text)?
            }
            Conversion::Ascii => {
                let text = self.repr(value)?;
                self.str(quote::escape_non_ascii(&text))?
            }
        };
        let plain = text_spec.as_deref().unwrap_or("").is_empty();
        let made = match self.heap.object(converted) {
            Some(Object::Str(_)) if plain => converted,
            _ => {
                let text = self.format(converted, text_spec.as_deref().unwrap_or(""))?;
                self.str(text)?
            }
        };
        self.replace(if spec { 2 } else { 1 }, made);
        Ok(())
    }

    fn extend_list(&mut self) -> PyResult<()> {
        let (list, iterable) = (self.peek(1), self.top());
        if !self.is_iterable(iterable) {
            let name = self.type_name(iterable);
            return Err(self.type_error(format!("Value after * must be an iterable, not {name}")));
        }
        self.for_each(iterable, |vm, item| {
            vm.list_push(list, item)?;
            Ok(ControlFlow::Continue(()))
        })?;
        self.drop_top(1);
        Ok(())
    }

    fn update_set(&mut self) -> PyResult<()> {
        let (set, iterable) = (self.peek(1), self.top());
        self.for_each(iterable, |vm, item| {
            vm.dict_set(set, item, Value::None)?;
            Ok(ControlFlow::Continue(()))
        })?;
        self.drop_top(1);
        Ok(())
    }

    fn update_dict(&mut self, merge: bool) -> PyResult<()> {
        let (dict, mapping) = (self.peek(1), self.top());
        let plain = self.as_dict(mapping).is_some() && self.special(mapping, "keys").is_none();
        let keys = if plain {
            mapping
        } else {
            match self.get_attr_opt(mapping, "keys")? {
                Some(keys) => self.call(keys, &[])?,
                None => {
                    let name = self.type_name(mapping);
                    let message = if merge {
                        format!("argument after ** must be a mapping, not {name}")
                    } else {
                        format!("'{name}' object is not a mapping")
                    };
                    return Err(self.type_error(message));
                }
            }
        };
        self.for_each(keys, |vm, key| {
            if merge && vm.dict_get(dict, key)?.is_some() {
                let name = vm.to_str(key)?;
                return Err(vm.type_error(format!("got multiple values for keyword argument '{name}'")));
            }
            let value = vm.get_item(mapping, key)?;
            vm.dict_set(dict, key, value)?;
            Ok(ControlFlow::Continue(()))
        })?;
        self.drop_top(1);
        Ok(())
    }

    /// At most so many items of the top, taken off.
    fn take_items(&mut self, most: usize) -> PyResult<(Vec<Value>, bool)> {
        let iterable = self.top();
        if !self.is_iterable(iterable) {
            let name = self.type_name(iterable);
            return Err(self.type_error(format!("cannot unpack non-iterable {name} object")));
        }
        if !self.is_special(iterable)
            && let Some(items) = self.as_sequence(iterable)
        {
            return Ok((items.to_vec(), false));
        }
        let iterator = self.iter(iterable)?;
        self.root(iterator);
        let mut items = Vec::new();
        while let Some(item) = self.next(iterator)? {
            self.pay(STEP)?;
            if items.len() == most {
                return Ok((items, true));
            }
            if items.len() == items.capacity() {
                self.heap.would_fit(items.len() * 4 * size_of::<Value>())?;
            }
            items.push(self.root(item));
        }
        Ok((items, false))
    }

    fn unpack(&mut self, count: usize) -> PyResult<()> {
        let Vm { heap, stack, .. } = self;
        if let Some(Object::Tuple(items)) = stack.last().and_then(|top| heap.object(*top))
            && items.len() == count
        {
            stack.pop();
            stack.extend(items.iter().rev().copied());
            return Ok(());
        }
        let (items, more) = self.take_items(count)?;
        if more || items.len() > count {
            return Err(self.value_error(format!("too many values to unpack (expected {count})")));
        }
        if items.len() < count {
            let got = items.len();
            return Err(self.value_error(format!("not enough values to unpack (expected {count}, got {got})")));
        }
        self.drop_top(1);
        self.stack.extend(items.into_iter().rev());
        Ok(())
    }

    fn unpack_rest(&mut self, before: usize, after: usize) -> PyResult<()> {
        let (mut items, _) = self.take_items(usize::MAX)?;
        let (least, got) = (before + after, items.len());
        if got < least {
            return Err(self.value_error(format!("not enough values to unpack (expected at least {least}, got {got})")));
        }
        let last = items.split_off(got - after);
        let rest = items.split_off(before);
        let rest = self.list(rest)?;
        self.drop_top(1);
        self.stack.extend(last.into_iter().rev());
        self.stack.push(rest);
        self.stack.extend(items.into_iter().rev());
        Ok(())
    }

    pub(super) fn build_slice(&mut self) -> PyResult {
        let (start, stop, step) = (self.peek(2), self.peek(1), self.top());
        self.make(Object::Slice(Box::new(Slice { start, stop, step })))
    }

    fn make_function(&mut self, frame: &Frame, flags: u32) -> PyResult<()> {
        let count = flags.count_ones() as usize + 1;
        let from = self.stack.len() - count;
        let Some(Object::Code(code)) = self.heap.object(self.top()) else { return Ok(()) };
        let code = Arc::clone(code);
        let mut place = from;
        let mut part = |flag: u32, vm: &Self| {
            if flags & flag == 0 {
                return Value::None;
            }
            place += 1;
            vm.stack[place - 1]
        };
        let (defaults, keyword_defaults) = (part(1, self), part(2, self));
        let (annotations, closure) = (part(4, self), part(8, self));
        let of = |vm: &Self, v: Value| vm.as_tuple(v).map(Box::from).unwrap_or_default();
        let function = Function {
            code,
            globals: frame.globals,
            defaults: of(self, defaults),
            keyword_defaults,
            closure: of(self, closure),
            annotations,
            attributes: Value::None,
        };
        let made = self.make(Object::Function(Box::new(function)))?;
        self.stack.truncate(from);
        self.stack.push(made);
        Ok(())
    }
}
