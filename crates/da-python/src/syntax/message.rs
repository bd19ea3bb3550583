//! The parser's errors in CPython's words, where CPython has words for them.
//!
//! Only texts; where the parser's own say more than "invalid syntax", they stay.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_parser::{
    InterpolatedStringErrorType, LexicalErrorType, ParseError, ParseErrorType, UnsupportedSyntaxError,
};
use ruff_text_size::Ranged;

/// The message of an error of the parser.
pub(super) fn of_parse_error(error: &ParseError, source: &str) -> String {
    let at = source.get(error.location.start().to_usize()..error.location.end().to_usize()).unwrap_or("");
    match &error.error {
        ParseErrorType::UnexpectedIndentation => "unexpected indent".to_owned(),
        ParseErrorType::OtherError(text) => of_other(text),
        ParseErrorType::InvalidAssignmentTarget | ParseErrorType::InvalidAnnotatedAssignmentTarget => {
            of_target("cannot assign to", at, " here. Maybe you meant '==' instead of '='?")
        }
        ParseErrorType::InvalidAugmentedAssignmentTarget => {
            format!("'{}' is an illegal expression for augmented assignment", target_kind(at))
        }
        ParseErrorType::InvalidDeleteTarget => of_target("cannot delete", at, ""),
        ParseErrorType::InvalidNamedAssignmentTarget => {
            format!("cannot use assignment expressions with {}", target_kind(at))
        }
        ParseErrorType::PositionalAfterKeywordArgument => "positional argument follows keyword argument".to_owned(),
        ParseErrorType::PositionalAfterKeywordUnpacking => {
            "positional argument follows keyword argument unpacking".to_owned()
        }
        ParseErrorType::InvalidArgumentUnpackingOrder => {
            "iterable argument unpacking follows keyword argument unpacking".to_owned()
        }
        ParseErrorType::IterableUnpackingInComprehension => {
            "iterable unpacking cannot be used in comprehension".to_owned()
        }
        ParseErrorType::UnparenthesizedGeneratorExpression => "Generator expression must be parenthesized".to_owned(),
        ParseErrorType::InvalidStarredExpressionUsage => "can't use starred expression here".to_owned(),
        ParseErrorType::NonDefaultParamAfterDefaultParam => "non-default argument follows default argument".to_owned(),
        ParseErrorType::ExpectedKeywordParam => "named arguments must follow bare *".to_owned(),
        ParseErrorType::ExpectedToken { expected, found } => of_token(*expected, *found),
        ParseErrorType::FStringError(inner) => of_text("f-string: ", inner),
        ParseErrorType::Lexical(inner) => of_lexical(inner),
        ParseErrorType::ExpectedExpression
        | ParseErrorType::SimpleStatementsOnSameLine
        | ParseErrorType::SimpleAndCompoundStatementOnSameLine
        | ParseErrorType::UnexpectedExpressionToken
        | ParseErrorType::UnexpectedIpythonEscapeCommand
        | ParseErrorType::EmptySlice
        | ParseErrorType::EmptyDeleteTargets
        | ParseErrorType::EmptyImportNames
        | ParseErrorType::EmptyGlobalNames
        | ParseErrorType::EmptyNonlocalNames
        | ParseErrorType::UnparenthesizedNamedExpression
        | ParseErrorType::InvalidLambdaExpressionUsage
        | ParseErrorType::InvalidYieldExpressionUsage => "invalid syntax".to_owned(),
        other => of_other(&other.to_string()),
    }
}

/// The message of syntax that is newer than the language here.
pub(super) fn of_newer_syntax(error: &UnsupportedSyntaxError) -> String {
    lower_first(&error.to_string())
}

/// The innermost bracket that is open at an error, with its offset: CPython blames it when the error
/// is the end of the source or lies on a later line.
pub(super) fn unclosed(tokens: &[Token], error: u32) -> Option<(&'static str, u32)> {
    let mut open = Vec::new();
    for token in tokens.iter().take_while(|token| u32::from(token.start()) < error) {
        match token.kind() {
            TokenKind::Lpar => open.push(("(", token.start())),
            TokenKind::Lsqb => open.push(("[", token.start())),
            TokenKind::Lbrace => open.push(("{", token.start())),
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => drop(open.pop()),
            _ => {}
        }
    }
    open.pop().map(|(bracket, at)| (bracket, u32::from(at)))
}

