//! The index: which blocks can define a variable.
//!
//! Built once for an interview. It knows names, not values: conditions of blocks are for later.

use hashbrown::{HashMap, HashSet};

use crate::block::{BlockId, Program, normal_name};
use crate::names::{Variant, variants};

/// The blocks of one variable: those of each language, in the order of the files.
type ByLanguage = HashMap<String, Vec<BlockId>>;

/// Which blocks can define a variable.
#[derive(Debug, Default)]
pub struct Index {
    /// By variable.
    questions: HashMap<String, ByLanguage>,
    /// By class, then by variable (which begins with `x`).
    generic: HashMap<String, HashMap<String, ByLanguage>>,
    /// The variables of `generic`, whatever the class.
    generic_names: HashSet<String>,
    /// Variables, and those that are undone when they change.
    dependents: HashMap<String, Vec<String>>,
    /// Variables that `depends on` or `on change` speak of.
    listened: HashSet<String>,
    /// The variables of blocks on which something depends.
    watched: HashMap<BlockId, Vec<String>>,
    /// Blocks by name.
    names: HashMap<String, BlockId>,
}

impl Index {
    /// The index of a program. Lists of blocks are in the order in which they are to be tried.
    pub fn new(program: &Program) -> Self {
        let mut index = Index::default();
        for (number, block) in program.blocks.iter().enumerate() {
            index.names.insert(block.name.clone(), BlockId(number));
        }
        for id in &program.order {
            index.add(program, *id);
        }
        index.listened.extend(index.dependents.keys().cloned());
        index.listened.extend(program.parts.on_change.iter().map(|(variable, _)| variable.clone()));
        index.watch(program);
        let before = Precedence::new(program);
        let generic = index.generic.values_mut().flat_map(HashMap::values_mut);
        for blocks in index.questions.values_mut().chain(generic).flat_map(HashMap::values_mut) {
            *blocks = before.sort(blocks);
        }
        index
    }

    fn add(&mut self, program: &Program, id: BlockId) {
        let Some(block) = program.block(id) else { return };
        let language = &block.modifiers.language;
        for variable in &block.fields_used.defined {
            let lists = self.questions.entry(variable.clone()).or_default();
            lists.entry(language.clone()).or_default().push(id);
            if let Some(class) = &block.modifiers.generic_object {
                self.generic_names.insert(variable.clone());
                let of_class = self.generic.entry(class.clone()).or_default();
                of_class.entry(variable.clone()).or_default().entry(language.clone()).or_default().push(id);
            }
        }
        for cause in &block.modifiers.depends_on {
            let undone = self.dependents.entry(normal_name(cause)).or_default();
            for variable in block.fields_used.defined.iter().chain(&block.fields_used.touched) {
                if !undone.contains(variable) {
                    undone.push(variable.clone());
                }
            }
        }
    }

    /// Works out which variables of which blocks are to be watched.
    fn watch(&mut self, program: &Program) {
        if self.listened.is_empty() {
            return;
        }
        for &id in &program.order {
            let used = &program[id].fields_used;
            let watched = used.defined.iter().chain(&used.touched).filter(|name| self.is_heard(name));
            let watched: Vec<String> = watched.cloned().collect();
            if !watched.is_empty() {
                self.watched.insert(id, watched);
            }
        }
    }

    fn is_heard(&self, name: &str) -> bool {
        variants(name).iter().any(|variant| self.is_listened_for(&variant.name))
    }

    /// Whether anything happens when any variable changes.
    pub fn has_listeners(&self) -> bool {
        !self.listened.is_empty()
    }

    /// Whether anything happens when a variable of this name changes.
    pub fn is_listened_for(&self, name: &str) -> bool {
        self.listened.contains(name)
    }

    /// The variables that a block can define and on which something depends.
    pub fn watched(&self, block: BlockId) -> &[String] {
        self.watched.get(&block).map_or(&[], Vec::as_slice)
    }

    /// The blocks that define `variable`, in the order in which they are to be tried: those of
    /// `language`, then those of any.
    pub fn blocks<'a>(&'a self, variable: &str, language: &'a str) -> impl Iterator<Item = BlockId> + 'a {
        in_language(self.questions.get(variable), language)
    }

    /// The same among the blocks for objects of `class`; `variable` begins with `x`.
    pub fn generic_blocks<'a>(
        &'a self,
        class: &str,
        variable: &str,
        language: &'a str,
    ) -> impl Iterator<Item = BlockId> + 'a {
        in_language(self.generic.get(class).and_then(|of_class| of_class.get(variable)), language)
    }

    /// The blocks that define `variable` in any language, for whoever wants to know why one is not looked at.
    pub(crate) fn all_blocks(&self, variable: &str) -> Vec<BlockId> {
        self.questions.get(variable).into_iter().flat_map(HashMap::values).flatten().copied().collect()
    }

    /// The same for objects of any class; `variable` begins with `x`.
    pub(crate) fn all_generic_blocks(&self, variable: &str) -> Vec<BlockId> {
        let of_classes = self.generic.values().filter_map(|of_class| of_class.get(variable));
        of_classes.flat_map(HashMap::values).flatten().copied().collect()
    }

    /// All variables that some block may define.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.questions.keys().map(String::as_str)
    }

    /// Whether any block is about this variable of objects of some class; `variable` begins with `x`.
    pub fn has_generic(&self, variable: &str) -> bool {
        self.generic_names.contains(variable)
    }

    /// Whether any block may define a name by this variant.
    pub fn knows(&self, variant: &Variant) -> bool {
        match variant.generic {
            None => self.questions.contains_key(&variant.name),
            Some(_) => self.has_generic(&variant.name),
        }
    }

    /// The variables that are undone when `variable` changes (`depends on`).
    pub fn dependents(&self, variable: &str) -> &[String] {
        self.dependents.get(variable).map_or(&[], Vec::as_slice)
    }

    /// A block by its name.
    pub fn block_named(&self, name: &str) -> Option<BlockId> {
        self.names.get(name).copied()
    }
}

