//! Through forms in a browser, as a person would: what is filled in goes into the controls that the page offers.

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use da_app::case::{Case, Deed, Stage};
use da_app::view;
use da_core::{Field, Outcome, Plain, Screen, ScreenKind, Variety};
use da_interview::fill::{self, Filled, Named};
use serde_json::json;

use super::json::encoded;
use super::{Memory, repeats, same, sight, wrong};
use crate::browser::Seen;
use crate::page::{Control, Page};
use crate::{Browser, TestApp};

/// Walks, up to a step that no form can do and to the end of the session.
pub(super) async fn walk(mut app: TestApp, stages: &[Stage], memory: Memory) -> Result<(), String> {
    let mut browser = Browser::default();
    let mut page: Option<Seen> = None;
    let address = format!("/interview?i={}", Case::INTERVIEW);
    for stage in stages {
        let seen = match &stage.deed {
            Deed::Begin(arguments) => {
                let more: String =
                    arguments.iter().map(|(name, value)| format!("&{name}={}", encoded(value))).collect();
                browser.get(&app, &format!("{address}{more}")).await
            }
            Deed::Show => browser.get(&app, &address).await,
            Deed::Variables => continue,
            Deed::Act(action) => {
                let asked = json!({"action": action.name, "arguments": view::to_json(&action.arguments)});
                let link = format!("{address}&action={}", encoded(&BASE64.encode(asked.to_string())));
                let seen = browser.get(&app, &link).await;
                if leads_away(stage) { seen } else { browser.led(&app, seen).await }
            }
            // No form sets what no screen asks for.
            Deed::Answer(_, None) => return Ok(()),
            Deed::Answer(_, Some((screen, filled))) | Deed::Refused(screen, filled, _) => {
                let before = with_form(&mut browser, &app, page.take(), (&address, "answer")).await;
                let values = values(&before.page, screen, filled).map_err(|error| wrong(stage, &error))?;
                let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (&**name, &**value)).collect();
                browser.submit(&app, &before, &address, &values).await
            }
            Deed::Back => {
                let before = with_form(&mut browser, &app, page.take(), (&address, "back")).await;
                if stage.outcome.is_err() && before.page.named("do").all(|control| control.value != "back") {
                    page = Some(before);
                    continue;
                }
                browser.submit(&app, &before, &address, &[("do", "back")]).await
            }
        };
        compare(stage, &seen).map_err(|error| wrong(stage, &error))?;
        if is_over(stage) {
            return Ok(());
        }
        page = Some(seen);
        if memory == Memory::Encoded && repeats(stage) {
            let again = browser.get(&app, &address).await;
            compare(stage, &again).map_err(|error| wrong(stage, &format!("loaded again: {error}")))?;
            page = Some(again);
        }
        if memory == Memory::Stored {
            app.restart();
        }
    }
    Ok(())
}

/// The page, if it has a form that does what is wanted; else it is loaded again.
async fn with_form(browser: &mut Browser, app: &TestApp, page: Option<Seen>, (address, does): (&str, &str)) -> Seen {
    match page {
        Some(page) if page.page.named("do").any(|control| control.value == does) => page,
        _ => browser.get(app, address).await,
    }
}

/// A screen after which the pages of this session are over.
fn is_over(stage: &Stage) -> bool {
    use ScreenKind::{Exit, ExitLogout, Leave, Logout, NewSession, Restart};
    // After an action the page from which it was asked for is still there.
    let is_link = matches!(stage.deed, Deed::Act(_));
    match &stage.outcome {
        Ok(Outcome::Screen(screen)) => {
            let ends = matches!(screen.kind, Exit | ExitLogout | Leave | Logout | NewSession | Restart);
            ends || leads_away(stage) && !is_link
        }
        // What the interview makes itself has no form of ours.
        Ok(Outcome::Response(_)) => !is_link,
        _ => false,
    }
}

