//! What the functions and classes of `docassemble.base.util` say, line by line: the files of `functions/`
//! have an expression, an arrow, and the text that a question shows for it. What stands above `====` is
//! the rest of the interview.

use crate::memory::{interview, run};
use da_core::{Command, Effect, Outcome, Plain};
use da_interview::Settings;

/// The text of the first question of an interview, or the message of the error that it ends in.
fn asked(text: &str) -> String {
    match run(&interview(text, &[]), None, Command::Begin { url_args: Vec::new() }, &Settings::default()) {
        Ok(turn) => match turn.outcome {
            Outcome::Screen(screen) => screen.question.trim().to_owned(),
            other => format!("{other:?}"),
        },
        Err(error) => error.message,
    }
}

#[track_caller]
fn check(file: &str) {
    let (before, lines) = file.split_once("====\n").unwrap_or(("", file));
    let mut wrong = Vec::new();
    for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (expression, expected) = line.split_once(" => ").unwrap_or_else(|| panic!("no arrow: {line}"));
        let said = asked(&format!("{before}---\nmandatory: True\nquestion: |\n  ${{ {expression} }}\n"));
        let expected = expected.replace("\\n", "\n").replace("\\u202f", "\u{202f}");
        if said != expected {
            wrong.push(format!("{expression}\n  want {expected:?}\n  got  {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mail_is_promised_only_where_somebody_sends_it() {
    let text = "mandatory: True\nquestion: ${ send_email(to='a@example.com', subject='x') }\n";
    let begin = || Command::Begin { url_args: Vec::new() };
    let mail = Plain::Map(vec![("mail".to_owned(), Plain::Map(Vec::new()))]);
    let configured = Settings { configuration: mail.into(), ..Settings::default() };
    for (settings, said, mails) in
        [(configured, "False", 0), (Settings { sends_mail: true, ..Settings::default() }, "True", 1)]
    {
        let turn = run(&interview(text, &[]), None, begin(), &settings).unwrap();
        assert!(
            matches!(&turn.outcome, Outcome::Screen(screen) if screen.question.trim() == said),
            "{:?}",
            turn.outcome
        );
        assert_eq!(turn.effects.iter().filter(|effect| matches!(effect, Effect::Mail(_))).count(), mails);
    }
}

#[test]
fn numbers_are_said_in_words_and_in_digits() {
    check(include_str!("functions/numbers.txt"));
}

#[test]
fn nouns_verbs_and_phrases_follow_the_language() {
    check(include_str!("functions/language.txt"));
}

#[test]
fn texts_are_marked_cut_and_joined() {
    check(include_str!("functions/text.txt"));
}

#[test]
fn dates_are_read_written_and_compared() {
    check(include_str!("functions/dates.txt"));
}

#[test]
fn countries_states_and_telephone_numbers_are_known() {
    check(include_str!("functions/places.txt"));
}

#[test]
fn people_speak_of_themselves_and_of_others() {
    check(include_str!("functions/people.txt"));
}

#[test]
fn money_is_counted_over_periods() {
    check(include_str!("functions/finance.txt"));
}

#[test]
fn links_lead_to_the_interview_its_actions_and_its_files() {
    check(include_str!("functions/links.txt"));
}

#[test]
fn a_session_remembers_tasks_parts_and_explanations() {
    check(include_str!("functions/session.txt"));
}

#[test]
fn courts_and_cases_have_their_parties() {
    check(include_str!("functions/legal.txt"));
}

#[test]
fn what_this_server_cannot_do_says_so_by_name() {
    check(include_str!("functions/absent.txt"));
}
