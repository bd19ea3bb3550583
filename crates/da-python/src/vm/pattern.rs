//! The instructions of `match`.

use super::Vm;
use crate::code::Op;
use crate::error::PyResult;
use crate::value::{Builtin, ClassKind, Object, Value};

impl Vm<'_> {
    pub(super) fn match_instruction(&mut self, op: Op) -> PyResult<()> {
        match op {
            Op::MatchSequence { count, rest } => {
                let matches = self.is_pattern_sequence(self.top(), count as usize, rest)?;
                self.stack.push(Value::from(matches));
                Ok(())
            }
            Op::MatchMapping => {
                let matches = self.as_dict(self.top()).is_some();
                self.stack.push(Value::from(matches));
                Ok(())
            }
            Op::MatchKeys => {
                let values = self.match_keys(self.peek(1), self.top())?;
                self.replace(1, values);
                self.stack.push(Value::from(!values.is_none()));
                Ok(())
            }
            Op::MatchRest => self.match_rest(),
            Op::MatchClass(positional) => {
                let (subject, class, names) = (self.peek(2), self.peek(1), self.top());
                let values = self.match_class(subject, class, names, positional as usize)?;
                self.replace(2, values);
                self.stack.push(Value::from(!values.is_none()));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn is_pattern_sequence(&mut self, subject: Value, count: usize, rest: bool) -> PyResult<bool> {
        let sequence = matches!(self.object(subject), Some(Object::List(_) | Object::Tuple(_) | Object::Range(_)));
        if !sequence {
            return Ok(false);
        }
        let len = self.len(subject)?;
        Ok(if rest { len >= count } else { len == count })
    }

    fn match_keys(&mut self, subject: Value, keys: Value) -> PyResult {
        let keys = self.as_tuple(keys).map(<[Value]>::to_vec).unwrap_or_default();
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            match self.dict_get(subject, key)? {
                Some(value) => values.push(value),
                None => return Ok(Value::None),
            }
        }
        self.tuple(values)
    }

    fn match_rest(&mut self) -> PyResult<()> {
        let (subject, keys) = (self.peek(1), self.top());
        let keys = self.as_tuple(keys).map(<[Value]>::to_vec).unwrap_or_default();
        let rest = self.dict()?;
        let entries: Vec<(Value, Value)> =
            self.as_dict(subject).map(|d| d.iter().map(|e| (e.key, e.value)).collect()).unwrap_or_default();
        for (key, value) in entries {
            self.dict_set(rest, key, value)?;
        }
        for key in keys {
            self.dict_remove(rest, key)?;
        }
        self.replace(1, rest);
        Ok(())
    }

    fn match_class(&mut self, subject: Value, class: Value, names: Value, positional: usize) -> PyResult {
        let Some(data) = self.as_class(class) else {
            return Err(self.type_error("called match pattern must be a type"));
        };
        let (kind, class_name) = (data.kind, data.name.clone());
        if !self.is_instance(subject, class)? {
            return Ok(Value::None);
        }
        let mut values = Vec::new();
        if positional > 0 {
            match self.get_attr_opt(class, "__match_args__")? {
                Some(known) => {
                    let Some(known) = self.as_tuple(known).map(<[Value]>::to_vec) else {
                        let found = self.type_name(known);
                        let message = format!("{class_name}.__match_args__ must be a tuple (got {found})");
                        return Err(self.type_error(message));
                    };
                    if known.len() < positional {
                        let (most, s) = (known.len(), if known.len() == 1 { "" } else { "s" });
                        return Err(self.type_error(format!(
                            "{class_name}() accepts {most} positional sub-pattern{s} ({positional} given)"
                        )));
                    }
                    if !self.match_attributes(subject, &known[..positional], &mut values)? {
                        return Ok(Value::None);
                    }
                }
                None if positional == 1 && matches_itself(kind) => values.push(subject),
                None => {
                    return Err(self
                        .type_error(format!("{class_name}() accepts 0 positional sub-patterns ({positional} given)")));
                }
            }
        }
        let names = self.as_tuple(names).map(<[Value]>::to_vec).unwrap_or_default();
        if !self.match_attributes(subject, &names, &mut values)? {
            return Ok(Value::None);
        }
        self.tuple(values)
    }

    fn match_attributes(&mut self, subject: Value, names: &[Value], values: &mut Vec<Value>) -> PyResult<bool> {
        for name in names {
            let Some(name) = self.text(*name) else {
                return Err(self.type_error("__match_args__ elements must be strings"));
            };
            match self.get_attr_opt(subject, &name)? {
                Some(value) => values.push(self.root(value)),
                None => return Ok(false),
            }
        }
        Ok(true)
    }
}

/// Types whose only sub-pattern is the subject itself.
fn matches_itself(kind: ClassKind) -> bool {
    matches!(
        kind,
        ClassKind::Builtin(
            Builtin::Bool
                | Builtin::ByteArray
                | Builtin::Bytes
                | Builtin::Dict
                | Builtin::Float
                | Builtin::FrozenSet
                | Builtin::Int
                | Builtin::List
                | Builtin::Set
                | Builtin::Str
                | Builtin::Tuple
        )
    )
}
