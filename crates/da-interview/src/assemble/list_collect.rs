//! `list collect`: the fields of a question, once for each item of its list, and some more for items to come.

use super::{Evaluation, Flow};
use crate::block::{BlockId, FieldItem, ListCollect as Written, Python};
use crate::error::{AssembleError, AssembleErrorKind};
use crate::names::INDEX_LETTERS;
use da_core::{Field, ListCollect, Plain, Screen, ShowIf};
use da_python::machine::Value;

/// How many items may be added on a screen, unless the configuration says otherwise (`list collect extra count`).
const EXTRA: i64 = 15;

/// The list whose items a screen asks for.
struct Collected {
    /// The variable of the list.
    name: String,
    /// The letter that stands for the place of an item.
    letter: &'static str,
    list: Value,
}

impl Evaluation<'_, '_> {
    /// The fields of all items, if they are asked for on one screen. None when they are not, or there is nothing to
    /// choose.
    pub(super) fn collected_fields(
        &mut self,
        place: BlockId,
        items: &[FieldItem],
        written: &Written,
        screen: &mut Screen,
    ) -> Flow<Vec<Field>> {
        let collected = self.collected_list(place, items)?;
        let yes = |evaluation: &mut Self, code: &Option<Python>| {
            code.as_ref().map_or(Ok(true), |code| evaluation.is_true(place, code))
        };
        let mut collect = ListCollect {
            list: collected.name.clone(),
            is_final: yes(self, &written.is_final)?,
            allow_append: yes(self, &written.allow_append)?,
            allow_delete: yes(self, &written.allow_delete)?,
            add_another_label: self.text_of(place, written.add_another_label.as_ref())?,
            ..ListCollect::default()
        };
        let asks_class = self.list_attribute(collected.list, "ask_object_type")? == Plain::Bool(true);
        collect.asks_number = self.list_attribute(collected.list, "ask_number")? == Plain::Bool(true);
        collect.length = self.length_of_collect(place, &collected, &mut collect)?;
        let extra = if asks_class || !collect.allow_append { 0 } else { self.extra_rows() };
        let before = self.vm.dict_get_str(self.variables, collected.letter).map(|value| self.vm.root(value));
        let mut fields = Vec::new();
        for row in 0..collect.length + extra {
            self.set_letter(place, collected.letter, Value::Int(i64::try_from(row).unwrap_or(i64::MAX)))?;
            let of_row = self.fields(place, items)?;
            collect.messages.push(self.text_of(place, written.label.as_ref())?.unwrap_or_default());
            fields.push(edge(row));
            fields.extend(of_row.into_iter().map(|field| in_row(field, row, collected.letter)));
            fields.push(edge(row));
        }
        if let Some(before) = before {
            self.set_letter(place, collected.letter, before)?;
        }
        screen.list_collect = Some(collect);
        Ok(fields)
    }

    fn set_letter(&mut self, place: BlockId, letter: &str, value: Value) -> Flow<()> {
        let set = self.vm.dict_set_str(self.variables, letter, value);
        self.flow(set, place)
    }

    /// The list that the variables of all fields are items, or parts of items, of.
    fn collected_list(&mut self, place: BlockId, items: &[FieldItem]) -> Flow<Collected> {
        let mut variables = Vec::new();
        for item in items {
            match item {
                FieldItem::Field(field) => variables.extend(field.variable.clone()),
                FieldItem::Code(code) => {
                    let made = self.made_fields(place, code)?;
                    variables.extend(made.into_iter().filter_map(|field| field.variable));
                }
            }
        }
        let common = common_beginning(&variables);
        let common = &common[..common.rfind(']').map_or(0, |end| end + 1)];
        let found = INDEX_LETTERS.iter().find_map(|letter| {
            let name = common.strip_suffix(&format!("[{letter}]"))?;
            Some((name.to_owned(), *letter))
        });
        let Some((name, letter)) = found else {
            return Err(self
                .cannot_collect(place, format!("Cannot use list collect on these fields.  {common}"))
                .into());
        };
        if self.vm.dict_get_str(self.variables, letter).is_none() {
            let message = format!(
                "list collect question needs iterator {letter} but it was asked in a context where there is no {letter}"
            );
            return Err(self.cannot_collect(place, message).into());
        }
        let target = self.target(&name)?;
        let list = self.value_of_target(&target)?;
        Ok(Collected { name, letter, list })
    }

