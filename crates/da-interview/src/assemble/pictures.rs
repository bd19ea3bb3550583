//! Pictures: those that the interview has given names to, beside questions, on buttons and in labels; and what there
//! is to hear and to see.

use super::{EngineHost, Evaluation, Flow};
use crate::block::{BlockId, Given};
use crate::functions::static_file;
use da_core::Plain;
use da_python::machine::Value;

impl Evaluation<'_, '_> {
    /// The address of a picture that has a name in this interview. To whom it is owed is noted for the screen.
    pub(super) fn picture(&mut self, name: &str) -> Option<String> {
        let image = self.interview.program.parts.image(name)?;
        if let Some(attribution) = &image.attribution {
            let owed = &mut self.host().attributions;
            if !owed.contains(attribution) {
                owed.push(attribution.clone());
            }
        }
        static_file(&mut self.vm, &image.package, &image.file).ok()
    }

    /// The address of the picture that code gives to a choice: a file, or the name of a picture.
    pub(super) fn picture_of_value(&mut self, place: BlockId, value: Value) -> Flow<Option<String>> {
        if let Some(name) = self.vm.text(value).map(|name| name.to_string()) {
            return Ok(self.picture(name.trim()));
        }
        if !self
            .class_names(value)
            .iter()
            .any(|class| matches!(class.as_str(), "DAFile" | "DAFileList" | "DAStaticFile"))
        {
            return Ok(None);
        }
        let address = self.vm.call_method(value, "url_for", &[]);
        let address = self.flow(address, place)?;
        Ok(self.vm.text(address).map(|address| address.to_string()))
    }

    /// `decoration`: the first of its pictures that there is, with its size.
    pub(super) fn decoration(&mut self, place: BlockId, given: &Given) -> Flow<Option<Plain>> {
        let given = self.given_plain(place, given)?;
        let mut decoration = None;
        for item in given.as_list().unwrap_or(std::slice::from_ref(&given)) {
            let name = item.get("image").unwrap_or(item);
            let Some(name) = name.as_text().map(str::trim) else { continue };
            decoration = Some(Plain::Map(Vec::new()));
            let (width, units) = self.decoration_size();
            if let Some(url) = self.picture(name) {
                let height = self.height_of(name, width).map_or_else(|| "auto".to_owned(), |height| height + &units);
                let size = vec![
                    ("width".to_owned(), Plain::Text(format!("{width:?}{units}"))),
                    ("height".to_owned(), Plain::Text(height)),
                ];
                let parts = vec![("url".to_owned(), Plain::Text(url)), ("size".to_owned(), Plain::Map(size))];
                return Ok(Some(Plain::Map(parts)));
            }
            if self.has_icons() {
                let parts = vec![
                    ("name".to_owned(), Plain::from(name)),
                    ("size".to_owned(), Plain::Text(format!("{width:?}{units}"))),
                ];
                return Ok(Some(Plain::Map(parts)));
            }
        }
        Ok(decoration)
    }

    /// `decoration size` and `decoration units` of the configuration.
    fn decoration_size(&mut self) -> (f64, String) {
        let configuration = &self.host().configuration;
        let width = match configuration.get("decoration size") {
            Some(Plain::Float(width)) => *width,
            Some(Plain::Int(width)) => *width as f64,
            _ => 2.0,
        };
        (width, configuration.get("decoration units").and_then(Plain::as_text).unwrap_or("em").to_owned())
    }

    /// Whether names of pictures that the interview does not know are those of a font of icons.
    fn has_icons(&mut self) -> bool {
        let icons = self.host().configuration.get("default icons").and_then(Plain::as_text);
        matches!(icons.unwrap_or("font awesome"), "material icons" | "font awesome")
    }

    /// How high a picture is that is `width` wide, if its file is one that tells.
    fn height_of(&mut self, name: &str, width: f64) -> Option<String> {
        let drawing = self.drawing(name)?;
        let view_box = drawing.attribute("viewBox")?;
        let numbers: Vec<f64> = view_box.split(' ').filter_map(|number| number.parse().ok()).collect();
        let [left, top, right, bottom] = numbers[..] else { return None };
        let (across, down) = (right - left, bottom - top);
        (across > 0.0 && down > 0.0).then(|| format!("{:?}", width * (down / across)))
    }

    /// The drawing of a name, if its picture is one.
    fn drawing(&mut self, name: &str) -> Option<Drawing> {
        let image = self.interview.program.parts.image(name)?;
        if !image.file.to_lowercase().ends_with(".svg") {
            return None;
        }
        let file = self.host().file(&image.package, &format!("data/static/{}", image.file)).ok()??;
        let (_, rest) = file.text.split_once("<svg")?;
        Some(Drawing(rest.split('>').next()?.to_owned()))
    }

