//! The marks by which a text shows files, `[FILE 12, 100px, A cat]` and `[FILE docassemble.mine:data/static/cat.png, None, None]`,
//! as HTML for a page: a picture is shown, anything else is a link. `[QR https://example.com, 2in]` is the picture of a QR code.
//!
//! Only files that the reader may read are shown; others are named as missing.

use std::collections::HashMap;

use da_core::{FileNumber, Screen};

use super::qr;

/// More marks of a text than these are left as they are written: each costs a look at a file, or a picture that is drawn.
const MOST_MARKS: usize = 200;

/// What marks begin with, and of what kind they are.
const MARKS: [(&str, Kind); 2] = [("[FILE ", Kind::File), ("[QR ", Kind::Code)];

/// The width of the picture of a QR code, unless its mark says another.
const USUAL_CODE: &str = "300";

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
        for _ in 0..MOST_MARKS {
            let Some((_, mark, after)) = next(rest) else { break };
            found.extend(mark.reference.parse().map(FileNumber).ok().filter(|_| mark.kind == Kind::File));
            rest = after;
        }
    }
    found
}

/// Whether any text of a screen has a mark.
pub(crate) fn has_marks(screen: &Screen) -> bool {
    texts(&mut screen.clone()).into_iter().any(|text| is_marked(text))
}

fn is_marked(text: &str) -> bool {
    MARKS.iter().any(|(begin, _)| text.contains(begin))
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
        if is_marked(text) {
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

/// What a mark shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Code,
}

/// A mark.
struct Mark<'t> {
    kind: Kind,
    /// The file, or what the code says.
    reference: &'t str,
    width: &'t str,
    words: &'t str,
}

/// The next mark of a text, with what stands before and after it.
fn next(text: &str) -> Option<(&str, Mark<'_>, &str)> {
    let mark_at = |start: usize| {
        let (begin, kind) = MARKS.iter().find(|(begin, _)| text[start..].starts_with(begin))?;
        Some((start, begin.len(), *kind))
    };
    let (start, length, kind) = text.match_indices('[').find_map(|(start, _)| mark_at(start))?;
    let (inside, after) = text[start + length..].split_once(']')?;
    let mut parts = inside.splitn(3, ',').map(str::trim);
    let mut part = || parts.next().filter(|part| *part != "None").unwrap_or_default();
    let mark = Mark { kind, reference: part(), width: part(), words: part() };
    Some((&text[..start], mark, after))
}

fn shown(text: &str, places: &FilePlaces<'_>) -> String {
    let (mut out, mut rest) = (String::new(), text);
    for _ in 0..MOST_MARKS {
        let Some((before, mark, after)) = next(rest) else { break };
        out.push_str(before);
        let html = match mark.kind {
            Kind::File => html(&mark, places),
            Kind::Code => code(&mark),
        };
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
    picture(&address, mark.words, width(mark.width))
}

fn picture(address: &str, words: &str, width: Option<String>) -> String {
    let width = width.map_or_else(String::new, |width| format!(" width=\"{width}\""));
    format!("<img src=\"{address}\" alt=\"{}\"{width}>", escaped_attribute(words))
}

/// The picture of a QR code; a text that is too long for one is shown as it is.
fn code(mark: &Mark<'_>) -> String {
    let Some(address) = qr::address(mark.reference) else { return escaped(mark.reference) };
    let words = match mark.words {
        "" => format!("A QR code that goes to {}", mark.reference),
        words => words.to_owned(),
    };
    picture(&address, &words, width(mark.width).or_else(|| Some(USUAL_CODE.to_owned())))
}

/// A width as HTML has it, in pixels or percent.
fn width(said: &str) -> Option<String> {
    let number = said.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let size = number.parse::<f64>().ok().filter(|size| *size > 0.0)?;
    let pixels = match &said[number.len()..] {
        "%" => return Some(format!("{size:.0}%")),
        "" | "px" => size,
        "in" => size * 96.0,
        "cm" => size * 96.0 / 2.54,
        "mm" => size * 96.0 / 25.4,
        "pt" => size * 4.0 / 3.0,
        "pc" | "em" | "rem" => size * 16.0,
        _ => return None,
    };
    Some(format!("{pixels:.0}"))
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
    fn a_code_is_a_picture_of_what_it_says() {
        let shown = page("Scan [QR https://example.com, 2in, The *office*] or [QR a&b], [FILE 14]");
        let (before, rest) = shown.split_once("data:image/svg+xml;base64,").unwrap();
        let (_, rest) = rest.split_once('"').unwrap();
        let (between, rest) = rest.split_once("data:image/svg+xml;base64,").unwrap();
        let (_, after) = rest.split_once('"').unwrap();
        assert_eq!(before, "<p>Scan <img src=\"");
        assert_eq!(between, " alt=\"The *office*\" width=\"192\"> or <img src=\"");
        assert_eq!(after, " alt=\"A QR code that goes to a&amp;b\" width=\"300\">, (file 14 is not there)</p>");
        let long = "x".repeat(3000);
        assert_eq!(page(&format!("[QR {long}]")), format!("<p>{long}</p>"));
    }

    #[test]
    fn what_is_too_much_is_left_as_it_is_written() {
        let shown = page(&"[QR x] ".repeat(MOST_MARKS + 2));
        assert_eq!(shown.matches("<img").count(), MOST_MARKS);
        assert!(shown.ends_with("> [QR x] [QR x]</p>"), "{}", &shown[shown.len() - 100..]);
        let screen = Screen { question: "[[FILE 7]".repeat(MOST_MARKS + 2), ..Screen::default() };
        assert_eq!(numbers(&screen), vec![FileNumber(7); MOST_MARKS]);
    }

    #[test]
    fn widths_are_pixels_or_percent() {
        let cases = [("100px", "100"), ("50%", "50%"), ("1in", "96"), ("2.54cm", "96"), ("12pt", "16"), ("3", "3")];
        for (said, pixels) in cases {
            assert_eq!(width(said).as_deref(), Some(pixels), "{said}");
        }
        assert_eq!([width("wide"), width("0"), width("-1in"), width("")], [None, None, None, None]);
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
