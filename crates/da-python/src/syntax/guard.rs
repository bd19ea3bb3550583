//! An upper bound on how deep a syntax tree can get, from its tokens alone.
//!
//! The parser protects its own recursion, but dropping a deep tree recurses, and so does every walk
//! over it. So the tokens are counted first: in each bracket the operators since the last comma,
//! plus the indents. Never builds a tree and never recurses.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};

/// What source text may cost before it is parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// The longest source, in bytes.
    pub max_bytes: usize,
    /// The deepest nesting of brackets, operators and blocks.
    pub max_depth: u32,
}

impl Default for Guard {
    fn default() -> Self {
        Guard { max_bytes: 2 << 20, max_depth: 200 }
    }
}

/// CPython's own limit on indents.
const MAX_INDENTS: u32 = 100;

/// What the guard found, and at which line (counted by line ends between tokens).
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) line: u32,
}

/// One open bracket or f-string; the first level is the statement itself.
#[derive(Clone, Copy)]
struct Level {
    /// Operators since the last comma.
    operators: u32,
    /// How many of them are `lambda`, whose parameters have commas of their own.
    lambdas: u32,
    text: bool,
}

impl Level {
    const fn new(text: bool) -> Self {
        Level { operators: 0, lambdas: 0, text }
    }
}

struct Scan {
    levels: Vec<Level>,
    current: Level,
    /// The operators of all levels below the current one, and the levels themselves.
    below: u32,
    indents: u32,
    line: u32,
}

impl Guard {
    /// Reads the tokens of `source`; an error means that it must not be parsed.
    pub(super) fn check(&self, source: &str) -> Result<(), Refusal> {
        if source.len() > self.max_bytes {
            let message = format!("source is too long ({} bytes; at most {})", source.len(), self.max_bytes);
            return Err(Refusal { message, line: 1 });
        }
        let mut scan = Scan { levels: Vec::new(), current: Level::new(false), below: 0, indents: 0, line: 1 };
        let mut lexer = lexer::lex(source, Mode::Module);
        loop {
            let kind = lexer.next_token();
            if kind == TokenKind::EndOfFile {
                return Ok(());
            }
            scan.take(kind);
            if scan.depth() > self.max_depth || scan.indents >= MAX_INDENTS {
                return Err(Refusal { message: self.message(&scan), line: scan.line });
            }
        }
    }

    fn message(&self, scan: &Scan) -> String {
        let texts = scan.levels.iter().filter(|level| level.text).count();
        if scan.indents >= MAX_INDENTS {
            "too many levels of indentation".to_owned()
        } else if texts * 4 > self.max_depth as usize {
            "f-string: expressions nested too deeply".to_owned()
        } else if scan.levels.len() >= (self.max_depth / 2) as usize {
            "too many nested parentheses".to_owned()
        } else {
            format!("code is nested too deeply (more than {} levels)", self.max_depth)
        }
    }
}

impl Scan {
    fn depth(&self) -> u32 {
        self.below + self.current.operators + self.indents
    }

    fn take(&mut self, kind: TokenKind) {
        match kind {
            TokenKind::Lpar
            | TokenKind::Lsqb
            | TokenKind::Lbrace
            | TokenKind::FStringStart
            | TokenKind::TStringStart => {
                self.open(matches!(kind, TokenKind::FStringStart | TokenKind::TStringStart));
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace | TokenKind::FStringEnd | TokenKind::TStringEnd => {
                self.close();
            }
            TokenKind::Comma => self.current.operators = self.current.lambdas,
            TokenKind::Newline | TokenKind::Semi => {
                self.current = Level::new(self.current.text);
                self.line += u32::from(kind == TokenKind::Newline);
            }
            TokenKind::NonLogicalNewline => self.line += 1,
            TokenKind::Indent => self.indents += 1,
            TokenKind::Dedent => self.indents = self.indents.saturating_sub(1),
            TokenKind::Lambda => {
                self.current.lambdas += 1;
                self.current.operators += 1;
            }
            _ if is_flat(kind) => {}
            _ => self.current.operators += 1,
        }
    }

    /// What is opened is an operator of its parent: a call, an index, or a display.
    fn open(&mut self, text: bool) {
        self.current.operators += 1;
        self.below += self.current.operators;
        self.levels.push(self.current);
        self.current = Level::new(text);
    }

    /// Strings beside each other, and the fields of one f-string, are siblings: they leave no trace
    /// in their parent. Brackets do, because what follows them may hold them (`f()()()`).
    fn close(&mut self) {
        let Some(mut parent) = self.levels.pop() else { return };
        self.below -= parent.operators;
        if self.current.text || parent.text {
            parent.operators -= 1;
        }
        self.current = parent;
    }
}

/// Tokens that never make a tree deeper: leaves, separators, and the operators whose chains are
/// kept side by side (`and`, `or`, comparisons).
fn is_flat(kind: TokenKind) -> bool {
    use TokenKind as T;
    matches!(
        kind,
        T::Name
            | T::Int
            | T::Float
            | T::Complex
            | T::String
            | T::FStringMiddle
            | T::TStringMiddle
            | T::Comment
            | T::Colon
            | T::Equal
            | T::And
            | T::Or
            | T::EqEqual
            | T::NotEqual
            | T::Less
            | T::LessEqual
            | T::Greater
            | T::GreaterEqual
            | T::In
            | T::Is
            | T::Else
            | T::As
            | T::None
            | T::True
            | T::False
            | T::Case
            | T::Match
            | T::Type
    )
}
