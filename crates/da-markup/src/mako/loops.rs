//! `loop` inside `% for`: where the loop has got to.
//!
//! The class is Python, put in front of a template that uses `loop`, and only then.

/// The class of `loop`.
pub(super) const CLASS: &str = "\
class __Loop__:
    def __init__(self, iterable, parent):
        self._iterable = iterable
        self.parent = parent
        self.index = 0
    def __iter__(self):
        for item in self._iterable:
            yield item
            self.index += 1
    def __len__(self):
        return len(self._iterable)
    @property
    def reverse_index(self):
        return len(self) - self.index - 1
    @property
    def first(self):
        return self.index == 0
    @property
    def last(self):
        return self.index == len(self) - 1
    @property
    def even(self):
        return not self.odd
    @property
    def odd(self):
        return bool(self.index % 2)
    def cycle(self, *values):
        if not values:
            raise ValueError('You must provide values to cycle through')
        return values[self.index % len(values)]
";

/// Splits `for TARGET in ITERABLE:` into target and iterable.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_prefix("for")?.trim_end().strip_suffix(':')?;
    let mut at = 0;
    while let Some(found) = body[at..].find("in") {
        let (start, end) = (at + found, at + found + 2);
        let alone = body[..start].ends_with(|c: char| c.is_whitespace() || matches!(c, ')' | ']'))
            && body[end..].starts_with(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '"' | '\'' | '\\'));
        if alone {
            return Some((body[..start].trim(), body[end..].trim()));
        }
        at = end;
    }
    None
}
