//! What a walk showed, as a text that is read once, by a person, and compared ever after.
//!
//! The text may have been written by `insta`: what stands before its second `---` is kept and not looked at.

use super::stage::Stage;
use super::told;

/// What a case showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    tells: String,
    /// The steps as they were written, with what they showed.
    parts: Vec<(String, String)>,
}

/// A step that showed something else than what is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The number of the step; the first, which may be a `begin` that nobody wrote, is 1. Zero: what the case tells.
    pub step: usize,
    /// The step.
    pub title: String,
    /// Lines that are the same, before those that are not.
    pub before: String,
    /// What is recorded, from there on.
    pub expected: String,
    /// What came.
    pub came: String,
}

/// Lines of a difference that are told.
const LINES: usize = 4;

impl Record {
    /// Writes down what was shown.
    pub fn of(tells: &str, stages: &[Stage]) -> Record {
        let part = |stage: &Stage| (stage.title.clone(), told::for_review(stage));
        Record { tells: tells.to_owned(), parts: stages.iter().map(part).collect() }
    }

    /// As text.
    pub fn text(&self) -> String {
        let parts = self.parts.iter().map(|(title, shown)| format!("\n--- {title}\n{shown}"));
        format!("{}\n{}", self.tells, parts.collect::<String>())
    }

    /// The same with what stood at the head of a file before.
    pub fn text_after(&self, before: &str) -> String {
        format!("{}{}", split(before).0, self.text())
    }

    /// The first step that differs from what a file recorded.
    pub fn difference(&self, recorded: &str) -> Option<Difference> {
        // Both are read from text: a step may stand in several lines.
        let (expected, own) = (parts(split(recorded).1), self.text());
        let came = parts(&own);
        let none = String::new();
        (0..came.len().max(expected.len())).find_map(|step| {
            let (title, shown) = came.get(step).map_or((&none, &none), |(title, shown)| (title, shown));
            let (was, expected) = expected.get(step).map_or((&none, &none), |(title, shown)| (title, shown));
            let other = |text: &str, own: &str| if title == was { text.to_owned() } else { format!("{own}\n{text}") };
            let (shown, expected) = (shown.trim_end(), expected.trim_end());
            let is_same = title == was && shown == expected;
            let titled = if title.is_empty() { was } else { title };
            (!is_same).then(|| Difference {
                step,
                title: titled.clone(),
                ..cut(&other(expected, was), &other(shown, title))
            })
        })
    }
}

/// The head that `insta` writes, and the rest.
fn split(text: &str) -> (&str, &str) {
    let end = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n")).map(|at| at + "---\n\n---\n".len());
    text.split_at(end.unwrap_or_default())
}

/// The steps in a record, after what it tells.
fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts = vec![("tells".to_owned(), String::new())];
    for line in text.lines() {
        match line.strip_prefix("--- ") {
            Some(title) => parts.push((title.to_owned(), String::new())),
            None => {
                if let Some((_, shown)) = parts.last_mut() {
                    shown.push_str(line);
                    shown.push('\n');
                }
            }
        }
    }
    parts
}

/// Where two texts part, with the lines before; told in a few lines.
pub fn cut(expected: &str, came: &str) -> Difference {
    let (lines, others): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), came.lines().collect());
    let at = (0..lines.len().max(others.len())).find(|&at| lines.get(at) != others.get(at)).unwrap_or_default();
    let part = |lines: &[&str]| lines.iter().skip(at).take(LINES).copied().collect::<Vec<_>>().join("\n");
    let before = lines.get(at.saturating_sub(LINES - 1)..at).unwrap_or_default().join("\n");
    Difference { step: 0, title: String::new(), before, expected: part(&lines), came: part(&others) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(parts: &[(&str, &str)]) -> Record {
        let part = |(title, shown): &(&str, &str)| ((*title).to_owned(), (*shown).to_owned());
        Record { tells: "It works.".to_owned(), parts: parts.iter().map(part).collect() }
    }

    #[test]
    fn what_was_written_is_the_same_and_a_head_is_not_looked_at() {
        let record = record(&[("begin", "questionText: Who?\n"), ("back", "fails: Cannot go back\n")]);
        let text = record.text();
        assert_eq!(text, "It works.\n\n--- begin\nquestionText: Who?\n\n--- back\nfails: Cannot go back\n");
        assert_eq!(record.difference(&text), None);
        let headed = format!("---\nsource: a.rs\n---\n{text}");
        assert_eq!(record.difference(&headed), None);
        assert_eq!(record.text_after(&headed), headed);
    }

    #[test]
    fn a_step_of_several_lines_is_the_same_when_it_is_read_again() {
        let record = record(&[("answer {a: 1\n--- b: 2}", "a: 1\n")]);
        assert_eq!(record.difference(&record.text()), None);
    }

    #[test]
    fn the_first_step_that_differs_is_told_with_the_lines_before() {
        let recorded = record(&[("begin", "a: 1\nb: 2\nc: 3\n"), ("show", "d: 4\n")]).text();
        let other = record(&[("begin", "a: 1\nb: 3\nc: 3\n"), ("show", "e: 4\n")]);
        let difference = other.difference(&recorded).unwrap();
        assert_eq!((difference.step, difference.title.as_str(), difference.before.as_str()), (1, "begin", "a: 1"));
        assert_eq!((difference.expected.as_str(), difference.came.as_str()), ("b: 2\nc: 3", "b: 3\nc: 3"));
        let missing = record(&[("begin", "a: 1\nb: 2\nc: 3\n")]).difference(&recorded).unwrap();
        assert_eq!((missing.step, missing.title.as_str(), missing.came.as_str()), (2, "show", ""));
        let another = record(&[("begin", "a: 1\nb: 2\nc: 3\n"), ("back", "d: 4\n")]).difference(&recorded).unwrap();
        assert_eq!((another.expected.as_str(), another.came.as_str()), ("show\nd: 4", "back\nd: 4"));
    }
}
