//! From the nodes of a YAML file to blocks, with docassemble's numbers and names.
//!
//! Embedded blocks get their numbers before the block that they stand in.

use super::level::Level;
use super::question::Question;
use super::variable::Variables;
use super::{Block, DataPlan, Expression, Kind, ObjectPlan, Script, TemplatePlan, Text, When, level};
use crate::error::{Place, SourceError, SourceErrorKind};
use crate::yaml::{Document, Node, Value};
use da_core::InterviewName;
use std::sync::Arc;

/// Where a block was written.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) package: Arc<str>,
    pub(crate) file: Arc<str>,
    pub(crate) line: u32,
    pub(crate) source: Arc<str>,
}

impl Origin {
    /// The place, for a message about the block of this name.
    pub(crate) fn place(&self, block: &str) -> Place {
        Place {
            package: self.package.to_string(),
            file: self.file.to_string(),
            line: Some(self.line),
            block: Some(block.to_owned()),
            source: Some(self.source.to_string()),
        }
    }
}

/// What one document of a file is.
pub(crate) enum Item {
    /// Blocks, embedded ones first.
    Blocks(Vec<Block>),
    /// Something about the interview as a whole.
    Level(Level),
    /// `include`: files to be read in its place.
    Include(Vec<(String, u32)>),
    /// `default language`, for what follows in the file.
    Language(String),
    /// Nothing that matters (`comment`).
    Nothing,
}