fn of_other(text: &str) -> String {
    match text.split_once("Expected an indented block after ") {
        Some((_, after)) => format!("expected an indented block after {}", after.replace('`', "'")),
        None if text.starts_with("Bytes literal cannot be mixed") => {
            "cannot mix bytes and nonbytes literals".to_owned()
        }
        None if text.starts_with("Expected `except` or `finally`") => "expected 'except' or 'finally' block".to_owned(),
        None if text.starts_with("Expected an imaginary number") => {
            "imaginary number required in complex literal".to_owned()
        }
        None if text.starts_with("Pattern cannot follow a double star") => "invalid syntax".to_owned(),
        None if text.starts_with("Expected an identifier") => "invalid syntax".to_owned(),
        None if text.starts_with("Expected a statement") => "invalid syntax".to_owned(),
        None => lower_first(text),
    }
}

fn of_token(expected: TokenKind, found: TokenKind) -> String {
    match (expected, found) {
        (TokenKind::Colon, _) => "expected ':'".to_owned(),
        (TokenKind::Lpar, _) => "expected '('".to_owned(),
        (TokenKind::Else, _) => "expected 'else' after 'if' expression".to_owned(),
        (TokenKind::Rpar, TokenKind::EndOfFile | TokenKind::Newline) => "'(' was never closed".to_owned(),
        (TokenKind::Rsqb, TokenKind::EndOfFile | TokenKind::Newline) => "'[' was never closed".to_owned(),
        (TokenKind::Rbrace, TokenKind::EndOfFile | TokenKind::Newline) => "'{' was never closed".to_owned(),
        _ => "invalid syntax".to_owned(),
    }
}

fn of_lexical(error: &LexicalErrorType) -> String {
    match error {
        LexicalErrorType::UnclosedStringError => "unterminated string literal".to_owned(),
        LexicalErrorType::LineContinuationError => "unexpected character after line continuation character".to_owned(),
        LexicalErrorType::UnrecognizedToken { tok } if tok.is_ascii() => "invalid syntax".to_owned(),
        LexicalErrorType::UnrecognizedToken { tok } => {
            format!("invalid character '{tok}' (U+{:04X})", u32::from(*tok))
        }
        LexicalErrorType::FStringError(inner) => of_text("f-string: ", inner),
        LexicalErrorType::OtherError(text) => lower_first(text),
        LexicalErrorType::Eof => "unexpected EOF while parsing".to_owned(),
        other => lower_first(&other.to_string()),
    }
}

fn of_text(prefix: &str, error: &InterpolatedStringErrorType) -> String {
    match error {
        InterpolatedStringErrorType::UnclosedLbrace => format!("{prefix}expecting '}}'"),
        InterpolatedStringErrorType::SingleRbrace => format!("{prefix}single '}}' is not allowed"),
        InterpolatedStringErrorType::UnterminatedString => "unterminated f-string literal".to_owned(),
        InterpolatedStringErrorType::UnterminatedTripleQuotedString => {
            "unterminated triple-quoted f-string literal".to_owned()
        }
        other => format!("{prefix}{other}"),
    }
}

fn of_target(verb: &str, text: &str, advice: &str) -> String {
    match target_kind(text) {
        kind @ ("True" | "False" | "None" | "ellipsis") => format!("{verb} {kind}"),
        kind => format!("{verb} {kind}{advice}"),
    }
}

/// What CPython calls an expression that cannot be assigned to, judged by its text.
fn target_kind(text: &str) -> &'static str {
    let first = text.chars().next().unwrap_or(' ');
    let name = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    match text {
        "True" => "True",
        "False" => "False",
        "None" => "None",
        "..." => "ellipsis",
        _ if text.starts_with("lambda") => "lambda",
        _ if text.starts_with("f'") || text.starts_with("f\"") => "f-string expression",
        _ if matches!(first, '\'' | '"') || (first.is_ascii_digit() && name) => "literal",
        _ if first == '{' && text.contains(':') => "dict literal",
        _ if first == '{' => "set display",
        _ if text.contains(" if ") && text.contains(" else ") => "conditional expression",
        _ if text.ends_with(')') && first != '(' => "function call",
        _ if first == '(' && text.ends_with(')') => "tuple",
        _ if first == '[' && text.ends_with(']') => "list",
        _ if text.ends_with(']') => "subscript",
        _ if name && text.contains('.') => "attribute",
        _ if name => "name",
        _ if ["==", "<", ">", "!=", " in ", " is "].iter().any(|sign| text.contains(sign)) => "comparison",
        _ => "expression",
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
