//! Giving the parameters of a Python function their arguments.

use super::Vm;
use super::call::Prepared;
use super::frame::Then;
use crate::code::{Code, Params};
use crate::error::{PyResult, Raised};
use crate::native::Args;
use crate::value::{Object, Value};
use std::sync::Arc;

/// Binds the arguments of one call; the locals lie on the stack from `base` on.
struct Binding<'a> {
    code: &'a Code,
    params: Params,
    base: usize,
}

impl Vm<'_> {
    /// A frame of the function at `slot`, with its parameters bound.
    pub(super) fn bound_frame(&mut self, slot: usize, args: Args, then: Then) -> PyResult<Prepared> {
        self.bound_frame_at(slot, slot, args, then)
    }

    /// As [`Vm::bound_frame`], for a function that does not lie at the floor of its frame.
    pub(super) fn bound_frame_at(&mut self, floor: usize, slot: usize, args: Args, then: Then) -> PyResult<Prepared> {
        let Some(function) = self.as_function(self.stack[slot]) else { return Ok(Prepared::Done) };
        let (code, globals) = (Arc::clone(&function.code), function.globals);
        self.stack.truncate(slot + 1);
        self.stack.resize(slot + 1 + code.locals.len(), Value::Unset);
        let binding = Binding { code: &code, params: code.params, base: slot + 1 };
        self.bind_arguments(self.stack[slot], &binding, args)?;
        self.frame(floor, slot + 1, code, globals, then)
    }

    fn bind_arguments(&mut self, function: Value, to: &Binding<'_>, args: Args) -> PyResult<()> {
        let positional = to.params.positional as usize;
        let named = positional + to.params.keyword_only as usize;
        let direct = args.positional.len().min(positional);
        self.stack[to.base..to.base + direct].copy_from_slice(&args.positional[..direct]);
        if to.params.args {
            let rest = self.tuple(args.positional[direct..].to_vec())?;
            self.stack[to.base + named] = rest;
        }
        let over = args.positional.len() > positional && !to.params.args;
        if !args.keywords.is_empty() || to.params.kwargs {
            self.bind_keywords(to, &args)?;
        }
        if over {
            return Err(self.too_many_positional(function, to, args.positional.len()));
        }
        self.bind_defaults(function, to)?;
        self.reuse(args);
        Ok(())
    }

    fn bind_keywords(&mut self, to: &Binding<'_>, args: &Args) -> PyResult<()> {
        let named = (to.params.positional + to.params.keyword_only) as usize;
        let mut others = Value::None;
        if to.params.kwargs {
            others = self.dict()?;
            self.stack[to.base + named + usize::from(to.params.args)] = others;
        }
        let mut refused = Vec::new();
        for (name, value) in &args.keywords {
            let place = to.code.locals[..named].iter().position(|local| local.text() == &**name);
            match place {
                Some(place) if place >= to.params.positional_only as usize => {
                    if !matches!(self.stack[to.base + place], Value::Unset) {
                        let function = &to.code.qualname;
                        return Err(self.type_error(format!("{function}() got multiple values for argument '{name}'")));
                    }
                    self.stack[to.base + place] = *value;
                }
                _ if to.params.kwargs => self.dict_set_str(others, name, *value)?,
                Some(_) => refused.push(name.to_string()),
                None => {
                    let function = &to.code.qualname;
                    return Err(self.type_error(format!("{function}() got an unexpected keyword argument '{name}'")));
                }
            }
        }
        if refused.is_empty() {
            return Ok(());
        }
        let (function, names) = (&to.code.qualname, refused.join(", "));
        Err(self.type_error(format!(
            "{function}() got some positional-only arguments passed as keyword arguments: '{names}'"
        )))
    }

    fn bind_defaults(&mut self, function: Value, to: &Binding<'_>) -> PyResult<()> {
        let Some(Object::Function(data)) = self.heap.object(function) else { return Ok(()) };
        let positional = to.params.positional as usize;
        let first = positional.saturating_sub(data.defaults.len());
        let mut missing = Vec::new();
        for place in 0..positional {
            if matches!(self.stack[to.base + place], Value::Unset) {
                match place.checked_sub(first).and_then(|index| data.defaults.get(index)) {
                    Some(default) => self.stack[to.base + place] = *default,
                    None => missing.push(place),
                }
            }
        }
        if !missing.is_empty() {
            return Err(self.missing_arguments(to, &missing, "positional"));
        }
        let defaults = data.keyword_defaults;
        for place in positional..positional + to.params.keyword_only as usize {
            if matches!(self.stack[to.base + place], Value::Unset) {
                match self.heap.find_name(defaults, (&to.code.locals[place]).into()) {
                    Some(default) => self.stack[to.base + place] = default,
                    None => missing.push(place),
                }
            }
        }
        if missing.is_empty() { Ok(()) } else { Err(self.missing_arguments(to, &missing, "keyword-only")) }
    }

    fn missing_arguments(&mut self, to: &Binding<'_>, places: &[usize], kind: &str) -> Raised {
        let names: Vec<String> = places.iter().map(|&place| format!("'{}'", to.code.locals[place].text())).collect();
        let list = match names.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [front @ .., last] => format!("{}, and {last}", front.join(", ")),
            [] => String::new(),
        };
        let (function, count) = (&to.code.qualname, names.len());
        let plural = if count == 1 { "" } else { "s" };
        self.type_error(format!("{function}() missing {count} required {kind} argument{plural}: {list}"))
    }

    fn too_many_positional(&mut self, function: Value, to: &Binding<'_>, given: usize) -> Raised {
        let positional = to.params.positional as usize;
        let defaults = self.as_function(function).map_or(0, |function| function.defaults.len());
        let takes = if defaults > 0 {
            format!("from {} to {positional}", positional - defaults)
        } else {
            positional.to_string()
        };
        let plural = if positional == 1 && defaults == 0 { "" } else { "s" };
        let only = to.params.keyword_only as usize;
        let keywords = self.stack[to.base + positional..to.base + positional + only]
            .iter()
            .filter(|value| !matches!(value, Value::Unset))
            .count();
        let given = match keywords {
            0 => format!("{given} {} given", if given == 1 { "was" } else { "were" }),
            count => {
                let (s, k) = (if given == 1 { "" } else { "s" }, if count == 1 { "" } else { "s" });
                format!("{given} positional argument{s} (and {count} keyword-only argument{k}) were given")
            }
        };
        let name = &to.code.qualname;
        self.type_error(format!("{name}() takes {takes} positional argument{plural} but {given}"))
    }
}
