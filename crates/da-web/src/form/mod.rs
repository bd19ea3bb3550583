//! A form that was sent becomes an [`Answer`], or the list of what is wrong with it.
//!
//! What may be set, and to which type, is read from the screen that the session is at, never from the form.

mod check;
mod choose;
mod condition;
pub(crate) mod control;
mod convert;

use da_core::{Answer, Field, Plain, Screen, ScreenKind, SentFiles};
use da_http::Parameters;

use control::{ANSWER, Control, name};

/// What is wrong with a control, or with the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The field.
    pub(crate) field: Option<usize>,
    pub(crate) text: String,
}

impl Problem {
    pub(crate) fn of_form(text: &str) -> Problem {
        Problem { field: None, text: text.to_owned() }
    }
}

/// The files that were sent, and those that a field took.
struct Uploads {
    sent: Vec<SentFiles>,
    taken: Vec<SentFiles>,
}

impl Uploads {
    /// Gives a variable the files of a control; whether there are any. A control for one file gives one.
    fn take(&mut self, control: &str, variable: &str, many: bool) -> bool {
        let Some(sent) = self.sent.iter().find(|sent| sent.variable == control && !sent.files.is_empty()) else {
            return false;
        };
        let most = if many { sent.files.len() } else { 1 };
        self.taken.push(SentFiles { variable: variable.to_owned(), files: sent.files[..most].to_vec() });
        true
    }
}

/// Names and values to be set.
type Variables = Vec<(String, Plain)>;

const CHOOSE: &str = "Choose one of the answers.";

/// Reads a form.
///
/// `files` are those that were sent along, by the names of their controls.
pub(crate) fn read(screen: &Screen, sent: &Parameters, files: Vec<SentFiles>) -> Result<Answer, Vec<Problem>> {
    let mut files = Uploads { sent: files, taken: Vec::new() };
    let variables = match screen.kind {
        ScreenKind::YesNo | ScreenKind::NoYes | ScreenKind::YesNoMaybe | ScreenKind::NoYesMaybe => {
            pressed(screen, sent)
        }
        ScreenKind::MultipleChoice => choose::one_of_screen(screen, sent),
        ScreenKind::SetTrue => Ok(screen.fields.iter().filter_map(|field| field.variable.clone()).map(set).collect()),
        ScreenKind::Fields => fields(screen, sent, &mut files),
        ScreenKind::Signature => signed(screen, &mut files).map(|()| Variables::new()),
        // Going on from earlier answers sets nothing, unless the author wants to know of it.
        ScreenKind::Review => Ok(screen.continue_variable.clone().map(set).into_iter().collect()),
        _ => Err(vec![Problem::of_form("There is nothing to answer on this screen.")]),
    }?;
    let reads_text = screen.fields.iter().any(needs_meaning);
    // What stands behind a choice without a variable (an exit, code, another question) is still to be done: the block
    // is not answered yet.
    let leads_on =
        screen.kind == ScreenKind::MultipleChoice && screen.fields.iter().all(|field| field.variable.is_none());
    Ok(Answer {
        variables,
        files: files.taken,
        // A text that looks like a date stays text, where no date was asked for.
        raw: !reads_text,
        question_name: (!leads_on).then(|| screen.question_name.clone()),
        event_list: screen.event_list.clone(),
        check_fields: true,
        advances_progress: true,
        ..Answer::default()
    })
}

fn needs_meaning(field: &Field) -> bool {
    matches!(Control::of(field), Control::Date | Control::Checkboxes | Control::Line("time" | "datetime-local"))
}

fn set(variable: String) -> (String, Plain) {
    (variable, Plain::Bool(true))
}

/// The picture of a signature. Where nobody has to sign, nothing is a signature, too.
fn signed(screen: &Screen, files: &mut Uploads) -> Result<(), Vec<Problem>> {
    let problem = |text: &str| vec![Problem { field: Some(0), text: text.to_owned() }];
    let Some((field, variable)) = screen.fields.first().and_then(|field| Some((field, field.variable.as_ref()?)))
    else {
        return Err(vec![Problem::of_form("There is nothing to sign on this screen.")]);
    };
    let control = name(0);
    let sent = files.sent.iter().find(|sent| sent.variable == control).and_then(|sent| sent.files.first());
    let is_picture =
        |file: &da_core::SentFile| matches!(da_core::extension(&file.name).as_str(), "png" | "jpg" | "jpeg");
    match sent {
        Some(file) if !is_picture(file) => Err(problem("A signature is a picture in the format PNG or JPEG.")),
        None if field.required.unwrap_or(true) => Err(problem("You must sign your name to continue.")),
        None => {
            files.taken.push(SentFiles { variable: variable.clone(), files: Vec::new() });
            Ok(())
        }
        Some(_) => {
            files.take(&control, variable, false);
            Ok(())
        }
    }
}

/// The button of a question that is answered by a button.
fn pressed(screen: &Screen, sent: &Parameters) -> Result<Variables, Vec<Problem>> {
    let value = sent.text(ANSWER).and_then(|word| truth(&word));
    let variable = screen.fields.first().and_then(|field| field.variable.clone());
    match (variable, value) {
        (Some(variable), Some(value)) => Ok(vec![(variable, value)]),
        _ => Err(vec![Problem::of_form(CHOOSE)]),
    }
}

fn truth(word: &str) -> Option<Plain> {
    match word {
        "True" => Some(Plain::Bool(true)),
        "False" => Some(Plain::Bool(false)),
        "None" => Some(Plain::Null),
        _ => None,
    }
}

