//! Takes directives out of a configuration, one kind of value at a time.

use da_app::check;
use da_app::yaml::{self, KeyLine};
use da_core::Plain;

use super::{ConfigError, Where, directives};

/// A configuration file that was parsed.
pub(super) struct Reader {
    file: String,
    plain: Plain,
    lines: Vec<KeyLine>,
}

impl Reader {
    pub(super) fn new(text: &str, file: &str) -> Result<Self, ConfigError> {
        let (plain, lines) = yaml::parse_plain(text).map_err(|error| {
            let place = Where { file: file.to_owned(), line: Some(error.line) };
            ConfigError::Wrong(place, error.message)
        })?;
        let reader = Reader { file: file.to_owned(), plain, lines };
        match reader.plain {
            Plain::Map(_) => Ok(reader),
            _ => Err(reader.wrong(None, "a configuration is a mapping of directives".to_owned())),
        }
    }

    /// The directives of docassemble that have no effect here. All that nobody knows are told in one error, unless `package
    /// directives` says that they are for packages, which read them with `get_config()`.
    pub(super) fn unsupported(&self) -> Result<Vec<String>, ConfigError> {
        let of_packages = self.texts(directives::OF_PACKAGES)?;
        let (mut unsupported, mut unknown) = (Vec::new(), Vec::new());
        for (name, _) in self.plain.as_map().unwrap_or_default() {
            if directives::SUPPORTED.contains(&name.as_str()) || of_packages.contains(name) {
                continue;
            }
            if directives::is_known(name) {
                unsupported.push(name.clone());
                continue;
            }
            let advice = match directives::nearest(name) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("if a package reads it with get_config(), name it in `{}`", directives::OF_PACKAGES),
            };
            unknown.push(self.wrong(Some(name), format!("there is no directive `{name}`; {advice}")));
        }
        match unknown.len() {
            0 => Ok(unsupported),
            1 => Err(unknown.remove(0)),
            _ => Err(ConfigError::Several(unknown)),
        }
    }

    /// Everything that the file says.
    pub(super) fn plain(&self) -> &Plain {
        &self.plain
    }

    /// The value of a directive, unless it is not there or null.
    pub(super) fn get(&self, name: &str) -> Option<&Plain> {
        self.plain.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, ConfigError> {
        self.map(name, "a text", |value| match value {
            Plain::Text(text) => Some(text.clone()),
            Plain::Int(number) => Some(number.to_string()),
            Plain::Float(number) => Some(number.to_string()),
            _ => None,
        })
    }

    /// A text that is not allowed to look like a number: YAML would not keep it as it was written.
    pub(super) fn quoted(&self, name: &str) -> Result<Option<String>, ConfigError> {
        self.map(name, "a text; digits alone must stand in quotes", |value| value.as_text().map(str::to_owned))
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, ConfigError> {
        self.map(name, "True or False", |value| match value {
            Plain::Bool(value) => Some(*value),
            _ => None,
        })
    }

    pub(super) fn number<T: TryFrom<i64>>(&self, name: &str, least: i64, most: i64) -> Result<Option<T>, ConfigError> {
        self.map(name, &format!("a whole number from {least} to {most}"), |value| match value {
            Plain::Int(number) if (least..=most).contains(number) => T::try_from(*number).ok(),
            _ => None,
        })
    }

    /// One of several words, by its number.
    pub(super) fn choice(&self, name: &str, words: &[&str]) -> Result<Option<usize>, ConfigError> {
        let said = self.text(name)?;
        let Some(said) = said else { return Ok(None) };
        let place = words.iter().position(|word| *word == said);
        let must = || self.must(name, &format!("one of: {}", words.join(", ")));
        place.map(Some).ok_or_else(must)
    }

    /// A list of texts; one text counts as a list.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, ConfigError> {
        let list = self.map(name, "a list of texts", |value| match value {
            Plain::Text(text) => Some(vec![text.clone()]),
            Plain::List(items) => items.iter().map(|item| item.as_text().map(str::to_owned)).collect(),
            _ => None,
        })?;
        Ok(list.unwrap_or_default())
    }

    /// A mapping of texts.
    pub(super) fn texts_by_name(&self, name: &str) -> Result<Option<Vec<(String, String)>>, ConfigError> {
        self.map(name, "a mapping of texts", |value| {
            let entries = value.as_map()?;
            entries.iter().map(|(key, value)| Some((key.clone(), value.as_text()?.to_owned()))).collect()
        })
    }

    /// Makes sure that a mapping has only what is known, and nothing of what docassemble knows and this server does not.
    pub(super) fn only(
        &self,
        name: &str,
        parts: &Plain,
        known: &[&str],
        unsupported: &[&str],
    ) -> Result<(), ConfigError> {
        for (part, value) in parts.as_map().unwrap_or_default() {
            if known.contains(&part.as_str()) {
                continue;
            }
            if !unsupported.contains(&part.as_str()) {
                let near = check::nearest(part, known.iter().chain(unsupported).copied());
                let advice = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("it has {}", known.join(", ")),
                };
                return Err(self.wrong(Some(name), format!("`{name}` has no `{part}`; {advice}")));
            }
            if !value.is_null() {
                return Err(self.must(name, &format!("without `{part}`, which this server does not support")));
            }
        }
        Ok(())
    }

    /// The error that a directive must be something else.
    pub(super) fn must(&self, name: &str, what: &str) -> ConfigError {
        self.wrong(Some(name), format!("`{name}` must be {what}"))
    }

    fn map<T>(&self, name: &str, what: &str, take: impl Fn(&Plain) -> Option<T>) -> Result<Option<T>, ConfigError> {
        self.get(name).map(|value| take(value).ok_or_else(|| self.must(name, what))).transpose()
    }

    fn wrong(&self, name: Option<&str>, message: String) -> ConfigError {
        let line = name.and_then(|name| self.lines.iter().find(|line| line.path == [name]));
        ConfigError::Wrong(Where { file: self.file.clone(), line: line.map(|line| line.line) }, message)
    }
}
