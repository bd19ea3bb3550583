//! Small interviews, walked from their first screen to their last.

use crate::memory::{self, load};
use da_core::{Action, Answer, Answers, Command, Keeping, Outcome, Plain, Screen, Turn};
use da_interview::{AssembleError, AssembleErrorKind, Interview, Settings};
use std::sync::Arc;

/// A session of an interview.
struct Walk {
    interview: Arc<Interview>,
    answers: Option<Answers>,
    fuel: u64,
}

impl Walk {
    fn with_fuel(self, fuel: u64) -> Self {
        Walk { fuel, ..self }
    }

    fn of(text: &str) -> Self {
        Walk::with(text, &[])
    }

    /// With more files of its package.
    fn with(text: &str, files: &[(&str, &str)]) -> Self {
        let interview = memory::interview(text, files);
        Walk { interview, answers: None, fuel: Settings::default().fuel }
    }

    fn run(&mut self, command: Command) -> Result<Turn, AssembleError> {
        let settings = Settings { fuel: self.fuel, ..Settings::default() };
        let turn = memory::run(&self.interview, self.answers.as_ref(), command, &settings)?;
        self.answers = Some(turn.answers.clone());
        Ok(turn)
    }

    fn begin(&mut self) -> Outcome {
        self.run(Command::Begin { url_args: Vec::new() }).unwrap_or_else(|error| panic!("{error:?}")).outcome
    }

    fn show(&mut self) -> Outcome {
        self.run(Command::Show).unwrap_or_else(|error| panic!("{error:?}")).outcome
    }

    fn act(&mut self, action: &str, arguments: &[(&str, Plain)]) -> Outcome {
        let arguments = arguments.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let (name, arguments) = (action.to_owned(), Plain::Map(arguments));
        let command = Command::Action(Action { name, arguments, persistent: true, is_step: false });
        self.run(command).unwrap_or_else(|error| panic!("{error:?}")).outcome
    }

    fn answer(&mut self, variables: &[(&str, Plain)]) -> Outcome {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let command = Command::Answer(Answer { variables, ..Answer::default() });
        self.run(command).unwrap_or_else(|error| panic!("{error:?}")).outcome
    }
}

fn screen(outcome: Outcome) -> Screen {
    match outcome {
        Outcome::Screen(screen) => *screen,
        other => panic!("no screen: {other:?}"),
    }
}

fn undefined(outcome: Outcome) -> String {
    match outcome {
        Outcome::UndefinedVariable { variable, .. } => variable,
        other => panic!("nothing undefined: {other:?}"),
    }
}

#[test]
fn an_interview_without_questions_says_what_it_needs_and_then_answers() {
    let mut walk = Walk::of(
        "mandatory: True\ncode: |\n  json_response({'final': True, 'inhabitants': inhabitant_count})\n---\ncode: |\n  \
         if favorite_number == 42 and user_agrees_to_waive_penalties:\n    inhabitant_count = 2\n  else:\n    \
         inhabitant_count = 2000 + favorite_number * 45\n",
    );
    assert_eq!(undefined(walk.begin()), "favorite_number");
    assert_eq!(undefined(walk.answer(&[("favorite_number", 42.into())])), "user_agrees_to_waive_penalties");
    let Outcome::Response(response) = walk.answer(&[("user_agrees_to_waive_penalties", false.into())]) else {
        panic!("no response")
    };
    assert_eq!(response.content_type, "application/json");
    assert_eq!(String::from_utf8(response.body).unwrap(), "{\n  \"final\": true,\n  \"inhabitants\": 3890\n}\n");
}

