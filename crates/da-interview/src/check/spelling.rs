//! What somebody may have meant.

/// The nearest of the candidates, if it is near: at most a third of the letters differ.
///
/// ```
/// use da_interview::check::nearest;
/// assert_eq!(nearest("cleint", ["client", "court"].into_iter()), Some("client"));
/// ```
pub fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let most = word.chars().count() / 3;
    let near = candidates.filter(|known| known.len().abs_diff(word.len()) <= 4 * most.max(1));
    let (away, known) = near.map(|known| (distance(word, known), known)).min()?;
    (away > 0 && away <= most).then_some(known)
}

/// How many characters have to be put in, left out or changed.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_meant_if_it_is_near() {
        let known = ["favorite_fruit", "favorite_color", "client"];
        assert_eq!(nearest("favourite_fruit", known.into_iter()), Some("favorite_fruit"));
        assert_eq!(nearest("cleint", known.into_iter()), Some("client"));
        assert_eq!(nearest("address", known.into_iter()), None);
        assert_eq!(nearest("", known.into_iter()), None);
    }
}
