//! A screen is filled in: what a front end sends for it, by the contract of the question JSON.
//!
//! What nobody fills in goes as the screen shows it. Values become what docassemble's forms make of them, so that every
//! door sets the same. Nothing here knows the interview: the screen says all.

use da_core::{Answer, Choice, ChoiceValue, Field, Plain, Screen, ScreenKind, ShowIf};
use da_python::machine::names::{Constant, Index, Step, parse_target};

/// Names of variables and their values, in order.
pub type Named = Vec<(String, Plain)>;

/// What a person does with a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Filled {
    /// Fills in fields, by the names of their variables; a choice may be given by its value or by its label.
    Fields(Named),
    /// Presses the button, or takes the choice, of this label.
    Choice(String),
}

impl Filled {
    /// Fields and what is filled in.
    ///
    /// ```
    /// use da_interview::fill::Filled;
    /// assert_eq!(Filled::fields([("age", 7)]), Filled::Fields(vec![("age".to_owned(), 7.into())]));
    /// ```
    pub fn fields<'n, V: Into<Plain>>(given: impl IntoIterator<Item = (&'n str, V)>) -> Filled {
        Filled::Fields(given.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect())
    }
}

/// Why a screen cannot be filled in like that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CannotFill(pub String);

/// The answer to a screen.
///
/// # Errors
/// [`CannotFill`] names the variable that the screen does not ask for, the field that must be filled in, or the choice that
/// there is not.
pub fn fill(screen: &Screen, filled: &Filled) -> Result<Answer, CannotFill> {
    answer(screen, filled).map_err(CannotFill)
}

fn answer(screen: &Screen, filled: &Filled) -> Result<Answer, String> {
    let variables = match (filled, screen.kind) {
        (Filled::Choice(label), ScreenKind::MultipleChoice) => {
            vec![chosen(only(screen)?, &Plain::from(label.as_str()))?]
        }
        (Filled::Choice(label), _) => return Err(format!("there is no choice {label:?}")),
        (Filled::Fields(given), kind) => {
            known(screen, given)?;
            match kind {
                ScreenKind::YesNo | ScreenKind::NoYes | ScreenKind::YesNoMaybe | ScreenKind::NoYesMaybe => {
                    given.clone()
                }
                ScreenKind::MultipleChoice => match given.first() {
                    Some((_, value)) => vec![chosen(only(screen)?, value)?],
                    None => return Err("nothing is chosen".to_owned()),
                },
                ScreenKind::Fields => fields(screen, given)?,
                ScreenKind::SetTrue => {
                    screen.fields.iter().filter_map(|field| field.variable.clone()).map(set).collect()
                }
                // Going on from earlier answers sets nothing, unless the author wants to know of it.
                ScreenKind::Review => screen.continue_variable.clone().map(set).into_iter().collect(),
                other => return Err(format!("a screen of the kind {} cannot be answered", other.as_str())),
            }
        }
    };
    // What stands behind a choice is still to be done: the block is not answered yet.
    let leads_on = variables.iter().any(|(name, _)| name.starts_with("_internal["));
    Ok(Answer {
        variables,
        question_name: (screen.mandatory && !leads_on).then(|| screen.question_name.clone()),
        event_list: screen.event_list.clone(),
        ..Answer::default()
    })
}

fn set(variable: String) -> (String, Plain) {
    (variable, Plain::Bool(true))
}

fn only(screen: &Screen) -> Result<&Field, String> {
    screen.fields.first().ok_or_else(|| "the screen has no field".to_owned())
}

/// What is given must be asked for.
fn known(screen: &Screen, given: &[(String, Plain)]) -> Result<(), String> {
    let is_asked = |name: &str| screen.fields.iter().any(|field| field.variable.as_deref() == Some(name));
    match given.iter().find(|(name, _)| !is_asked(name)) {
        Some((name, _)) => Err(format!("the screen does not ask for `{name}`; {}", asked(screen))),
        None => Ok(()),
    }
}