#[test]
fn questions_are_asked_in_the_order_in_which_their_variables_are_needed() {
    let mut walk = Walk::of(
        "question: |\n  Hello, ${ name }!  You are ${ 'grown up' if of_age else 'young' }.\nmandatory: True\n---\n\
         question: What is your name?\nfields:\n  - Name: name\n---\nquestion: Are you of age?\nyesno: of_age\n",
    );
    let first = screen(walk.begin());
    assert_eq!(
        (first.question.as_str(), first.event_list.as_slice()),
        ("What is your name?", &["name".to_owned()][..])
    );
    assert_eq!(first.question_name, "Question_1");
    let second = screen(walk.answer(&[("name", "Ann".into())]));
    assert_eq!((second.question.as_str(), second.kind.as_str()), ("Are you of age?", "yesno"));
    assert!(second.can_go_back);
    let last = screen(walk.answer(&[("of_age", true.into())]));
    assert_eq!((last.question.as_str(), last.kind.as_str()), ("Hello, Ann!  You are grown up.", "deadend"));
    assert_eq!(last.frame.steps, 3);
    assert!(last.mandatory);
}

#[test]
fn an_attribute_of_an_object_is_asked_for_by_its_generic_question() {
    let mut walk = Walk::of(
        "objects:\n  - client: DAObject\n---\ngeneric object: DAObject\nquestion: |\n  How old is ${ x.object_name() }?\n\
         fields:\n  - Age: x.age\n    datatype: integer\n---\nmandatory: True\nquestion: ${ client.age + 1 }\n",
    );
    let first = screen(walk.begin());
    assert_eq!(first.question, "How old is client?");
    assert_eq!(first.fields[0].variable.as_deref(), Some("x.age"));
    let last = screen(walk.answer(&[("x.age", 41.into())]));
    assert_eq!(last.question, "42");
}

#[test]
fn the_items_of_a_list_are_asked_for_one_after_the_other() {
    let mut walk = Walk::of(
        "objects:\n  - fruit: DAList\n---\nquestion: Any fruit?\nyesno: fruit.there_are_any\n---\nquestion: Which?\nfields:\n  \
         - Fruit: fruit[i]\n---\nquestion: More than ${ fruit }?\nyesno: fruit.there_is_another\n---\nmandatory: True\n\
         question: ${ fruit.number_as_word() }\nsubquestion: ${ fruit }\n",
    );
    assert_eq!(screen(walk.begin()).question, "Any fruit?");
    assert_eq!(screen(walk.answer(&[("fruit.there_are_any", true.into())])).question, "Which?");
    assert_eq!(screen(walk.answer(&[("fruit[0]", "apple".into())])).question, "More than apple?");
    assert_eq!(screen(walk.answer(&[("fruit.there_is_another", true.into())])).question, "Which?");
    assert_eq!(screen(walk.answer(&[("fruit[1]", "pear".into())])).question, "More than apple and pear?");
    let last = screen(walk.answer(&[("fruit.there_is_another", false.into())]));
    assert_eq!((last.question.as_str(), last.subquestion.as_deref()), ("two", Some("apple and pear")));
}

#[test]
fn an_error_of_the_interview_names_its_place_and_changes_nothing() {
    let mut walk = Walk::of("mandatory: True\ncode: |\n  a = 1\n  b = a / 0\n");
    let error = walk.run(Command::Begin { url_args: Vec::new() }).unwrap_err();
    assert_eq!(error.message, "ZeroDivisionError: division by zero");
    assert!(matches!(error.kind, AssembleErrorKind::Python { .. }));
    let place = error.place.unwrap();
    assert_eq!((place.file.as_str(), place.block.as_deref()), ("data/questions/test.yml", Some("Question_0")));
}

#[test]
fn a_name_from_outside_is_never_run() {
    let mut walk = Walk::of("mandatory: True\nquestion: ${ a }\n");
    walk.begin();
    for name in ["exit()", "a + b", "a[-1]", "__import__('os')", "a\n"] {
        let answer = Answer { variables: vec![(name.to_owned(), 1.into())], ..Answer::default() };
        let error = walk.run(Command::Answer(answer)).unwrap_err();
        assert_eq!(error.kind, AssembleErrorKind::BadVariable, "{name}");
    }
}