/// Reads the documents of one file.
pub(crate) struct Reading<'a> {
    /// The file.
    pub(crate) name: &'a InterviewName,
    /// The file's name for messages of Python code.
    label: String,
    /// The document that is being read.
    document: &'a Document,
    /// The language that blocks of this file have unless they say otherwise.
    language: &'a str,
    /// The number of the next block.
    pub(crate) next: std::cell::Cell<usize>,
    /// Embedded blocks of the document, in the order of their numbers.
    pub(crate) embedded: std::cell::RefCell<Vec<Block>>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(name: &'a InterviewName, document: &'a Document, language: &'a str, next: usize) -> Self {
        let (next, embedded) = (std::cell::Cell::new(next), std::cell::RefCell::default());
        Reading { name, label: name.as_str().to_owned(), document, language, next, embedded }
    }

    /// The name that messages of Python code give the file.
    pub(crate) fn file(&self) -> &str {
        &self.label
    }

    /// An error about a node.
    pub(crate) fn error(&self, node: &Node, message: impl Into<String>) -> SourceError {
        self.error_at(node.line, message)
    }

    /// An error about a line.
    pub(crate) fn error_at(&self, line: u32, message: impl Into<String>) -> SourceError {
        let place = Place {
            package: self.name.package().to_owned(),
            file: self.name.path().to_owned(),
            line: Some(line),
            block: None,
            source: Some(self.document.source.clone()),
        };
        SourceError { kind: SourceErrorKind::Block, place: Box::new(place), message: message.into() }
    }

    /// Reads a text that may be a template.
    pub(crate) fn template(&self, text: &str, line: u32) -> Result<da_markup::Template, SourceError> {
        da_markup::Template::parse(text, self.file(), line).map_err(|error| {
            let mut refused = self.error_at(error.line, error.message.clone());
            refused.kind = SourceErrorKind::Template;
            refused
        })
    }

    fn origin(&self) -> Origin {
        Origin {
            package: Arc::from(self.name.package()),
            file: Arc::from(self.name.path()),
            line: self.document.line,
            source: Arc::from(self.document.source.as_str()),
        }
    }

    /// Reads the document.
    pub(crate) fn item(&self) -> Result<Item, SourceError> {
        let root = &self.document.root;
        check_keys(self, root)?;
        if let Some(node) = get(root, "include") {
            return Ok(Item::Include(texts(self, node)?.into_iter().map(|text| (text, node.line)).collect()));
        }
        if let Some(language) = get(root, "default language") {
            return Ok(Item::Language(text(self, language)?));
        }
        if let Some(level) = level::read(self, root)? {
            return Ok(Item::Level(level));
        }
        if keys(root).iter().all(|key| key == "comment") {
            return Ok(Item::Nothing);
        }
        let block = self.block(root, None)?;
        let mut blocks = self.embedded.take();
        blocks.push(block);
        Ok(Item::Blocks(blocks))
    }

    /// Reads a block. It gets its number after its embedded blocks got theirs.
    pub(crate) fn block(&self, root: &Node, outer: Option<usize>) -> Result<Block, SourceError> {
        let mut variables = Variables::new(scans(root));
        let events = list(self, root, "event")?;
        let kind = self.kind(root, &events, &mut variables)?;
        let when = |key, variables: &mut Variables| self.when(root, key, variables);
        let (mandatory, initial) = (when("mandatory", &mut variables)?, when("initial", &mut variables)?);
        let conditions = self.expressions(root, "if", &mut variables)?;
        let needs = self.needs(root, &mut variables)?;
        variables.declare_all(&list(self, root, "sets")?);
        variables.declare_all(&list(self, root, "only sets")?);
        variables.declare_all(&events);
        let number = self.next.get();
        self.next.set(number + 1);
        let id = get(root, "id").map(|node| text(self, node)).transpose()?.map(|id| id.trim().to_owned());
        let reconsider = get(root, "reconsider");
        Ok(Block {
            name: id.as_ref().map_or_else(|| format!("Question_{number}"), |id| format!("ID {id}")),
            id,
            number,
            origin: self.origin(),
            language: get(root, "language").map_or(Ok(self.language.to_owned()), |node| text(self, node))?,
            mandatory,
            initial,
            conditions,
            generic: get(root, "generic object").map(|node| text(self, node)).transpose()?,
            variables: variables.into_names(),
            needs,
            undefines: list(self, root, "undefine")?,
            reconsiders: match reconsider {
                Some(node) if node.as_bool().is_none() => texts(self, node)?,
                _ => Vec::new(),
            },
            is_reconsidered: reconsider.and_then(Node::as_bool) == Some(true),
            supersedes: list(self, root, "supersedes")?,
            outer,
            kind,
        })
    }

    /// Makes the block behind an exit button; its number.
    pub(crate) fn exit(&self, kind: super::ExitKind, url: Option<Text>) -> usize {
        let number = self.next.get();
        self.next.set(number + 1);
        let block = Block {
            name: format!("Question_{number}"),
            id: None,
            number,
            origin: self.origin(),
            language: self.language.to_owned(),
            mandatory: When::Sought,
            initial: When::Sought,
            conditions: Vec::new(),
            generic: None,
            variables: Vec::new(),
            needs: Vec::new(),
            undefines: Vec::new(),
            reconsiders: Vec::new(),
            is_reconsidered: false,
            supersedes: Vec::new(),
            outer: None,
            kind: Kind::Exit { kind, url },
        };
        self.embedded.borrow_mut().push(block);
        number
    }

    fn kind(&self, root: &Node, events: &[String], variables: &mut Variables) -> Result<Kind, SourceError> {
        if has(root, "question") {
            if has(root, "code") {
                return Err(self.error(root, "You cannot have a 'question' and 'code' in the same block."));
            }
            return Ok(Kind::Question(Box::new(Question::read(self, root, variables)?)));
        }
        if let Some(node) = get(root, "objects") {
            return self.objects(node, variables);
        }
        if let Some(node) = get(root, "code") {
            let script = Script::read(self, node)?;
            if !events.is_empty() {
                return Ok(Kind::EventCode(script));
            }
            variables.scan(self, &script.source, script.line)?;
            return Ok(Kind::Code(script));
        }
        if let Some(node) = get(root, "imports") {
            return Ok(Kind::Imports(texts(self, node)?));
        }
        if let Some(node) = get(root, "modules") {
            return Ok(Kind::Modules(texts(self, node)?));
        }
        if let Some(node) = get(root, "reset") {
            return Ok(Kind::Reset(texts(self, node)?));
        }
        self.other_kind(root, variables)
    }

    /// Kinds without a question that define one variable.
    fn other_kind(&self, root: &Node, variables: &mut Variables) -> Result<Kind, SourceError> {
        for key in ["data", "data from code"] {
            if let (Some(value), Some(name)) = (get(root, key), get(root, "variable name")) {
                let variable = variables.declare(&text(self, name)?);
                let use_objects = get(root, "use objects").is_some_and(|node| node.as_bool() != Some(false));
                let plan = DataPlan { variable, value: value.clone(), is_code: key != "data", use_objects };
                return Ok(Kind::Data(Box::new(plan)));
            }
        }
        if let (Some(name), Some(content)) = (get(root, "template"), get(root, "content")) {
            let variable = variables.declare(&text(self, name)?);
            let subject = get(root, "subject").map(|node| Text::read(self, node)).transpose()?;
            let subject = subject.unwrap_or_else(|| Text::literal(""));
            let content = Text::read(self, content)?;
            return Ok(Kind::Template(Box::new(TemplatePlan { variable, subject, content })));
        }
        if let Some(name) = get(root, "table") {
            variables.declare(&text(self, name)?);
            return Ok(Kind::Unsupported("table"));
        }
        for (key, what) in UNSUPPORTED {
            if let Some(node) = get(root, key) {
                if let Value::Map(entries) = &node.value {
                    entries.iter().for_each(|entry| drop(variables.declare(&entry.key.key_text())));
                }
                return Ok(Kind::Unsupported(what));
            }
        }
        for question_key in
            ["fields", "yesno", "noyes", "yesnomaybe", "noyesmaybe", "buttons", "choices", "signature", "review"]
        {
            if let Some(node) = get(root, question_key) {
                return Err(self.error(node, format!("A block with '{question_key}' needs a 'question'.")));
            }
        }
        Ok(Kind::Unsupported("a block without a question, code or objects"))
    }

    fn objects(&self, node: &Node, variables: &mut Variables) -> Result<Kind, SourceError> {
        let maps: Vec<&Node> = node.as_list().map_or_else(|| vec![node], |items| items.iter().collect());
        let mut plans = Vec::new();
        for map in maps {
            let Some(entries) = map.as_map() else {
                return Err(
                    self.error(map, "An objects section must be a list or dictionary of variables and classes.")
                );
            };
            for entry in entries {
                let variable = variables.declare(&entry.key.key_text());
                plans.push(ObjectPlan { variable, class: Expression::read(self, &entry.value)? });
            }
        }
        Ok(Kind::Objects(plans))
    }

    fn when(&self, root: &Node, key: &str, variables: &mut Variables) -> Result<When, SourceError> {
        let Some(node) = get(root, key) else { return Ok(When::Sought) };
        match node.as_bool() {
            Some(true) => Ok(When::Always),
            Some(false) => Ok(When::Sought),
            None => {
                let expression = Expression::read(self, node)?;
                variables.scan_expression(self, &expression)?;
                Ok(When::If(expression))
            }
        }
    }

    /// A code expression, or a list of them.
    fn expressions(&self, root: &Node, key: &str, variables: &mut Variables) -> Result<Vec<Expression>, SourceError> {
        let Some(node) = get(root, key) else { return Ok(Vec::new()) };
        let nodes = node.as_list().unwrap_or(std::slice::from_ref(node));
        let expressions: Result<Vec<_>, _> = nodes.iter().map(|node| Expression::read(self, node)).collect();
        let expressions = expressions?;
        expressions.iter().try_for_each(|expression| variables.scan_expression(self, expression))?;
        Ok(expressions)
    }

    fn needs(&self, root: &Node, variables: &mut Variables) -> Result<Vec<Expression>, SourceError> {
        let Some(node) = get(root, "need") else { return Ok(Vec::new()) };
        let mut needs = Vec::new();
        for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
            if item.as_map().is_some() {
                for order in ["pre", "post"] {
                    for inner in item
                        .get(order)
                        .map(|list| list.as_list().unwrap_or(std::slice::from_ref(list)))
                        .unwrap_or_default()
                    {
                        needs.push(Expression::read(self, inner)?);
                    }
                }
            } else {
                needs.push(Expression::read(self, item)?);
            }
        }
        needs.iter().try_for_each(|expression| variables.scan_expression(self, expression))?;
        Ok(needs)
    }
}

