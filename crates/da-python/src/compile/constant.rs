//! Constants, and the few expressions that are folded into them: tuples of constants and numbers
//! with a sign.

use super::unit::ConstKey;
use super::{Compiled, Compiler};
use crate::code::{Const, Op};
use crate::syntax::Fault;
use num_bigint::BigInt;
use ruff_python_ast::{Expr, Int, Number, UnaryOp};
use ruff_text_size::Ranged;
use std::sync::Arc;

/// CPython's limit on the digits of a decimal number in source: reading more takes quadratic time.
const MAX_DIGITS: usize = 4300;

impl Compiler<'_, '_> {
    pub(super) fn emit_none(&mut self) -> Compiled {
        let index = self.unit.constant(ConstKey::None, || Const::None);
        self.emit(Op::Const(index))
    }

    pub(super) fn emit_text(&mut self, text: &str) -> Compiled {
        let index = self.text_constant(text);
        self.emit(Op::Const(index))
    }

    pub(super) fn text_constant(&mut self, text: &str) -> u32 {
        let symbol = self.symbols.intern(text);
        let name = self.symbols.name(symbol);
        self.unit.constant(ConstKey::Str(symbol), || Const::Str(name.clone()))
    }

    /// A tuple of texts as a constant.
    pub(super) fn texts_constant<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> u32 {
        let symbols = &mut self.symbols;
        let items: Vec<Const> = texts
            .map(|text| {
                let symbol = symbols.intern(text);
                Const::Str(symbols.name(symbol).clone())
            })
            .collect();
        self.unit.add_constant(Const::Tuple(items.into()))
    }

    pub(super) fn emit_const(&mut self, constant: Const) -> Compiled {
        let key = match &constant {
            Const::None => Some(ConstKey::None),
            Const::Ellipsis => Some(ConstKey::Ellipsis),
            Const::Bool(value) => Some(ConstKey::Bool(*value)),
            Const::Int(value) => Some(ConstKey::Int(*value)),
            Const::Float(value) => Some(ConstKey::Float(value.to_bits())),
            _ => None,
        };
        let index = match key {
            Some(key) => self.unit.constant(key, || constant),
            None => self.unit.add_constant(constant),
        };
        self.emit(Op::Const(index))
    }

    /// The constant that an expression is, if it is one.
    pub(super) fn constant_of(&mut self, expr: &Expr) -> Compiled<Option<Const>> {
        Ok(Some(match expr {
            Expr::NoneLiteral(_) => Const::None,
            Expr::EllipsisLiteral(_) => Const::Ellipsis,
            Expr::BooleanLiteral(node) => Const::Bool(node.value),
            Expr::NumberLiteral(node) => match &node.value {
                Number::Int(int) => self.int_constant(int, expr)?,
                Number::Float(value) => Const::Float(*value),
                Number::Complex { imag, .. } => Const::Imaginary(*imag),
            },
            Expr::StringLiteral(node) => {
                let symbol = self.symbols.intern(node.value.to_str());
                Const::Str(self.symbols.name(symbol).clone())
            }
            Expr::BytesLiteral(node) => Const::Bytes(node.value.bytes().collect()),
            Expr::UnaryOp(node)
                if matches!(node.op, UnaryOp::USub | UnaryOp::UAdd) && node.operand.is_number_literal_expr() =>
            {
                match self.constant_of(&node.operand)? {
                    // -1j has a real part of minus zero.
                    Some(Const::Imaginary(_)) => return Ok(None),
                    Some(value) if node.op == UnaryOp::UAdd => value,
                    Some(value) => negated(value),
                    None => return Ok(None),
                }
            }
            Expr::Tuple(node) => {
                let mut items = Vec::with_capacity(node.elts.len());
                for item in &node.elts {
                    match self.constant_of(item)? {
                        Some(constant) => items.push(constant),
                        None => return Ok(None),
                    }
                }
                Const::Tuple(Arc::from(items))
            }
            _ => return Ok(None),
        }))
    }

    fn int_constant(&self, int: &Int, at: &Expr) -> Compiled<Const> {
        if let Some(small) = int.as_i64() {
            return Ok(Const::Int(small));
        }
        let text: String = int.to_string().to_ascii_lowercase().replace('_', "");
        let (digits, radix) = match text.get(..2) {
            Some("0x") => (&text[2..], 16),
            Some("0o") => (&text[2..], 8),
            Some("0b") => (&text[2..], 2),
            _ => (text.as_str(), 10),
        };
        if radix == 10 && digits.len() > MAX_DIGITS {
            let message = format!(
                "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {} digits; use \
                 sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals \
                 to avoid decimal conversion limits.",
                digits.len()
            );
            return Err(Fault::new(message, u32::from(at.start())));
        }
        match BigInt::parse_bytes(digits.as_bytes(), radix) {
            Some(big) => Ok(Const::BigInt(Box::new(big))),
            None => Err(Fault::new("invalid number", u32::from(at.start()))),
        }
    }
}

fn negated(value: Const) -> Const {
    match value {
        Const::Int(value) => match value.checked_neg() {
            Some(value) => Const::Int(value),
            None => Const::BigInt(Box::new(-BigInt::from(value))),
        },
        Const::BigInt(value) => {
            let value = -*value;
            i64::try_from(&value).map_or_else(|_| Const::BigInt(Box::new(value)), Const::Int)
        }
        Const::Float(value) => Const::Float(-value),
        other => other,
    }
}

/// The refusal of a construct that the language here does not have.
pub(super) fn refuse(construct: &str, at: &impl Ranged) -> Box<Fault> {
    Fault::new(format!("{construct} are not available here"), u32::from(at.start()))
}
