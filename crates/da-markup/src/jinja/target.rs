//! What a `for`, a `set` or a `with` gives values to: names, with commas and brackets between them.

use crate::mako::string_literal;

/// The names of a target, without the attributes of theirs that are set.
pub(super) fn names(target: &str) -> impl Iterator<Item = String> + '_ {
    let parts = target.split([',', '(', ')']);
    let names = parts.filter_map(|part| part.trim().split('.').next());
    names.filter(|name| !name.is_empty()).map(str::to_owned)
}

/// A target as a text, or as a tuple of texts.
pub(super) fn as_literal(target: &str) -> String {
    let mut literal = String::with_capacity(target.len() + 8);
    let mut name = String::new();
    let mut several = false;
    for c in target.chars().chain([' ']) {
        if c.is_alphanumeric() || matches!(c, '_' | '.') {
            name.push(c);
            continue;
        }
        if !name.is_empty() {
            literal.push_str(&string_literal(&std::mem::take(&mut name)));
        }
        match c {
            ',' => {
                several = true;
                literal.push_str(", ");
            }
            '(' => literal.push('('),
            ')' => literal.push_str(", )"),
            _ => {}
        }
    }
    if several { format!("({literal},)") } else { literal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_told_as_literals_and_by_their_names() {
        assert_eq!(as_literal("a"), "'a'");
        assert_eq!(as_literal("a, (b, c)"), "('a', ('b', 'c', ),)");
        assert_eq!(names("a, (b, c), d.e").collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    }
}