#[test]
fn an_endless_loop_ends_at_a_limit() {
    let mut walk = Walk::of("mandatory: True\ncode: |\n  while True:\n    pass\n").with_fuel(20_000);
    let error = walk.run(Command::Begin { url_args: Vec::new() }).unwrap_err();
    assert_eq!((error.kind, error.message.as_str()), (AssembleErrorKind::Limit, "the interview's code ran too long"));
}

#[test]
fn modules_of_the_package_are_imported_with_what_they_import() {
    let mut walk = Walk::with(
        "modules:\n  - .tools\n---\nimports:\n  - docassemble.test.more\n---\nmandatory: True\nquestion: \
         ${ double(3) } ${ docassemble.test.more.ONE }\n",
        &[("tools.py", "from .more import ONE\n\ndef double(n):\n    return ONE * 2 * n\n"), ("more.py", "ONE = 1\n")],
    );
    assert_eq!(screen(walk.begin()).question, "6 1");
}

#[test]
fn a_module_that_fails_is_named_when_the_interview_is_read() {
    let text = "modules:\n  - .tools\n---\nmandatory: True\nquestion: Hello\n";
    let error = load(text, &[("tools.py", "import json\n\na = 1 / 0\n")]).map(|_| ()).unwrap_err();
    assert_eq!(
        error.message,
        "The module docassemble.test.tools, which the interview imports, failed: ZeroDivisionError: division by zero"
    );
    assert_eq!((error.place.file.as_str(), error.place.line), ("tools.py", Some(3)));
    let error = load(text, &[]).map(|_| ()).unwrap_err();
    assert_eq!(
        error.message,
        "The module docassemble.test.tools, which the interview imports, failed: ModuleNotFoundError: No module named \
         'docassemble.test'"
    );
}

#[test]
fn objects_are_chosen_by_their_names() {
    let mut walk = Walk::of(
        "objects:\n  - a: DAObject.using(title='First')\n  - b: DAObject.using(title='Second')\n---\nquestion: Which?\n\
         fields:\n  - One: chosen\n    datatype: object\n    default: b\n    choices:\n      - a\n      - b\n      - a\n    \
         object labeler: |\n      lambda y: y.title\n---\nmandatory: True\nquestion: ${ chosen }\n",
    );
    let field = screen(walk.begin()).fields.remove(0);
    let shown: Vec<_> = field.choices.unwrap().into_iter().map(|one| (one.label, one.value, one.selected)).collect();
    let value = |name: &str| da_core::ChoiceValue::Value(name.into());
    assert_eq!(
        shown,
        [("First".to_owned(), value("a"), None), ("Second".to_owned(), value("b"), Some(Plain::Bool(true)))]
    );
}

#[test]
fn a_template_may_stand_in_a_file_of_its_own() {
    let mut walk = Walk::with(
        "template: greeting\ncontent file: hello.md\n---\nmandatory: True\ncode: name = 'Ann'\n---\nmandatory: True\n\
         question: ${ greeting }\n",
        &[("data/templates/hello.md", "Hello, ${ name }!\n")],
    );
    assert_eq!(screen(walk.begin()).question, "Hello, Ann!");
}

#[test]
fn an_action_runs_its_event_once_and_the_interview_goes_on() {
    let mut walk = Walk::of(
        "mandatory: True\nquestion: ${ count }\n---\ncode: count = 0\n---\nevent: add\ncode: |\n  count = count + \
         action_argument('by')\n",
    );
    assert_eq!(screen(walk.begin()).question, "0");
    assert_eq!(screen(walk.act("add", &[("by", 3.into())])).question, "3");
    assert_eq!(screen(walk.show()).question, "3");
    assert_eq!(screen(walk.act("unknown", &[])).question, "3");
}

#[test]
fn an_action_that_names_a_variable_asks_for_it_again() {
    let mut walk =
        Walk::of("mandatory: True\nquestion: Hello, ${ name }\n---\nquestion: Name?\nfields:\n  - Name: name\n");
    assert_eq!(screen(walk.begin()).question, "Name?");
    assert_eq!(screen(walk.answer(&[("name", "Ann".into())])).question, "Hello, Ann");
    let asked = screen(walk.act("name", &[]));
    assert_eq!((asked.question.as_str(), asked.event_list.as_slice()), ("Name?", &["name".to_owned()][..]));
    assert_eq!(screen(walk.show()).question, "Name?");
    assert_eq!(screen(walk.answer(&[("name", "Bob".into())])).question, "Hello, Bob");
}

