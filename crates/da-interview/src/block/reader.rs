//! Reads the documents of a file into a [`Program`], one after the other.
//!
//! It follows no `include`: whoever reads files does, at the place where the `include` stands.

use std::sync::Arc;

use da_core::{InterviewName, Plain};
use da_markup::Template;
use da_markup::mako::is_template;
use da_python::machine::code::Code;
use da_python::machine::names::parse_target;

use super::attachment::Attachments;
use super::choices::ExitKind;
use super::condition::Switch;
use super::data::Data;
use super::fault::Fault;
use super::field::FieldItem;
use super::keys::{KNOWN, Keys, meant};
use super::modifier::{Modifiers, texts};
use super::program::{NameRead, Program, Warning};
use super::python::Python;
use super::question::Question;
use super::response::ResponseBlock;
use super::table::Table;
use super::template::TemplateBlock;
use super::used::FieldsUsed;
use super::{Block, BlockId, BlockKind, interview, objects};
use crate::error::{Place, Point, SourceError};
use crate::source::{Reader, Sources};
use crate::translation::{read_xliff, read_xlsx};
use crate::yaml::{Document, Node};

/// Reads the documents of one file.
pub(crate) struct FileReader {
    name: InterviewName,
    file: Arc<str>,
    /// `default language`, from its place in the file on.
    language: String,
    /// Whether names that are read are noted, which nothing but a check needs.
    notes_reads: bool,
}

impl FileReader {
    pub(crate) fn new(name: &InterviewName) -> Self {
        FileReader { name: name.clone(), file: name.as_str().into(), language: "*".to_owned(), notes_reads: false }
    }

    /// The same, for a check: `program` gets the names that are read.
    pub(crate) fn for_check(name: &InterviewName) -> Self {
        FileReader { notes_reads: true, ..FileReader::new(name) }
    }

    /// Adds a document to `program`. What it includes is for the caller to read.
    pub(crate) fn document(
        &mut self,
        program: &mut Program,
        document: &Document,
        files: &mut Reader,
    ) -> Result<Vec<(String, u32)>, SourceError> {
        let mut reading = Reading {
            program,
            files,
            name: &self.name,
            file: &self.file,
            source: document.source.trim_matches('\n').into(),
            language: self.language.clone(),
            block_language: self.language.clone(),
            is_said: true,
            notes_reads: self.notes_reads,
            embedded: false,
            definitions: String::new(),
            used: FieldsUsed::default(),
        };
        let includes = reading.document(&document.root);
        self.language = reading.language;
        includes.map_err(|fault| self.error(fault, document))
    }

    fn error(&self, fault: Fault, document: &Document) -> SourceError {
        let place = Place {
            package: self.name.package().to_owned(),
            file: self.name.path().to_owned(),
            line: Some(fault.line),
            block: document.root.get("id").map(|id| format!("ID {}", id.key_text())),
            source: Some(document.source.trim_matches('\n').to_owned()),
            point: fault.point,
        };
        SourceError { kind: fault.kind, place: Box::new(place), message: fault.message }
    }
}

/// Reads a field that code made, as if it stood on line `line` of the file.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn field_from_data(
    name: &InterviewName,
    sources: &Arc<dyn Sources>,
    line: u32,
    data: &Plain,
) -> Result<FieldItem, String> {
    let file: Arc<str> = name.as_str().into();
    let mut reading = Reading {
        program: &mut Program::default(),
        files: &mut Reader::new(sources),
        name,
        file: &file,
        source: "".into(),
        language: "*".to_owned(),
        block_language: "*".to_owned(),
        is_said: true,
        notes_reads: false,
        embedded: false,
        definitions: String::new(),
        used: FieldsUsed::default(),
    };
    FieldItem::read(&mut reading, &Node::from_plain(data, line)).map_err(|fault| fault.message)
}

