//! Pages of screens made by hand.

use da_core::{ActionButton, Choice, ChoiceValue, ContinueButton, Field, Frame, HelpSection, Screen, ScreenKind};
use da_http::Parameters;

use super::*;

fn page(screen: &Screen, sent: Option<&Parameters>, problems: &[Problem]) -> String {
    let show = Show {
        screen,
        step: StepNumber(2),
        address: "/interview?i=a",
        token: "token",
        sent,
        problems,
        terms: Terms::of(screen),
    };
    show.page().content.as_str().to_owned()
}

fn screen() -> Screen {
    let name = Field {
        variable: Some("name".to_owned()),
        datatype: Some("text".to_owned()),
        active: true,
        required: Some(true),
        label: Some("Your *name*".to_owned()),
        help: Some("As in your passport".to_owned()),
        ..Field::default()
    };
    Screen {
        kind: ScreenKind::Fields,
        question: "Who are you?".to_owned(),
        continue_label: "Continue".to_owned(),
        fields: vec![name],
        frame: Frame { steps: 2, language: "en".to_owned(), ..Frame::default() },
        ..Screen::default()
    }
}

#[test]
fn a_label_is_tied_to_its_control_and_so_are_help_and_error() {
    let problem = Problem { field: Some(0), text: "You need to fill this in.".to_owned() };
    let html = page(&screen(), Some(&Parameters::default()), &[problem]);
    for part in [
        "<label for=\"f0\">Your <em>name</em><span class=\"mark\" aria-hidden=\"true\">*</span></label>",
        "<div class=\"quiet\" id=\"f0_help\"><p>As in your passport</p>\n</div>",
        "<p class=\"error\" id=\"f0_error\">You need to fill this in.</p>",
        "id=\"f0\" aria-describedby=\"f0_help f0_error\" aria-invalid=\"true\" required>",
        "<li><a href=\"#f0\">Your name: You need to fill this in.</a></li>",
        "<input type=\"hidden\" name=\"step\" value=\"2\">",
        "<input type=\"hidden\" name=\"csrf\" value=\"token\">",
    ] {
        assert!(html.contains(part), "{part}\nis not in\n{html}");
    }
}

#[test]
fn the_button_that_goes_on_is_hidden_or_useless_where_the_interview_wants_it() {
    let with = |continue_button| page(&Screen { continue_button, ..screen() }, None, &[]);
    assert!(with(ContinueButton::Shown).contains("<button class=\"main\">Continue</button>"));
    assert!(with(ContinueButton::Hidden).contains("<button class=\"main\" hidden>Continue</button>"));
    assert!(with(ContinueButton::Disabled).contains("<button class=\"main\" disabled>Continue</button>"));
}

#[test]
fn words_that_are_explained_lead_to_their_explanations_below() {
    let asked = Screen {
        question: "Your {lease}".to_owned(),
        subquestion: Some("A {lease|contract} is not a *tort*.".to_owned()),
        terms: vec![("lease".to_owned(), "Who lives where.".to_owned()), ("unused".to_owned(), "No.".to_owned())],
        auto_terms: vec![("tort".to_owned(), "A wrong.".to_owned())],
        ..screen()
    };
    let html = page(&asked, None, &[]);
    for part in [
        "<h1 id=\"question\">Your <a class=\"term\" href=\"#term-0\">lease</a></h1>",
        "<p>A <a class=\"term\" href=\"#term-0\">contract</a> is not a <em><a class=\"term\" href=\"#term-2\">tort</a></em>.</p>",
        "<dt id=\"term-0\" tabindex=\"-1\">lease</dt><dd class=\"text\"><p>Who lives where.</p>\n</dd><dt id=\"term-2\" tabindex=\"-1\">tort</dt>",
    ] {
        assert!(html.contains(part), "{part}\nis not in\n{html}");
    }
    assert!(!html.contains("unused"), "{html}");
}

