//! [`Description`]: what a package says about itself, in `pyproject.toml`, `setup.py` or a wheel's `METADATA`.
//!
//! `setup.py` is read line by line, as docassemble reads it, and never run.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::archive::is_metadata;

/// What a package says about itself; what it does not say is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Description {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) description: String,
    pub(crate) author: String,
    pub(crate) author_email: String,
    pub(crate) license: String,
    pub(crate) url: String,
    /// The packages that it needs, as they are written.
    pub(crate) dependencies: Vec<String>,
}

impl Description {
    /// Reads what there is in the texts at the top of a package.
    pub(crate) fn of(texts: &BTreeMap<String, String>) -> Description {
        let mut read = Description::default();
        if let Some(text) = texts.get("setup.py") {
            read.take_setup(text);
        }
        if let Some(Value::Table(project)) =
            texts.get("pyproject.toml").and_then(|text| text.parse::<Table>().ok()?.remove("project"))
        {
            read.take_project(&project);
        }
        if let Some((_, text)) = texts.iter().find(|(path, _)| is_metadata(path)) {
            read.take_metadata(text);
        }
        read
    }

    /// `name='docassemble.mine',` and its like.
    fn take_setup(&mut self, text: &str) {
        let call = text.rsplit_once("setup(").map_or(text, |(_, call)| call);
        for argument in arguments(call) {
            let Some((key, value)) = argument.split_once('=') else { continue };
            let value = value.trim_start().trim_start_matches('(').trim_start();
            if key.trim() == "install_requires" {
                self.dependencies = list(value);
            } else if let (Some(place), Some(text)) = (self.place(key.trim()), quoted(value)) {
                *place = text.to_owned();
            }
        }
    }

    /// `[project]`.
    fn take_project(&mut self, project: &Table) {
        for (key, value) in project {
            match (key.as_str(), value) {
                ("dependencies", Value::Array(items)) => {
                    self.dependencies = items.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                }
                ("authors", Value::Array(authors)) => {
                    let said = |key: &str| authors.first()?.get(key)?.as_str().map(str::to_owned);
                    self.author = said("name").unwrap_or_default();
                    self.author_email = said("email").unwrap_or_default();
                }
                ("urls", Value::Table(urls)) => {
                    self.url = urls.get("Homepage").and_then(Value::as_str).unwrap_or_default().to_owned();
                }
                ("license", Value::Table(license)) => {
                    self.license = license.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
                }
                (key, Value::String(text)) => {
                    if let Some(place) = self.place(key) {
                        place.clone_from(text);
                    }
                }
                _ => {}
            }
        }
    }

    /// The headers of a wheel.
    fn take_metadata(&mut self, text: &str) {
        for line in text.lines().take_while(|line| !line.is_empty()) {
            let Some((key, value)) = line.split_once(": ") else { continue };
            match key {
                "Requires-Dist" => self.dependencies.push(value.to_owned()),
                "Summary" => value.clone_into(&mut self.description),
                "Home-page" => value.clone_into(&mut self.url),
                _ => {
                    if let Some(place) = self.place(&key.to_lowercase().replace('-', "_")) {
                        value.clone_into(place);
                    }
                }
            }
        }
    }

    fn place(&mut self, key: &str) -> Option<&mut String> {
        Some(match key {
            "name" => &mut self.name,
            "version" => &mut self.version,
            "description" => &mut self.description,
            "author" => &mut self.author,
            "author_email" => &mut self.author_email,
            "license" => &mut self.license,
            "url" => &mut self.url,
            _ => return None,
        })
    }
}

/// A text in quotes: up to the last quote of its kind in the line.
fn quoted(value: &str) -> Option<&str> {
    let quote = value.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let end = value.rfind(quote).filter(|end| *end > 0)?;
    Some(&value[1..end])
}

/// `['a', 'b']`.
fn list(value: &str) -> Vec<String> {
    let inner = value.strip_prefix('[').and_then(|rest| rest.split(']').next()).unwrap_or_default();
    inner.split(',').filter_map(|item| quoted(item.trim())).map(str::to_owned).collect()
}

/// The arguments of a call, whose text begins behind its bracket.
fn arguments(call: &str) -> Vec<&str> {
    let (mut arguments, mut start) = (Vec::new(), 0);
    let (mut depth, mut quote) = (0_usize, None);
    for (place, c) in call.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') if depth > 0 => depth -= 1,
            (None, ')' | ',') if depth == 0 => {
                arguments.push(&call[start..place]);
                start = place + 1;
                if c == ')' {
                    break;
                }
            }
            _ => {}
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    #[test]
    fn arguments_may_stand_on_one_line() {
        let text = "name='docassemble.mine', version='0.1', packages=find_packages(), install_requires=['a', \"b\"])";
        let mut read = Description::default();
        read.take_setup(&format!("setup({text}"));
        assert_eq!((read.name.as_str(), read.version.as_str()), ("docassemble.mine", "0.1"));
        assert_eq!(read.dependencies, ["a", "b"]);
    }

    use super::*;

    fn of(path: &str, text: &str) -> Description {
        Description::of(&BTreeMap::from([(path.to_owned(), text.to_owned())]))
    }

    fn expected() -> Description {
        Description {
            name: "docassemble.mine".to_owned(),
            version: "1.2.3".to_owned(),
            description: "A package.".to_owned(),
            author: "Ann".to_owned(),
            author_email: "ann@example.com".to_owned(),
            license: "MIT".to_owned(),
            url: "https://example.com".to_owned(),
            dependencies: vec!["docassemble.other>=1".to_owned(), "x".to_owned()],
        }
    }

    #[test]
    fn setup_py_is_read_by_its_lines() {
        let text = "import os\nfrom setuptools import setup\n\nsetup(name='docassemble.mine',\n      version='1.2.3',\n      \
                    description=('A package.'),\n      author='Ann',\n      author_email='ann@example.com',\n      \
                    license='MIT',\n      url=\"https://example.com\",\n      packages=find_packages(),\n      \
                    install_requires=['docassemble.other>=1', 'x'],\n      zip_safe=False)\n";
        assert_eq!(of("setup.py", text), expected());
    }

    #[test]
    fn pyproject_is_read() {
        let text = "[project]\nname = \"docassemble.mine\"\nversion = \"1.2.3\"\ndescription = \"A package.\"\n\
                    license = \"MIT\"\ndependencies = [\"docassemble.other>=1\", \"x\"]\n\
                    authors = [{name = \"Ann\", email = \"ann@example.com\"}]\n\
                    [project.urls]\nHomepage = \"https://example.com\"\n";
        assert_eq!(of("pyproject.toml", text), expected());
        assert_eq!(of("pyproject.toml", "[project\n"), Description::default());
    }

    #[test]
    fn a_wheel_is_read() {
        let text = "Metadata-Version: 2.1\nName: docassemble.mine\nVersion: 1.2.3\nSummary: A package.\nAuthor: Ann\n\
                    Author-email: ann@example.com\nLicense: MIT\nHome-page: https://example.com\n\
                    Requires-Dist: docassemble.other>=1\nRequires-Dist: x\n\nName: not this\n";
        assert_eq!(of("docassemble_mine-1.2.3.dist-info/METADATA", text), expected());
    }
}
