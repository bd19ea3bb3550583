//! Blocks about the interview as a whole. They are not run; what they say is kept here.

use da_core::Plain;
use da_markup::Template;

use super::fault::Fault;
use super::given::Given;
use super::image::Image;
use super::keys::Keys;
use super::modifier::{text, texts};
use super::python::Python;
use super::reader::Reading;
use crate::yaml::{Node, Value};

/// What the interview says about all its screens.
#[derive(Debug, Default)]
pub struct InterviewParts {
    /// `features`.
    pub features: Vec<(String, Plain)>,
    /// What depends on the language: the language (`*` for any) and its parts.
    pub languages: Vec<(String, LanguageParts)>,
    /// `order` and `supersedes`: pairs of ids, of which the first comes before the second.
    pub precedence: Vec<(String, String)>,
    /// `on change`: variables, and what to run when a screen changes them.
    pub on_change: Vec<(String, Python)>,
    /// `def`: names, and Mako text that templates may use.
    pub definitions: Vec<(String, String)>,
    /// `image sets` and `images`: pictures that have names; a later one replaces an earlier one.
    pub images: Vec<Image>,
    /// `default role`: who answers the questions that are for nobody in particular.
    pub default_roles: Option<Vec<String>>,
    /// `machine learning storage`: where the examples of the interview belong.
    pub learning_store: Option<String>,
    /// `attachment options`, as written, in order.
    pub more: Vec<(String, Plain)>,
}

/// What depends on the language.
#[derive(Debug, Default)]
pub struct LanguageParts {
    /// `default screen parts`.
    pub screen_parts: Vec<(String, Template)>,
    /// `default validation messages`.
    pub validation_messages: Vec<(String, String)>,
    /// `terms`.
    pub terms: Vec<(String, Template)>,
    /// `auto terms`.
    pub auto_terms: Vec<(String, Template)>,
    /// `interview help`.
    pub help: Vec<HelpText>,
    /// `sections`.
    pub sections: Option<Plain>,
}

/// A section of help.
#[derive(Debug, Clone)]
pub struct HelpText {
    /// `label`: what the button says.
    pub label: Option<Template>,
    /// `heading`.
    pub heading: Option<Template>,
    /// `content`.
    pub content: Option<Template>,
    /// `audio` and `video`.
    pub more: Vec<(String, Given)>,
}

impl HelpText {
    pub(super) fn read(reading: &mut Reading<'_>, node: &Node) -> Result<HelpText, Fault> {
        let mut help = HelpText { label: None, heading: None, content: None, more: Vec::new() };
        let Value::Map(entries) = &node.value else {
            help.content = Some(reading.text(node)?);
            return Ok(help);
        };
        for entry in entries {
            let key = entry.key.key_text().to_lowercase();
            match key.as_str() {
                "label" => help.label = Some(reading.text(&entry.value)?),
                "heading" => help.heading = Some(reading.text(&entry.value)?),
                "content" => help.content = Some(reading.text(&entry.value)?),
                _ => help.more.push((key, Given::read(reading, &entry.value)?)),
            }
        }
        Ok(help)
    }
}

/// `terms`: a mapping, or a list of mappings, from terms to explanations. An entry may also have the form
/// `phrases` with `definition`.
pub(super) fn explanations(reading: &mut Reading<'_>, node: &Node) -> Result<Vec<(String, Template)>, Fault> {
    let mut terms = Vec::new();
    for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
        if let (Some(phrases), Some(definition)) = (item.get("phrases"), item.get("definition")) {
            for phrase in phrases.as_list().unwrap_or(std::slice::from_ref(phrases)) {
                terms.push((phrase.key_text().to_lowercase(), reading.text(definition)?));
            }
            continue;
        }
        for entry in item.as_map().unwrap_or_default() {
            terms.push((entry.key.key_text().to_lowercase(), reading.text(&entry.value)?));
        }
    }
    Ok(terms)
}

impl InterviewParts {
    fn language(&mut self, language: &str) -> &mut LanguageParts {
        let index = match self.languages.iter().position(|(known, _)| known == language) {
            Some(index) => index,
            None => {
                self.languages.push((language.to_owned(), LanguageParts::default()));
                self.languages.len() - 1
            }
        };
        &mut self.languages[index].1
    }

    /// A feature that is there already keeps its place and takes the new value.
    fn set_feature(&mut self, name: String, value: Plain) {
        match self.features.iter_mut().find(|(known, _)| *known == name) {
            Some(feature) => feature.1 = value,
            None => self.features.push((name, value)),
        }
    }

    /// The picture of a name.
    pub fn image(&self, name: &str) -> Option<&Image> {
        self.images.iter().rev().find(|image| image.name == name)
    }

    /// The parts for a language; `*` for those of any.
    pub fn for_language(&self, language: &str) -> Option<&LanguageParts> {
        self.languages.iter().find(|(known, _)| known == language).map(|(_, parts)| parts)
    }

    /// The parts for any language and then those for `language`, which go before them.
    pub fn up_to<'a>(&'a self, language: &str) -> impl DoubleEndedIterator<Item = &'a LanguageParts> + use<'a> {
        let own = (language != "*").then(|| self.for_language(language)).flatten();
        self.for_language("*").into_iter().chain(own)
    }
}

