//! Blocks from YAML: names, kinds, variables, and what is refused.

use da_core::InterviewName;

use super::*;
use crate::source::{FileVersion, Reader, SourceFile, Sources};
use crate::yaml;

/// Packages without files.
struct Nothing;

impl Sources for Nothing {
    fn version(&self, _package: &str, _path: &str) -> Option<FileVersion> {
        None
    }

    fn read(&self, package: &str, path: &str) -> Result<SourceFile, crate::SourceError> {
        Err(crate::SourceError::of_file(crate::SourceErrorKind::Missing, package, path, "no such file"))
    }
}

/// The program of one file.
pub(crate) fn program_of(text: &str) -> Program {
    try_program(text).unwrap_or_else(|error| panic!("{error}"))
}

fn try_program(text: &str) -> Result<Program, crate::SourceError> {
    let name = InterviewName::parse("docassemble.x:data/questions/x.yml").unwrap();
    let mut program = Program::default();
    let mut reader = FileReader::new(&name);
    let sources: Arc<dyn Sources> = Arc::new(Nothing);
    let mut files = Reader::new(&sources);
    for document in yaml::parse(text).unwrap() {
        reader.document(&mut program, &document, &mut files)?;
    }
    Ok(program)
}

fn refusal(text: &str) -> String {
    let error = try_program(text).map(|_| ()).unwrap_err();
    format!("{}: {}", error.place.line.unwrap_or(0), error.message)
}

fn question(block: &Block) -> &Question {
    match &block.kind {
        BlockKind::Question(question) => question,
        other => panic!("not a question: {other:?}"),
    }
}

#[test]
fn blocks_are_numbered_after_the_blocks_inside_them() {
    let program = program_of(concat!(
        "metadata:\n  title: T\n---\nobjects:\n  - user: Individual\n---\n",
        "question: Colour?\nbuttons:\n  - Red:\n      question: Which red?\n      field: red\n      choices:\n        - Dark\n",
        "  - Blue:\n      code: colour = 'blue'\n  - Leave: exit\n    url: https://example.com\n  - Other: other\n",
        "mandatory: True\n---\nid: the end\nquestion: End\n",
    ));
    let names: Vec<_> = program.blocks.iter().map(|block| (block.name.as_str(), block.embedded)).collect();
    assert_eq!(
        names,
        [
            ("Question_0", false),
            ("Question_1", true),
            ("Question_2", true),
            ("Question_3", true),
            ("Question_4", false),
            ("ID the end", false)
        ]
    );
    assert_eq!(program.order, [BlockId(0), BlockId(4), BlockId(5)]);
    assert_eq!(program.metadata.title(), Some("T"));
    assert_eq!(program.blocks[4].fields_used.defined, ["red", "colour"]);
    assert!(matches!(&program.blocks[3].kind, BlockKind::Exit(exit) if exit.command == "exit" && exit.url.is_some()));
    let QuestionKind::MultipleChoice { choices, variable: None, .. } = &question(&program.blocks[4]).kind else {
        panic!("not a choice")
    };
    let targets = choices.items.iter().map(|item| match item {
        ChoiceItem::One(choice) => match &choice.target {
            ChoiceTarget::Block(id) => id.0.to_string(),
            ChoiceTarget::Value(Given::Text(text)) => text.literal().unwrap().to_owned(),
            ChoiceTarget::Value(other) => format!("{other:?}"),
        },
        ChoiceItem::FromCode(_) => "code".to_owned(),
    });
    assert_eq!(targets.collect::<Vec<_>>(), ["1", "2", "3", "other"]);
}

#[test]
fn a_block_can_define_what_its_directives_name_and_its_code_assigns() {
    for (text, expected) in [
        ("code: |\n  a = 1\n  b.c[\"d\"], e = f\n  define('g', 2)", "a b.c['d'] e g"),
        ("question: Q\nyesno: likes[\"x\"]", "likes['x']"),
        ("question: Q\nfield: seen", "seen"),
        ("question: Q\nfield: v\nchoices:\n  - A\n  - B: b", "v"),
        ("question: Q\nsignature: user.signature", "user.signature"),
        ("event: final\nquestion: Q", "final"),
        ("sets:\n  - a\n  - b\nquestion: Q", "a b"),
        ("objects:\n  user: Individual\n  lst: DAList.using(object_type=Individual)", "user lst"),
        ("template: t\ncontent: C", "t"),
        ("table: t\nrows: r\ncolumns:\n  - A: row_item", "t"),
        ("variable name: d\ndata:\n  - a", "d"),
        ("attachment:\n  name: N\n  variable name: doc\n  content: C", "doc"),
        ("question: Q\nfields:\n  - A: a\n  - no label: b\n  - label: C\n    field: c\n  - note: n", "a b c"),
        (
            "question: Q\nfields:\n  - A: a\n    datatype: checkboxes\n    choices:\n      - One\n      - Two: it's",
            "a a.gathered a['One'] a[\"it's\"]",
        ),
        ("question: Q\nfields:\n  - A: a\ncontinue button field: go\nvalidation code: |\n  z = a", "go a z"),
        ("scan for variables: False\nsets: s\ncode: a = 1", "s | a"),
        ("only sets: s\ncode: a = 1", "s | a"),
        ("event: e\ncode: a = 1", "e | a"),
    ] {
        let used = &program_of(text).blocks[0].fields_used;
        let touched = if used.touched.is_empty() { String::new() } else { format!(" | {}", used.touched.join(" ")) };
        assert_eq!(format!("{}{touched}", used.defined.join(" ")), expected, "{text}");
    }
}

