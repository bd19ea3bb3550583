//! Which names a block may go by when a variable is wanted.
//!
//! `case.child[2].name` is also defined by a block for `case.child[i].name`, and by one for `x.name`
//! where `x` is `case.child[2]`. Text only: nothing is looked up or evaluated here.

/// The letters that stand for the indexes of a name, from left to right.
pub(crate) const INDEX_LETTERS: [&str; 6] = ["i", "j", "k", "l", "m", "n"];

/// A name under which a block may define a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Variant {
    /// The name: `x[i].name`.
    pub(crate) name: String,
    /// What `x` stands for.
    pub(crate) object: Option<String>,
    /// What `i`, `j`, ... stand for, as source text.
    pub(crate) indexes: Vec<String>,
}

/// A name cut into its first name and what follows.
struct Parts<'a> {
    first: &'a str,
    /// `.attribute` or `[index]`, brackets included.
    steps: Vec<&'a str>,
}

/// All variants of a name, in the order in which they are tried.
pub(crate) fn variants(name: &str) -> Vec<Variant> {
    let parts = cut(name);
    let mut found = Vec::new();
    // How many steps belong to `x`; none at all is the name itself.
    for object_steps in std::iter::once(None).chain((0..parts.steps.len()).map(Some)) {
        with_indexes(&parts, object_steps, &mut found);
    }
    found.sort_by_key(|variant| {
        let dots = count(&variant.name, '.');
        let brackets = count(&variant.name, '[');
        (variant.object.is_some(), std::cmp::Reverse(dots), std::cmp::Reverse(brackets), variant.indexes.len())
    });
    found
}

fn count(name: &str, wanted: char) -> usize {
    // What stands between quotes is no part of the structure.
    let mut quote = None;
    let mut found = 0;
    for letter in name.chars() {
        match quote {
            Some(open) if open == letter => quote = None,
            Some(_) => {}
            None if letter == '\'' || letter == '"' => quote = Some(letter),
            None => found += usize::from(letter == wanted),
        }
    }
    found
}

/// Adds the variants with `x` for the first steps, and every choice of indexes in the rest replaced.
fn with_indexes(parts: &Parts<'_>, object_steps: Option<usize>, found: &mut Vec<Variant>) {
    let rest = &parts.steps[object_steps.unwrap_or(0)..];
    let brackets: Vec<usize> =
        (0..rest.len()).filter(|&place| rest[place].starts_with('[')).take(INDEX_LETTERS.len()).collect();
    let mut choices: Vec<u32> = (0..1_u32 << brackets.len()).collect();
    choices.sort_by_key(|choice| (choice.count_ones(), choice.reverse_bits().wrapping_neg()));
    let object = object_steps.map(|steps| format!("{}{}", parts.first, parts.steps[..steps].concat()));
    for choice in choices {
        let mut name = if object.is_some() { "x".to_owned() } else { parts.first.to_owned() };
        let mut indexes = Vec::new();
        for (place, step) in rest.iter().enumerate() {
            let replaced = brackets.iter().position(|&at| at == place).is_some_and(|bit| choice >> bit & 1 == 1);
            if replaced {
                name.push_str(&format!("[{}]", INDEX_LETTERS[indexes.len()]));
                indexes.push(step[1..step.len() - 1].to_owned());
            } else {
                name.push_str(step);
            }
        }
        found.push(Variant { name, object: object.clone(), indexes });
    }
}

fn cut(name: &str) -> Parts<'_> {
    let (mut quote, mut depth, mut start, mut steps) = (None, 0_usize, None, Vec::new());
    let mut first_end = name.len();
    for (at, letter) in name.char_indices() {
        if let Some(open) = quote {
            quote = (open != letter).then_some(open);
            continue;
        }
        match letter {
            '\'' | '"' => quote = Some(letter),
            '.' | '[' if depth == 0 => {
                match start {
                    Some(begin) => steps.push(&name[begin..at]),
                    None => first_end = at,
                }
                start = Some(at);
                depth += usize::from(letter == '[');
            }
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if let Some(begin) = start {
        steps.push(&name[begin..]);
    }
    Parts { first: &name[..first_end], steps }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str) -> Vec<String> {
        let line = |variant: Variant| {
            let object = variant.object.map_or(String::new(), |object| format!(" x={object}"));
            let letters = INDEX_LETTERS.iter().zip(&variant.indexes);
            let indexes: String = letters.map(|(letter, index)| format!(" {letter}={index}")).collect();
            format!("{}{object}{indexes}", variant.name)
        };
        variants(name).into_iter().map(line).collect()
    }

    #[test]
    fn attributes_make_the_beginning_generic() {
        assert_eq!(shown("a"), ["a"]);
        assert_eq!(shown("a.b.c"), ["a.b.c", "x.b.c x=a", "x.c x=a.b"]);
    }

    #[test]
    fn indexes_become_letters_from_left_to_right() {
        assert_eq!(shown("lst[0]"), ["lst[0]", "lst[i] i=0", "x[0] x=lst", "x[i] x=lst i=0"]);
        assert_eq!(
            shown("m[0][1].z"),
            [
                "m[0][1].z",
                "m[i][1].z i=0",
                "m[0][i].z i=1",
                "m[i][j].z i=0 j=1",
                "x[0][1].z x=m",
                "x[i][1].z x=m i=0",
                "x[0][i].z x=m i=1",
                "x[i][j].z x=m i=0 j=1",
                "x[1].z x=m[0]",
                "x[i].z x=m[0] i=1",
                "x.z x=m[0][1]",
            ]
        );
    }

    #[test]
    fn an_attribute_of_an_item_is_sought_by_item_and_by_list() {
        assert_eq!(
            shown("lst[0].name"),
            ["lst[0].name", "lst[i].name i=0", "x[0].name x=lst", "x[i].name x=lst i=0", "x.name x=lst[0]"]
        );
    }

    #[test]
    fn deeper_names_keep_the_order_of_dots_then_brackets() {
        assert_eq!(
            shown("c.kids[1].address.city"),
            [
                "c.kids[1].address.city",
                "c.kids[i].address.city i=1",
                "x.kids[1].address.city x=c",
                "x.kids[i].address.city x=c i=1",
                "x[1].address.city x=c.kids",
                "x[i].address.city x=c.kids i=1",
                "x.address.city x=c.kids[1]",
                "x.city x=c.kids[1].address",
            ]
        );
    }

    #[test]
    fn what_stands_in_quotes_is_no_structure() {
        assert_eq!(shown("d['a.b[0]']"), ["d['a.b[0]']", "d[i] i='a.b[0]'", "x['a.b[0]'] x=d", "x[i] x=d i='a.b[0]'"]);
    }
}