#[test]
fn docassembles_own_actions_set_forget_and_remove() {
    let mut walk = Walk::of(
        "objects:\n  - fruit: DAList.using(auto_gather=False, gathered=True)\n---\nmandatory: True\ncode: |\n  \
         fruit.append('apple', 'pear')\n---\nmandatory: True\nquestion: ${ color } ${ comma_and_list(fruit.elements) }\n---\n\
         code: color = 'red'\n",
    );
    assert_eq!(screen(walk.begin()).question, "red apple and pear");
    let pair = Plain::List(vec!["color".into(), "green".into()]);
    let set = walk.act("_da_set", &[("variables", Plain::List(vec![pair]))]);
    assert_eq!(screen(set).question, "green apple and pear");
    let forgotten = walk.act("_da_undefine", &[("variables", Plain::List(vec!["color".into()]))]);
    assert_eq!(screen(forgotten).question, "red apple and pear");
}

#[test]
fn what_nothing_defines_learns_from_its_use_what_it_must_be() {
    let mut walk = Walk::of(
        "features:\n  use catchall: True\n---\nmandatory: True\nquestion: ${ salary + 1 } for ${ name }\n---\n\
         generic object: DACatchAll\nquestion: What is ${ x.object_name() }, a ${ x.data_type_guess() }?\nfields:\n  - Value: x.value\n",
    );
    assert_eq!(screen(walk.begin()).question, "What is salary, a int?");
    assert_eq!(screen(walk.answer(&[("salary.value", 41.into())])).question, "What is name, a str?");
    assert_eq!(screen(walk.answer(&[("name.value", "Ann".into())])).question, "42 for Ann");
}

#[test]
fn a_button_of_a_message_leads_out() {
    let mut walk = Walk::of("mandatory: True\ncode: |\n  message('Too young', show_leave=True)\n");
    let message = screen(walk.begin());
    assert_eq!((message.question.as_str(), message.question_name.as_str()), ("Too young", "Question_Temp"));
    let labels: Vec<String> = message.fields[0].choices.iter().flatten().map(|choice| choice.label.clone()).collect();
    assert_eq!(labels, ["Exit", "Restart", "Leave"]);
    let left = screen(walk.answer(&[("_internal['answers']['Question_Temp']", 2.into())]));
    assert_eq!((left.kind.as_str(), left.question_name.as_str()), ("leave", "Question_2"));
}

#[test]
fn the_title_is_in_the_language_of_the_interview() {
    let mut walk = Walk::of(
        "metadata:\n  title:\n    en: Hello\n    es: Hola\n---\ninitial: True\ncode: set_language('es')\n---\nmandatory: True\n\
         question: ${ nice_number(3) }\n",
    );
    let asked = screen(walk.begin());
    assert_eq!((asked.frame.title.as_str(), asked.question.as_str()), ("Hola", "tres"));
}

#[test]
fn a_table_shows_the_rows_of_a_group() {
    let mut walk = Walk::of(
        "objects:\n  - fruit: DAList.using(elements=['apple', 'pear'], auto_gather=False, gathered=True)\n---\ntable: fruit_table\n\
         rows: fruit\ncolumns:\n  - Number: row_index + 1\n  - Fruit: row_item\n---\nmandatory: True\nquestion: Fruit\n\
         subquestion: |\n  ${ fruit_table }\n",
    );
    let shown = screen(walk.begin()).subquestion.unwrap();
    assert_eq!(shown, "\n|Number|Fruit|\n|------|-----|\n|1|apple|\n|2|pear|\n\n\n");
}