/// The state of reading one document.
pub(crate) struct Reading<'p> {
    pub(super) program: &'p mut Program,
    /// Other files that blocks name.
    files: &'p mut Reader,
    /// The file that is being read.
    name: &'p InterviewName,
    pub(super) file: &'p Arc<str>,
    source: Arc<str>,
    /// The language of blocks that do not say theirs.
    pub(super) language: String,
    /// The language of the block that is being read.
    block_language: String,
    /// Whether what is read is said to people, and may be in other languages.
    is_said: bool,
    notes_reads: bool,
    /// The block that is being read stands inside another.
    pub(super) embedded: bool,
    /// `usedefs`: Mako that stands before every template of the block.
    definitions: String,
    /// The variables that the outer block can define; blocks inside it add to them.
    pub(super) used: FieldsUsed,
}

impl Reading<'_> {
    /// Reads a document: a block, a statement about the interview, or a list of files to include.
    fn document(&mut self, node: &Node) -> Result<Vec<(String, u32)>, Fault> {
        let keys = Keys::new(node);
        if let Some(language) = keys.get("language").and_then(Node::as_text) {
            self.block_language = language.to_owned();
        }
        for (key, node) in keys.unknown() {
            let message = format!("The key '{key}' is not one that a block can have.{}", meant(key, KNOWN));
            self.warn(Fault::at(node, message));
        }
        if let Some(include) = keys.get("include") {
            let items = include.as_list().unwrap_or(std::slice::from_ref(include));
            return Ok(items.iter().map(|item| (item.key_text().trim().to_owned(), item.line)).collect());
        }
        if !interview::read(self, &keys)? {
            let id = self.block(&keys)?;
            self.program.order.push(id);
        }
        Ok(Vec::new())
    }

    /// A block inside a choice.
    pub(super) fn embedded_block(&mut self, node: &Node) -> Result<BlockId, Fault> {
        let outer = std::mem::replace(&mut self.embedded, true);
        let id = self.block(&Keys::new(node));
        self.embedded = outer;
        id
    }

    /// A choice that is a way out: a block that does nothing else.
    pub(super) fn exit_block(&mut self, exit: ExitKind, line: u32) -> BlockId {
        let outer = std::mem::replace(&mut self.embedded, true);
        let modifiers = Modifiers { language: self.language.clone(), ..Modifiers::default() };
        let id = self.add(line, modifiers, BlockKind::Exit(exit));
        self.embedded = outer;
        id
    }

    fn block(&mut self, keys: &Keys<'_>) -> Result<BlockId, Fault> {
        keys.check()?;
        self.use_definitions(keys)?;
        let mut modifiers = Modifiers::read(self, keys)?;
        if keys.has("default role") {
            modifiers.initial = Switch::On;
        }
        let kind = self.kind(keys)?;
        self.find_assignments(keys);
        if let Some(id) = &modifiers.id {
            let pairs = modifiers.supersedes.iter().map(|later| (id.clone(), later.clone()));
            self.program.parts.precedence.extend(pairs);
        }
        Ok(self.add(keys.line, modifiers, kind))
    }

    fn add(&mut self, line: u32, modifiers: Modifiers, kind: BlockKind) -> BlockId {
        let id = BlockId(self.program.blocks.len());
        let name = match &modifiers.id {
            Some(id) => format!("ID {id}"),
            None => format!("Question_{}", id.0),
        };
        let fields_used = if self.embedded { FieldsUsed::default() } else { std::mem::take(&mut self.used) };
        let (file, source, embedded) = (self.file.clone(), self.source.clone(), self.embedded);
        self.program.blocks.push(Block { name, file, line, source, embedded, modifiers, kind, fields_used });
        id
    }

    fn kind(&mut self, keys: &Keys<'_>) -> Result<BlockKind, Fault> {
        if let Some(question) = keys.get("question") {
            return Ok(BlockKind::Question(Box::new(Question::read(self, keys, question)?)));
        }
        if let Some(node) = keys.get("code") {
            let code = self.script(node)?;
            return Ok(if keys.has("event") { BlockKind::EventCode(code) } else { BlockKind::Code(code) });
        }
        if let Some(template) = TemplateBlock::read(self, keys)? {
            return Ok(BlockKind::Template(Box::new(template)));
        }
        if let Some(table) = Table::read(self, keys)? {
            return Ok(BlockKind::Table(Box::new(table)));
        }
        for (key, kind) in [
            ("reset", BlockKind::Reset as fn(Vec<String>) -> BlockKind),
            ("imports", BlockKind::Imports),
            ("modules", BlockKind::Modules),
        ] {
            if let Some(node) = keys.get(key) {
                return texts(node).map(kind);
            }
        }
        if let Some(node) = keys.get("objects") {
            return objects::read(self, node).map(BlockKind::Objects);
        }
        if let Some(data) = Data::read(self, keys)? {
            return Ok(BlockKind::Data(data));
        }
        if let Some((_, node)) = keys.first_of(&["attachment", "attachments"]) {
            let attachments = Attachments::read(self, node)?;
            if attachments.has_variable() {
                return Ok(BlockKind::Attachments(attachments));
            }
        }
        if let Some(command) = keys.get("command") {
            let url = keys.get("url").map(|node| self.text(node)).transpose()?;
            let command = command.key_text();
            if ExitKind::COMMANDS.contains(&command.as_str()) {
                return Ok(BlockKind::Exit(ExitKind { command, url }));
            }
        }
        if let Some(response) = ResponseBlock::read(self, keys)? {
            return Ok(BlockKind::Response(Box::new(response)));
        }
        if let Some(node) = keys.get("require") {
            return self.requirement(keys, node);
        }
        if keys.has("attachment") {
            return Ok(BlockKind::Unsupported("an attachment without a variable"));
        }
        Err(Fault::new(keys.line, format!("No question type could be determined for this block ({}).", names(keys))))
    }

    /// `require` with `orelse`: read for what is wrong with them.
    fn requirement(&mut self, keys: &Keys<'_>, node: &Node) -> Result<BlockKind, Fault> {
        let Some(conditions) = node.as_list() else {
            return Err(Fault::at(node, "A require section must be organized as a list."));
        };
        for condition in conditions {
            self.expression(condition)?;
        }
        match keys.get("orelse") {
            Some(otherwise) if otherwise.as_map().is_some() => self.embedded_block(otherwise)?,
            Some(other) => {
                let message = "The orelse part of a require section must be organized as a dictionary.";
                return Err(Fault::at(other, message));
            }
            None => return Err(Fault::at(node, "A require section must have an orelse part.")),
        };
        Ok(BlockKind::Inert)
    }

    /// The variables that the block's Python assigns, wherever it stands.
    fn find_assignments(&mut self, keys: &Keys<'_>) {
        for (key, node) in keys.iter() {
            match key {
                "code" | "if" | "need" | "validation code" | "mandatory" | "initial" => self.note_assigned(node),
                "fields" | "review" | "choices" | "buttons" | "dropdown" | "combobox" => {
                    self.note_assigned_within(node)
                }
                _ => {}
            }
        }
    }

    fn note_assigned(&mut self, node: &Node) {
        if let Some(source) = node.as_text() {
            self.used.add_assigned(source.trim());
        }
        for item in node.as_list().unwrap_or_default() {
            self.note_assigned(item);
        }
        for entry in node.as_map().unwrap_or_default() {
            self.note_assigned(&entry.value);
        }
    }

    /// Only what stands under `code` is Python.
    fn note_assigned_within(&mut self, node: &Node) {
        for item in node.as_list().unwrap_or_default() {
            self.note_assigned_within(item);
        }
        for entry in node.as_map().unwrap_or_default() {
            match entry.key.as_text() {
                Some("code") => self.note_assigned(&entry.value),
                _ => self.note_assigned_within(&entry.value),
            }
        }
    }

    /// The package of the file that is being read.
    pub(super) fn package(&self) -> &str {
        self.name.package()
    }

    /// A module may make the datatype; whether one does, a check finds out.
    pub(super) fn note_own_datatype(&mut self, node: &Node) {
        let (file, name) = (Arc::clone(self.file), node.key_text());
        self.program.own_datatypes.push(NameRead {
            file,
            name,
            line: node.line,
            point: Some(Point::of_file(node.column)),
        });
    }

    /// Keeps a fault that does no harm.
    pub(super) fn warn(&mut self, fault: Fault) {
        let Fault { line, message, point, .. } = fault;
        self.program.warnings.push(Warning { file: self.file.to_string(), line, point, message });
    }

    /// A template that fills a file of its own, found as docassemble finds templates: in `data/templates`
    /// unless the name says otherwise.
    pub(super) fn template_file(&mut self, node: &Node) -> Result<Template, Fault> {
        let name = node.key_text();
        let (package, path) = name.trim().split_once(':').unwrap_or((self.name.package(), name.trim()));
        let path = if path.contains('/') { path.to_owned() } else { format!("data/templates/{path}") };
        let found = self.files.read_path(package, &path).map_err(|error| Fault::at(node, error.message))?;
        let Some(file) = found else {
            return Err(Fault::at(node, format!("The content file {package}:{path} could not be found.")));
        };
        let template = Template::parse(&file.text, &format!("{package}:{path}"), 1).map_err(Fault::from)?;
        self.note_reads(template.code());
        self.in_other_languages(template, &file.text, 1)
    }

    /// A text: literal or a template. Numbers and truth values become what Python's `str()` makes of them.
    pub(super) fn text(&mut self, node: &Node) -> Result<Template, Fault> {
        match node.as_scalar() {
            Some(scalar) => self.template(&scalar.to_text(), node.line),
            None => Err(Fault::at(node, "expected a text, found a list or a dictionary")),
        }
    }

    pub(super) fn template(&mut self, text: &str, line: u32) -> Result<Template, Fault> {
        let template = if self.definitions.is_empty() || !is_template(text) {
            Template::parse(text, self.file, line)
        } else {
            let before = u32::try_from(self.definitions.matches('\n').count()).unwrap_or(0);
            let text = format!("{}{text}", self.definitions);
            Template::parse(&text, self.file, line.saturating_sub(before))
        };
        let template = template.map_err(Fault::from)?;
        self.note_reads(template.code());
        self.in_other_languages(template, text, line)
    }

    /// The template with what it is in other languages, if anything is known of it.
    fn in_other_languages(&self, template: Template, text: &str, line: u32) -> Result<Template, Fault> {
        if !self.is_said {
            return Ok(template);
        }
        let whole = format!("{}{text}", self.definitions);
        let Some((language, others)) = self.program.translations.of(&whole, &self.block_language) else {
            return Ok(template);
        };
        let read = |(language, text): (&str, &str)| {
            let other = Template::parse(text, self.file, line).map_err(Fault::from)?;
            Ok((language.to_owned(), other))
        };
        let others = others.into_iter().map(read).collect::<Result<Vec<_>, Fault>>()?;
        Ok(template.with_others(language, others))
    }

    /// Reads what is a value rather than words for people.
    pub(super) fn unsaid<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        let before = std::mem::replace(&mut self.is_said, false);
        let found = read(self);
        self.is_said = before;
        found
    }

    /// `translations`: the files that say what texts are in other languages.
    pub(super) fn translations(&mut self, node: &Node) -> Result<(), Fault> {
        let Some(items) = node.as_list() else {
            return Err(Fault::at(node, "A 'translations' block must be a list"));
        };
        for item in items {
            let Some(name) = item.as_text() else {
                return Err(Fault::at(item, "A 'translations' block must be a list of text items"));
            };
            self.translations_of(name, item.line)?;
        }
        Ok(())
    }

    fn translations_of(&mut self, item: &str, line: u32) -> Result<(), Fault> {
        let is_table = item.ends_with(".xlsx");
        if !is_table && !item.ends_with(".xlf") && !item.ends_with(".xliff") {
            let message = format!(
                "Invalid translations entry '{item}'.  A translations entry must refer to a file ending in .xlsx, .xlf, or .xliff."
            );
            return Err(Fault::new(line, message));
        }
        let (package, path) = match item.split_once(':') {
            None => {
                let file = item.strip_prefix("data/sources/").unwrap_or(item);
                (self.name.package().to_owned(), format!("data/sources/{file}"))
            }
            Some((package, path)) if package.starts_with("docassemble.") && path.starts_with("data/sources/") => {
                (package.to_owned(), path.to_owned())
            }
            Some(_) => {
                let message = format!(
                    "Invalid translations entry: {item}.  A translations entry must refer to a data sources file"
                );
                return Err(Fault::new(line, message));
            }
        };
        let bytes = self.files.read_bytes(&package, &path).map_err(|error| Fault::new(line, error.message))?;
        let found = match bytes {
            Some(bytes) if is_table => read_xlsx(&bytes)
                .map_err(|why| Fault::new(line, format!("Invalid translations file {package}:{path}: {why}")))?,
            Some(bytes) => read_xliff(&String::from_utf8_lossy(&bytes)),
            None if is_table => {
                let message = format!("The translations file {package}:{path} could not be found");
                return Err(Fault::new(line, message));
            }
            None => Vec::new(),
        };
        for entry in found {
            self.program.translations.add(entry);
        }
        Ok(())
    }

    /// Keeps the names that code reads, for a check.
    fn note_reads(&mut self, code: Option<&Arc<Code>>) {
        let Some(code) = code.filter(|_| self.notes_reads) else { return };
        self.program.pieces += 1;
        let package = self.name.package();
        self.program.imports.extend(code.imports().iter().map(|import| (import.from_module(package), import.line)));
        for (name, line) in code.names_read() {
            let read = NameRead { name: name.text().to_owned(), file: Arc::clone(&code.file), line, point: None };
            self.program.reads.push(read);
        }
    }

    /// Reads the definitions that a block uses.
    fn use_definitions(&mut self, keys: &Keys<'_>) -> Result<(), Fault> {
        let Some(node) = keys.get("usedefs") else { return Ok(()) };
        for name in texts(node)? {
            let known = self.program.parts.definitions.iter().rev().find(|(known, _)| *known == name);
            let Some((_, mako)) = known else {
                return Err(Fault::at(node, format!("The definition {name} is not above the block that uses it.")));
            };
            self.definitions.push_str(mako.trim_end_matches('\n'));
            self.definitions.push('\n');
        }
        Ok(())
    }

    /// Statements.
    pub(super) fn script(&mut self, node: &Node) -> Result<Python, Fault> {
        match node.as_scalar() {
            Some(scalar) => {
                let python = Python::script(&scalar.to_text(), self.file, node.line)?;
                self.note_reads(Some(&python.code));
                Ok(python)
            }
            None => Err(Fault::at(node, "A code section must be plain text.")),
        }
    }

    /// An expression. A number or a truth value is one.
    pub(super) fn expression(&mut self, node: &Node) -> Result<Python, Fault> {
        match node.as_scalar() {
            Some(scalar) => {
                let python = Python::expression(&scalar.to_text(), self.file, node.line)?;
                self.note_reads(Some(&python.code));
                Ok(python)
            }
            None => Err(Fault::at(node, "expected Python code, found a list or a dictionary")),
        }
    }

    /// The name of a variable, as written but for blanks around it.
    pub(super) fn name_of(&mut self, node: &Node) -> Result<String, Fault> {
        let name = node.key_text().trim().to_owned();
        match parse_target(&name) {
            Ok(_) => Ok(name),
            Err(_) => Err(Fault::at(node, format!("Missing or invalid variable name {name}."))),
        }
    }
}

fn names(keys: &Keys<'_>) -> String {
    keys.iter().map(|(key, _)| key).collect::<Vec<_>>().join(", ")
}