/// What a screen asks for, in words.
fn asked(screen: &Screen) -> String {
    let names: Vec<String> =
        screen.fields.iter().filter_map(|field| Some(format!("`{}`", field.variable.as_deref()?))).collect();
    match names.split_last() {
        None => "it asks for nothing".to_owned(),
        Some((only, [])) => format!("it asks for {only}"),
        Some((last, others)) => format!("it asks for {} and {last}", others.join(", ")),
    }
}

/// The choice that a value or a label means.
pub fn position(field: &Field, wanted: &Plain) -> Option<usize> {
    let choices = field.choices.as_deref().unwrap_or_default();
    let by_value = |choice: &Choice| matches!(&choice.value, ChoiceValue::Value(value) if value == wanted);
    let by_label = |choice: &Choice| Some(choice.label.trim()) == wanted.as_text().map(str::trim);
    choices.iter().position(by_value).or_else(|| choices.iter().position(by_label))
}

fn chosen(field: &Field, wanted: &Plain) -> Result<(String, Plain), String> {
    let choice = position(field, wanted).and_then(|at| field.choices.as_ref()?.get(at));
    match (choice.map(|choice| &choice.value), &field.variable) {
        (Some(ChoiceValue::Own { variable, value }), _) => Ok((variable.clone(), value.clone())),
        (Some(ChoiceValue::Value(value)), Some(variable)) => Ok((variable.clone(), value.clone())),
        _ => Err(format!("there is no choice {wanted:?}")),
    }
}

fn fields(screen: &Screen, given: &[(String, Plain)]) -> Result<Named, String> {
    let mut variables = Named::new();
    let of_field = |field: &Field| {
        let given = given.iter().find(|(name, _)| Some(name) == field.variable.as_ref());
        given.map(|(_, value)| value)
    };
    let disables = |field: &Field| field.more.iter().any(|(name, _)| name == "disable_others");
    let others_may_be_empty = screen.fields.iter().any(|field| disables(field) && of_field(field).is_some());
    for field in screen.fields.iter().filter(|field| field.active) {
        let Some(variable) = &field.variable else { continue };
        if !is_shown(field, &variables) {
            continue;
        }
        let given = of_field(field);
        if others_may_be_empty && given.or(field.default.as_ref()).is_none() {
            continue;
        }
        variables.push((variable.clone(), value(field, given).map_err(|error| format!("`{variable}`: {error}"))?));
    }
    variables.extend(screen.continue_variable.clone().map(set));
    Ok(variables)
}

/// Whether a field's condition on another field of the screen shows it.
pub fn is_shown(field: &Field, before: &[(String, Plain)]) -> bool {
    let Some(ShowIf::Value { variable, value, sign }) = &field.show_if else { return true };
    let other = before.iter().find(|(name, _)| name == variable).map(|(_, other)| other);
    other.is_some_and(|other| (other.form_text() == value.form_text()) == *sign)
}

/// What a form makes of a control.
fn value(field: &Field, given: Option<&Plain>) -> Result<Plain, String> {
    let datatype = field.datatype.as_deref().unwrap_or("text");
    let shown = given.or(field.default.as_ref());
    if matches!(datatype, "checkboxes" | "multiselect") {
        return Ok(boxes(field, shown));
    }
    if matches!(datatype, "object_checkboxes" | "object_multiselect") {
        return objects(field, given);
    }
    let is_box = datatype == "boolean" && !matches!(field.input_type.as_deref(), Some("yesnoradio" | "noyesradio"));
    if is_box && field.choices.is_none() {
        // An empty box says the other thing in the kinds that are turned around.
        return Ok(shown.cloned().unwrap_or(Plain::Bool(field.sign == Some(-1))));
    }
    let Some(shown) = shown.filter(|shown| shown.as_text() != Some("")) else {
        return match (field.required.unwrap_or(true), datatype) {
            (true, _) => Err("it must be filled in".to_owned()),
            (false, "boolean" | "threestate") => Ok(Plain::Null),
            (false, "integer") => Ok(Plain::Int(0)),
            (false, "number" | "float" | "currency" | "range") => Ok(Plain::Float(0.0)),
            (false, _) => Ok(Plain::from("")),
        };
    };
    if field.choices.is_some() && field.input_type.as_deref() != Some("combobox") {
        return chosen(field, shown).map(|(_, value)| value);
    }
    Ok(match (datatype, shown) {
        ("number" | "float" | "currency" | "range", number) => {
            Plain::Float(number.form_text().parse().map_err(|_| format!("{number:?} is no number"))?)
        }
        ("integer" | "boolean" | "threestate", value) => value.clone(),
        (_, value) => Plain::Text(value.form_text()),
    })
}