fn in_language<'a>(lists: Option<&'a ByLanguage>, language: &'a str) -> impl Iterator<Item = BlockId> + 'a {
    let own = (language != "*").then_some(language);
    let languages = own.into_iter().chain(["*"]);
    languages.flat_map(move |language| lists.and_then(|lists| lists.get(language)).into_iter().flatten().copied())
}

/// `supersedes` and `order`.
struct Precedence(Vec<(BlockId, BlockId)>);

impl Precedence {
    fn new(program: &Program) -> Self {
        let mut by_id: HashMap<&str, Vec<BlockId>> = HashMap::new();
        for (number, block) in program.blocks.iter().enumerate() {
            if let Some(id) = &block.modifiers.id {
                by_id.entry(id).or_default().push(BlockId(number));
            }
        }
        let mut pairs = Vec::new();
        for (first, later) in &program.parts.precedence {
            for first in by_id.get(first.as_str()).into_iter().flatten() {
                pairs.extend(by_id.get(later.as_str()).into_iter().flatten().map(|later| (*first, *later)));
            }
        }
        Precedence(pairs)
    }

    /// The blocks that come later in the files first, unless the interview says otherwise. Where what
    /// it says goes round in a circle, the order of the files counts.
    fn sort(&self, blocks: &[BlockId]) -> Vec<BlockId> {
        let mut waiting: Vec<BlockId> = blocks.iter().rev().copied().collect();
        if self.0.is_empty() {
            return waiting;
        }
        let mut sorted = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let free = |id: &BlockId| {
                !self.0.iter().any(|(first, later)| later == id && first != id && waiting.contains(first))
            };
            let next = waiting.iter().position(free).unwrap_or(0);
            sorted.push(waiting.remove(next));
        }
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::program_of;

    fn names(program: &Program, blocks: impl Iterator<Item = BlockId>) -> Vec<&str> {
        blocks.map(|id| program.block(id).unwrap().name.as_str()).collect()
    }

    #[test]
    fn later_blocks_come_first_unless_the_interview_says_otherwise() {
        let program = program_of(
            "id: a\nsupersedes: b\nquestion: A\nyesno: v\n---\nid: b\nquestion: B\nyesno: v\n---\nid: c\nquestion: C\nyesno: v\n",
        );
        assert_eq!(names(&program, Index::new(&program).blocks("v", "*")), ["ID c", "ID a", "ID b"]);
        let program =
            program_of("order:\n  - a\n  - b\n---\nid: a\nquestion: A\nyesno: v\n---\nid: b\nquestion: B\nyesno: v\n");
        assert_eq!(names(&program, Index::new(&program).blocks("v", "*")), ["ID a", "ID b"]);
        let program = program_of(
            "id: a\nsupersedes: b\nquestion: A\nyesno: v\n---\nid: b\nsupersedes: a\nquestion: B\nyesno: v\n",
        );
        assert_eq!(names(&program, Index::new(&program).blocks("v", "*")), ["ID b", "ID a"]);
    }

    #[test]
    fn blocks_of_the_language_come_before_those_of_any() {
        let program = program_of(
            "question: A\nyesno: v\n---\nlanguage: es\nquestion: B\nyesno: v\n---\ndefault language: fr\n---\nquestion: C\nyesno: v\n",
        );
        let index = Index::new(&program);
        assert_eq!(names(&program, index.blocks("v", "es")), ["Question_1", "Question_0"]);
        assert_eq!(names(&program, index.blocks("v", "fr")), ["Question_2", "Question_0"]);
        assert_eq!(names(&program, index.blocks("v", "*")), ["Question_0"]);
        assert_eq!(names(&program, index.blocks("w", "*")), Vec::<&str>::new());
    }

    #[test]
    fn generic_blocks_are_found_by_class_and_dependents_by_their_cause() {
        let program = program_of(
            "generic object: Person\nquestion: A\nfields:\n  - Name: x.name\n---\ndepends on: a\ncode: b = a + 1\n",
        );
        let index = Index::new(&program);
        assert_eq!(names(&program, index.generic_blocks("Person", "x.name", "*")), ["Question_0"]);
        assert_eq!(names(&program, index.blocks("x.name", "*")), ["Question_0"]);
        assert_eq!(index.dependents("a"), ["b"]);
        assert_eq!(index.block_named("Question_1"), Some(BlockId(1)));
    }
}
