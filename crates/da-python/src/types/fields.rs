//! The replacement fields of `str.format`: where they are and what they name.
//!
//! Parses only; looking the names up is the business of the str type.

/// A piece of a format string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text as it is.
    Literal(String),
    /// A replacement field.
    Field {
        /// What it names.
        name: String,
        /// `s`, `r`, `a` or whatever stood behind `!`.
        conversion: Option<char>,
        /// What stood behind `:`.
        spec: String,
        /// Whether the specification has fields itself.
        nested: bool,
    },
}

/// A step from the first name of a field to its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// `.name`
    Attribute(String),
    /// `[text]`
    Key(String),
    /// `[number]`
    Index(i64),
}

/// Splits a format string, or says what is wrong with it.
pub(crate) fn parse(text: &str) -> Result<Vec<Piece>, String> {
    let chars: Vec<char> = text.chars().collect();
    let mut reader = Reader { chars: &chars, at: 0 };
    let mut pieces = Vec::new();
    let mut literal = String::new();
    while let Some(c) = reader.next() {
        match c {
            '{' | '}' if reader.peek() == Some(c) => {
                reader.at += 1;
                literal.push(c);
            }
            '}' => return Err("Single '}' encountered in format string".into()),
            '{' if reader.peek().is_none() => return Err("Single '{' encountered in format string".into()),
            '{' => {
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                pieces.push(reader.field()?);
            }
            c => literal.push(c),
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(pieces)
}

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn field(&mut self) -> Result<Piece, String> {
        let (name, end) = self.field_name()?;
        let mut conversion = None;
        match end {
            '}' => return Ok(Piece::Field { name, conversion, spec: String::new(), nested: false }),
            '!' => {
                conversion = Some(self.next().ok_or("end of string while looking for conversion specifier")?);
                match self.next() {
                    Some('}') => return Ok(Piece::Field { name, conversion, spec: String::new(), nested: false }),
                    Some(':') | None => {}
                    Some(_) => return Err("expected ':' after conversion specifier".into()),
                }
            }
            _ => {}
        }
        let (spec, nested) = self.spec()?;
        Ok(Piece::Field { name, conversion, spec, nested })
    }

    fn field_name(&mut self) -> Result<(String, char), String> {
        let mut name = String::new();
        while let Some(c) = self.next() {
            match c {
                '{' => return Err("unexpected '{' in field name".into()),
                '}' | ':' | '!' => return Ok((name, c)),
                '[' => {
                    name.push(c);
                    while let Some(inner) = self.peek().filter(|&c| c != ']') {
                        name.push(inner);
                        self.at += 1;
                    }
                }
                _ => name.push(c),
            }
        }
        Err("expected '}' before end of string".into())
    }

    fn spec(&mut self) -> Result<(String, bool), String> {
        let (mut spec, mut depth, mut nested) = (String::new(), 1, false);
        while let Some(c) = self.next() {
            match c {
                '{' => {
                    nested = true;
                    depth += 1;
                }
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok((spec, nested));
            }
            spec.push(c);
        }
        Err("unmatched '{' in format spec".into())
    }
}

/// The first name of a field (a number, a keyword, or empty), and the steps from there.
pub(crate) fn split_name(name: &str) -> Result<(&str, Vec<Step>), String> {
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (first, mut rest) = name.split_at(end);
    let mut steps = Vec::new();
    while let Some(kind) = rest.chars().next() {
        let body = rest.get(1..).unwrap_or("");
        let text;
        match kind {
            '.' => (text, rest) = body.split_at(body.find(['.', '[']).unwrap_or(body.len())),
            '[' => {
                let Some(end) = body.find(']') else { return Err("Missing ']' in format string".into()) };
                text = body.get(..end).unwrap_or("");
                rest = body.get(end + 1..).unwrap_or("");
            }
            _ => return Err("Only '.' or '[' may follow ']' in format field specifier".into()),
        }
        if text.is_empty() {
            return Err("Empty attribute in format string".into());
        }
        steps.push(match (kind, index(text)?) {
            ('.', _) => Step::Attribute(text.into()),
            (_, Some(index)) => Step::Index(index),
            (_, None) => Step::Key(text.into()),
        });
    }
    Ok((first, steps))
}

/// The number that a name is, if it is made of digits.
pub(crate) fn index(text: &str) -> Result<Option<i64>, String> {
    if text.is_empty() || !text.chars().all(super::unicode::is_decimal) {
        return Ok(None);
    }
    let plain: String =
        text.chars().filter_map(super::unicode::decimal_value).filter_map(|d| char::from_digit(d, 10)).collect();
    plain.parse().map(Some).map_err(|_| "Too many decimal digits in format string".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_as_cpython_says_it() {
        let table = [
            ("{", "Single '{' encountered in format string"),
            ("}", "Single '}' encountered in format string"),
            ("{a", "expected '}' before end of string"),
            ("{0!", "end of string while looking for conversion specifier"),
            ("{!rr}", "expected ':' after conversion specifier"),
            ("{!}", "unmatched '{' in format spec"),
            ("{:{}", "unmatched '{' in format spec"),
            ("{:}}", "Single '}' encountered in format string"),
            ("{0[}", "expected '}' before end of string"),
            ("{a{b}}", "unexpected '{' in field name"),
        ];
        for (text, wanted) in table {
            assert_eq!(parse(text), Err(wanted.into()), "{text}");
        }
        for (name, wanted) in [
            ("0.", "Empty attribute in format string"),
            ("0[]", "Empty attribute in format string"),
            ("0[1]x", "Only '.' or '[' may follow ']' in format field specifier"),
            ("0[1", "Missing ']' in format string"),
            ("0[99999999999999999999]", "Too many decimal digits in format string"),
        ] {
            assert_eq!(split_name(name), Err(wanted.into()), "{name}");
        }
    }

    #[test]
    fn a_field_is_split_into_its_parts() {
        let steps = vec![Step::Attribute("b".into()), Step::Index(3), Step::Key("k".into())];
        assert_eq!(split_name("a.b[3][k]"), Ok(("a", steps)));
        let field = Piece::Field { name: "a[}]".into(), conversion: Some('r'), spec: ">{w}".into(), nested: true };
        let wanted = vec![Piece::Literal("x{".into()), field, Piece::Literal("}".into())];
        assert_eq!(parse("x{{{a[}]!r:>{w}}}}"), Ok(wanted));
    }
}