/// Reads a block about the interview as a whole; `false` when this is none.
pub(super) fn read(reading: &mut Reading<'_>, keys: &Keys<'_>) -> Result<bool, Fault> {
    let language = keys.get("language").map_or_else(|| Ok(reading.language.clone()), text)?;
    let Some((key, node)) = keys.first_of(&[
        "features",
        "metadata",
        "default screen parts",
        "default validation messages",
        "interview help",
        "sections",
        "order",
        "on change",
        "image sets",
        "images",
        "def",
        "default language",
        "translations",
        "attachment options",
        "machine learning storage",
    ]) else {
        return terms(reading, keys, &language);
    };
    match key {
        "features" => {
            for entry in node.as_map().unwrap_or_default() {
                reading.program.parts.set_feature(entry.key.key_text(), entry.value.to_plain());
            }
        }
        "metadata" => metadata(reading, keys, node)?,
        "default screen parts" => {
            let parts = texts_of(reading, node)?;
            reading.program.parts.language(&language).screen_parts.extend(parts);
        }
        "default validation messages" => {
            let entries = node.as_map().unwrap_or_default();
            let messages = entries.iter().map(|entry| (entry.key.key_text(), entry.value.key_text().trim().to_owned()));
            reading.program.parts.language(&language).validation_messages.extend(messages);
        }
        "interview help" => {
            let help = HelpText::read(reading, node)?;
            reading.program.parts.language(&language).help.push(help);
        }
        "sections" => {
            reading.program.parts.language(&language).sections = Some(node.to_plain());
        }
        "order" => precede(reading, &texts(node)?),
        "on change" => on_change(reading, node)?,
        "image sets" | "images" => {
            let images = Image::read_all(reading, key, node)?;
            reading.program.parts.images.extend(images);
        }
        "def" => {
            let mako = keys.get("mako").map(Node::key_text).unwrap_or_default();
            reading.program.parts.definitions.push((text(node)?, mako));
        }
        "translations" => reading.translations(node)?,
        "default language" => reading.language = text(node)?,
        "machine learning storage" => {
            reading.program.parts.learning_store = Some(learning_store(reading.package(), node)?);
        }
        _ => reading.program.parts.more.push((key.to_owned(), node.to_plain())),
    }
    Ok(true)
}

/// Terms of the whole interview, or a comment that stands alone.
fn terms(reading: &mut Reading<'_>, keys: &Keys<'_>, language: &str) -> Result<bool, Fault> {
    if keys.only(&["comment"]) {
        return Ok(true);
    }
    if let Some(role) = keys.get("default role") {
        reading.program.parts.default_roles = Some(texts(role)?);
        if !keys.has("code") {
            return Ok(true);
        }
    }
    if keys.has("question") || !keys.has_any(&["terms", "auto terms"]) {
        return Ok(false);
    }
    let terms = keys.get("terms").map_or(Ok(Vec::new()), |node| explanations(reading, node))?;
    let auto_terms = keys.get("auto terms").map_or(Ok(Vec::new()), |node| explanations(reading, node))?;
    let parts = reading.program.parts.language(language);
    parts.terms.extend(terms);
    parts.auto_terms.extend(auto_terms);
    Ok(true)
}

fn metadata(reading: &mut Reading<'_>, keys: &Keys<'_>, node: &Node) -> Result<(), Fault> {
    if !keys.only(&["metadata", "comment"]) {
        return Err(Fault::at(node, "A metadata directive cannot be mixed with other directives."));
    }
    match node.to_plain() {
        Plain::Map(entries) => {
            let language = entries.iter().find(|(name, _)| name == "default language").map(|(_, said)| said.clone());
            if let Some(Plain::Text(language)) = language {
                reading.program.translations.default_language = language;
            }
            reading.program.metadata.add(entries);
            Ok(())
        }
        Plain::Null => Ok(()),
        _ => Err(Fault::at(node, "A metadata section must be organized as a dictionary.")),
    }
}

/// A file among the sources of this package, or of the one that is named.
fn learning_store(package: &str, node: &Node) -> Result<String, Fault> {
    let name = text(node)?;
    let wrong = |why: &str| Err(Fault::at(node, format!("Invalid machine learning storage entry '{name}'.{why}")));
    if !name.ends_with(".json") {
        return wrong("  A machine learning storage entry must refer to a file ending in .json.");
    }
    match name.split_once(':') {
        None => Ok(format!("{package}:data/sources/{}", name.strip_prefix("data/sources/").unwrap_or(&name))),
        Some((other, path))
            if other.starts_with("docassemble.") && path.starts_with("data/sources/") && !path.contains(':') =>
        {
            Ok(name)
        }
        Some(_) => wrong(""),
    }
}

/// Each id comes before all that follow it.
fn precede(reading: &mut Reading<'_>, ids: &[String]) {
    for (place, first) in ids.iter().enumerate() {
        for later in &ids[place + 1..] {
            reading.program.parts.precedence.push((first.clone(), later.clone()));
        }
    }
}

fn on_change(reading: &mut Reading<'_>, node: &Node) -> Result<(), Fault> {
    for entry in node.as_map().unwrap_or_default() {
        let variable = reading.name_of(&entry.key)?;
        let code = reading.script(&entry.value)?;
        reading.program.parts.on_change.push((variable, code));
    }
    Ok(())
}

fn texts_of(reading: &mut Reading<'_>, node: &Node) -> Result<Vec<(String, Template)>, Fault> {
    let entries = node.as_map().unwrap_or_default();
    entries.iter().map(|entry| Ok((entry.key.key_text(), reading.text(&entry.value)?))).collect()
}
