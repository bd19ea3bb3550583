//! Forms against screens made by hand.

use da_core::{
    Choice, ChoiceValue, Field, FileNumber, ListCollect, Plain, Screen, ScreenKind, SentFile, ShowIf, Variety,
};
use da_http::Parameters;

use super::*;

fn field(variable: &str, datatype: &str) -> Field {
    Field {
        variable: Some(variable.to_owned()),
        datatype: Some(datatype.to_owned()),
        active: true,
        required: Some(true),
        ..Field::default()
    }
}

fn screen(fields: Vec<Field>) -> Screen {
    Screen { kind: ScreenKind::Fields, question_name: "Question_1".to_owned(), fields, ..Screen::default() }
}

fn sent(form: &str) -> Parameters {
    Parameters::from_query(form)
}

fn variables(screen: &Screen, form: &str) -> Vec<(String, Plain)> {
    read(screen, &sent(form), Vec::new()).unwrap().variables
}

fn problems(screen: &Screen, form: &str) -> Vec<(Option<usize>, String)> {
    read(screen, &sent(form), Vec::new())
        .unwrap_err()
        .into_iter()
        .map(|problem| (problem.field, problem.text))
        .collect()
}

fn named(name: &str, value: impl Into<Plain>) -> (String, Plain) {
    (name.to_owned(), value.into())
}

fn choices(labels: &[&str]) -> Option<Vec<Choice>> {
    let choice = |label: &&str| Choice {
        label: (*label).to_owned(),
        value: ChoiceValue::Value((*label).into()),
        ..Choice::default()
    };
    Some(labels.iter().map(choice).collect())
}

#[test]
fn values_have_the_type_of_their_field() {
    let optional = Field { required: Some(false), ..field("day", "date") };
    let check = Field { input_type: Some("yesno".to_owned()), sign: Some(1), ..field("likes", "boolean") };
    let inverted = Field { sign: Some(-1), ..check.clone() };
    let screen = screen(vec![
        field("name", "text"),
        field("pets", "integer"),
        field("price", "currency"),
        optional,
        check,
        Field { variable: Some("hates".to_owned()), ..inverted },
        Field { choices: choices(&["Red", "Blue"]), ..field("color", "text") },
    ]);
    let expected = vec![
        named("name", "Ann & Bob"),
        named("pets", 1200),
        named("price", 9.5),
        named("day", ""),
        named("likes", true),
        named("hates", true),
        named("color", "Blue"),
    ];
    assert_eq!(variables(&screen, "f0=Ann+%26+%3Cb%3EBob&f1=1,200&f2=9.50&f3=&f4=1&f6=1"), expected);
}

#[test]
fn what_is_wrong_is_said_beside_its_field_in_the_fields_own_words() {
    let own = vec![("required".to_owned(), "Who are you?".to_owned())];
    let screen = screen(vec![
        Field { validation_messages: own, ..field("name", "text") },
        Field { min: Some("1".into()), max: Some("5".into()), ..field("pets", "integer") },
        field("mail", "email"),
        Field { choices: choices(&["Red"]), ..field("color", "text") },
        Field { min_length: Some("3".into()), ..field("word", "text") },
    ]);
    let expected = [
        (Some(0), "Who are you?"),
        (Some(1), "You need to enter a number that is at most 5."),
        (Some(2), "You need to enter a complete e-mail address."),
        (Some(3), "Choose one of the answers."),
        (Some(4), "You must type at least 3 characters."),
    ]
    .map(|(field, text)| (field, text.to_owned()));
    assert_eq!(problems(&screen, "f0=+&f1=6&f2=me&f3=7&f4=ab"), expected);
    let whole = problems(&screen, "f0=a&f1=1.5&f2=a@example.com&f3=0&f4=abc");
    assert_eq!(whole, [(Some(1), "Please enter a whole number.".to_owned())]);
}

fn fruit() -> Field {
    let own = |label: &str| Choice {
        label: label.to_owned(),
        value: ChoiceValue::Own { variable: format!("fruit['{label}']"), value: true.into() },
        ..Choice::default()
    };
    let none = Choice { label: "None of the above".to_owned(), ..Choice::default() };
    Field {
        choices: Some(vec![own("Apple"), own("Pear"), none]),
        none_of_the_above: Some(true.into()),
        ..field("fruit", "checkboxes")
    }
}

#[test]
fn checkboxes_become_a_dictionary_of_every_choice() {
    let screen = screen(vec![fruit()]);
    let dictionary = |apple: bool, pear: bool| {
        Plain::Map(vec![
            named("_class", "docassemble.base.util.DADict"),
            named("instanceName", "fruit"),
            named("elements", Plain::Map(vec![named("Apple", apple), named("Pear", pear)])),
            named("auto_gather", false),
            named("gathered", true),
        ])
    };
    assert_eq!(variables(&screen, "f0_1=1"), [named("fruit", dictionary(false, true))]);
    assert_eq!(variables(&screen, "f0_2=1"), [named("fruit", dictionary(false, false))]);
    assert_eq!(problems(&screen, ""), [(Some(0), "Check at least one option, or the last one.".to_owned())]);
}

