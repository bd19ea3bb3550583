//! f-strings: pieces of text and formatted values, joined.

use super::expression::count;
use super::{Compiled, Compiler};
use crate::code::{Conversion, Op};
use ruff_python_ast::{ConversionFlag, ExprFString, FStringPart, InterpolatedElement, InterpolatedStringElement};

/// What was put on the stack so far, and the text that comes next.
#[derive(Default)]
struct Pieces {
    pushed: usize,
    text: String,
}

impl<'a> Compiler<'a, '_> {
    pub(super) fn f_string(&mut self, node: &'a ExprFString) -> Compiled {
        let mut pieces = Pieces::default();
        for part in node.value.iter() {
            match part {
                FStringPart::Literal(literal) => pieces.text.push_str(literal.as_str()),
                FStringPart::FString(string) => self.elements(&string.elements, &mut pieces)?,
            }
        }
        self.join(pieces)
    }

    fn elements(
        &mut self,
        elements: impl IntoIterator<Item = &'a InterpolatedStringElement>,
        pieces: &mut Pieces,
    ) -> Compiled {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => pieces.text.push_str(&literal.value),
                InterpolatedStringElement::Interpolation(value) => self.interpolation(value, pieces)?,
            }
        }
        Ok(())
    }

    fn interpolation(&mut self, node: &'a InterpolatedElement, pieces: &mut Pieces) -> Compiled {
        if let Some(debug) = &node.debug_text {
            pieces.text.push_str(debug.as_str());
        }
        self.flush(pieces)?;
        self.expr(&node.expression)?;
        let conversion = match node.conversion {
            // `{x=}` shows the representation unless told otherwise.
            ConversionFlag::None if node.debug_text.is_some() && node.format_spec.is_none() => Conversion::Repr,
            ConversionFlag::None => Conversion::None,
            ConversionFlag::Str => Conversion::Str,
            ConversionFlag::Repr => Conversion::Repr,
            ConversionFlag::Ascii => Conversion::Ascii,
        };
        if let Some(spec) = &node.format_spec {
            let mut inner = Pieces::default();
            self.elements(&spec.elements, &mut inner)?;
            self.join(inner)?;
        }
        self.emit(Op::FormatValue { conversion, spec: node.format_spec.is_some() })?;
        pieces.pushed += 1;
        Ok(())
    }

    fn flush(&mut self, pieces: &mut Pieces) -> Compiled {
        if pieces.text.is_empty() {
            return Ok(());
        }
        let text = std::mem::take(&mut pieces.text);
        pieces.pushed += 1;
        self.emit_text(&text)
    }

    fn join(&mut self, mut pieces: Pieces) -> Compiled {
        self.flush(&mut pieces)?;
        match pieces.pushed {
            0 => self.emit_text(""),
            1 => Ok(()),
            pushed => self.emit(Op::BuildString(count(pushed))),
        }
    }
}
