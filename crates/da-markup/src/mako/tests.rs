//! What is refused, where errors are said to be, and that nothing panics.

use proptest::prelude::*;

use super::*;

fn refusal(text: &str) -> String {
    Template::parse(text, "a.yml", 10).unwrap_err().to_string()
}

#[test]
fn a_text_is_a_template_only_if_it_has_a_sign_of_one() {
    for text in ["100% sure", "a # b", "{ x }", "$5", "% end", "%if", "<b>"] {
        assert_eq!(Template::parse(text, "a.yml", 1).unwrap().literal(), Some(text));
    }
    for text in ["${ x }", "<% x %>", "a\n% if x:\n% endif", "% for x in y:\n% endfor", "## comment"] {
        assert!(Template::parse(text, "a.yml", 1).unwrap().literal().is_none(), "{text}");
    }
}

#[test]
fn an_error_says_what_is_wrong_and_on_which_line() {
    for (text, expected) in [
        ("a\n${ x", "this ${ is not closed: expected } (a.yml, line 11)"),
        ("${ x)) + f((y }", "this ${ is not closed: expected } (a.yml, line 10)"),
        ("${ }", "there is nothing between ${ and } (a.yml, line 10)"),
        ("<% x", "this <% is not closed: expected %> (a.yml, line 10)"),
        ("<%doc> x", "this <%doc> is not closed (a.yml, line 10)"),
        ("% if x:\na", "Unterminated control keyword: 'if' (a.yml, line 10)"),
        ("${ x }\n% endif", "No starting keyword 'if' for 'endif' (a.yml, line 11)"),
        ("% if x:\n% endfor", "Starting keyword 'if' doesn't match keyword 'endfor' (a.yml, line 11)"),
        ("% for x in y:\n% elif x:\n% endfor", "'% elif' cannot continue '% for' (a.yml, line 11)"),
        ("${ x }\n% else:", "'% else' continues nothing (a.yml, line 11)"),
        ("% if x\n% endif", "Fragment 'if x' is not a partial control statement (a.yml, line 10)"),
        ("${ x }\n% of us", "Unsupported control keyword: 'of' (a.yml, line 11)"),
        ("<%include file=\"x\"/>", "<%include> is not supported in an interview's text (a.yml, line 10)"),
        ("<%inherit file=\"x\"/>", "<%inherit> is not supported in an interview's text (a.yml, line 10)"),
        (
            "<%def name=\"f()\" cached=\"True\"></%def>",
            "<%def> with 'cached' is not supported in an interview's text (a.yml, line 10)",
        ),
        (
            "<%namespace name=\"n\" file=\"x\"/>",
            "<%namespace> with 'file' is not supported in an interview's text (a.yml, line 10)",
        ),
        ("<%call></%call>", "<%call> is missing its expr (a.yml, line 10)"),
        ("<%self:f>", "Unclosed tag: <%self:f> (a.yml, line 10)"),
        ("<%def name=\"f()\">", "Unclosed tag: <%def> (a.yml, line 10)"),
        ("${ x }\n</%def>", "Closing tag </%def> without opening tag (a.yml, line 11)"),
        ("<%block>\n% if x:\n</%block>", "</%block> stands inside '% if', which needs its '% endif' (a.yml, line 12)"),
    ] {
        assert_eq!(refusal(text), expected);
    }
}

#[test]
fn an_error_in_python_is_on_the_line_of_the_template() {
    for (text, line) in
        [("a\n\nb ${ x y }", 12), ("% if x:\n% endif\n<%\n\n  x = = 1\n%>", 14), ("${ [1,\n  = 3] }", 11)]
    {
        assert_eq!(Template::parse(text, "a.yml", 10).unwrap_err().line, line, "{text}");
    }
}

#[test]
fn a_line_that_is_continued_into_nothing_ends_there() {
    for text in ["% if x:\\\n", "% a\\\n\\\n", "## a\\\n"] {
        let _template_or_error = Template::parse(text, "a.yml", 1);
    }
    let told = "Fragment 'if x:\\' is not a partial control statement (a.yml, line 10)";
    assert_eq!(refusal("% if x:\\\n"), told);
}

#[test]
fn nesting_is_limited() {
    let lines = "% if x:\n".repeat(100_000);
    assert_eq!(refusal(&lines), "control lines are nested too deeply (a.yml, line 90)");
    let brackets = format!("${{ {}1{} }}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(Template::parse(&brackets, "a.yml", 1).is_err());
}

proptest! {
    #[test]
    fn any_arrangement_of_mako_signs_is_a_template_or_an_error(
        text in "(\\$\\{|\\}|<%|%>|</%|<%def name=\"f\"|>|/>|% if x:|% for loop in loop:|% end|if|for|%|##|\n|\\\\|\"|'|\"\"\"|[|a ({\\]#é]){0,40}"
    ) {
        if let Ok(translation) = translate(&text, "a.yml", 1) {
            prop_assert_eq!(translation.source.lines().count(), translation.lines.len());
        }
        let _ = Template::parse(&text, "a.yml", 1);
    }

    #[test]
    fn a_text_without_signs_is_written_as_it_is(text in "[ -#&-;=-~\n]*") {
        prop_assume!(!is_template(&text) && !text.contains("\\\n"));
        let written = translate(&text, "a.yml", 1).unwrap();
        let write = format!("__write__({})\n", output::string_literal(&text));
        let expected = format!(
            "__parts__ = []\n__write__ = __parts__.append\n{}return ''.join(__parts__)\n",
            if text.is_empty() { "" } else { &write }
        );
        prop_assert_eq!(written.source(), expected);
    }
}
