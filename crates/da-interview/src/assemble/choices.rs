//! Choices, evaluated, and what was chosen.

use super::{Evaluation, Flow, to_plain};
use crate::block::{BlockId, Choice as Written, ChoiceItem, ChoiceTarget, Choices, Python, QuestionKind};
use crate::names::INDEX_LETTERS;
use da_core::{Choice, ChoiceValue, Plain};
use da_markup::markdown::{RawHtml, inline};
use da_python::machine::Value;

/// A choice before it is known into which variable it goes.
pub(crate) struct Offered {
    pub(crate) choice: Choice,
    /// The value as plain data.
    pub(crate) value: Plain,
}

impl Evaluation<'_, '_> {
    /// The choices that are offered now. Labels are HTML, as docassemble's API has them.
    pub(crate) fn choices(&mut self, place: BlockId, choices: &Choices) -> Flow<Vec<Offered>> {
        let mut found = Vec::new();
        for (number, item) in choices.items.iter().enumerate() {
            match item {
                ChoiceItem::One(written) => {
                    if let Some(condition) = &written.show_if
                        && !self.is_true(place, condition)?
                    {
                        continue;
                    }
                    found.push(self.written(place, written, number)?);
                }
                ChoiceItem::FromCode(code) => {
                    let value = self.expression(place, code)?;
                    self.offered(place, value, &mut found)?;
                }
            }
        }
        Ok(found)
    }

    fn written(&mut self, place: BlockId, written: &Written, number: usize) -> Flow<Offered> {
        let label = self.text(place, &written.label)?;
        let value = match &written.target {
            ChoiceTarget::Value(given) => self.given_plain(place, given)?,
            // What stands behind the label is told by its number.
            ChoiceTarget::Block(_) => Plain::Int(i64::try_from(number).unwrap_or(i64::MAX)),
        };
        let default = written.default.as_ref().map(|given| self.given_plain(place, given)).transpose()?;
        let choice = Choice {
            label: self.label_of_choice(&label),
            value: ChoiceValue::Value(value.clone()),
            help: self.text_of(place, written.help.as_ref())?,
            color: self.text_of(place, written.look("color"))?,
            css_class: self.text_of(place, written.look("css class"))?,
            image: self.text_of(place, written.look("image"))?.map(|name| self.picture(name.trim()).into()),
            group: self.text_of(place, written.look("group"))?,
            default,
            selected: None,
        };
        Ok(Offered { choice, value })
    }

    /// Choices that code made: a list of values, of pairs, of one-entry dictionaries, or a dictionary.
    fn offered(&mut self, place: BlockId, value: Value, found: &mut Vec<Offered>) -> Flow<()> {
        if let Some(entries) = self.labelled(place, value)? {
            for (value, label) in entries {
                let option = self.option(place, value, label)?;
                found.push(option);
            }
            return Ok(());
        }
        let items = self.vm.collect(value);
        let items = self.flow(items, place)?;
        for item in items {
            self.vm.root(item);
            self.offered_item(place, item, found)?;
        }
        Ok(())
    }

    /// The values and labels of a dictionary, sorted by their labels unless the dictionary keeps an order of its own.
    fn labelled(&mut self, place: BlockId, value: Value) -> Flow<Option<Vec<(Value, Value)>>> {
        let entries: Option<Vec<(Value, Value)>> =
            self.vm.as_dict(value).map(|dict| dict.iter().map(|entry| (entry.key, entry.value)).collect());
        let Some(entries) = entries else { return Ok(None) };
        if self.class_names(value).iter().any(|class| class == "OrderedDict") {
            return Ok(Some(entries));
        }
        let mut sorted = Vec::with_capacity(entries.len());
        for (value, label) in entries {
            let text = self.vm.to_str(label);
            sorted.push((self.flow(text, place)?, (value, label)));
        }
        sorted.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(Some(sorted.into_iter().map(|(_, entry)| entry).collect()))
    }

    fn offered_item(&mut self, place: BlockId, item: Value, found: &mut Vec<Offered>) -> Flow<()> {
        let pair = self.vm.as_sequence(item).map(<[Value]>::to_vec);
        if let Some(pair) = pair {
            let [value, label, rest @ ..] = &pair[..] else { return Ok(()) };
            let mut option = self.option(place, *value, *label)?;
            if let Some(&selected) = rest.first() {
                let selected = self.vm.truth(selected);
                if self.flow(selected, place)? {
                    option.choice.selected = Some(Plain::Bool(true));
                }
            }
            if let Some(&help) = rest.get(1) {
                let help = self.vm.to_str(help);
                option.choice.help = Some(self.flow(help, place)?);
            }
            found.push(option);
            return Ok(());
        }
        let entries: Option<Vec<(Value, Value)>> =
            self.vm.as_dict(item).map(|dict| dict.iter().map(|entry| (entry.key, entry.value)).collect());
        let Some(entries) = entries else {
            let option = self.option(place, item, item)?;
            found.push(option);
            return Ok(());
        };
        if let Some(condition) = self.vm.dict_get_str(item, "show if") {
            let shown = self.vm.truth(condition);
            if !self.flow(shown, place)? {
                return Ok(());
            }
        }
        let named = |name: &str| self.vm.dict_get_str(item, name);
        if let (Some(value), Some(label)) = (named("value"), named("label")) {
            let option = self.option(place, value, label)?;
            found.push(option);
            return self.details(place, item, found);
        }
        const DETAILS: [&str; 7] = ["default", "help", "image", "color", "css class", "group", "show if"];
        for (value, label) in entries {
            if self.vm.text(value).is_some_and(|key| DETAILS.contains(&&*key)) {
                continue;
            }
            let option = self.option(place, value, label)?;
            found.push(option);
        }
        self.details(place, item, found)
    }