/// Kinds of block that are read and not yet carried out.
const UNSUPPORTED: [(&str, &str); 9] = [
    ("objects from file", "objects from file"),
    ("attachment", "an attachment"),
    ("attachments", "an attachment"),
    ("backgroundresponse", "backgroundresponse"),
    ("response", "a response block"),
    ("binaryresponse", "a response block"),
    ("response filename", "a response block"),
    ("redirect url", "a redirect block"),
    ("template", "a template from a file"),
];

fn scans(root: &Node) -> bool {
    !has(root, "only sets") && get(root, "scan for variables").and_then(Node::as_bool) != Some(false)
}

/// The keys of a block in lower case.
pub(crate) fn keys(root: &Node) -> Vec<String> {
    root.as_map().unwrap_or_default().iter().map(|entry| entry.key.key_text().trim().to_lowercase()).collect()
}

/// The value of a key, in whatever case it was written; `null` counts as absent.
pub(crate) fn get<'n>(root: &'n Node, key: &str) -> Option<&'n Node> {
    let entries = root.as_map()?;
    let found = entries.iter().find(|entry| entry.key.key_text().trim().eq_ignore_ascii_case(key));
    found.map(|entry| &entry.value).filter(|node| !node.is_null())
}

/// Whether a block has a key, whatever its value.
pub(crate) fn has(root: &Node, key: &str) -> bool {
    keys(root).iter().any(|known| known == key)
}

/// The text of a scalar.
pub(crate) fn text(reading: &Reading<'_>, node: &Node) -> Result<String, SourceError> {
    match &node.value {
        Value::Scalar(scalar) => Ok(scalar.to_text().into_owned()),
        _ => Err(reading.error(node, "A text was expected here.")),
    }
}

/// A text or a list of texts.
pub(crate) fn texts(reading: &Reading<'_>, node: &Node) -> Result<Vec<String>, SourceError> {
    node.as_list().unwrap_or(std::slice::from_ref(node)).iter().map(|item| text(reading, item)).collect()
}

fn list(reading: &Reading<'_>, root: &Node, key: &str) -> Result<Vec<String>, SourceError> {
    get(root, key).map_or(Ok(Vec::new()), |node| texts(reading, node))
}

/// Keys of which a block may have one at most.
const CONTROLS: [&str; 11] = [
    "yesno",
    "noyes",
    "yesnomaybe",
    "noyesmaybe",
    "fields",
    "buttons",
    "choices",
    "dropdown",
    "combobox",
    "signature",
    "review",
];

fn check_keys(reading: &Reading<'_>, root: &Node) -> Result<(), SourceError> {
    let present: Vec<&str> = CONTROLS.into_iter().filter(|key| has(root, key)).collect();
    if let [first, second, ..] = present[..] {
        return Err(reading.error(root, format!("There can be only one of '{first}' and '{second}' in a block.")));
    }
    Ok(())
}