/// The fields in their order; those that the form hides by a condition are left alone.
fn fields(screen: &Screen, sent: &Parameters, files: &mut Uploads) -> Result<Variables, Vec<Problem>> {
    let mut variables = Variables::new();
    let mut problems = Vec::new();
    let rows = rows_taken(screen, sent, files);
    let others_may_be_empty = screen.fields.iter().enumerate().any(|(number, field)| {
        let disables = field.more.iter().any(|(name, _)| name == "disable_others");
        disables && field.active && is_filled(number, field, sent, files)
    });
    for (number, field) in screen.fields.iter().enumerate().filter(|(_, field)| field.active) {
        if field.row.is_some_and(|row| row >= rows) {
            continue;
        }
        let Some(variable) = &field.variable else { continue };
        let need = condition::need(screen, field, &variables);
        if need == condition::Need::Hidden {
            continue;
        }
        if others_may_be_empty && !is_filled(number, field, sent, files) {
            continue;
        }
        let shown = need == condition::Need::Shown;
        if let Control::File { many } = Control::of(field) {
            match files.take(&name(number), variable, many) {
                true => {}
                false if shown && field.required.unwrap_or(true) => {
                    problems.push(Problem { field: Some(number), text: check::message(field, "file") });
                }
                false if shown => variables.push((variable.clone(), Plain::Null)),
                false => {}
            }
            continue;
        }
        match value(number, field, sent, shown) {
            Ok(Some(Read { value, keys })) => {
                variables.push((variable.clone(), value));
                variables.extend(keys);
            }
            Ok(None) => {}
            Err(text) => problems.push(Problem { field: Some(number), text }),
        }
    }
    variables.extend(screen.continue_variable.clone().map(set));
    if let Some(collect) = screen.list_collect.as_ref().filter(|collect| collect.is_final) {
        variables.push(match collect.asks_number {
            true => (format!("{}.target_number", collect.list), Plain::Int(i64::try_from(rows).unwrap_or(i64::MAX))),
            false => (format!("{}.there_is_another", collect.list), Plain::Bool(false)),
        });
    }
    if problems.is_empty() { Ok(variables) } else { Err(problems) }
}

/// How many rows of a list collect count: those of the items that are there, and those after them that are filled in,
/// up to the first empty one.
fn rows_taken(screen: &Screen, sent: &Parameters, files: &Uploads) -> usize {
    let Some(collect) = &screen.list_collect else { return usize::MAX };
    let has_something = |row: usize| {
        let of_row = screen.fields.iter().enumerate().filter(|(_, field)| field.row == Some(row));
        of_row
            .filter(|(_, field)| field.variable.is_some())
            .any(|(number, field)| is_filled(number, field, sent, files))
    };
    (collect.length..).find(|&row| !has_something(row)).unwrap_or(collect.length)
}

/// Whether something stands in a control, one of its boxes is checked, or a file came with it.
fn is_filled(number: usize, field: &Field, sent: &Parameters, files: &Uploads) -> bool {
    let mut parts = 0..field.choices.as_ref().map_or(0, Vec::len);
    let control = name(number);
    sent.text(&control).is_some_and(|text| !text.trim().is_empty())
        || files.sent.iter().any(|sent| sent.variable == control && !sent.files.is_empty())
        || parts.any(|part| sent.get(&control::part(number, part)).is_some())
}

/// The value of a field.
struct Read {
    value: Plain,
    /// Keys of it that are set one by one.
    keys: Variables,
}

impl From<Plain> for Read {
    fn from(value: Plain) -> Read {
        Read { value, keys: Variables::new() }
    }
}

/// A field's value; nothing if it is to be left alone; what is wrong otherwise.
fn value(number: usize, field: &Field, sent: &Parameters, shown: bool) -> Result<Option<Read>, String> {
    let raw = sent.text(&name(number)).unwrap_or_default();
    let is_empty = raw.trim().is_empty();
    let control = Control::of(field);
    match control {
        Control::Note | Control::File { .. } => return Ok(None),
        Control::Hidden => return Ok(Some(field.default.clone().unwrap_or_else(|| Plain::from("")).into())),
        Control::Box { inverted } => {
            return Ok(Some(Plain::Bool(sent.get(&name(number)).is_some() != inverted).into()));
        }
        Control::Checkboxes => return choose::any(number, field, sent, shown).map(Some),
        _ => {}
    }
    if is_empty {
        if !shown {
            return Ok(None);
        }
        if field.required.unwrap_or(true) {
            return Err(check::message(field, "required"));
        }
    }
    let value = match control {
        Control::Truth { .. } if is_empty => Plain::Null,
        Control::Truth { .. } => truth(&raw).ok_or(CHOOSE)?,
        Control::Radio | Control::Dropdown if is_empty => Plain::from(""),
        Control::Radio | Control::Dropdown => choose::value(field, &raw).ok_or(CHOOSE)?,
        Control::Combobox => choose::value_or_text(field, &raw),
        Control::Integer => convert::integer(&raw).ok_or_else(|| check::not_whole(field, &raw))?,
        Control::Number | Control::Currency => convert::number(&raw).ok_or_else(|| check::message(field, "number"))?,
        Control::Date => convert::date(&raw).ok_or_else(|| check::message(field, "date"))?,
        Control::Line("password") => Plain::from(raw.as_str()),
        _ => Plain::from(convert::text(&raw)),
    };
    if !is_empty {
        check::limits(field, control, &value)?;
    }
    Ok(Some(value.into()))
}

#[cfg(test)]
mod tests;
