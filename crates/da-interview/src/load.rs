//! Reads an interview with everything that it includes.

use crate::assemble;
use crate::block::{Block, Item, Level, Reading};
use crate::engine::Engine;
use crate::error::{Place, SourceError, SourceErrorKind};
use crate::index::Index;
use crate::interview::{Interview, Whole};
use crate::metadata::Metadata;
use crate::source::{Reader, SourceFile, Sources};
use crate::yaml;
use da_core::InterviewName;
use std::sync::Arc;

/// The language of blocks that do not say.
const ANY_LANGUAGE: &str = "*";

pub(crate) fn load(
    engine: &Engine,
    name: &InterviewName,
    sources: &dyn Sources,
) -> Result<Arc<Interview>, SourceError> {
    let mut loading = Loading {
        reader: Reader::new(sources),
        read: Vec::new(),
        metadata: Metadata::default(),
        blocks: Vec::new(),
        whole: Whole::default(),
    };
    let Some(file) = loading.reader.read(name)? else {
        let message = format!("Interview {name} not found");
        return Err(SourceError::of_file(SourceErrorKind::Missing, name.package(), name.path(), message));
    };
    loading.file(name, &file)?;
    let templates = Arc::new(assemble::of_blocks(&loading.blocks));
    let index = Arc::new(Index::of(&loading.blocks, &loading.whole.order));
    let modules = Interview::modules(&loading.blocks);
    let floor = engine.floor(name, &modules, &mut loading.reader)?;
    Ok(Arc::new(Interview {
        name: name.clone(),
        metadata: loading.metadata,
        files: loading.reader.into_records(),
        blocks: loading.blocks,
        index,
        whole: loading.whole,
        floor,
        templates,
    }))
}

/// The state of reading one interview.
struct Loading<'a> {
    reader: Reader<'a>,
    /// The files that were read; an included file that is here is not read again.
    read: Vec<InterviewName>,
    metadata: Metadata,
    blocks: Vec<Block>,
    whole: Whole,
}

impl Loading<'_> {
    fn file(&mut self, name: &InterviewName, file: &SourceFile) -> Result<(), SourceError> {
        self.read.push(name.clone());
        let documents = yaml::parse(&file.text).map_err(|error| SourceError {
            kind: SourceErrorKind::Yaml,
            place: Box::new(Place { line: Some(error.line), ..place(name) }),
            message: error.message,
        })?;
        let mut language = ANY_LANGUAGE.to_owned();
        for document in &documents {
            let item = Reading::new(name, document, &language, self.blocks.len()).item()?;
            match item {
                Item::Blocks(blocks) => self.add(blocks),
                Item::Level(level) => self.level(level),
                Item::Language(chosen) => language = chosen,
                Item::Include(paths) => paths.iter().try_for_each(|(path, line)| self.include(name, path, *line))?,
                Item::Nothing => {}
            }
        }
        Ok(())
    }

    /// Adds a block with its embedded ones, which answer for it.
    fn add(&mut self, mut blocks: Vec<Block>) {
        let outer = blocks.last().map(|block| block.number);
        let embedded = blocks.len().saturating_sub(1);
        for block in blocks.iter_mut().take(embedded) {
            block.outer = outer;
        }
        self.blocks.append(&mut blocks);
    }

    fn include(&mut self, from: &InterviewName, path: &str, line: u32) -> Result<(), SourceError> {
        let (included, file) = self.reader.find(from, path)?.ok_or_else(|| SourceError {
            kind: SourceErrorKind::Block,
            place: Box::new(Place { line: Some(line), ..place(from) }),
            message: format!("Question file {path} not found"),
        })?;
        if self.read.contains(&included) { Ok(()) } else { self.file(&included, &file) }
    }

    fn level(&mut self, level: Level) {
        let whole = &mut self.whole;
        match level {
            Level::Metadata(entries) => self.metadata.add(entries),
            Level::Features(entries) => {
                for (key, value) in entries {
                    whole.features.retain(|(known, _)| *known != key);
                    whole.features.push((key, value));
                }
            }
            Level::Sections(sections) => whole.sections = Some(sections),
            Level::Terms { auto: false, terms } => whole.terms.extend(terms),
            Level::Terms { auto: true, terms } => whole.auto_terms.extend(terms),
            Level::Help(help) => whole.help = Some(help),
            Level::ScreenParts(parts) => whole.screen_parts.extend(parts),
            Level::ValidationMessages(messages) => whole.validation_messages.extend(messages),
            Level::Order(ids) => whole.order.push(ids),
            Level::OnChange(scripts) => {
                for (variable, script) in scripts {
                    whole.on_change.entry(variable).or_default().push(script);
                }
            }
            Level::Unused => {}
        }
    }
}

fn place(name: &InterviewName) -> Place {
    Place { package: name.package().to_owned(), file: name.path().to_owned(), ..Place::default() }
}