/// Any of several objects: their names.
fn objects(field: &Field, given: Option<&Plain>) -> Result<Plain, String> {
    let is_chosen = |choice: &&Choice| choice.selected == Some(Plain::Bool(true));
    let value = |choice: &Choice| match &choice.value {
        ChoiceValue::Value(value) => Some(value.clone()),
        _ => None,
    };
    match given {
        Some(Plain::List(wanted)) => {
            let named = wanted.iter().map(|wanted| chosen(field, wanted).map(|(_, value)| value));
            named.collect::<Result<_, _>>().map(Plain::List)
        }
        Some(one) => chosen(field, one).map(|(_, value)| Plain::List(vec![value])),
        None => Ok(Plain::List(field.choices.iter().flatten().filter(is_chosen).filter_map(value).collect())),
    }
}

/// Any of several: docassemble's dictionary of every choice and whether it was checked.
fn boxes(field: &Field, shown: Option<&Plain>) -> Plain {
    let owner = field.variable.as_deref().unwrap_or_default();
    let is_wanted = |choice: &Choice, key: &str| match shown {
        Some(Plain::List(some)) => some.iter().any(|one| one.form_text() == key || one.form_text() == choice.label),
        Some(all @ Plain::Map(_)) => all.get("elements").unwrap_or(all).get(key) == Some(&Plain::Bool(true)),
        Some(one) => one.form_text() == key,
        None => choice.selected == Some(Plain::Bool(true)) || choice.default == Some(Plain::Bool(true)),
    };
    let element = |choice: &Choice| {
        let ChoiceValue::Own { variable, .. } = &choice.value else { return None };
        let key = key(variable, owner)?;
        let is_wanted = is_wanted(choice, &key);
        Some((key, Plain::Bool(is_wanted)))
    };
    let elements = field.choices.iter().flatten().filter_map(element).collect();
    let entry = |key: &str, value: Plain| (key.to_owned(), value);
    Plain::Map(vec![
        entry("_class", "docassemble.base.util.DADict".into()),
        entry("instanceName", owner.into()),
        entry("elements", Plain::Map(elements)),
        entry("auto_gather", false.into()),
        entry("gathered", true.into()),
    ])
}

/// The key in `fruit['Apple']` behind the name of its owner, if it is a text.
///
/// ```
/// use da_interview::fill::key;
///
/// assert_eq!(key(r"fruit['it\'s']", "fruit").as_deref(), Some("it's"));
/// assert_eq!(key(r"a['b']['C:\\x']", "a['b']").as_deref(), Some(r"C:\x"));
/// assert_eq!(key("fruit[3]", "fruit"), None);
/// ```
pub fn key(variable: &str, owner: &str) -> Option<String> {
    let (variable, owner) = (parse_target(variable).ok()?, parse_target(owner).ok()?);
    let (last, before) = variable.path.split_last()?;
    match last {
        Step::Index(Index::Constant(Constant::Text(key))) if variable.name == owner.name && before == owner.path => {
            Some(key.clone())
        }
        _ => None,
    }
}
