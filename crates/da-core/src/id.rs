//! The names of things, each a type of its own so that none can stand where another belongs.
//!
//! An [`InterviewName`] is checked when it is made: it can never point out of its package.

use std::fmt;

/// The name of an interview: `docassemble.demo:data/questions/questions.yml`.
///
/// Made only by [`InterviewName::parse`], so whoever holds one holds a package name and a path
/// inside that package without `..`, empty or absolute components.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InterviewName {
    full: String,
    colon: usize,
}

/// Why a text is not the name of an interview.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    /// There is no `package:path` in it.
    #[error("{0:?} is not the name of an interview: expected package:data/questions/file.yml")]
    NoPackage(String),
    /// The package is not a dotted Python name.
    #[error("{0:?} is not the name of a package")]
    Package(String),
    /// The path leaves the package, or is not a plain relative path.
    #[error("{0:?} is not a path inside a package")]
    Path(String),
}

impl InterviewName {
    /// Checks and takes a name. A path without a folder (`questions.yml`) is looked for in
    /// `data/questions`, as in docassemble.
    ///
    /// ```
    /// use da_core::InterviewName;
    /// let name = InterviewName::parse("docassemble.demo:data/questions/questions.yml").unwrap();
    /// assert_eq!(name.package(), "docassemble.demo");
    /// assert_eq!(name.path(), "data/questions/questions.yml");
    /// assert!(InterviewName::parse("docassemble.demo:../secret").is_err());
    /// ```
    ///
    /// # Errors
    /// [`BadName`] says which half of the name cannot be right.
    pub fn parse(text: &str) -> Result<Self, BadName> {
        let (package, path) = text.split_once(':').ok_or_else(|| BadName::NoPackage(text.to_owned()))?;
        if !package.split('.').all(is_identifier) {
            return Err(BadName::Package(package.to_owned()));
        }
        if path.is_empty() || !path.split('/').all(is_plain_component) {
            return Err(BadName::Path(path.to_owned()));
        }
        let folder = if path.contains('/') { "" } else { "data/questions/" };
        Ok(InterviewName { full: format!("{package}:{folder}{path}"), colon: package.len() })
    }

    /// The package: `docassemble.demo`.
    pub fn package(&self) -> &str {
        &self.full[..self.colon]
    }

    /// The path inside the package, with forward slashes: `data/questions/questions.yml`.
    pub fn path(&self) -> &str {
        &self.full[self.colon + 1..]
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.full
    }
}

fn is_identifier(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(|first| first == '_' || first.is_ascii_alphabetic())
        && chars.all(|c| c == '_' || c.is_ascii_alphanumeric())
}

fn is_plain_component(part: &str) -> bool {
    !part.is_empty()
        && part != "."
        && part != ".."
        && !part.contains(['\\', '\0', ':', '%'])
        && !part.chars().any(char::is_control)
}

impl fmt::Display for InterviewName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.full)
    }
}

/// The identifier of a session: 32 letters and digits, as docassemble's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(String);

impl SessionId {
    /// Takes an identifier that may have come from outside; anything but 1 to 64 ASCII letters and
    /// digits cannot be a session.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| SessionId(text.to_owned()))
    }

    /// The identifier of a session that is kept in memory, by itself: no store has it.
    pub fn in_memory() -> Self {
        SessionId("0session0that0is0kept0in0memory0".to_owned())
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number of a user in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserId(pub i64);

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The number of a file: the `number` of a `DAFile`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileNumber(pub i64);

impl fmt::Display for FileNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The number of a step of a session: the first step is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StepNumber(pub i64);

impl StepNumber {
    /// The first step of every session.
    pub const FIRST: StepNumber = StepNumber(1);

    /// The step after this one.
    #[must_use]
    pub fn next(self) -> StepNumber {
        StepNumber(self.0 + 1)
    }
}

/// The answers of a session at one step, encoded by the engine. Whoever is not the engine carries,
/// compresses and seals these bytes, and never looks inside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers(pub Vec<u8>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_package() {
        for bad in ["a:../b", "a:/etc/passwd", "a:b//c", "a:b/./c", "a:b\\..\\c", "a:%2e%2e/c", "a:b\0", "a:", "a:c:d"]
        {
            assert!(matches!(InterviewName::parse(bad), Err(BadName::Path(_))), "{bad:?}");
        }
        for bad in ["../a:b.yml", ":b.yml", "a/b:c.yml", "1a:c.yml", "a..b:c.yml"] {
            assert!(matches!(InterviewName::parse(bad), Err(BadName::Package(_))), "{bad:?}");
        }
    }

    #[test]
    fn a_bare_file_is_looked_for_among_the_questions() {
        let name = InterviewName::parse("docassemble.demo:questions.yml").unwrap();
        assert_eq!(name.as_str(), "docassemble.demo:data/questions/questions.yml");
    }
}