#[test]
fn action_buttons_stand_before_and_after_the_form_and_a_logo_may_be_html() {
    let button = |label: &str, placement: Option<&str>| ActionButton {
        action: format!("/interview?action={label}"),
        label: label.to_owned(),
        color: "primary".to_owned(),
        icon: None,
        placement: placement.map(str::to_owned),
        css_class: None,
        forget_prior: false,
        target: Some("_blank".to_owned()),
    };
    let frame = Frame { display_title: "<b>Logo</b> <script>x</script>".to_owned(), ..screen().frame };
    let asked =
        Screen { action_buttons: Some(vec![button("First", Some("before")), button("Last", None)]), frame, ..screen() };
    let show = Show {
        screen: &asked,
        step: StepNumber(2),
        address: "/",
        token: "t",
        sent: None,
        problems: &[],
        terms: Terms::of(&asked),
    };
    let made = show.page();
    let html = made.content.as_str();
    let at = |part: &str| html.find(part).unwrap_or_else(|| panic!("{part}\nis not in\n{html}"));
    let link = "<a class=\"button plain\" href=\"/interview?action=First\" target=\"_blank\">First</a>";
    assert!(at(link) < at("<form") && at("</form>") < at("action=Last"));
    assert_eq!(made.heading.as_str(), "<b>Logo</b> &lt;script&gt;x&lt;/script&gt;");
}

#[test]
fn what_was_typed_and_what_was_answered_never_becomes_a_tag() {
    let sent = Parameters::from_query("f0=%22%3E%3Cscript%3E1");
    let asked = Screen { question: "Hello <script>alert(1)</script>".to_owned(), ..screen() };
    let html = page(&asked, Some(&sent), &[]);
    assert!(html.contains("value=\"&quot;&gt;&lt;script&gt;1\""), "{html}");
    assert!(html.contains("Hello &lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    assert!(!html.contains("<script"), "{html}");
}

#[test]
fn buttons_of_inverted_questions_say_what_they_store() {
    let ask = |kind, yes: &str, no: &str| {
        let label = |text: &str| Some(text.to_owned());
        page(&Screen { kind, yes_label: label(yes), no_label: label(no), ..screen() }, None, &[])
    };
    let yes_no = ask(ScreenKind::YesNo, "Yes", "No");
    let first = "<button name=\"answer\" value=\"True\" class=\"main\">Yes</button>\
                 <button name=\"answer\" value=\"False\" class=\"main\">No</button>";
    assert!(yes_no.contains(first), "{yes_no}");
    let no_yes = ask(ScreenKind::NoYes, "No", "Yes");
    let first = "<button name=\"answer\" value=\"False\" class=\"main\">Yes</button>\
                 <button name=\"answer\" value=\"True\" class=\"main\">No</button>";
    assert!(no_yes.contains(first), "{no_yes}");
}

#[test]
fn defaults_are_chosen_and_help_is_folded() {
    let choice =
        |label: &str| Choice { label: label.to_owned(), value: ChoiceValue::Value(label.into()), ..Choice::default() };
    let mut asked = screen();
    asked.fields[0].choices = Some(vec![choice("Ann"), choice("Bob")]);
    asked.fields[0].default = Some("Bob".into());
    asked.help = vec![HelpSection { content: "Think.".to_owned(), ..HelpSection::default() }];
    asked.can_go_back = true;
    asked.corner_back_label = "Back".to_owned();
    let list = page(&asked, None, &[]);
    assert!(list.contains("<option value=\"1\" selected>Bob</option>"), "{list}");
    assert!(list.contains("<summary>Help with this question</summary>"), "{list}");
    assert!(list.contains("← Back</button>"), "{list}");
    asked.fields[0].input_type = Some("radio".to_owned());
    let radios = page(&asked, None, &[]);
    let second = "<input type=\"radio\" name=\"f0\" id=\"f0_1\" value=\"1\" checked aria-describedby=\"f0_help\">";
    assert!(radios.contains(second), "{radios}");
}