/// A screen that sends the browser to an address of the interview's choice.
fn leads_away(stage: &Stage) -> bool {
    matches!(&stage.outcome, Ok(Outcome::Screen(screen)) if screen.kind == ScreenKind::Redirect)
}

fn compare(stage: &Stage, seen: &Seen) -> Result<(), String> {
    let status = |wanted: u16| match seen.status() == wanted {
        true => Ok(()),
        false => Err(format!("answered with {} instead of {wanted}: {}", seen.status(), seen.page.words)),
    };
    match (&stage.deed, &stage.outcome) {
        (Deed::Refused(screen, _, said), _) => {
            status(422)?;
            sight_of_errors(&seen.page, screen, said)
        }
        (_, Ok(Outcome::Screen(_))) if leads_away(stage) => status(303),
        (_, Ok(Outcome::Screen(_))) if is_over(stage) => status(200),
        (_, Ok(Outcome::Screen(screen))) => {
            status(200)?;
            sight::compare(&seen.page.words, screen)?;
            defaults(&seen.page, screen)
        }
        (_, Ok(Outcome::UndefinedVariable { variable, .. })) => {
            status(501)?;
            says(seen, &format!("It needs the variable {variable} "))
        }
        (_, Ok(Outcome::Response(response))) => {
            status(response.status)?;
            same::text(stage, &same::body(stage), seen.body())
        }
        (_, Ok(_)) => Ok(()),
        (_, Err(failure)) => says(seen, &failure.message.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

fn says(seen: &Seen, words: &str) -> Result<(), String> {
    let found = seen.page.words.contains(words);
    if found { Ok(()) } else { Err(format!("{words:?} is not in {} {}", seen.status(), seen.page.words)) }
}

/// What is said to be wrong, field by field.
fn sight_of_errors(page: &Page, screen: &Screen, said: &[(String, String)]) -> Result<(), String> {
    let name = |id: &str| {
        let number = id.strip_prefix('f').and_then(|id| id.strip_suffix("_error")).and_then(|id| id.parse().ok());
        let field = number.and_then(|number: usize| screen.fields.get(number));
        field.and_then(|field| field.variable.clone()).unwrap_or_default()
    };
    let mut found: Vec<(String, String)> = page.errors.iter().map(|(id, words)| (name(id), words.clone())).collect();
    // What is wrong with the whole stands above the form.
    let (of_all, mut expected): (Vec<_>, Vec<_>) = said.iter().cloned().partition(|(name, _)| name.is_empty());
    if let Some((_, lacking)) = of_all.iter().find(|(_, text)| !page.words.contains(text)) {
        return Err(format!("{lacking:?} is not in {}", page.words));
    }
    found.sort();
    expected.sort();
    if found == expected { Ok(()) } else { Err(format!("it says {found:?} instead of {expected:?}")) }
}

/// What stands in the controls of one line.
fn defaults(page: &Page, screen: &Screen) -> Result<(), String> {
    for (number, field) in screen.fields.iter().enumerate().filter(|(_, field)| field.choices.is_none()) {
        let name = format!("f{number}");
        let Some(control) = page.named(&name).find(|control| control.kind == "text") else { continue };
        let expected = field.default.as_ref().map(Plain::form_text).unwrap_or_default();
        if control.value != expected {
            return Err(format!("{:?} stands in the control of {:?}, not {expected:?}", control.value, field.variable));
        }
    }
    Ok(())
}

type Values = Vec<(String, String)>;

/// What the form of a page sends when it is filled in.
fn values(page: &Page, screen: &Screen, filled: &Filled) -> Result<Values, String> {
    match (screen.kind, filled) {
        (ScreenKind::Fields, Filled::Fields(given)) => Ok(fields(page, screen, given)),
        (ScreenKind::MultipleChoice, filled) => {
            let wanted = match filled {
                Filled::Choice(label) => Some(Plain::from(label.as_str())),
                Filled::Fields(given) => given.first().map(|(_, value)| value.clone()),
            };
            let field = screen.fields.first().ok_or("the screen has no field")?;
            let name = if screen.variety == Some(Variety::Buttons) { "answer" } else { "f0" };
            let value = wanted.map(|wanted| choice(field, &wanted, screen.variety == Some(Variety::Combobox)));
            value.map_or(Ok(Vec::new()), |value| offered(page, name, value))
        }
        (ScreenKind::SetTrue, _) => Ok(Vec::new()),
        (_, Filled::Fields(given)) => match given.first() {
            Some((_, value)) => offered(page, "answer", value.form_text()),
            None => Ok(Vec::new()),
        },
        (_, Filled::Choice(label)) => Err(format!("there is no choice {label:?}")),
    }
}

/// A button or a choice must be there to be taken.
fn offered(page: &Page, name: &str, value: String) -> Result<Values, String> {
    let is_there = page.named(name).any(|control| control.value == value || control.kind == "text");
    if is_there { Ok(vec![(name.to_owned(), value)]) } else { Err(format!("the page offers no {name} {value:?}")) }
}

/// A choice goes by its number; what is no choice goes as it is, to be refused.
fn choice(field: &Field, wanted: &Plain, takes_text: bool) -> String {
    match fill::position(field, wanted).filter(|_| !takes_text) {
        Some(at) => at.to_string(),
        None => wanted.form_text(),
    }
}

fn fields(page: &Page, screen: &Screen, given: &Named) -> Values {
    let mut sent = Values::new();
    for (number, field) in screen.fields.iter().enumerate() {
        let given = given.iter().find(|(name, _)| Some(name) == field.variable.as_ref()).map(|(_, value)| value);
        let name = format!("f{number}");
        let boxes: Vec<&Control> =
            page.controls.iter().filter(|one| one.name.starts_with(&format!("{name}_"))).collect();
        if boxes.is_empty() {
            sent.extend(control(page, &name, field, given));
        } else {
            sent.extend(checked(&boxes, &name, field, given));
        }
    }
    sent
}

/// A control as it is, or with what is filled in.
fn control(page: &Page, name: &str, field: &Field, given: Option<&Plain>) -> Option<(String, String)> {
    let first = page.named(name).next()?;
    let value = match (first.kind.as_str(), first.element.as_str(), given) {
        ("checkbox", _, Some(given)) => {
            let is_checked = (given == &Plain::Bool(true)) != (field.sign == Some(-1));
            return is_checked.then(|| (name.to_owned(), first.value.clone()));
        }
        ("checkbox", _, None) => return first.chosen.then(|| (name.to_owned(), first.value.clone())),
        ("radio", _, Some(given)) | (_, "select", Some(given)) if field.choices.is_some() => {
            choice(field, given, false)
        }
        (_, _, Some(given)) => given.form_text(),
        ("radio", _, None) | (_, "select", None) => page.named(name).find(|one| one.chosen)?.value.clone(),
        _ => first.value.clone(),
    };
    Some((name.to_owned(), value))
}

/// The boxes of a group that are checked.
fn checked(boxes: &[&Control], name: &str, field: &Field, given: Option<&Plain>) -> Values {
    let is_wanted = |at: usize, one: &Control| match given {
        Some(Plain::List(wanted)) => wanted.iter().any(|wanted| {
            let choice = field.choices.as_ref().and_then(|choices| choices.get(at));
            choice.is_some_and(|choice| label_or_key(field, choice).contains(&wanted.form_text()))
        }),
        _ => one.chosen,
    };
    let number = |one: &Control| one.name[name.len() + 1..].parse().unwrap_or(usize::MAX);
    let wanted = boxes.iter().filter(|one| is_wanted(number(one), one));
    wanted.map(|one| (one.name.clone(), one.value.clone())).collect()
}

fn label_or_key(field: &Field, choice: &da_core::Choice) -> Vec<String> {
    let owner = field.variable.as_deref().unwrap_or_default();
    let mut names = vec![choice.label.clone()];
    if let da_core::ChoiceValue::Own { variable, .. } = &choice.value {
        names.extend(fill::key(variable, owner));
    }
    names
}
