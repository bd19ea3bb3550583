//! The marks by which a text shows files, `[FILE 12, 100px, A cat]` and `[FILE docassemble.mine:data/static/cat.png, None, None]`,
//! as HTML for a page: a picture is shown, anything else is a link.
//!
//! Only files that the reader may read are shown; others are named as missing.

use std::collections::HashMap;

use da_core::{FileNumber, Screen};

const MARK: &str = "[FILE ";

/// A sign that takes no room.
const JOINER: char = '\u{2060}';

/// Kinds of files that a browser shows as a picture.
const PICTURES: [&str; 6] = ["image/png", "image/jpeg", "image/gif", "image/svg+xml", "image/webp", "image/bmp"];

/// The files that the texts of a screen show by their numbers.
pub(crate) fn numbers(screen: &Screen) -> Vec<FileNumber> {
    let mut screen = screen.clone();
    let mut found = Vec::new();
    for text in texts(&mut screen) {
        let mut rest = text.as_str();
        while let Some((_, mark, after)) = next(rest) {
            found.extend(mark.reference.parse().map(FileNumber));
            rest = after;
        }
    }
    found
}

/// Whether any text of a screen shows a file.
pub(crate) fn has_marks(screen: &Screen) -> bool {
    texts(&mut screen.clone()).into_iter().any(|text| text.contains(MARK))
}

/// What the files that a page shows are found by.
pub struct FilePlaces<'a> {
    /// The names of the files that may be shown.
    pub names: &'a HashMap<FileNumber, String>,
    /// Where a static file without a package is looked for.
    pub package: &'a str,
    /// Makes an address on this server of a path.
    pub address: &'a dyn Fn(&str) -> String,
}

/// The screen with HTML for its marks.
pub fn with_files(screen: &Screen, places: &FilePlaces<'_>) -> Screen {
    let mut screen = screen.clone();
    for text in texts(&mut screen) {
        if text.contains(MARK) {
            *text = shown(text, places);
        }
    }
    screen
}

/// The texts that are read as Markdown.
fn texts(screen: &mut Screen) -> Vec<&mut String> {
    let mut all = vec![&mut screen.question];
    all.extend(screen.subquestion.iter_mut().chain(&mut screen.under).chain(&mut screen.right));
    for field in &mut screen.fields {
        all.extend(field.label.iter_mut().chain(&mut field.help).chain(&mut field.note));
    }
    all.extend(screen.help.iter_mut().chain(&mut screen.interview_help).map(|section| &mut section.content));
    all
}

/// A mark.
struct Mark<'t> {
    reference: &'t str,
    width: &'t str,
    words: &'t str,
}

/// The next mark of a text, with what stands before and after it.
fn next(text: &str) -> Option<(&str, Mark<'_>, &str)> {
    let start = text.find(MARK)?;
    let (inside, after) = text[start + MARK.len()..].split_once(']')?;
    let mut parts = inside.splitn(3, ',').map(str::trim);
    let mut part = || parts.next().filter(|part| *part != "None").unwrap_or_default();
    let mark = Mark { reference: part(), width: part(), words: part() };
    Some((&text[..start], mark, after))
}

fn shown(text: &str, places: &FilePlaces<'_>) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, mark, after)) = next(rest) {
        out.push_str(before);
        let html = html(&mark, places);
        if html.starts_with("<img") && (out.is_empty() || out.ends_with('\n')) {
            // A line that begins with a tag would be no Markdown.
            out.push(JOINER);
        }
        out.push_str(&html);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn html(mark: &Mark<'_>, places: &FilePlaces<'_>) -> String {
    let (name, path) = match mark.reference.parse().map(FileNumber) {
        Ok(number) => match places.names.get(&number) {
            Some(name) => (name.as_str(), format!("/uploadedfile/{number}.{}", da_core::extension(name))),
            None => return escaped(&format!("(file {number} is not there)")),
        },
        Err(_) => {
            let (package, path) = mark.reference.split_once(':').unwrap_or((places.package, mark.reference));
            let path = path.strip_prefix("data/static/").unwrap_or(path);
            (path.rsplit('/').next().unwrap_or(path), format!("/packagestatic/{package}/{path}"))
        }
    };
    let address = escaped_attribute(&(places.address)(&path));
    if !da_core::media_type(name).is_some_and(|kind| PICTURES.contains(&kind)) {
        let words = if mark.words.is_empty() { name } else { mark.words };
        return format!("<a href=\"{address}\">{}</a>", escaped(words));
    }
    let width = mark.width.strip_suffix("px").unwrap_or(mark.width);
    let fits = width.strip_suffix('%').unwrap_or(width).parse::<u32>().is_ok();
    let width = if fits { format!(" width=\"{width}\"") } else { String::new() };
    format!("<img src=\"{address}\" alt=\"{}\"{width}>", escaped_attribute(mark.words))
}

/// A text in which neither HTML nor Markdown finds anything.
fn escaped(text: &str) -> String {
    let sign = |c: char| c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '-' | '(' | ')');
    text.chars().map(|c| if sign(c) { format!("&#{};", u32::from(c)) } else { c.to_string() }).collect()
}

fn escaped_attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view;

    fn page(text: &str) -> String {
        let screen = Screen { subquestion: Some(text.to_owned()), ..Screen::default() };
        let names =
            HashMap::from([(FileNumber(12), "cat.png".to_owned()), (FileNumber(13), "a_b_c <1>.pdf".to_owned())]);
        let address = |path: &str| format!("/da{path}");
        let places = FilePlaces { names: &names, package: "docassemble.mine", address: &address };
        let shown = with_files(&screen, &places);
        view::html(&shown.subquestion.unwrap()).as_str().trim().to_owned()
    }

    #[test]
    fn a_picture_is_shown_and_anything_else_is_a_link() {
        let cases = [
            ("[FILE 12, None, None]", "<p>\u{2060}<img src=\"/da/uploadedfile/12.png\" alt=\"\"></p>"),
            (
                "See [FILE 12, 100px, A \"cat\"]!",
                "<p>See <img src=\"/da/uploadedfile/12.png\" alt=\"A &quot;cat&quot;\" width=\"100\">!</p>",
            ),
            ("[FILE 12, 50%]", "<p>\u{2060}<img src=\"/da/uploadedfile/12.png\" alt=\"\" width=\"50%\"></p>"),
            ("[FILE 13]", "<p><a href=\"/da/uploadedfile/13.pdf\">a_b_c &lt;1&gt;.pdf</a></p>"),
            (
                "[FILE docassemble.mine:data/static/x.svg, None, None]",
                "<p>\u{2060}<img src=\"/da/packagestatic/docassemble.mine/x.svg\" alt=\"\"></p>",
            ),
            ("A [FILE y.eps]", "<p>A <a href=\"/da/packagestatic/docassemble.mine/y.eps\">y.eps</a></p>"),
            ("[FILE 14]", "<p>(file 14 is not there)</p>"),
            ("[FILE 12", "<p>[FILE 12</p>"),
        ];
        for (text, html) in cases {
            assert_eq!(page(text), html, "{text}");
        }
    }

    #[test]
    fn the_numbers_of_a_screen_are_those_of_all_its_texts() {
        let screen = Screen {
            question: "[FILE 3]".to_owned(),
            subquestion: Some("[FILE 1, None, None] and [FILE p:data/static/x.png]".to_owned()),
            ..Screen::default()
        };
        assert_eq!(numbers(&screen), [FileNumber(3), FileNumber(1)]);
        assert!(has_marks(&screen) && !has_marks(&Screen::default()));
    }
}
