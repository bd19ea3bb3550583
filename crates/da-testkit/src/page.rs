//! [`Page`]: what a person finds in a page: its words in order, its controls, what is said to be wrong.
//!
//! It reads the HTML that our pages are made of, which closes what it opens; it is no parser for any HTML.

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// The words that can be seen, with single blanks between them.
    pub words: String,
    /// The controls of its forms, in order.
    pub controls: Vec<Control>,
    /// Ids of elements that say what is wrong, and what they say.
    pub errors: Vec<(String, String)>,
}

/// A control of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Control {
    /// `input`, `select`, `option`, `textarea` or `button`.
    pub element: String,
    /// The `type`.
    pub kind: String,
    /// The name; an option has that of its list.
    pub name: String,
    /// The value.
    pub value: String,
    /// Whether it is checked or selected.
    pub chosen: bool,
}

/// A part of a document.
enum Part<'a> {
    Open(&'a str, Vec<(String, String)>),
    Close(&'a str),
    Text(String),
}

impl Page {
    /// Reads a page.
    pub fn read(html: &str) -> Page {
        let mut reader = Reader::default();
        for part in parts(html) {
            reader.take(part);
        }
        Page { words: one_line(&reader.words), ..reader.page }
    }

    /// The value of the first control of a name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.controls.iter().find(|control| control.name == name).map(|control| control.value.as_str())
    }

    /// The controls of a name.
    pub fn named<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Control> {
        self.controls.iter().filter(move |control| control.name == name)
    }
}

/// The words of a piece of HTML, as [`Page::words`] has them.
pub(crate) fn words(html: &str) -> String {
    Page::read(html).words
}

#[derive(Default)]
struct Reader {
    page: Page,
    words: String,
    /// The name of the list that is open.
    list: String,
    /// Inside of something that nobody sees.
    unseen: usize,
    /// The error that is open.
    error: Option<(String, usize)>,
    is_area: bool,
}

impl Reader {
    fn take(&mut self, part: Part<'_>) {
        match part {
            Part::Text(text) if self.is_area => {
                // The first line's end is not part of the text.
                let text = text.strip_prefix('\n').unwrap_or(&text).to_owned();
                if let Some(area) = self.page.controls.last_mut() {
                    area.value = text;
                }
            }
            Part::Text(text) if self.unseen == 0 => self.words.push_str(&text),
            Part::Text(_) => {}
            Part::Open(name, attributes) => self.open(name, &attributes),
            Part::Close(name) => self.close(name),
        }
    }

    fn open(&mut self, name: &str, attributes: &[(String, String)]) {
        let attribute = |wanted: &str| {
            attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let has = |wanted: &str| attributes.iter().any(|(name, _)| name == wanted);
        self.words.push(' ');
        if matches!(name, "head" | "style") {
            self.unseen += 1;
        }
        if attribute("class") == "error" {
            self.error = Some((attribute("id"), self.words.len()));
        }
        if !matches!(name, "input" | "select" | "option" | "textarea" | "button") {
            return;
        }
        if name == "select" {
            self.list = attribute("name");
        }
        self.is_area = name == "textarea";
        self.page.controls.push(Control {
            element: name.to_owned(),
            kind: attribute("type"),
            name: if name == "option" { self.list.clone() } else { attribute("name") },
            value: attribute("value"),
            chosen: has("checked") || has("selected"),
        });
    }

    fn close(&mut self, name: &str) {
        match name {
            "head" | "style" => self.unseen = self.unseen.saturating_sub(1),
            "textarea" => self.is_area = false,
            "p" => {
                if let Some((id, from)) = self.error.take() {
                    self.page.errors.push((id, one_line(&self.words[from..])));
                }
            }
            _ => {}
        }
        self.words.push(' ');
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn parts(html: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        found.push(Part::Text(decoded(&rest[..open])));
        let Some(length) = rest[open..].find('>') else { break };
        let inside = &rest[open + 1..open + length];
        rest = &rest[open + length + 1..];
        match inside.strip_prefix('/') {
            Some(name) => found.push(Part::Close(name.trim())),
            None if inside.starts_with('!') => {}
            None => {
                let name = inside.split([' ', '/']).next().unwrap_or_default();
                found.push(Part::Open(name, attributes(&inside[name.len()..])));
            }
        }
    }
    found.push(Part::Text(decoded(rest)));
    found
}

/// The attributes of a tag. Their values hold no `>`: our pages escape it.
fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').unwrap_or((quoted, ""));
                found.push((name, decoded(value)));
                rest = after;
            }
            None => found.push((name, String::new())),
        }
        rest = rest.trim_start();
    }
    found
}

fn decoded(text: &str) -> String {
    const SIGNS: [(&str, &str); 12] = [
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&hellip;", "…"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    SIGNS.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_controls_and_errors_are_found_and_the_head_is_not_seen() {
        let page = Page::read(
            "<!DOCTYPE html><html><head><title>T</title></head><body><h1>A &amp; <em>b</em></h1>\
             <p class=\"error\" id=\"f0_error\">No\n way.</p><input type=\"text\" name=\"f0\" value=\"1 &gt; 0\" required>\
             <select name=\"f1\"><option value=\"0\" selected>Red</option></select><textarea name=\"f2\">\na\nb</textarea>",
        );
        assert_eq!(page.words, "A & b No way. Red");
        assert_eq!(page.errors, [("f0_error".to_owned(), "No way.".to_owned())]);
        let controls: Vec<_> =
            page.controls.iter().map(|one| (one.element.as_str(), one.name.as_str(), one.value.as_str())).collect();
        let expected =
            [("input", "f0", "1 > 0"), ("select", "f1", ""), ("option", "f1", "0"), ("textarea", "f2", "a\nb")];
        assert_eq!(controls, expected);
        assert!(page.controls[2].chosen && !page.controls[0].chosen);
    }
}