#[test]
fn a_block_that_cannot_be_right_is_refused_with_its_line() {
    for (text, expected) in [
        ("question: Q\nyesno: a\nfields:\n  - A: b", "1: There can be only one of yesno, fields in a block."),
        ("code: a = 1\n---\nyesno: a", "3: A block with yesno must have a question."),
        ("question: Q\ncode: a = 1", "1: A block cannot have both a question and code."),
        ("event: e\nquestion: Q\nyesno: a", "3: The 'event' directive cannot be used with 'yesno'."),
        ("question: Q\nfields:\n  - A: b c", "3: Missing or invalid variable name b c."),
        ("question: Q\nfields:\n  - A: exit()", "3: Missing or invalid variable name exit()."),
        ("question: Q\nfields:\n  - datatype: text", "3: A field must have a label and a variable."),
        (
            "question: Q\nfields:\n  - A: a\n    datatype: checkboxes",
            "3: A multiple choice field must refer to a list of choices.",
        ),
        (
            "question: Q\nfields:\n  - A: a\n    datatype: object",
            "3: A multiple choice field must refer to a list of choices.",
        ),
        ("question: Q\nfields: x", "2: The fields must be written in the form of a list."),
        ("metadata:\n  title: T\nquestion: Q", "2: A metadata directive cannot be mixed with other directives."),
        ("subquestion: S", "1: No question type could be determined for this block (subquestion)."),
        ("question: |\n  A\n  ${ b", "3: this ${ is not closed: expected }"),
        ("template: t", "1: A template must have content or a content file."),
        (
            "template: t\ncontent file: a.md",
            "2: The content file docassemble.x:data/templates/a.md could not be found.",
        ),
    ] {
        assert_eq!(refusal(text), expected);
    }
    assert!(refusal("code: |\n  a = 1\n  b = = 2").starts_with("3: "));
    assert!(refusal("question: Q\nif: |\n  a b").starts_with("3: "));
}

#[test]
fn an_unknown_key_is_a_warning() {
    let program = program_of("question: Q\nyesnoo: a\n");
    let expected = Warning {
        file: "docassemble.x:data/questions/x.yml".to_owned(),
        line: 2,
        point: Some(crate::error::Point::of_file(1)),
        message: "The key 'yesnoo' is not one that a block can have. Did you mean 'yesno'?".to_owned(),
    };
    assert_eq!(program.warnings, [expected]);
}

#[test]
fn fields_keep_what_is_said_of_them() {
    let program = program_of(concat!(
        "question: Q\nfields:\n",
        "  - Fruit: fruit\n    datatype: radio\n    choices:\n      - Apple: a\n        default: True\n      - code: more()\n",
        "    required: False\n    help: Any\n    show if:\n      variable: likes\n      is: 1\n    grid: 6\n",
        "  - Name: name\n    js show if: val(\"fruit\") == 'a' && val('likes')\n    minlength: 3\n    default: ${ other }\n",
        "  - note: |\n      Well\n    hide if:\n      code: quiet\n  - code: extra_fields\n",
    ));
    let QuestionKind::Fields { items, .. } = &question(&program.blocks[0]).kind else { panic!("no fields") };
    let [FieldItem::Field(fruit), FieldItem::Field(name), FieldItem::Field(note), FieldItem::Code(_)] = &items[..]
    else {
        panic!("other fields: {items:?}")
    };
    assert!(matches!(fruit.required, Some(Condition::Fixed(false))));
    assert!(
        matches!(&fruit.show_if[0].test, ShowIfTest::Field { variable, value } if variable == "likes" && value.literal() == Some("1"))
    );
    assert!(
        matches!(&fruit.choices.as_ref().unwrap().items[..], [ChoiceItem::One(one), ChoiceItem::FromCode(_)] if one.default.is_some())
    );
    assert!(
        fruit.more.is_empty()
            && matches!(&fruit.grid.as_ref().unwrap().0[..], [(key, GridPart::Fixed(_))] if key == "width")
    );
    assert!(matches!(&name.show_if[0].test, ShowIfTest::Script { variables, .. } if variables == &["fruit", "likes"]));
    assert!(matches!(&name.default, Some(Given::Text(text)) if text.literal().is_none()));
    assert!(matches!(&note.kind, FieldKind::Note(text) if text.literal() == Some("Well\n")));
    assert!(!note.show_if[0].sign && matches!(note.show_if[0].test, ShowIfTest::Code(_)));
}