#[test]
fn the_cells_of_a_table_are_asked_for_and_its_rows_can_be_changed() {
    let mut walk = Walk::of(
        "objects:\n  - fruit: DAList.using(object_type=DAObject, there_are_any=True, there_is_another=False)\n---\n\
         question: Name?\nfields:\n  - Name: fruit[i].name\n---\ncode: |\n  fruit[i].complete = True\n---\ntable: fruit.table\n\
         rows: fruit\ncolumns:\n  - Name: row_item.name\nedit:\n  - name\n---\nmandatory: True\nquestion: ${ fruit.table }\n",
    );
    assert_eq!(screen(walk.begin()).question, "Name?");
    let shown = screen(walk.answer(&[("fruit[0].name", "apple".into())])).question;
    let (row, actions) = shown.trim().rsplit_once("|apple|").unwrap();
    assert!(row.starts_with("|Name|Actions|\n|"), "{shown}");
    let kinds = ["btn-secondary btn-darevisit", " Edit</span>", "btn-danger btn-darevisit", " Delete</span></a>|"];
    assert!(kinds.iter().all(|part| actions.contains(part)), "{shown}");
}

#[test]
fn fields_may_be_made_by_code() {
    let mut walk = Walk::of(
        "question: Q\nsets: a\nfields:\n  - First: first\n  - code: |\n      [{'label': 'A', 'field': 'a', 'datatype': 'integer'}, \
         {'B': 'b', 'required': False}]\n---\nmandatory: True\nquestion: ${ a } ${ b }\n",
    );
    let fields = screen(walk.begin()).fields;
    let told: Vec<_> =
        fields.iter().map(|field| (field.number.as_str(), field.variable.as_deref(), field.required)).collect();
    assert_eq!(
        told,
        [("0", Some("first"), Some(true)), ("1_0", Some("a"), Some(true)), ("1_1", Some("b"), Some(false))]
    );
    let error = Walk::of(
        "question: Q\nsets: a\nfields:\n  code: |\n    [{'A': 'a b'}]\n---\nmandatory: True\nquestion: ${ a }\n",
    )
    .run(Command::Begin { url_args: Vec::new() })
    .unwrap_err();
    assert_eq!(error.message, "A field that code made: Missing or invalid variable name a b.");
}

#[test]
fn data_becomes_objects_where_the_block_says_so() {
    let files = [(
        "data/sources/fruit.yml",
        "- object: Thing\n  item:\n    name: apple\n- object: Thing\n  item:\n    name: pear\n",
    )];
    let mut walk = Walk::with(
        "variable name: d\nuse objects: True\ndata:\n  1: one\n  two:\n    - a\n    - b\n---\nvariable name: o\nuse objects: \
         objects\ndata from code:\n  size: 4 * 2\n---\nobjects from file:\n  - fruit: fruit.yml\n---\nmandatory: True\nquestion: \
         ${ d[1] } ${ d['two'].comma_and_list() } ${ d['two'].instanceName } ${ o['size'] } ${ fruit[1].name } ${ fruit.number() }\n",
        &files,
    );
    assert_eq!(screen(walk.begin()).question, "one a and b d['two'] 8 pear 2");
}

#[test]
fn a_question_behind_a_choice_is_asked_in_place_of_the_outer_one() {
    let mut walk = Walk::of(
        "question: Which?\nbuttons:\n  - Red:\n      question: Dark?\n      yesno: dark\n  - Go on: continue\n---\nmandatory: True\n\
         question: ${ dark }\n",
    );
    assert_eq!(screen(walk.begin()).event_list, ["dark"]);
    let inner = screen(walk.answer(&[("_internal[\"answers\"]['Question_2']", 0.into())]));
    assert_eq!((inner.question.as_str(), inner.event_list.as_slice()), ("Dark?", &["dark".to_owned()][..]));
}

#[test]
fn definitions_stand_before_the_templates_that_use_them() {
    let mut walk = Walk::of(
        "def: greetings\nmako: |\n  <%def name=\"greet(who)\">Hello, ${ who }!</%def>\n---\nmandatory: True\nusedefs:\n  - greetings\n\
         question: ${ greet('Ann') }\n",
    );
    assert_eq!(screen(walk.begin()).question.trim(), "Hello, Ann!");
}

