//! Calls: by position, by keyword, of methods, and with `*` and `**`.

use super::expression::{Display, count, needs_steps};
use super::{Compiled, Compiler};
use crate::code::Op;
use crate::syntax::Fault;
use ruff_python_ast::{Arguments, Expr, ExprCall, Keyword};
use ruff_text_size::Ranged;

impl<'a> Compiler<'a, '_> {
    pub(super) fn call(&mut self, node: &'a ExprCall) -> Compiled {
        let arguments = &node.arguments;
        self.check_keywords(&arguments.keywords)?;
        let spread = needs_steps(&arguments.args)
            || arguments.keywords.iter().any(|keyword| keyword.arg.is_none())
            || arguments.keywords.len() > 255;
        if spread {
            self.expr(&node.func)?;
            self.spread_arguments(arguments)?;
            return self.emit(Op::CallSpread);
        }
        let method = match &*node.func {
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value)?;
                let name = self.attribute(&attribute.attr);
                self.emit(Op::LoadMethod(name))?;
                true
            }
            callable => {
                self.expr(callable)?;
                false
            }
        };
        self.exprs(&arguments.args)?;
        if arguments.keywords.is_empty() {
            let count = count(arguments.args.len());
            return self.emit(if method { Op::CallMethod(count) } else { Op::Call(count) });
        }
        self.call_keywords(arguments, method)
    }

    fn call_keywords(&mut self, arguments: &'a Arguments, method: bool) -> Compiled {
        for keyword in &arguments.keywords {
            self.expr(&keyword.value)?;
        }
        let names = arguments.keywords.iter().filter_map(|keyword| keyword.arg.as_ref());
        let names = self.texts_constant(names.map(|name| name.as_str()));
        let count = arguments.args.len() + arguments.keywords.len();
        let (Ok(count), Ok(names)) = (u16::try_from(count), u16::try_from(names)) else {
            let message = "too many constants before a call with keywords";
            return Err(Fault::new(message, u32::from(arguments.start())));
        };
        self.emit(match method {
            true => Op::CallMethodKeywords { count, names },
            false => Op::CallKeywords { count, names },
        })
    }

    /// Puts the list of positional arguments and the dict of keywords (or `None`) on the stack.
    pub(super) fn spread_arguments(&mut self, arguments: &'a Arguments) -> Compiled {
        self.display(&arguments.args, Display::List)?;
        let keywords = &arguments.keywords;
        if keywords.is_empty() {
            return self.emit_none();
        }
        let mut rest = &keywords[..];
        let mut begun = false;
        while let Some(first) = rest.first() {
            let named = rest.iter().take_while(|keyword| keyword.arg.is_some()).count();
            if named > 0 {
                self.named_keywords(&rest[..named])?;
                rest = &rest[named..];
                if begun {
                    self.emit(Op::DictMerge)?;
                }
            } else {
                if !begun {
                    self.emit(Op::BuildDict(0))?;
                }
                self.expr(&first.value)?;
                self.emit(Op::DictMerge)?;
                rest = &rest[1..];
            }
            begun = true;
        }
        Ok(())
    }

    fn named_keywords(&mut self, keywords: &'a [Keyword]) -> Compiled {
        self.emit(Op::BuildDict(0))?;
        for keyword in keywords {
            if let Some(name) = &keyword.arg {
                self.emit_text(name)?;
            }
            self.expr(&keyword.value)?;
            self.emit(Op::DictInsert(0))?;
        }
        Ok(())
    }

    pub(super) fn check_keywords(&self, keywords: &[Keyword]) -> Compiled {
        if keywords.len() < 2 {
            return Ok(());
        }
        let mut seen = hashbrown::HashSet::new();
        for keyword in keywords {
            if let Some(name) = &keyword.arg
                && !seen.insert(name.as_str())
            {
                return Err(Fault::new(format!("keyword argument repeated: {name}"), u32::from(keyword.start())));
            }
        }
        Ok(())
    }
}