    fn cannot_collect(&self, place: BlockId, message: String) -> AssembleError {
        let kind = AssembleErrorKind::Python { class: "DAError".to_owned(), traceback: Vec::new() };
        AssembleError { kind, message: format!("DAError: {message}"), place: Some(Box::new(self.block(place).place())) }
    }

    fn list_attribute(&mut self, list: Value, name: &str) -> Flow<Plain> {
        let value = self.vm.get_attr_opt(list, name);
        let value = self.flow_anywhere(value)?.unwrap_or(Value::None);
        let plain = super::to_plain(&mut self.vm, value);
        self.flow_anywhere(plain)
    }

    /// How many items are shown: those that there are, or were before Back, at least the least number, and at least one.
    fn length_of_collect(&mut self, place: BlockId, collected: &Collected, collect: &mut ListCollect) -> Flow<usize> {
        let Some(elements) = self.elements(collected.list).filter(|&elements| self.vm.as_list(elements).is_some())
        else {
            let message = "Cannot use list collect on a variable that is not a DAList.".to_owned();
            return Err(self.cannot_collect(place, message).into());
        };
        let mut length = self.vm.as_list(elements).map_or(0, Vec::len);
        if let Some(previous) = self.previous {
            let name = self.full_name(&collected.name);
            let now = std::mem::replace(&mut self.variables, previous);
            let before = self.value_of(&name);
            self.variables = now;
            let elements = before?.and_then(|list| self.elements(list));
            length = length.max(elements.and_then(|elements| self.vm.as_list(elements)).map_or(0, Vec::len));
        }
        if let Plain::Int(minimum) = self.list_attribute(collected.list, "minimum_number")? {
            let minimum = usize::try_from(minimum).unwrap_or(0);
            collect.minimum = minimum;
            length = length.max(minimum);
        }
        Ok(length.max(1))
    }

    fn extra_rows(&self) -> usize {
        let given = match self.context.settings.configuration.get("list collect extra count") {
            Some(Plain::Int(count)) => *count,
            _ => EXTRA,
        };
        usize::try_from(given).unwrap_or(0)
    }
}

fn common_beginning(names: &[String]) -> String {
    let Some((first, others)) = names.split_first() else { return String::new() };
    let mut length = first.len();
    for other in others {
        let same = first.bytes().zip(other.bytes()).take_while(|(one, two)| one == two).count();
        length = length.min(same);
    }
    first.get(..length).unwrap_or_default().to_owned()
}

/// What stands before and after the fields of an item.
fn edge(row: usize) -> Field {
    let datatype = Some("html".to_owned());
    let number = row.to_string();
    Field { number, datatype, active: true, required: Some(false), row: Some(row), ..Field::default() }
}

/// A field of an item: its place stands where the letter stood.
fn in_row(mut field: Field, row: usize, letter: &str) -> Field {
    let (written, place) = (format!("[{letter}]"), format!("[{row}]"));
    let in_place = |text: &mut String| *text = text.replace(&written, &place);
    field.number = format!("{row}_{}", field.number);
    field.row = Some(row);
    field.variable.iter_mut().for_each(in_place);
    match &mut field.show_if {
        Some(ShowIf::Value { variable, .. }) => in_place(variable),
        Some(ShowIf::Script { expression, variables, .. }) => {
            in_place(expression);
            variables.iter_mut().for_each(in_place);
        }
        None => {}
    }
    for choice in field.choices.iter_mut().flatten() {
        if let da_core::ChoiceValue::Own { variable, .. } = &mut choice.value {
            in_place(variable);
        }
    }
    field
}

#[cfg(test)]
mod tests {
    use super::common_beginning;

    #[test]
    fn the_common_beginning_of_names_ends_where_they_differ() {
        let names = ["fruit[i].name.text", "fruit[i].number", "fruit[i].seeds"].map(str::to_owned);
        assert_eq!(common_beginning(&names), "fruit[i].");
        assert_eq!(common_beginning(&names[..1]), "fruit[i].name.text");
        assert_eq!(common_beginning(&[]), "");
    }
}