    /// The details of the newest choice.
    fn details(&mut self, place: BlockId, item: Value, found: &mut [Offered]) -> Flow<()> {
        let mut text = |name: &str| -> Flow<Option<String>> {
            let Some(value) = self.vm.dict_get_str(item, name) else { return Ok(None) };
            let said = self.vm.to_str(value);
            self.flow(said, place).map(Some)
        };
        let (help, color, css_class, group) = (text("help")?, text("color")?, text("css class")?, text("group")?);
        let default = self.vm.dict_get_str(item, "default");
        let image = match self.vm.dict_get_str(item, "image") {
            Some(image) => Some(self.picture_of_value(place, image)?.into()),
            None => None,
        };
        if let Some(option) = found.last_mut() {
            option.choice.image = image;
            option.choice.help = help;
            option.choice.color = color;
            option.choice.css_class = css_class;
            option.choice.group = group;
            if let Some(default) = default {
                let default = to_plain(&mut self.vm, default);
                option.choice.default = Some(self.flow(default, place)?);
            }
        }
        Ok(())
    }

    fn option(&mut self, place: BlockId, value: Value, label: Value) -> Flow<Offered> {
        let label = self.vm.to_str(label);
        let label = self.flow(label, place)?;
        let value = self.code_value(place, value)?;
        let label = self.label_of_choice(&label);
        let choice = Choice { label, value: ChoiceValue::Value(value.clone()), ..Choice::default() };
        Ok(Offered { choice, value })
    }

    /// What a choice says, as HTML.
    pub(super) fn label_of_choice(&mut self, markdown: &str) -> String {
        let label = label_html(markdown);
        self.with_pictures(label)
    }

    /// An object among choices that code made is what it says: only object fields choose objects.
    fn code_value(&mut self, place: BlockId, value: Value) -> Flow<Plain> {
        if self.object_name(value).is_none() {
            return self.choice_value(place, value);
        }
        let text = self.vm.to_str(value);
        self.flow(text, place).map(Plain::Text)
    }

    /// An object is chosen by its name.
    pub(crate) fn choice_value(&mut self, place: BlockId, value: Value) -> Flow<Plain> {
        if let Some(name) = self.object_name(value) {
            return Ok(Plain::Text(name));
        }
        let plain = to_plain(&mut self.vm, value);
        self.flow(plain, place)
    }

    /// The embedded block that was chosen in a multiple choice question without a variable.
    pub(crate) fn chosen_block(&mut self, place: BlockId, kind: &QuestionKind) -> Flow<Option<BlockId>> {
        let QuestionKind::MultipleChoice { choices, variable: None, .. } = kind else { return Ok(None) };
        let name = self.extended_name(place);
        let Some(chosen) = self.internal("answers").and_then(|answers| self.vm.dict_get_str(answers, &name)) else {
            return Ok(None);
        };
        let number = self.vm.as_int(chosen).and_then(|number| usize::try_from(number).ok());
        let Some(ChoiceItem::One(choice)) = number.and_then(|number| choices.items.get(number)) else {
            return Ok(None);
        };
        match &choice.target {
            ChoiceTarget::Block(block) => Ok(Some(*block)),
            ChoiceTarget::Value(_) => Ok(None),
        }
    }

    /// The name under which the choice of a question without a variable is kept. It says which object and which items
    /// the question is about, where it is about several.
    pub(crate) fn extended_name(&self, place: BlockId) -> String {
        let block = self.block(place);
        let defined = &block.fields_used.defined;
        let mut parts = Vec::new();
        if defined.iter().any(|name| name == "x" || name.starts_with("x.") || name.starts_with("x[")) {
            let Some(name) = self.vm.dict_get_str(self.variables, "x").and_then(|x| self.object_name(x)) else {
                return block.name.clone();
            };
            parts.push(name);
        }
        for letter in INDEX_LETTERS {
            let written = format!("[{letter}]");
            if !defined.iter().any(|name| name.contains(&written)) {
                continue;
            }
            let Some(value) = self.vm.dict_get_str(self.variables, letter) else { return block.name.clone() };
            parts.push(match (self.vm.as_int(value), self.vm.text(value)) {
                (Some(number), _) => number.to_string(),
                (None, Some(text)) => text.to_string(),
                (None, None) => return block.name.clone(),
            });
        }
        if parts.is_empty() { block.name.clone() } else { format!("{}|WITH|{}", block.name, parts.join("|")) }
    }

    /// Leaves out of the choices what `exclude` names.
    pub(crate) fn without_excluded(
        &mut self,
        place: BlockId,
        found: &mut Vec<Offered>,
        exclude: &[Python],
    ) -> Flow<()> {
        for expression in exclude {
            let value = self.expression(place, expression)?;
            for item in self.members(place, value)? {
                let by_name = self.choice_value(place, item)?;
                let by_text = self.code_value(place, item)?;
                found.retain(|option| option.value != by_name && option.value != by_text);
            }
        }
        Ok(())
    }
}

/// A label as HTML.
pub(super) fn label_html(markdown: &str) -> String {
    let markdown = markdown.trim();
    // Most labels are words, which Markdown leaves as they are; a list of countries should not cost 250 parsers.
    let words = markdown.chars().all(|c| c.is_alphanumeric() || c == ' ');
    if words { markdown.to_owned() } else { inline(markdown, RawHtml::Passed) }
}

#[cfg(test)]
mod tests {
    use super::label_html;

    #[test]
    fn labels_are_html() {
        assert_eq!(label_html("Dark Red"), "Dark Red");
        assert_eq!(label_html("I'm **not** sure"), "I&rsquo;m <strong>not</strong> sure");
        assert_eq!(label_html("A & B"), "A &amp; B");
    }
}
