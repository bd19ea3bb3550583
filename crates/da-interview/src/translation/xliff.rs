//! XLIFF 1.2 and 2.0, which programs for translators read and write.
//!
//! Only the texts and their languages are looked at.

use super::Entry;
use crate::xml::{Mark, Piece, pieces};

/// The translations in a file; none where it is of another version.
pub(crate) fn read(xml: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut version = String::new();
    let (mut language, mut target) = ("en".to_owned(), "en".to_owned());
    let mut unit: Option<(String, String)> = None;
    let mut inside: Option<bool> = None;
    for piece in pieces(xml) {
        match piece {
            Piece::Begin(mark) => match mark.name {
                "xliff" => {
                    version = mark.attribute("version").unwrap_or_default();
                    (language, target) = languages(&mark, "srcLang", "trgLang");
                }
                "file" if version == "1.2" => {
                    (language, target) = languages(&mark, "source-language", "target-language");
                }
                name if is_unit(&version, name) => unit = Some(Default::default()),
                "source" => inside = Some(false),
                "target" => inside = Some(true),
                _ => {}
            },
            Piece::Text(words) => {
                if let (Some((source, translated)), Some(is_target)) = (&mut unit, inside) {
                    if is_target { translated.push_str(&words) } else { source.push_str(&words) }
                }
            }
            Piece::End("source" | "target") => inside = None,
            Piece::End(name) if is_unit(&version, name) => {
                let whole = unit.take().filter(|(source, translated)| !source.is_empty() && !translated.is_empty());
                found.extend(whole.map(|(original, text)| Entry {
                    original,
                    language: language.clone(),
                    target: target.clone(),
                    text,
                }));
            }
            Piece::End(_) => {}
        }
    }
    found
}

fn is_unit(version: &str, name: &str) -> bool {
    matches!((version, name), ("1.2", "trans-unit") | ("2.0", "segment"))
}

fn languages(mark: &Mark<'_>, source: &str, target: &str) -> (String, String) {
    let language = |name| mark.attribute(name).unwrap_or_else(|| "en".to_owned());
    (language(source), language(target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_tell_texts_and_languages() {
        let old = r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file source-language="en" target-language="es">
            <body><trans-unit id="1"><source>A <mrk>b</mrk> c</source><target>D &amp; e</target></trans-unit>
            <trans-unit id="2"><source>Nothing</source><target/></trans-unit></body></file></xliff>"#;
        let new = r#"<xliff version="2.0" srcLang="en" trgLang="fr"><file><unit><segment><source>A <mrk>b</mrk> c</source>
            <target>G</target></segment></unit></file></xliff>"#;
        let entry = |target: &str, text: &str| Entry {
            original: "A b c".to_owned(),
            language: "en".to_owned(),
            target: target.to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(read(old), [entry("es", "D & e")]);
        assert_eq!(read(new), [entry("fr", "G")]);
        assert_eq!(read("<xliff version='3.0'><segment><source>a</source><target>b</target></segment></xliff>"), []);
    }
}