#[test]
fn a_field_that_its_condition_hides_is_left_alone() {
    let condition = ShowIf::Value { variable: "married".to_owned(), value: "True".into(), sign: true };
    let married = Field { input_type: Some("yesnoradio".to_owned()), sign: Some(1), ..field("married", "boolean") };
    let screen = screen(vec![married, Field { show_if: Some(condition), ..field("spouse", "text") }]);
    assert_eq!(variables(&screen, "f0=False&f1=Eve"), [named("married", false)]);
    assert_eq!(problems(&screen, "f0=True&f1="), [(Some(1), "You need to fill this in.".to_owned())]);
    assert_eq!(variables(&screen, "f0=True&f1=Eve"), [named("married", true), named("spouse", "Eve")]);
}

#[test]
fn a_button_says_the_number_of_a_choice_and_never_a_name() {
    let choice = Field { choices: choices(&["Apple", "Pear"]), ..field("fruit", "text") };
    let asks = Screen {
        kind: ScreenKind::MultipleChoice,
        variety: Some(Variety::Buttons),
        mandatory: true,
        event_list: vec!["e".to_owned()],
        ..screen(vec![choice])
    };
    let answer = read(&asks, &sent("answer=1&fruit=x"), Vec::new()).unwrap();
    assert_eq!(answer.variables, [named("fruit", "Pear")]);
    assert_eq!((answer.question_name.as_deref(), answer.event_list), (Some("Question_1"), vec!["e".to_owned()]));
    assert_eq!(problems(&asks, "answer=2"), [(Some(0), "Choose one of the answers.".to_owned())]);
    let yes = Screen { kind: ScreenKind::YesNo, ..screen(vec![field("ok", "boolean")]) };
    assert_eq!(variables(&yes, "answer=False"), [named("ok", false)]);
    assert_eq!(read(&yes, &sent("answer=False"), Vec::new()).unwrap().question_name, Some("Question_1".to_owned()));
    assert_eq!(problems(&yes, "answer=None()"), [(None, "Choose one of the answers.".to_owned())]);
    let set = Screen { kind: ScreenKind::SetTrue, ..screen(vec![field("seen", "boolean")]) };
    assert_eq!(variables(&set, ""), [named("seen", true)]);
}

fn files(control: &str, numbers: &[i64]) -> SentFiles {
    let file = |number: &i64| SentFile { number: FileNumber(*number), name: format!("{number}.txt") };
    SentFiles { variable: control.to_owned(), files: numbers.iter().map(file).collect() }
}

#[test]
fn files_go_to_the_fields_that_they_were_chosen_in_and_one_file_is_one() {
    let screen = screen(vec![field("one", "file"), field("many", "files")]);
    let chosen = vec![files("f0", &[1, 2]), files("f1", &[3, 4]), files("f7", &[5])];
    let answer = read(&screen, &sent(""), chosen).unwrap();
    assert_eq!(answer.files, [files("one", &[1]), files("many", &[3, 4])]);
    assert_eq!(answer.variables, []);
}

#[test]
fn a_file_that_is_missing_is_asked_for_unless_it_need_not_be_there() {
    let optional = Field { required: Some(false), ..field("other", "camera") };
    let screen = screen(vec![field("one", "file"), optional]);
    assert_eq!(problems(&screen, ""), [(Some(0), "You need to choose a file.".to_owned())]);
    let answer = read(&screen, &sent(""), vec![files("f0", &[1])]).unwrap();
    assert_eq!(answer.variables, [named("other", Plain::Null)]);
}

#[test]
fn a_file_that_came_fills_its_field() {
    let chooses = Field { more: vec![("disable_others".to_owned(), Plain::Bool(true))], ..field("chosen", "text") };
    let others = screen(vec![chooses, field("proof", "file"), field("reason", "text")]);
    let answer = read(&others, &sent("f0=first"), vec![files("f1", &[1])]).unwrap();
    assert_eq!((answer.variables, answer.files), (vec![named("chosen", "first")], vec![files("proof", &[1])]));
    let row = |row: usize| Field { row: Some(row), ..field(&format!("papers[{row}].file"), "file") };
    let collect = ListCollect { list: "papers".to_owned(), is_final: true, ..ListCollect::default() };
    let rows = Screen { list_collect: Some(collect), ..screen(vec![row(0), row(1), row(2)]) };
    let answer = read(&rows, &sent(""), vec![files("f0", &[1]), files("f1", &[2])]).unwrap();
    assert_eq!(answer.files, [files("papers[0].file", &[1]), files("papers[1].file", &[2])]);
    assert_eq!(answer.variables, [named("papers.there_is_another", false)]);
}
