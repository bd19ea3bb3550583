//! How files include, import and extend one another.
//!
//! The templates of documents have no other files: there it is refused by name.

use super::Fault;
use super::emit::Emitter;
use super::expression::Expression;
use crate::mako::string_literal;

impl Emitter {
    /// A statement about another file.
    pub(super) fn other_file(&mut self, line: u32, keyword: &str, words: &mut Expression) -> Result<(), Fault> {
        if !self.dialect.has_files() {
            return Err(Fault::new(line, format!("'{keyword}' is not supported in a template")));
        }
        match keyword {
            "extends" => {
                let name = words.expression()?;
                self.out.statement(line, &format!("_c.extend({name})"));
                Ok(())
            }
            "include" => self.include(line, words),
            "import" => self.import(line, words),
            _ => self.import_names(line, words),
        }
    }

    /// `with context` or `without context`, if it is said.
    fn context(words: &mut Expression, usual: bool) -> &'static str {
        let said = match (words.takes_word("with"), words.takes_word("without")) {
            (true, _) => true,
            (_, true) => false,
            _ => usual,
        };
        words.takes_word("context");
        if said { "True" } else { "False" }
    }

    fn include(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let name = words.expression()?;
        let mut may_be_missing = "False";
        if words.takes_word("ignore") {
            if !words.takes_word("missing") {
                return Err(words.fault("expected missing after ignore"));
            }
            may_be_missing = "True";
        }
        let context = Self::context(words, true);
        self.write(line, &format!("_c.include({name}, {may_be_missing}, {context})"));
        Ok(())
    }

    fn import(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let name = words.expression()?;
        if !words.takes_word("as") {
            return Err(words.fault("expected as after the file that is imported"));
        }
        let target = self.own_name(words)?;
        let context = Self::context(words, false);
        self.out.statement(line, &format!("_c.put({target}, _c.load({name}, {context}))"));
        Ok(())
    }

    fn import_names(&mut self, line: u32, words: &mut Expression) -> Result<(), Fault> {
        let name = words.expression()?;
        if !words.takes_word("import") {
            return Err(words.fault("expected import after the file that is imported from"));
        }
        let mut names = String::new();
        while !words.is_over() && !words.is_word("with") && !words.is_word("without") {
            let wanted = words.name()?;
            let target = if words.takes_word("as") { words.name()? } else { wanted.clone() };
            names.push_str(&format!("({}, {}), ", string_literal(&wanted), string_literal(&target)));
            self.own.insert(target);
            if !words.takes(",") {
                break;
            }
        }
        let context = Self::context(words, false);
        self.out.statement(line, &format!("_c.take({name}, ({names}), {context})"));
        Ok(())
    }
}
