//! [`Rule`]: what a figure is held to.
//! It must never call a rule kept that could not be measured.

use crate::table;

/// A rule, what was measured, and whether it is kept.
pub(super) struct Rule {
    words: String,
    measured: String,
    is_kept: bool,
}

impl Rule {
    /// A figure that may not be larger.
    pub(super) fn at_most(words: impl Into<String>, figure: Option<f64>, most: f64, unit: &str) -> Rule {
        Rule {
            words: words.into(),
            measured: figure.map_or("not available".to_owned(), |figure| format!("{figure:.3}{unit}")),
            is_kept: figure.is_some_and(|figure| figure <= most),
        }
    }
}

/// The rules as text, and how many are broken.
pub(super) fn table(rules: &[Rule]) -> (String, usize) {
    let head = ["rule", "measured", ""].map(str::to_owned);
    let line = |rule: &Rule| {
        [rule.words.clone(), rule.measured.clone(), if rule.is_kept { "kept" } else { "BROKEN" }.to_owned()]
    };
    let lines: Vec<[String; 3]> = [head].into_iter().chain(rules.iter().map(line)).collect();
    (table::aligned(&lines), rules.iter().filter(|rule| !rule.is_kept).count())
}
