//! Tables and properties of the YAML reader.

use proptest::prelude::*;

use super::*;

fn scalar(text: &str) -> Scalar {
    let document = parse(&format!("a: {text}\n")).unwrap().remove(0);
    document.root.get("a").unwrap().as_scalar().unwrap().clone()
}

fn text(value: &str) -> Scalar {
    Scalar::Text(value.to_owned())
}

#[test]
fn scalars_are_those_of_yaml_1_2_as_ruamel_reads_them() {
    for word in ["yes", "no", "on", "off", "y", "n", "Yes", "1:30", "0o", "+", ".", "1.2.3", "e3", "0x", "--1", "1-"] {
        assert_eq!(scalar(word), text(word), "{word}");
    }
    for (word, value) in [("true", true), ("True", true), ("TRUE", true), ("false", false), ("FALSE", false)] {
        assert_eq!(scalar(word), Scalar::Bool(value));
    }
    for (word, value) in [
        ("012", 12),
        ("0o12", 10),
        ("0x1F", 31),
        ("0b101", 5),
        ("1_000", 1000),
        ("1_", 1),
        ("-7", -7),
        ("+7", 7),
        ("0", 0),
    ] {
        assert_eq!(scalar(word), Scalar::Int(value), "{word}");
    }
    for (word, value) in
        [("1e3", 1000.0), ("1.5", 1.5), ("1.", 1.0), (".5", 0.5), ("-1.5e-3", -0.0015), ("1_0.5", 10.5)]
    {
        assert_eq!(scalar(word), Scalar::Float(value), "{word}");
    }
    for word in ["", "~", "null", "Null", "NULL"] {
        assert_eq!(scalar(word), Scalar::Null, "{word}");
    }
    assert_eq!(scalar("9223372036854775808"), Scalar::BigInt("9223372036854775808".to_owned()));
    assert_eq!(
        scalar("0x100000000000000000000000000000000"),
        Scalar::BigInt("340282366920938463463374607431768211456".to_owned())
    );
}

#[test]
fn dates_are_dates_and_what_only_looks_like_one_is_text() {
    assert_eq!(scalar("2024-01-31"), Scalar::Date("2024-01-31".to_owned()));
    assert_eq!(scalar("2024-01-31 12:30:00"), Scalar::Timestamp("2024-01-31 12:30:00".to_owned()));
    assert_eq!(scalar("2024-01-31T12:30:00.5+02:00"), Scalar::Timestamp("2024-01-31 10:30:00.500000".to_owned()));
    assert_eq!(scalar("2024-1-3"), text("2024-1-3"));
    assert_eq!(scalar("2024-02-31"), text("2024-02-31"));
    assert_eq!(scalar("'2024-01-31'"), text("2024-01-31"));
}

#[test]
fn quoted_scalars_and_tags_decide_the_type() {
    assert_eq!(scalar("'1'"), text("1"));
    assert_eq!(scalar("!!str 1"), text("1"));
    assert_eq!(scalar("!!int '1'"), Scalar::Int(1));
    assert_eq!(scalar("!!float 1"), Scalar::Float(1.0));
    let error = parse("a: !!python/object:os.system x\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1: could not determine a constructor for the tag 'tag:yaml.org,2002:!python/object:os.system'"
    );
    assert_eq!(parse("\n\na: !x b\n").unwrap_err().line, 3);
}

#[test]
fn a_file_is_cut_at_its_separator_lines_and_every_node_knows_its_line() {
    let documents =
        parse("---\nquestion: |\n  Hello\n  there\n---  \n# nothing\n---\n\nfields:\n\t- A: b\n...\n").unwrap();
    assert_eq!(documents.len(), 2);
    let question = documents[0].root.get("question").unwrap();
    assert_eq!((question.as_text(), question.line), (Some("Hello\nthere\n"), 3));
    let fields = documents[1].root.get("fields").unwrap().as_list().unwrap();
    let late = parse("a:\n  b: |\n\n\n    c\n").unwrap().remove(0);
    let b = late.root.get("a").unwrap().get("b").unwrap();
    assert_eq!((b.as_text(), b.line), (Some("\n\nc\n"), 3));
    assert_eq!((fields[0].line, fields[0].get("A").unwrap().as_text()), (10, Some("b")));
}

#[test]
fn an_error_says_its_line_in_the_file() {
    assert_eq!(parse("a: 1\n---\nb: 1\nb: 2\n").unwrap_err().to_string(), "line 4: found duplicate key \"b\"");
    assert_eq!(
        parse("a: 1\n---\n- b\n").unwrap_err().to_string(),
        "line 3: A block must be in the form of a dictionary."
    );
    assert_eq!(parse("a: 1\n---\nb: [\n").unwrap_err().line, 4);
    assert_eq!(parse("a: \0\n").unwrap_err().to_string(), "line 1: special characters are not allowed");
}

