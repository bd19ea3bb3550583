//! Choices, evaluated, and what was chosen.

use super::{Evaluation, Flow, to_plain};
use crate::block::{Choice as Written, ChoiceSource, Choices, Control, Embedded, Expression};
use da_core::{Choice, ChoiceValue, Plain};
use da_python::Value;

/// A choice before it is known into which variable it goes.
pub(crate) struct Option_ {
    pub(crate) choice: Choice,
    /// The value as plain data.
    pub(crate) value: Plain,
}

impl Evaluation<'_, '_> {
    /// The choices that are offered now. Labels are HTML, as docassemble's API has them.
    pub(crate) fn choices(&mut self, place: usize, choices: &Choices) -> Flow<Vec<Option_>> {
        let mut found = Vec::new();
        for (number, part) in choices.parts.iter().enumerate() {
            match part {
                ChoiceSource::Listed(written) => {
                    if let Some(condition) = &written.show_if
                        && !self.condition(place, condition)?
                    {
                        continue;
                    }
                    found.push(self.written(place, written, number)?);
                }
                ChoiceSource::Code(expression) => {
                    let value = self.expression(place, expression)?;
                    self.offered(place, value, &mut found)?;
                }
            }
        }
        Ok(found)
    }

    fn written(&mut self, place: usize, written: &Written, number: usize) -> Flow<Option_> {
        let label = self.text(place, &written.label)?;
        let value = match &written.value {
            Embedded::Value(scalar) => Plain::from(scalar),
            Embedded::Text(text) => Plain::Text(self.text(place, text)?),
            // What stands behind the label is told by its number.
            Embedded::Block(_) => Plain::Int(i64::try_from(number).unwrap_or(i64::MAX)),
        };
        let choice = Choice {
            label: da_markup::markdown::inline(label.trim(), da_markup::markdown::RawHtml::Passed),
            value: ChoiceValue::Value(value.clone()),
            help: self.text_of(place, written.help.as_ref())?,
            color: self.text_of(place, written.color.as_ref())?,
            css_class: self.text_of(place, written.css_class.as_ref())?,
            image: None,
            group: self.text_of(place, written.group.as_ref())?,
            default: None,
            selected: written.default.clone().filter(|default| *default == Plain::Bool(true)),
        };
        Ok(Option_ { choice, value })
    }

    /// Choices that code made: a list of values, of pairs, of one-entry dictionaries, or a dictionary.
    fn offered(&mut self, place: usize, value: Value, found: &mut Vec<Option_>) -> Flow<()> {
        let entries: Option<Vec<(Value, Value)>> =
            self.vm.as_dict(value).map(|dict| dict.iter().map(|entry| (entry.key, entry.value)).collect());
        if let Some(entries) = entries {
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

    fn offered_item(&mut self, place: usize, item: Value, found: &mut Vec<Option_>) -> Flow<()> {
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
        let named = |name: &str| self.vm.dict_get_str(item, name);
        if let (Some(value), Some(label)) = (named("value"), named("label")) {
            let option = self.option(place, value, label)?;
            found.push(option);
            return self.details(place, item, found);
        }
        const DETAILS: [&str; 6] = ["default", "help", "image", "color", "css class", "group"];
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
    fn details(&mut self, place: usize, item: Value, found: &mut [Option_]) -> Flow<()> {
        let mut text = |name: &str| -> Flow<Option<String>> {
            let Some(value) = self.vm.dict_get_str(item, name) else { return Ok(None) };
            let said = self.vm.to_str(value);
            self.flow(said, place).map(Some)
        };
        let (help, color, css_class, group) = (text("help")?, text("color")?, text("css class")?, text("group")?);
        let default = self.vm.dict_get_str(item, "default");
        if let Some(option) = found.last_mut() {
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

    fn option(&mut self, place: usize, value: Value, label: Value) -> Flow<Option_> {
        let label = self.vm.to_str(label);
        let label = self.flow(label, place)?;
        let value = self.choice_value(place, value)?;
        let label = da_markup::markdown::inline(label.trim(), da_markup::markdown::RawHtml::Passed);
        let choice = Choice { label, value: ChoiceValue::Value(value.clone()), ..Choice::default() };
        Ok(Option_ { choice, value })
    }

    /// An object is chosen by its name.
    fn choice_value(&mut self, place: usize, value: Value) -> Flow<Plain> {
        let name = self
            .vm
            .as_instance(value)
            .map(|instance| instance.attributes)
            .and_then(|attributes| self.vm.dict_get_str(attributes, "instanceName"))
            .and_then(|name| self.vm.text(name));
        if let Some(name) = name {
            return Ok(Plain::Text(name.to_string()));
        }
        let plain = to_plain(&mut self.vm, value);
        self.flow(plain, place)
    }

    /// The embedded block that was chosen in a multiple choice question without a variable.
    pub(crate) fn chosen_block(&mut self, place: usize, control: &Control) -> Flow<Option<usize>> {
        let Control::Choice { choices, variable: None, .. } = control else { return Ok(None) };
        let name = self.extended_name(place);
        let Some(chosen) = self.internal("answers").and_then(|answers| self.vm.dict_get_str(answers, &name)) else {
            return Ok(None);
        };
        let Some(number) = self.vm.as_int(chosen).and_then(|number| usize::try_from(number).ok()) else {
            return Ok(None);
        };
        let Some(ChoiceSource::Listed(choice)) = choices.parts.get(number) else { return Ok(None) };
        match &choice.value {
            Embedded::Block(block) => Ok(Some(*block)),
            Embedded::Value(_) | Embedded::Text(_) => Ok(None),
        }
    }

    /// The name under which the choice of a question without a variable is kept.
    pub(crate) fn extended_name(&self, place: usize) -> String {
        self.interview.blocks[place].name.clone()
    }

    /// Leaves out of the choices what `exclude` names.
    pub(crate) fn without_excluded(
        &mut self,
        place: usize,
        found: &mut Vec<Option_>,
        exclude: &[Expression],
    ) -> Flow<()> {
        for expression in exclude {
            let value = self.expression(place, expression)?;
            let plain = to_plain(&mut self.vm, value);
            match self.flow(plain, place)? {
                Plain::List(items) => found.retain(|option| !items.contains(&option.value)),
                single => found.retain(|option| option.value != single),
            }
        }
        Ok(())
    }
}
