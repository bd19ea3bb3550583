//! Licence expressions (SPDX): `MIT OR (Apache-2.0 AND BSD-3-Clause)`, and the old `MIT/Apache-2.0`.
//! It must never call an expression fine that it cannot read.

/// What may stand in the program: all of it permissive.
const ALLOWED: [&str; 18] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    // For data: the certificates that TLS trusts.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "NCSA",
    "PostgreSQL",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Whether the expression can be met with allowed licences alone.
pub(super) fn is_fine(expression: &str) -> Result<bool, String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, depth: 0 };
    let fine = reader.either().ok_or_else(|| format!("cannot read the licence `{expression}`"))?;
    if reader.words.is_empty() { Ok(fine) } else { Err(format!("cannot read the licence `{expression}`")) }
}

struct Reader<'a> {
    words: &'a [&'a str],
    depth: usize,
}

impl Reader<'_> {
    /// a OR b: one of them must be fine. AND binds tighter.
    fn either(&mut self) -> Option<bool> {
        let mut fine = self.both()?;
        while self.take("OR") {
            fine |= self.both()?;
        }
        Some(fine)
    }

    /// a AND b: all of them must be fine.
    fn both(&mut self) -> Option<bool> {
        let mut fine = self.one()?;
        while self.take("AND") {
            fine &= self.one()?;
        }
        Some(fine)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            self.depth += 1;
            // No licence is nested this deeply; a hostile one must not overflow the stack.
            let fine = if self.depth > 32 { None } else { self.either() }?;
            self.depth -= 1;
            return self.take(")").then_some(fine);
        }
        let (name, rest) = self.words.split_first()?;
        if matches!(*name, "OR" | "AND" | "WITH" | ")") {
            return None;
        }
        self.words = rest;
        let mut licence = (*name).to_owned();
        if self.take("WITH") {
            let (exception, rest) = self.words.split_first()?;
            self.words = rest;
            licence = format!("{licence} WITH {exception}");
        }
        Some(ALLOWED.contains(&licence.as_str()))
    }

    fn take(&mut self, word: &str) -> bool {
        match self.words.split_first() {
            Some((first, rest)) if *first == word => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_judged_with_and_binding_tighter_than_or() {
        for (expression, fine) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("MIT OR GPL-3.0-only", true),
            ("MIT AND GPL-3.0-only", false),
            ("LGPL-2.1-or-later OR MIT AND AGPL-3.0-only", false),
            ("(LGPL-2.1-or-later OR MIT) AND ISC", true),
            ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", true),
            ("GPL-2.0-only WITH Classpath-exception-2.0", false),
            ("MIT/Apache-2.0", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("MPL-2.0", false),
        ] {
            assert_eq!(is_fine(expression), Ok(fine), "{expression}");
        }
    }

    #[test]
    fn an_expression_that_cannot_be_read_is_an_error() {
        let deep = "(".repeat(100_000) + "MIT" + &")".repeat(100_000);
        for expression in ["", "MIT OR", "OR MIT", "(MIT", "MIT)", "MIT Apache-2.0", "MIT WITH", &deep] {
            assert_eq!(is_fine(expression), Err(format!("cannot read the licence `{expression}`")));
        }
    }
}
