//! `translations`: what texts of an interview are in other languages, read from the files that docassemble writes for translators.
//!
//! A text is found by what it is, word by word. Nothing is translated here.

mod xliff;
mod xlsx;

use std::collections::HashMap;

pub(crate) use xliff::read as read_xliff;
pub(crate) use xlsx::read as read_xlsx;

/// A text and what it is in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) original: String,
    pub(crate) language: String,
    pub(crate) target: String,
    pub(crate) text: String,
}

/// What an interview has translations of.
#[derive(Debug, Default)]
pub(crate) struct Translations {
    by_text: HashMap<String, Vec<Entry>>,
    /// The language of texts that say none.
    pub(crate) default_language: String,
}

impl Translations {
    pub(crate) fn add(&mut self, entry: Entry) {
        let known = self.by_text.entry(entry.original.clone()).or_default();
        match known.iter_mut().find(|known| known.language == entry.language && known.target == entry.target) {
            Some(known) => *known = entry,
            None => known.push(entry),
        }
    }

    /// What a text that is written in `language` (`*`: in the usual one) is in other languages, and the language that it is in.
    pub(crate) fn of<'t>(&'t self, text: &str, language: &'t str) -> Option<(&'t str, Vec<(&'t str, &'t str)>)> {
        let language = if language == "*" { self.default_language.as_str() } else { language };
        let entries = self.by_text.get(text)?.iter().filter(|entry| entry.language == language);
        let others: Vec<_> = entries.map(|entry| (entry.target.as_str(), entry.text.as_str())).collect();
        (!others.is_empty()).then_some((language, others))
    }
}
