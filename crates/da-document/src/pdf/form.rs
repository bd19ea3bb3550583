//! The form of a file: its fields, with their names and places.

use std::collections::HashSet;

use super::budget::Budget;
use super::file::File;
use super::object::{Dict, Number, Object};
use super::pages::Pages;
use super::text;
use crate::DocumentError;

/// Fields within one another are followed this far.
const DEEPEST: usize = 40;

/// What a field is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// A text (`Tx`).
    Text,
    /// Something to press or to check (`Btn`).
    Button,
    /// A choice from a list (`Ch`).
    Choice,
    /// A signature (`Sig`).
    Signature,
    /// Whatever else a file calls it.
    Other(String),
}

impl FieldKind {
    fn of(name: &[u8]) -> FieldKind {
        match name {
            b"Tx" => FieldKind::Text,
            b"Btn" => FieldKind::Button,
            b"Ch" => FieldKind::Choice,
            b"Sig" => FieldKind::Signature,
            other => FieldKind::Other(text::name(other)),
        }
    }

    /// Its name in a file, without the slash.
    pub fn name(&self) -> &str {
        match self {
            FieldKind::Text => "Tx",
            FieldKind::Button => "Btn",
            FieldKind::Choice => "Ch",
            FieldKind::Signature => "Sig",
            FieldKind::Other(name) => name,
        }
    }
}

/// A field of a form, at one of its places.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Its name, with those of the fields that it is in, joined by points.
    pub name: String,
    /// What it is, where the file says so.
    pub kind: Option<FieldKind>,
    /// What it holds.
    pub value: Option<String>,
    /// What a button stands for when it is on.
    pub export_value: Option<String>,
    /// The number of its page, counted from 1.
    pub page: u32,
    /// Left, lower, right and upper edge; empty where it is not shown.
    pub edges: Vec<Number>,
}

/// The fields of the form that a PDF file has, page by page from top to bottom. A file without a form has none.
///
/// # Errors
/// [`DocumentError`] for what is no PDF file, is encrypted or damaged, or takes more to read than is given to it.
///
/// ```
/// assert_eq!(da_document::form_fields(b"no PDF", &mut da_document::Budget::full()).unwrap_err().to_string(), "it is not a PDF file");
/// ```
pub fn form_fields(bytes: &[u8], budget: &mut Budget) -> Result<Vec<FormField>, DocumentError> {
    let mut file = File::open(bytes, budget)?;
    let fields = read(&mut file)?;
    if file.search_if_damaged()? { read(&mut file) } else { Ok(fields) }
}

fn read(file: &mut File<'_>) -> Result<Vec<FormField>, DocumentError> {
    let Some(catalog) = file.catalog()? else { return Ok(Vec::new()) };
    let form = file.get(&catalog, b"AcroForm")?;
    let Some(form) = form.as_dict() else { return Ok(Vec::new()) };
    let Object::List(fields) = file.get(form, b"Fields")? else { return Ok(Vec::new()) };
    let pages = Pages::read(file, &catalog)?;
    let mut walk = Walk { file, pages, seen: HashSet::new(), found: Vec::new() };
    let top = Above { prefix: String::new(), kind: None, value: None };
    for field in fields {
        walk.add(field, &top, 0)?;
    }
    let mut found = walk.found;
    let edge = |field: &FormField, at: usize| field.edges.get(at).map_or(0.0, |edge| edge.value());
    found.sort_by(|one, other| {
        let by_height = edge(other, 1).total_cmp(&edge(one, 1));
        one.page.cmp(&other.page).then(by_height).then(edge(one, 0).total_cmp(&edge(other, 0)))
    });
    Ok(found)
}

/// What a field has from those that it is in.
struct Above {
    prefix: String,
    kind: Option<FieldKind>,
    value: Option<String>,
}

struct Walk<'w, 'f> {
    file: &'w mut File<'f>,
    pages: Pages,
    seen: HashSet<u32>,
    found: Vec<FormField>,
}

impl Walk<'_, '_> {
    fn add(&mut self, object: Object, above: &Above, depth: usize) -> Result<(), DocumentError> {
        if depth > DEEPEST {
            return Err(DocumentError::TooDeep);
        }
        let number = object.as_reference();
        if number.is_some_and(|number| !self.seen.insert(number)) {
            return Ok(());
        }
        let object = self.file.resolve(object)?;
        let Some(dict) = object.as_dict() else { return Ok(()) };
        let own = match self.file.get(dict, b"T")? {
            Object::Text(name) => Some(text::text(&name)),
            _ => None,
        };
        let prefix = match (above.prefix.as_str(), own) {
            (prefix, None) => prefix.to_owned(),
            ("", Some(own)) => own,
            (prefix, Some(own)) => format!("{prefix}.{own}"),
        };
        let kind = self.file.get(dict, b"FT")?.as_name().map(FieldKind::of).or_else(|| above.kind.clone());
        let value = self.file.get(dict, b"V")?;
        let value = self.said(value)?.or_else(|| above.value.clone());
        self.file.budget.spend(prefix.len() + value.as_ref().map_or(0, String::len))?;
        match self.file.get(dict, b"Kids")? {
            Object::List(kids) if !kids.is_empty() => {
                let above = Above { prefix, kind, value };
                kids.into_iter().try_for_each(|kid| self.add(kid, &above, depth + 1))
            }
            _ if prefix.is_empty() => Ok(()),
            _ => {
                let export_value = if kind == Some(FieldKind::Button) { self.export_value(dict)? } else { None };
                let page = self.pages.of(dict.get(&b"P"[..]).and_then(Object::as_reference), number);
                let edges = self.edges(dict)?;
                self.found.push(FormField { name: prefix, kind, value, export_value, page, edges });
                Ok(())
            }
        }
    }

    /// What a value says.
    fn said(&mut self, value: Object) -> Result<Option<String>, DocumentError> {
        Ok(match value {
            Object::Text(said) => Some(text::text(&said)),
            Object::Name(said) => Some(text::name(&said)),
            Object::Number(Number::Integer(number)) => Some(number.to_string()),
            Object::Number(Number::Real(number)) => Some(number.to_string()),
            Object::List(items) => {
                let mut all = Vec::new();
                for item in items {
                    if let Object::Text(said) = self.file.resolve(item)? {
                        all.push(text::text(&said));
                    }
                }
                Some(all.join(", "))
            }
            _ => None,
        })
    }

    /// What a button stands for when it is on: the name of that appearance.
    fn export_value(&mut self, dict: &Dict) -> Result<Option<String>, DocumentError> {
        let looks = self.file.get(dict, b"AP")?;
        let Some(looks) = looks.as_dict() else { return Ok(None) };
        let usual = self.file.get(looks, b"N")?;
        // A button to press has one look, which is a stream.
        let Object::Dict(usual) = usual else { return Ok(None) };
        let on = usual.keys().find(|name| !matches!(name.as_slice(), b"Off" | b"off"));
        Ok(on.map(|name| text::name(name)))
    }

    fn edges(&mut self, dict: &Dict) -> Result<Vec<Number>, DocumentError> {
        let mut edges = Vec::new();
        if let Object::List(items) = self.file.get(dict, b"Rect")? {
            for item in items.into_iter().take(4) {
                if let Object::Number(number) = self.file.resolve(item)? {
                    edges.push(number);
                }
            }
        }
        Ok(edges)
    }
}
