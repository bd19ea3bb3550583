//! Which blocks define which variable.
//!
//! Built once when the interview is read. Order among blocks of one variable: later blocks first,
//! unless `order` or `supersedes` says otherwise.

use crate::block::Block;
use std::collections::HashMap;

/// The places of blocks, in the order in which they are tried.
type Places = Vec<usize>;

/// From variables to blocks.
#[derive(Debug, Default)]
pub(crate) struct Index {
    plain: HashMap<String, Places>,
    generic: HashMap<String, HashMap<String, Places>>,
}

impl Index {
    /// Indexes the blocks of an interview, which stand in the order of their numbers.
    pub(crate) fn of(blocks: &[Block], order: &[Vec<String>]) -> Self {
        let mut index = Index::default();
        for (place, block) in blocks.iter().enumerate() {
            // What is embedded answers for its outer block.
            let place = block.outer.unwrap_or(place);
            for variable in &block.variables {
                add(index.plain.entry(variable.clone()).or_default(), place);
                if let Some(class) = &block.generic {
                    add(index.generic.entry(class.clone()).or_default().entry(variable.clone()).or_default(), place);
                }
            }
        }
        let precedence = Precedence::of(blocks, order);
        let generic = index.generic.values_mut().flat_map(HashMap::values_mut);
        for places in index.plain.values_mut().chain(generic) {
            places.reverse();
            precedence.arrange(places);
        }
        index
    }

    /// The blocks that define a name that is not generic.
    pub(crate) fn plain(&self, name: &str, language: &str, blocks: &[Block]) -> Places {
        in_language(self.plain.get(name), language, blocks)
    }

    /// The blocks that define a generic name for a class.
    pub(crate) fn generic(&self, class: &str, name: &str, language: &str, blocks: &[Block]) -> Places {
        in_language(self.generic.get(class).and_then(|names| names.get(name)), language, blocks)
    }

    /// Whether any block may define a name by this variant.
    pub(crate) fn knows(&self, variant: &crate::names::Variant) -> bool {
        match variant.object {
            None => self.plain.contains_key(&variant.name),
            Some(_) => self.has_generic(&variant.name),
        }
    }

    /// Whether any block has a generic name.
    pub(crate) fn has_generic(&self, name: &str) -> bool {
        self.generic.values().any(|names| names.contains_key(name))
    }
}

fn add(places: &mut Places, place: usize) {
    if !places.contains(&place) {
        places.push(place);
    }
}

/// Blocks of the language first, then those of any language.
fn in_language(places: Option<&Places>, language: &str, blocks: &[Block]) -> Places {
    let Some(places) = places else { return Vec::new() };
    let of =
        |wanted: &str| places.iter().copied().filter(|&place| blocks[place].language == wanted).collect::<Vec<_>>();
    let mut found = of(language);
    if language != "*" {
        found.extend(of("*"));
    }
    found
}

/// What comes before what, by `order` and `supersedes`.
struct Precedence {
    /// `(earlier, later)` by place.
    pairs: Vec<(usize, usize)>,
}

impl Precedence {
    fn of(blocks: &[Block], order: &[Vec<String>]) -> Self {
        let by_id: HashMap<&str, usize> =
            blocks.iter().enumerate().filter_map(|(place, block)| Some((block.id.as_deref()?, place))).collect();
        let place = |id: &String| by_id.get(id.trim()).copied();
        let mut pairs = Vec::new();
        for list in order {
            let places: Vec<usize> = list.iter().filter_map(place).collect();
            for (at, &first) in places.iter().enumerate() {
                pairs.extend(places[at + 1..].iter().map(|&second| (first, second)));
            }
        }
        for (at, block) in blocks.iter().enumerate() {
            pairs.extend(block.supersedes.iter().filter_map(place).map(|second| (at, second)));
        }
        Precedence { pairs }
    }

    /// Moves blocks before those that they come before, as little as possible.
    fn arrange(&self, places: &mut Places) {
        for &(first, second) in &self.pairs {
            let position = |wanted| places.iter().position(|&place| place == wanted);
            if let (Some(from), Some(to)) = (position(first), position(second))
                && from > to
            {
                let moved = places.remove(from);
                places.insert(to, moved);
            }
        }
    }
}