#[test]
fn modifiers_are_read_for_every_kind_of_block() {
    let program = program_of(concat!(
        "code: a = 1\nmandatory: b > 1\nif:\n  - c\n  - d\nneed:\n  - e\n  - post:\n      - f\n",
        "undefine: g\nreconsider:\n  - h\ngeneric object: Person\nprogress: 50\n---\nquestion: Q\nmandatory: True\ninitial: False\n",
    ));
    let first = &program.blocks[0].modifiers;
    assert!(matches!(&first.mandatory, Switch::If(code) if &*code.source == "b > 1"));
    assert_eq!(first.conditions.len(), 2);
    assert_eq!(
        first.need.iter().map(|need| (&*need.expression.source, need.post)).collect::<Vec<_>>(),
        [("e", false), ("f", true)]
    );
    assert_eq!(
        (first.undefine.as_slice(), first.generic_object.as_deref()),
        (["g".to_owned()].as_slice(), Some("Person"))
    );
    assert_eq!(first.reconsider, Reconsider::Variables(vec!["h".to_owned()]));
    let second = &program.blocks[1].modifiers;
    assert!(matches!((&second.mandatory, &second.initial), (Switch::On, Switch::Off)));
}

#[test]
fn a_requirement_is_read_for_what_is_wrong_with_it() {
    let program = program_of("require:\n  - a == 1\norelse:\n  question: Wrong\n---\nquestion: A\nyesno: b\n");
    let names: Vec<&str> = program.blocks.iter().map(|block| block.name.as_str()).collect();
    assert_eq!((names, program.order), (vec!["Question_0", "Question_1", "Question_2"], vec![BlockId(1), BlockId(2)]));
    assert_eq!(refusal("require: a\norelse:\n  question: A\n"), "1: A require section must be organized as a list.");
    assert_eq!(refusal("require:\n  - a\n"), "2: A require section must have an orelse part.");
    let message = "3: The orelse part of a require section must be organized as a dictionary.";
    assert_eq!(refusal("require:\n  - a\norelse: A\n"), message);
    let told = refusal("require:\n  - a ==\norelse:\n  question: A\n");
    assert!(told.starts_with("2: ") && told.ends_with(": a =="), "{told}");
}

#[test]
fn the_store_of_examples_is_a_file_of_a_package() {
    let store = |said: &str| program_of(&format!("machine learning storage: {said}\n")).parts.learning_store;
    for (said, meant) in [
        ("ml-a.json", "docassemble.x:data/sources/ml-a.json"),
        ("data/sources/ml-a.json", "docassemble.x:data/sources/ml-a.json"),
        ("docassemble.y:data/sources/ml-a.json", "docassemble.y:data/sources/ml-a.json"),
    ] {
        assert_eq!(store(said).as_deref(), Some(meant));
    }
    let wrong = "1: Invalid machine learning storage entry 'ml-a.yml'.  A machine learning storage entry must refer to a file ending in .json.";
    assert_eq!(refusal("machine learning storage: ml-a.yml\n"), wrong);
    assert_eq!(
        refusal("machine learning storage: y:a.json\n"),
        "1: Invalid machine learning storage entry 'y:a.json'."
    );
}

#[test]
fn what_a_page_may_set_is_a_list_of_names_or_an_expression() {
    let question = |said: &str| format!("question: A\nyesno: a\nallowed to set: {said}\n");
    let allowed = |said: &str| match program_of(&question(said)).blocks.remove(0).kind {
        BlockKind::Question(question) => question.going_on.allowed,
        other => panic!("{other:?}"),
    };
    assert!(allowed("[b, c.d]").is_none());
    assert_eq!(allowed("names()").map(|code| code.source.to_string()).as_deref(), Some("names()"));
    let message = "3: When 'allowed to set' is a list, it must be a list of text items.";
    assert_eq!(refusal(&question("[b, 1]")), message);
    assert_eq!(refusal(&question("{b: c}")), "3: When 'allowed to set' is not a list, it must be plain text.");
}