#[test]
fn merge_keys_and_aliases_are_expanded() {
    let document = parse("base: &b\n  x: 1\n  y: 2\nmore:\n  <<: *b\n  y: 3\n").unwrap().remove(0);
    let more = document.root.get("more").unwrap().to_plain();
    assert_eq!(more, Plain::Map(vec![("y".to_owned(), Plain::Int(3)), ("x".to_owned(), Plain::Int(1))]));
}

#[test]
fn an_ordered_mapping_may_be_written_as_a_list() {
    let written = parse("a: !!omap\n  - x: 1\n  - y: 2\n").unwrap();
    let entries = written[0].root.get("a").unwrap().as_map().unwrap();
    let keys: Vec<String> = entries.iter().map(|entry| entry.key.key_text()).collect();
    assert_eq!(keys, ["x", "y"]);
    let twice = parse("a: !!omap\n  - x: 1\n  - x: 2\n").unwrap_err();
    assert_eq!(twice.message, "found duplicate key \"x\"");
    assert!(parse("a: !!omap\n  - 1\n").is_err());
}

#[test]
fn a_small_text_cannot_become_a_large_tree() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let item = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![item; 10].join(", ")));
    }
    assert_eq!(parse(&bomb).unwrap_err().message, "the document is too large once its aliases are expanded");
    assert!(parse("a: &a [*a]\n").is_err());
    let deep = format!("a: {}", "[".repeat(5000));
    assert!(parse(&deep).is_err());
    let deep: String = (0..3000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert_eq!(parse(&deep).unwrap_err().message, "lists and dictionaries are nested too deeply");
}

#[test]
fn a_configuration_comes_with_the_lines_of_its_keys() {
    let (plain, lines) = parse_plain("---\n# comment\ndb:\n  name: x\nlist:\n  - a: 1\n").unwrap();
    assert_eq!(plain.get("db").unwrap().get("name").unwrap().as_text(), Some("x"));
    let lines: Vec<_> = lines.iter().map(|key| (key.path.join("."), key.line)).collect();
    let expected = [("db", 3), ("db.name", 4), ("list", 5), ("list.0.a", 6)];
    assert_eq!(lines, expected.map(|(path, line)| (path.to_owned(), line)));
    assert_eq!(parse_plain("").unwrap().0, Plain::Map(Vec::new()));
    assert_eq!(parse_plain("a: 1\n---\nb: 2\n").unwrap_err().line, 3);
}

proptest! {
    #[test]
    fn where_lines_begin_means_nothing_inside_brackets(
        items in prop::collection::vec(("[a-z]{1,4}|\"[a-z]{1,3}\"|[0-9]{1,3}", 0_usize..9), 1..6),
        end in 0_usize..9,
    ) {
        let words: Vec<&str> = items.iter().map(|(word, _)| word.as_str()).collect();
        let straight = format!("a:\n  - b:\n      c: [{}]\n", words.join(", "));
        let lines: String = items.iter().map(|(word, indent)| format!("\n{}{word},", " ".repeat(*indent))).collect();
        let crooked = format!("a:\n  - b:\n      c: [{lines}\n{}]\nd: 1\n", " ".repeat(end));
        let read = |text: &str| parse(text).unwrap().remove(0).root.get("a").unwrap().to_plain();
        prop_assert_eq!(read(&crooked), read(&straight));
    }

    #[test]
    fn any_text_gives_documents_or_an_error(input in "\\PC*") {
        let _ = parse(&input);
        let _ = parse_plain(&input);
    }

    #[test]
    fn any_arrangement_of_yaml_signs_gives_documents_or_an_error(
        input in "([a-c ]|\n|\t|: |- |\\? |---|\\.\\.\\.|[|>+~!&*\"'%@`#,{}\\[\\]0-9.]|<<|!!str|&a|\\*a){0,60}"
    ) {
        let _ = parse(&input);
        let _ = parse_plain(&input);
    }

    #[test]
    fn a_text_survives_being_quoted(value in "[ -~äöü]*") {
        let quoted = format!("a: '{}'\n", value.replace('\'', "''"));
        let document = parse(&quoted).unwrap().remove(0);
        prop_assert_eq!(document.root.get("a").unwrap().as_text(), Some(value.as_str()));
    }

    #[test]
    fn a_whole_number_is_read_as_it_is_written(value: i64) {
        prop_assert_eq!(Scalar::resolve(&value.to_string()), Scalar::Int(value));
    }
}
