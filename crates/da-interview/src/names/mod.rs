//! The names under which a block may define a variable: `lst[0].name` is also `lst[i].name`, and
//! `x.name` for the class of `lst[0]`.
//!
//! Text only: whether an `x` has the right class is for whoever can evaluate it.

/// A name under which a wanted variable may be found among the blocks, and what the letters in it
/// stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variant {
    /// The name.
    pub name: String,
    /// What `i`, `j`, `k`, ... stand for: expressions, in the order of the letters.
    pub indexes: Vec<String>,
    /// What `x` stands for, an expression, if the name begins with it.
    pub generic: Option<String>,
}

/// Whether a text from outside names a variable that can be assigned: names, attributes and constant subscripts.
///
/// ```
/// assert!(da_interview::names::is_variable("children[0].birth_certificate"));
/// assert!(!da_interview::names::is_variable("open('x')"));
/// ```
pub fn is_variable(text: &str) -> bool {
    da_python::machine::names::parse_target(text).is_ok()
}

/// The letters that stand for indexes, in order.
pub const INDEX_LETTERS: [&str; 6] = ["i", "j", "k", "l", "m", "n"];

/// Names with more brackets than this are looked up as they are, and by `x`, only: the number of
/// variants doubles with each.
const MAX_BRACKETS: usize = 8;

/// All names to look for, best first: the name itself, then indexes replaced by letters, then a first
/// part replaced by `x`.
///
/// ```
/// use da_interview::names::variants;
/// let names: Vec<_> = variants("lst[0].name").into_iter().map(|variant| variant.name).collect();
/// assert_eq!(names, ["lst[0].name", "lst[i].name", "x[0].name", "x[i].name", "x.name"]);
/// ```
pub fn variants(name: &str) -> Vec<Variant> {
    let pieces = split(name);
    let mut variants = Vec::new();
    for start in 0..pieces.len() {
        let generic = (start > 0).then(|| pieces[..start].concat());
        let head = if start == 0 { pieces[0] } else { "x" };
        let rest = &pieces[start.max(1)..];
        for replaced in subsets(rest) {
            variants.push(variant(head, rest, &replaced, generic.clone()));
        }
    }
    variants.sort_by_key(|variant| {
        let count =
            |sign: char| std::cmp::Reverse(split(&variant.name).iter().filter(|piece| piece.starts_with(sign)).count());
        (variant.generic.is_some(), count('.'), count('['), variant.indexes.len())
    });
    variants
}

/// Cuts a name into its first part and the attributes and indexes that follow, each with its sign.
fn split(name: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0usize, None);
    let mut escaped = false;
    for (at, c) in name.char_indices() {
        if let Some(open) = quote {
            if !escaped && c == open {
                quote = None;
            }
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            '.' | '[' if depth == 0 && at > start => {
                pieces.push(&name[start..at]);
                start = at;
            }
            '\'' | '"' => quote = Some(c),
            _ => {}
        }
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    pieces.push(&name[start..]);
    pieces
}

/// Which indexes among `pieces` to replace: none, each alone, two together, ... For each choice, the
/// places of the pieces.
fn subsets(pieces: &[&str]) -> Vec<Vec<usize>> {
    let brackets: Vec<usize> = (0..pieces.len()).filter(|place| pieces[*place].starts_with('[')).collect();
    if brackets.len() > MAX_BRACKETS {
        return vec![Vec::new()];
    }
    (0u32..1 << brackets.len())
        .filter(|mask| mask.count_ones() as usize <= INDEX_LETTERS.len())
        .map(|mask| {
            let chosen = brackets.iter().enumerate().filter(|(bit, _)| mask & (1 << bit) != 0);
            chosen.map(|(_, place)| *place).collect()
        })
        .collect()
}

fn variant(head: &str, rest: &[&str], replaced: &[usize], generic: Option<String>) -> Variant {
    let mut name = head.to_owned();
    let mut indexes = Vec::new();
    for (place, piece) in rest.iter().enumerate() {
        match INDEX_LETTERS.get(indexes.len()).filter(|_| replaced.contains(&place)) {
            Some(letter) => {
                name.push_str(&format!("[{letter}]"));
                let inside = piece.strip_prefix('[').and_then(|piece| piece.strip_suffix(']')).unwrap_or(piece);
                indexes.push(inside.to_owned());
            }
            None => name.push_str(piece),
        }
    }
    Variant { name, indexes, generic }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A variant as the table writes it: `x[i].z (x=m, i=1)`.
    fn written(name: &str) -> Vec<String> {
        let describe = |variant: Variant| {
            let letters = INDEX_LETTERS.iter().zip(&variant.indexes).map(|(letter, index)| format!("{letter}={index}"));
            let all: Vec<_> = variant.generic.iter().map(|x| format!("x={x}")).chain(letters).collect();
            if all.is_empty() { variant.name } else { format!("{} ({})", variant.name, all.join(", ")) }
        };
        variants(name).into_iter().map(describe).collect()
    }

    #[test]
    fn names_are_tried_in_the_order_that_docassemble_tries_them() {
        assert_eq!(written("a"), ["a"]);
        assert_eq!(written("a.b.c"), ["a.b.c", "x.b.c (x=a)", "x.c (x=a.b)"]);
        assert_eq!(written("lst[0]"), ["lst[0]", "lst[i] (i=0)", "x[0] (x=lst)", "x[i] (x=lst, i=0)"]);
        assert_eq!(
            written("lst[0].name"),
            ["lst[0].name", "lst[i].name (i=0)", "x[0].name (x=lst)", "x[i].name (x=lst, i=0)", "x.name (x=lst[0])"]
        );
        assert_eq!(
            written("m[0][1].z"),
            [
                "m[0][1].z",
                "m[i][1].z (i=0)",
                "m[0][i].z (i=1)",
                "m[i][j].z (i=0, j=1)",
                "x[0][1].z (x=m)",
                "x[i][1].z (x=m, i=0)",
                "x[0][i].z (x=m, i=1)",
                "x[i][j].z (x=m, i=0, j=1)",
                "x[1].z (x=m[0])",
                "x[i].z (x=m[0], i=1)",
                "x.z (x=m[0][1])"
            ]
        );
        assert_eq!(
            written("c.kids[1].address.city"),
            [
                "c.kids[1].address.city",
                "c.kids[i].address.city (i=1)",
                "x.kids[1].address.city (x=c)",
                "x.kids[i].address.city (x=c, i=1)",
                "x[1].address.city (x=c.kids)",
                "x[i].address.city (x=c.kids, i=1)",
                "x.address.city (x=c.kids[1])",
                "x.city (x=c.kids[1].address)"
            ]
        );
    }

    #[test]
    fn what_stands_in_quotes_or_inner_brackets_is_not_cut() {
        assert_eq!(
            written("d['a.b[0]'].c"),
            [
                "d['a.b[0]'].c",
                "d[i].c (i='a.b[0]')",
                "x['a.b[0]'].c (x=d)",
                "x[i].c (x=d, i='a.b[0]')",
                "x.c (x=d['a.b[0]'])"
            ]
        );
        assert_eq!(written("a[b[0]]")[1], "a[i] (i=b[0])");
        assert_eq!(written(""), [""]);
        assert_eq!(written("["), ["["]);
    }

    #[test]
    fn a_long_row_of_brackets_does_not_explode() {
        let name = format!("a{}", "[0]".repeat(200));
        assert!(variants(&name).len() < 2000);
    }
}
