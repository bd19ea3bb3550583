//! `match`: subjects and captured values are kept in hidden locals, so that a pattern that fails
//! leaves the stack as it was, and names are bound only once the whole pattern matched.

use super::expression::count;
use super::symbol::Symbol;
use super::unit::Label;
use super::{Compiled, Compiler};
use crate::code::{CompareOp, Const, Op};
use crate::syntax::Fault;
use ruff_python_ast::{
    MatchCase, Pattern, PatternMatchClass, PatternMatchMapping, PatternMatchOr, PatternMatchSequence, Singleton,
    StmtMatch,
};
use ruff_text_size::Ranged;

/// Where a failing pattern goes, with so many values left on the stack.
#[derive(Clone, Copy)]
struct Fails([Label; 3]);

/// Names that a pattern captures, and the hidden locals that hold their values.
type Captures = Vec<(Symbol, u32)>;

impl<'a> Compiler<'a, '_> {
    pub(super) fn match_statement(&mut self, node: &'a StmtMatch) -> Compiled {
        let used = self.unit.temporaries_in_use();
        let end = self.unit.label();
        self.expr(&node.subject)?;
        let subject = self.take()?;
        for (index, case) in node.cases.iter().enumerate() {
            if index + 1 < node.cases.len() && case.guard.is_none() {
                refutable(&case.pattern)?;
            }
            let inside = self.unit.temporaries_in_use();
            self.case(case, subject, end)?;
            self.unit.release_temporaries(inside);
        }
        self.unit.bind(end);
        self.unit.release_temporaries(used);
        Ok(())
    }

    fn case(&mut self, case: &'a MatchCase, subject: u32, end: Label) -> Compiled {
        self.at(case);
        let fails = Fails([self.unit.label(), self.unit.label(), self.unit.label()]);
        let mut captures = Vec::new();
        self.pattern(&case.pattern, subject, fails, &mut captures)?;
        for (symbol, hidden) in captures {
            self.emit(Op::LoadLocal(hidden))?;
            self.store(symbol)?;
        }
        if let Some(guard) = &case.guard {
            self.jump_if(guard, false, fails.0[0])?;
        }
        self.statements(&case.body)?;
        self.emit(Op::Jump(end.operand()))?;
        self.unit.bind(fails.0[2]);
        self.emit(Op::Pop)?;
        self.unit.bind(fails.0[1]);
        self.emit(Op::Pop)?;
        self.unit.bind(fails.0[0]);
        Ok(())
    }

    /// Moves the value on the stack into a new hidden local.
    fn take(&mut self) -> Compiled<u32> {
        let named = count(self.scopes.get(self.unit.scope).locals.len());
        let hidden = named + self.unit.take_temporary();
        self.emit(Op::StoreLocal(hidden))?;
        Ok(hidden)
    }

    fn fail_if_false(&mut self, fails: Fails, left: usize) -> Compiled {
        self.emit(Op::JumpIfFalse(fails.0[left].operand()))
    }

    fn pattern(&mut self, pattern: &'a Pattern, subject: u32, fails: Fails, captures: &mut Captures) -> Compiled {
        match pattern {
            Pattern::MatchValue(node) => {
                self.emit(Op::LoadLocal(subject))?;
                self.expr(&node.value)?;
                self.emit(Op::Compare(CompareOp::Eq))?;
                self.fail_if_false(fails, 0)
            }
            Pattern::MatchSingleton(node) => {
                self.emit(Op::LoadLocal(subject))?;
                self.emit_const(match node.value {
                    Singleton::None => Const::None,
                    Singleton::True => Const::Bool(true),
                    Singleton::False => Const::Bool(false),
                })?;
                self.emit(Op::Compare(CompareOp::Is))?;
                self.fail_if_false(fails, 0)
            }
            Pattern::MatchAs(node) => {
                if let Some(inner) = &node.pattern {
                    self.pattern(inner, subject, fails, captures)?;
                }
                match &node.name {
                    Some(name) => self.capture(name, subject, captures, pattern),
                    None => Ok(()),
                }
            }
            Pattern::MatchOr(node) => self.alternatives(node, subject, fails, captures),
            Pattern::MatchSequence(node) => self.sequence(node, subject, fails, captures),
            Pattern::MatchMapping(node) => self.mapping(node, subject, fails, captures),
            Pattern::MatchClass(node) => self.class_pattern(node, subject, fails, captures),
            Pattern::MatchStar(_) => Err(Fault::new("can't use starred expression here", u32::from(pattern.start()))),
        }
    }

    fn capture(&mut self, name: &str, value: u32, captures: &mut Captures, at: &impl Ranged) -> Compiled {
        let symbol = self.symbol(name);
        if captures.iter().any(|(seen, _)| *seen == symbol) {
            return Err(Fault::new(format!("multiple assignments to name '{name}' in pattern"), u32::from(at.start())));
        }
        captures.push((symbol, value));
        Ok(())
    }

    /// Each alternative must bind the same names; their values end in the same hidden locals.
    fn alternatives(
        &mut self,
        node: &'a PatternMatchOr,
        subject: u32,
        fails: Fails,
        captures: &mut Captures,
    ) -> Compiled {
        let matched = self.unit.label();
        let mut shared: Option<Captures> = None;
        for (index, pattern) in node.patterns.iter().enumerate() {
            let last = index + 1 == node.patterns.len();
            if !last {
                refutable(pattern)?;
            }
            let inner = if last { fails } else { Fails([self.unit.label(), self.unit.label(), self.unit.label()]) };
            let mut found = Vec::new();
            self.pattern(pattern, subject, inner, &mut found)?;
            self.share(&mut shared, &found, pattern)?;
            if !last {
                self.emit(Op::Jump(matched.operand()))?;
                self.unit.bind(inner.0[2]);
                self.emit(Op::Pop)?;
                self.unit.bind(inner.0[1]);
                self.emit(Op::Pop)?;
                self.unit.bind(inner.0[0]);
            }
        }
        self.unit.bind(matched);
        for (symbol, hidden) in shared.unwrap_or_default() {
            let name = self.symbols.text(symbol).to_owned();
            if captures.iter().any(|(seen, _)| *seen == symbol) {
                let message = format!("multiple assignments to name '{name}' in pattern");
                return Err(Fault::new(message, u32::from(node.start())));
            }
            captures.push((symbol, hidden));
        }
        Ok(())
    }

    fn share(&mut self, shared: &mut Option<Captures>, found: &[(Symbol, u32)], at: &Pattern) -> Compiled {
        let Some(shared) = shared else {
            let mut all = Vec::with_capacity(found.len());
            for (symbol, hidden) in found {
                self.emit(Op::LoadLocal(*hidden))?;
                all.push((*symbol, self.take()?));
            }
            *shared = Some(all);
            return Ok(());
        };
        let differs = || Fault::new("alternative patterns bind different names", u32::from(at.start()));
        if shared.len() != found.len() {
            return Err(differs());
        }
        for (symbol, target) in shared.iter() {
            let (_, hidden) = found.iter().find(|(seen, _)| seen == symbol).ok_or_else(differs)?;
            self.emit(Op::LoadLocal(*hidden))?;
            self.emit(Op::StoreLocal(*target))?;
        }
        Ok(())
    }

    fn sequence(
        &mut self,
        node: &'a PatternMatchSequence,
        subject: u32,
        fails: Fails,
        captures: &mut Captures,
    ) -> Compiled {
        let at = u32::from(node.start());
        let mut stars = node.patterns.iter().enumerate().filter(|(_, pattern)| pattern.is_match_star());
        let star = stars.next().map(|(index, _)| index);
        if stars.next().is_some() {
            return Err(Fault::new("multiple starred names in sequence pattern", at));
        }
        let fixed = node.patterns.len() - usize::from(star.is_some());
        let (Ok(count), Ok(before)) = (u16::try_from(fixed), u16::try_from(star.unwrap_or(0))) else {
            return Err(Fault::new("too many patterns in sequence pattern", at));
        };
        self.emit(Op::LoadLocal(subject))?;
        self.emit(Op::MatchSequence { count, rest: star.is_some() })?;
        self.fail_if_false(fails, 1)?;
        self.emit(match star {
            Some(_) => Op::UnpackRest { before, after: count - before },
            None => Op::Unpack(u32::from(count)),
        })?;
        let mut parts = Vec::new();
        for pattern in &node.patterns {
            match pattern {
                Pattern::MatchStar(star) => match &star.name {
                    Some(name) => {
                        let hidden = self.take()?;
                        self.capture(name, hidden, captures, pattern)?;
                    }
                    None => self.emit(Op::Pop)?,
                },
                _ => self.take_part(pattern, &mut parts)?,
            }
        }
        self.parts(parts, fails, captures)
    }

    /// Puts the value on the stack where its pattern will look for it.
    fn take_part(&mut self, pattern: &'a Pattern, parts: &mut Vec<(&'a Pattern, u32)>) -> Compiled {
        if matches!(pattern, Pattern::MatchAs(node) if node.pattern.is_none() && node.name.is_none()) {
            return self.emit(Op::Pop);
        }
        parts.push((pattern, self.take()?));
        Ok(())
    }

    fn parts(&mut self, parts: Vec<(&'a Pattern, u32)>, fails: Fails, captures: &mut Captures) -> Compiled {
        parts.into_iter().try_for_each(|(pattern, hidden)| self.pattern(pattern, hidden, fails, captures))
    }

    fn mapping(
        &mut self,
        node: &'a PatternMatchMapping,
        subject: u32,
        fails: Fails,
        captures: &mut Captures,
    ) -> Compiled {
        self.emit(Op::LoadLocal(subject))?;
        self.emit(Op::MatchMapping)?;
        self.fail_if_false(fails, 1)?;
        let size = count(node.keys.len());
        let mut parts = Vec::new();
        let mut keys = None;
        if size > 0 || node.rest.is_some() {
            self.exprs(&node.keys)?;
            self.emit(Op::BuildTuple(size))?;
            let hidden = self.take()?;
            keys = Some(hidden);
        }
        if let Some(keys) = keys.filter(|_| size > 0) {
            self.emit(Op::LoadLocal(keys))?;
            self.emit(Op::MatchKeys)?;
            self.fail_if_false(fails, 2)?;
            self.emit(Op::Unpack(size))?;
            for pattern in &node.patterns {
                self.take_part(pattern, &mut parts)?;
            }
        }
        if let (Some(rest), Some(keys)) = (&node.rest, keys) {
            self.emit(Op::LoadLocal(keys))?;
            self.emit(Op::MatchRest)?;
            let hidden = self.take()?;
            self.capture(rest, hidden, captures, node)?;
        }
        self.emit(Op::Pop)?;
        self.parts(parts, fails, captures)
    }

    fn class_pattern(
        &mut self,
        node: &'a PatternMatchClass,
        subject: u32,
        fails: Fails,
        captures: &mut Captures,
    ) -> Compiled {
        let arguments = &node.arguments;
        let positional = count(arguments.patterns.len());
        for (index, keyword) in arguments.keywords.iter().enumerate() {
            if arguments.keywords[..index].iter().any(|seen| seen.attr.as_str() == keyword.attr.as_str()) {
                let message = format!("attribute name repeated in class pattern: {}", keyword.attr);
                return Err(Fault::new(message, u32::from(keyword.start())));
            }
        }
        self.emit(Op::LoadLocal(subject))?;
        self.expr(&node.cls)?;
        let names = self.texts_constant(arguments.keywords.iter().map(|keyword| keyword.attr.as_str()));
        self.emit(Op::Const(names))?;
        self.emit(Op::MatchClass(positional))?;
        self.fail_if_false(fails, 2)?;
        self.emit(Op::Unpack(positional + count(arguments.keywords.len())))?;
        let mut parts = Vec::new();
        let patterns = arguments.patterns.iter().chain(arguments.keywords.iter().map(|keyword| &keyword.pattern));
        for pattern in patterns {
            self.take_part(pattern, &mut parts)?;
        }
        self.emit(Op::Pop)?;
        self.parts(parts, fails, captures)
    }
}

/// A pattern that always matches may only come last.
fn refutable(pattern: &Pattern) -> Compiled {
    let message = match pattern {
        Pattern::MatchAs(node) if node.pattern.is_none() => match &node.name {
            Some(name) => format!("name capture '{name}' makes remaining patterns unreachable"),
            None => "wildcard makes remaining patterns unreachable".to_owned(),
        },
        Pattern::MatchAs(node) => return node.pattern.as_deref().map_or(Ok(()), refutable),
        Pattern::MatchOr(node) => return node.patterns.last().map_or(Ok(()), refutable),
        _ => return Ok(()),
    };
    Err(Fault::new(message, u32::from(pattern.start())))
}