    /// HTML with pictures in place of their names between colons.
    pub(super) fn with_pictures(&mut self, html: String) -> String {
        if !html.contains(':') || self.interview.program.parts.images.is_empty() {
            return html;
        }
        let mut parts = html.split(':');
        let mut shown = parts.next().unwrap_or_default().to_owned();
        let mut rest: Vec<&str> = parts.rev().collect();
        while let Some(part) = rest.pop() {
            match (rest.is_empty(), self.picture(part)) {
                (false, Some(url)) => {
                    shown.push_str(&self.picture_in_line(part, &url));
                    shown.push_str(rest.pop().unwrap_or_default());
                }
                _ => {
                    shown.push(':');
                    shown.push_str(part);
                }
            }
        }
        shown
    }

    /// A picture as large as the words around it.
    fn picture_in_line(&mut self, name: &str, url: &str) -> String {
        let size = self.drawing(name).and_then(|drawing| {
            Some(format!(" width={} height={}", drawing.attribute("width")?, drawing.attribute("height")?))
        });
        let style = "max-width:1em;vertical-align: middle; height: auto;";
        let size = size.unwrap_or_default();
        format!("<img alt=\"\" class=\"daicon daimageref\"{size} style=\"{style}\" src=\"{url}\"/>")
    }

    /// `audio` and `video`: addresses with their media types.
    pub(super) fn recordings(&mut self, place: BlockId, given: &Given, kind: &str) -> Flow<Option<Plain>> {
        let given = self.given_plain(place, given)?;
        let package = self.block(place).package().to_owned();
        let items = given.as_list().unwrap_or(std::slice::from_ref(&given));
        let mut told = Vec::new();
        for item in items.iter().filter_map(Plain::as_text) {
            told.extend(recording(self, &package, item.trim(), kind));
        }
        // Quirk: of several kinds, those come first whose media types come last in the alphabet.
        let media_type = |entry: &Plain| entry.get("mime_type").and_then(Plain::as_text).unwrap_or_default().to_owned();
        told.sort_by_key(|entry| std::cmp::Reverse(media_type(entry)));
        Ok((!told.is_empty()).then_some(Plain::List(told)))
    }
}

/// The attributes of a drawing's first element.
struct Drawing(String);

impl Drawing {
    fn attribute(&self, name: &str) -> Option<&str> {
        let mark = format!("{name}=\"");
        // `stroke-width` is not the width.
        let mut found = self.0.match_indices(&mark).map(|(at, _)| at);
        let at = found.find(|&at| self.0[..at].ends_with(char::is_whitespace))?;
        let value = self.0[at + mark.len()..].split('"').next()?;
        (!value.contains(['<', '&'])).then_some(value)
    }
}

/// One recording: a video of a platform, an address, or a static file.
fn recording(evaluation: &mut Evaluation<'_, '_>, package: &str, text: &str, kind: &str) -> Option<Plain> {
    let entry = |url: String, media_type: Option<&str>| {
        let mut parts = vec![("url".to_owned(), Plain::Text(url))];
        parts.extend(media_type.map(|media_type| ("mime_type".to_owned(), Plain::from(media_type))));
        Plain::Map(parts)
    };
    for (mark, address, options) in PLATFORMS {
        if kind == "video"
            && let Some(rest) = text.strip_prefix(mark)
        {
            let id = rest.split_once(' ').map_or(rest, |(_, id)| id).trim_end_matches(']').trim();
            return Some(entry(format!("{address}{id}{options}"), None));
        }
    }
    let media_type = media_type(text);
    if text.starts_with("http") {
        return Some(entry(text.to_owned(), media_type));
    }
    // What is no name of a recording is none: `None` where nobody uploaded one.
    media_type?;
    let (package, path) = text.split_once(':').unwrap_or((package, text));
    let path = path.strip_prefix("data/static/").unwrap_or(path);
    static_file(&mut evaluation.vm, package, path).ok().map(|url| entry(url, media_type))
}

/// Marks of videos on platforms: how they begin, and what their addresses are made of.
const PLATFORMS: [(&str, &str, &str); 2] = [
    ("[YOUTUBE", "https://www.youtube.com/embed/", "?rel=0"),
    ("[VIMEO", "https://player.vimeo.com/video/", "?byline=0&portrait=0"),
];

fn media_type(name: &str) -> Option<&'static str> {
    let extension = name.rsplit('.').next()?.to_lowercase();
    Some(match extension.as_str() {
        "mp3" => "audio/mpeg",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/x-wav",
        "m4a" => "audio/mp4",
        "mp4" => "video/mp4",
        "ogv" => "video/ogg",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        _ => return None,
    })
}

impl EngineHost {
    /// To whom the pictures of a screen are owed.
    pub(super) fn take_attributions(&mut self) -> Vec<String> {
        std::mem::take(&mut self.attributions)
    }
}
