//! What happens around the work of a block: `undefine`, `reconsider`, `need`.

use super::{Evaluation, Flow};
use crate::block::{BlockId, Reconsider};
use crate::names::{INDEX_LETTERS, Variant};

/// Where `_internal` keeps what the blocks with `reconsider: True` defined.
const RECONSIDER: &str = "reconsider";

impl Evaluation<'_, '_> {
    /// What happens before a block does its work.
    pub(crate) fn prepare(&mut self, place: BlockId, variant: &Variant) -> Flow<()> {
        self.undefine(place, variant)?;
        self.reconsider(place, variant)?;
        self.needs(place, false)
    }

    /// The same before a question is asked. It looks for what it needs first: what it undefines may be wanted for that.
    pub(crate) fn prepare_question(&mut self, place: BlockId, variant: &Variant) -> Flow<()> {
        self.needs(place, false)?;
        self.undefine(place, variant)?;
        self.reconsider(place, variant)
    }

    fn undefine(&mut self, place: BlockId, variant: &Variant) -> Flow<()> {
        for name in &self.block(place).modifiers.undefine {
            self.delete(&with_letters(name, variant))?;
        }
        Ok(())
    }

    /// Forgets variables, once in an evaluation, and seeks them at once.
    fn reconsider(&mut self, place: BlockId, variant: &Variant) -> Flow<()> {
        let Reconsider::Variables(names) = &self.block(place).modifiers.reconsider else { return Ok(()) };
        for name in names {
            let name = with_letters(name, variant);
            if self.host().reconsidered.insert(name.clone()) {
                self.delete(&name)?;
                let target = self.target(&name)?;
                self.value_of_target(&target)?;
            }
        }
        Ok(())
    }

    /// Forgets what blocks with `reconsider: True` defined before.
    pub(crate) fn forget_reconsidered(&mut self) -> Flow<()> {
        let Some(kept) = self.internal(RECONSIDER) else { return Ok(()) };
        let names: Vec<_> =
            self.vm.as_list(kept).into_iter().flatten().filter_map(|&name| self.vm.text(name)).collect();
        if let Some(list) = self.vm.as_list_mut(kept) {
            list.clear();
        }
        names.into_iter().try_for_each(|name| self.delete(&name))
    }

    /// Of a block for objects of a class, or for items, it is only known now which variables it defines.
    pub(super) fn remember_to_reconsider(&mut self, place: BlockId, variant: &Variant) -> Flow<()> {
        let block = self.block(place);
        let is_about_one = variant.generic.is_none() && variant.indexes.is_empty();
        if block.modifiers.reconsider != Reconsider::Always || is_about_one {
            return Ok(());
        }
        let kept = match self.internal(RECONSIDER) {
            Some(kept) => kept,
            None => {
                let empty = self.vm.list(Vec::new());
                let empty = self.flow(empty, place)?;
                self.set_internal(RECONSIDER, empty)?;
                empty
            }
        };
        for name in &block.fields_used.defined {
            let name = self.vm.str(with_letters(name, variant));
            let name = self.flow(name, place)?;
            self.vm.root(name);
            let known = self.vm.contains(kept, name);
            if !self.flow(known, place)? {
                let pushed = self.vm.list_push(kept, name);
                self.flow(pushed, place)?;
            }
        }
        Ok(())
    }

    /// What a block needs after it did its work.
    pub(crate) fn finish(&mut self, place: BlockId) -> Flow<()> {
        self.needs(place, true)
    }

    fn needs(&mut self, place: BlockId, post: bool) -> Flow<()> {
        for need in self.block(place).modifiers.need.iter().filter(|need| need.post == post) {
            self.expression(place, &need.expression)?;
        }
        Ok(())
    }
}

/// A name as it is written in a block, with what `x`, `i`, `j`, ... stand for in their places.
pub(crate) fn with_letters(name: &str, variant: &Variant) -> String {
    let mut full = match (&variant.generic, name.strip_prefix('x')) {
        (Some(object), Some(rest)) if rest.is_empty() || rest.starts_with(['.', '[']) => format!("{object}{rest}"),
        _ => name.to_owned(),
    };
    for (letter, index) in INDEX_LETTERS.iter().zip(&variant.indexes) {
        full = full.replace(&format!("[{letter}]"), &format!("[{index}]"));
    }
    full
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_what_they_stand_for() {
        let variant =
            Variant { name: "x.a[i]".to_owned(), indexes: vec!["'b'".to_owned()], generic: Some("c".to_owned()) };
        assert_eq!(with_letters("x.price[i]", &variant), "c.price['b']");
        assert_eq!(with_letters("xylem[i][j]", &variant), "xylem['b'][j]");
        assert_eq!(with_letters("x", &variant), "c");
    }
}