/// A question that undefines what it needs.
const NEEDS_WHAT_IT_UNDEFINES: &str = r"
mandatory: True
question: Done, ${ b }
---
question: What is B, now that A is ${ defined('a') }?
undefine: a
need: a
fields:
  - B: b
---
code: a = 1
";

#[test]
fn a_question_looks_for_what_it_needs_before_it_undefines() {
    let mut walk = Walk::of(NEEDS_WHAT_IT_UNDEFINES);
    assert_eq!(screen(walk.begin()).question, "What is B, now that A is False?");
}

#[test]
fn a_client_cannot_take_the_state_of_the_engine_away() {
    let mut walk = Walk::of("mandatory: True\nquestion: Q\nfields:\n  - B: b\n");
    walk.begin();
    let taken = Answer { variables: vec![("_internal".to_owned(), Plain::Int(5))], ..Answer::default() };
    let deleted = Answer { delete_variables: vec!["_internal".to_owned()], ..Answer::default() };
    let refusals = [
        (taken, AssembleErrorKind::BadVariable, "_internal cannot be replaced or deleted"),
        (deleted, AssembleErrorKind::BadDeletion, "_internal cannot be replaced or deleted"),
    ];
    for (answer, kind, message) in refusals {
        let error = walk.run(Command::Answer(answer)).unwrap_err();
        assert_eq!((error.kind, error.message.as_str()), (kind, message));
    }
}

#[test]
fn a_count_of_steps_beyond_all_bounds_does_no_harm() {
    let mut walk = Walk::of("mandatory: True\nquestion: Q\nfields:\n  - B: b\n");
    walk.begin();
    let outcome = walk.answer(&[("_internal['steps_offset']", Plain::Int(i64::MIN))]);
    assert!(screen(outcome).can_go_back);
}

#[test]
fn a_whole_number_of_a_million_digits_is_refused_before_it_is_read() {
    let mut walk = Walk::of("mandatory: True\nquestion: Q\nfields:\n  - B: b\n");
    walk.begin();
    let number = Plain::BigInt("7".repeat(1_000_000));
    let answer = Answer { variables: vec![("b".to_owned(), number)], ..Answer::default() };
    let error = walk.run(Command::Answer(answer)).unwrap_err();
    assert_eq!(error.message, "ValueError: Exceeds the limit (4300 digits) for a whole number");
}

#[test]
fn a_text_in_many_places_is_saved_once_and_leaves_the_server_as_often_as_it_stands() {
    let mut walk = Walk::of(
        "mandatory: True\ncode: |\n  a = 'x' * 1000000\n  v = [a] * 20000\n---\nmandatory: True\nquestion: Q\n",
    );
    walk.begin();
    assert!(walk.answers.as_ref().unwrap().0.len() < 1_200_000);
    let error = walk.run(Command::Variables).unwrap_err();
    assert_eq!(error.kind, AssembleErrorKind::Limit);
}

#[test]
fn messages_of_the_log_are_output_like_any_other() {
    let mut walk = Walk::of("mandatory: True\ncode: |\n  for n in range(100):\n    log('x' * 1000000, 'info')\n");
    let error = walk.run(Command::Begin { url_args: Vec::new() }).unwrap_err();
    assert_eq!(error.kind, AssembleErrorKind::Limit);
}

#[test]
fn an_interview_chooses_what_is_kept_of_an_evaluation() {
    for (status, keeping) in [("new", Keeping::Usual), ("overwrite", Keeping::Overwrite), ("ignore", Keeping::Ignore)] {
        let text = format!("initial: True\ncode: set_save_status('{status}')\n---\nmandatory: True\nquestion: Q\n");
        let mut walk = Walk::of(&text);
        let turn = walk.run(Command::Begin { url_args: Vec::new() }).unwrap();
        assert_eq!((turn.keeping, turn.changed), (keeping, keeping != Keeping::Ignore));
    }
}
