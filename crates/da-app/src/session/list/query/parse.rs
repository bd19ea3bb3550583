//! The text of a query becomes a [`Condition`].

use super::{BadQuery, Column, Comparison, Condition, Value, time};

/// Bytes of a query.
const LONGEST: usize = 4000;

/// Conditions inside each other.
const DEEPEST: usize = 50;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Number(i64),
    Sign(&'static str),
}

/// The longer signs first.
const SIGNS: [&str; 14] = ["==", "!=", "<=", ">=", "<", ">", "&", "|", "~", "(", ")", "[", "]", ","];

pub(super) fn query(text: &str) -> Result<Condition, BadQuery> {
    if text.len() > LONGEST {
        return Err(BadQuery::TooLong);
    }
    let mut reader = Reader { tokens: tokens(text)?, at: 0, depth: 0 };
    let condition = reader.any()?;
    if reader.at == reader.tokens.len() { Ok(condition) } else { Err(BadQuery::Malformed) }
}

fn tokens(text: &str) -> Result<Vec<Token>, BadQuery> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start_matches([' ', '\t']);
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '\'' | '"' => quoted(rest, first)?,
            '0'..='9' | '-' => {
                let length = 1 + rest[1..].bytes().take_while(u8::is_ascii_digit).count();
                (Token::Number(rest[..length].parse().map_err(|_| BadQuery::Malformed)?), length)
            }
            'A'..='Z' | 'a'..='z' | '_' => {
                let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
                let length = rest.bytes().take_while(is_word).count();
                (Token::Word(rest[..length].to_owned()), length)
            }
            _ => {
                let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign)).ok_or(BadQuery::Malformed)?;
                (Token::Sign(sign), sign.len())
            }
        };
        tokens.push(token);
        rest = rest[length..].trim_start_matches([' ', '\t']);
    }
    Ok(tokens)
}

/// A text in quotation marks, in which a backslash stands before a mark or another backslash; with its length.
fn quoted(rest: &str, mark: char) -> Result<(Token, usize), BadQuery> {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            _ if letter == mark => return Ok((Token::Text(text), at + mark.len_utf8())),
            '\\' => match letters.next() {
                Some((_, next @ ('\\' | '\'' | '"'))) => text.push(next),
                _ => return Err(BadQuery::Malformed),
            },
            '\n' | '\r' => return Err(BadQuery::Malformed),
            other => text.push(other),
        }
    }
    Err(BadQuery::Malformed)
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

type Read<T = Condition> = Result<T, BadQuery>;

impl Reader {
    fn next(&mut self) -> Read<Token> {
        let token = self.tokens.get(self.at).cloned().ok_or(BadQuery::Malformed)?;
        self.at += 1;
        Ok(token)
    }

    fn takes(&mut self, sign: &'static str) -> bool {
        let is_there = self.tokens.get(self.at) == Some(&Token::Sign(sign));
        self.at += usize::from(is_there);
        is_there
    }

    fn must(&mut self, sign: &'static str) -> Read<()> {
        if self.takes(sign) { Ok(()) } else { Err(BadQuery::Malformed) }
    }

    fn any(&mut self) -> Read {
        let mut all = vec![self.all()?];
        while self.takes("|") {
            all.push(self.all()?);
        }
        Ok(one_or(all, Condition::Any))
    }

    fn all(&mut self) -> Read {
        let mut all = vec![self.negated()?];
        while self.takes("&") {
            all.push(self.negated()?);
        }
        Ok(one_or(all, Condition::All))
    }

    fn negated(&mut self) -> Read {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(BadQuery::TooLong);
        }
        let read = if self.takes("~") {
            self.negated().map(|inside| Condition::Not(Box::new(inside)))
        } else if self.takes("(") {
            self.any().and_then(|inside| self.must(")").map(|()| inside))
        } else {
            self.condition()
        };
        self.depth -= 1;
        read
    }

    fn condition(&mut self) -> Read {
        let Token::Word(word) = self.next()? else { return Err(BadQuery::Malformed) };
        match word.as_str() {
            "DA.And" => return self.list(Self::any).map(Condition::All),
            "DA.Or" => return self.list(Self::any).map(Condition::Any),
            _ => {}
        }
        let name = word.strip_prefix("DA.Sessions.").ok_or(BadQuery::Malformed)?;
        let (name, method) = name.split_once('.').map_or((name, None), |(name, method)| (name, Some(method)));
        let column = Column::named(name)?;
        match method {
            None => self.compared(column),
            Some("Like" | "like") => {
                self.must("(")?;
                let Token::Text(pattern) = self.next()? else { return Err(BadQuery::Malformed) };
                self.must(")")?;
                Ok(Condition::Like(column, pattern))
            }
            Some("In" | "in_") => self.list(|reader| reader.value(column)).map(|values| Condition::In(column, values)),
            Some(_) => Err(BadQuery::Malformed),
        }
    }

    fn compared(&mut self, column: Column) -> Read {
        let sign = match self.tokens.get(self.at) {
            Some(Token::Sign(sign)) => *sign,
            _ => "",
        };
        let comparison = match sign {
            "==" => Comparison::Equal,
            "!=" => Comparison::Unequal,
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            // By itself only a truth means anything.
            _ if column == Column::Encrypted => {
                return Ok(Condition::Compared(column, Comparison::Equal, Value::Bool(true)));
            }
            _ => return Err(BadQuery::Malformed),
        };
        self.at += 1;
        Ok(Condition::Compared(column, comparison, self.value(column)?))
    }

    /// A value of the kind that a column has.
    fn value(&mut self, column: Column) -> Read<Value> {
        Ok(match (column, self.next()?) {
            (Column::Modified, Token::Text(text)) => Value::Time(time(&text).ok_or(BadQuery::BadTime)?),
            (Column::Modified, _) => return Err(BadQuery::BadTime),
            (Column::Encrypted, Token::Word(word)) if word == "True" => Value::Bool(true),
            (Column::Encrypted, Token::Word(word)) if word == "False" => Value::Bool(false),
            (Column::Number | Column::UserId, Token::Number(number)) => Value::Number(number),
            (Column::Encrypted | Column::Number | Column::UserId, _) => return Err(BadQuery::Malformed),
            (_, Token::Text(text)) => Value::Text(text),
            _ => return Err(BadQuery::Malformed),
        })
    }

    /// What stands in parentheses, with commas between; a list in brackets is one, too.
    fn list<T>(&mut self, one: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        self.must("(")?;
        let in_brackets = self.takes("[");
        let mut all = vec![one(self)?];
        while self.takes(",") {
            all.push(one(self)?);
        }
        if in_brackets {
            self.must("]")?;
        }
        self.must(")")?;
        Ok(all)
    }
}

fn one_or(mut all: Vec<Condition>, join: impl Fn(Vec<Condition>) -> Condition) -> Condition {
    if all.len() == 1 { all.remove(0) } else { join(all) }
}
