//! The question JSON itself.

use da_core::{Attachment, Caller, Frame, ListCollect, LogMessage, Screen, ScreenKind};
use serde_json::{Value, json};

use super::field::field;
use super::help::help;
use super::menu::menu;
use super::options::options;
use super::{Keys, texts, to_json};

/// The question JSON of a screen, as `caller` sees it.
pub fn question(screen: &Screen, caller: &Caller) -> Value {
    let mut keys = Keys::default();
    frame(&mut keys, &screen.frame);
    identity(&mut keys, screen);
    going_back(&mut keys, screen);
    parts(&mut keys, screen);
    answers(&mut keys, screen);
    attachments(&mut keys, screen, caller);
    help(&mut keys, screen);
    appearance(&mut keys, screen);
    keys.put("menu", menu(screen.menu_items.as_ref(), caller));
    keys.put_some("menu_items", screen.menu_items.as_ref().map(to_json));
    keys.put_more(&screen.more);
    keys.into_value()
}

/// The JSON of a variable that nothing defines.
pub fn undefined_variable(variable: &str, message_log: &[LogMessage]) -> Value {
    json!({"message_log": messages(message_log), "questionType": "undefined_variable", "variable": variable})
}

fn messages(log: &[LogMessage]) -> Value {
    log.iter().map(|line| json!({"message": line.message, "priority": line.priority})).collect()
}

fn frame(keys: &mut Keys, frame: &Frame) {
    keys.put("browser_title", frame.browser_title.as_str());
    keys.put("exit_link", frame.exit_link.as_str());
    keys.put("exit_url", frame.exit_url.as_deref());
    keys.put("exit_label", frame.exit_label.as_str());
    keys.put("title", frame.title.as_str());
    keys.put("display_title", frame.display_title.as_str());
    keys.put("short_title", frame.short_title.as_str());
    keys.put("lang", frame.language.as_str());
    keys.put("steps", frame.steps);
    keys.put("message_log", messages(&frame.message_log));
    keys.put("section", to_json(&frame.section));
    keys.put("display_section", to_json(&frame.display_section));
    keys.put("sections", to_json(&frame.sections));
    keys.put("interview_options", options(&frame.features));
    keys.put("navbarVariant", frame.navbar_variant.as_str());
}

fn identity(keys: &mut Keys, screen: &Screen) {
    keys.put("questionName", screen.question_name.as_str());
    keys.put("questionType", screen.kind.as_str());
    keys.put("language", screen.language.as_str());
    keys.put_some("id", screen.id.as_deref());
    if screen.mandatory {
        keys.put("mandatory", true);
    }
    if !screen.event_list.is_empty() {
        keys.put("event_list", screen.event_list.clone());
    }
    keys.put("progress", to_json(&screen.progress));
}

fn going_back(keys: &mut Keys, screen: &Screen) {
    keys.put("allow_going_back", screen.can_go_back);
    if screen.can_go_back {
        keys.put("backTitle", screen.back_title.as_str());
        // Quirk: a question that prevents going back has all but this, fixture `going_back_is_forbidden`.
        if screen.offers_back() {
            keys.put("cornerBackButton", screen.corner_back_label.as_str());
        }
        keys.put_some("questionBackButton", screen.back_button.as_deref());
    }
}

fn parts(keys: &mut Keys, screen: &Screen) {
    keys.put("questionText", screen.question.as_str());
    keys.put_some("subquestionText", screen.subquestion.as_deref());
    keys.put_some("underText", screen.under.as_deref());
    keys.put_some("rightText", screen.right.as_deref());
    keys.put("validation_messages", texts(&screen.validation_messages));
    for (key, terms) in [("terms", &screen.terms), ("autoterms", &screen.auto_terms)] {
        if !terms.is_empty() {
            keys.put(key, texts(terms));
        }
    }
    if !screen.attributions.is_empty() {
        keys.put("attributions", screen.attributions.clone());
    }
    keys.put_some("decoration", screen.decoration.as_ref().map(to_json));
}

fn answers(keys: &mut Keys, screen: &Screen) {
    keys.put("continueLabel", screen.continue_label.as_str());
    keys.put_some("yesLabel", screen.yes_label.as_deref());
    keys.put_some("noLabel", screen.no_label.as_deref());
    keys.put_some("maybeLabel", screen.maybe_label.as_deref());
    keys.put_some("questionVariety", screen.variety.map(da_core::Variety::as_str));
    if screen.kind == ScreenKind::Signature {
        keys.put("signaturePhrases", signature_phrases());
    }
    keys.put_some("question_variable_name", screen.continue_variable.as_deref());
    if !screen.fields.is_empty() || screen.kind == ScreenKind::Review {
        keys.put("fields", screen.fields.iter().map(field).collect::<Value>());
    }
    keys.put_some("listCollect", screen.list_collect.as_ref().map(list_collect));
    // Quirk: the original says that there are action buttons and tells none of them, fixture `action_buttons`.
    keys.put_some("additional_buttons", screen.action_buttons.as_ref().map(|_| Value::Array(Vec::new())));
}

/// What is said around the place to sign in.
fn signature_phrases() -> Value {
    json!({
        "clear": "Clear",
        "noSignature": "You must sign your name to continue.",
        "loading": "Loading.  Please wait . . . "
    })
}

/// What the buttons say by which items are added and deleted.
fn list_collect(collect: &ListCollect) -> Value {
    json!({
        "deleteLabel": "Delete",
        "addAnotherLabel": collect.add_another_label.as_deref().unwrap_or("Add another"),
        "deletedLabel": "(Deleted)",
        "undeleteLabel": "Undelete",
    })
}

fn attachments(keys: &mut Keys, screen: &Screen, caller: &Caller) {
    if screen.attachments.is_empty() {
        return;
    }
    keys.put_some("default_email", caller.user().map(|user| user.email.as_str()).filter(|email| !email.is_empty()));
    keys.put("attachments", screen.attachments.iter().map(attachment).collect::<Value>());
}

/// A document. No files are made of it, so that there are neither numbers nor addresses.
fn attachment(attachment: &Attachment) -> Value {
    let mut keys = Keys::default();
    for files in ["url", "number", "filename_with_extension"] {
        keys.put(files, json!({}));
    }
    keys.put_some("variable_name", attachment.variable.as_deref());
    keys.put("name", attachment.name.as_str());
    keys.put_some("description", attachment.description.as_deref());
    keys.put("filename", attachment.filename.as_str());
    keys.put("valid_formats", attachment.valid_formats.clone());
    keys.into_value()
}

fn appearance(keys: &mut Keys, screen: &Screen) {
    keys.put_some("css", screen.css.as_deref());
    keys.put_some("script", screen.script.as_deref());
    keys.put_some("cssClass", screen.css_class.as_deref());
    keys.put_some("tableCssClass", screen.table_css_class.as_deref());
    keys.put_some("reload", screen.reload);
    keys.put_some("reload_after", screen.reload);
    if screen.track_location {
        keys.put("track_location", true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use da_core::{HelpSection, Plain, Variety};

    fn screen(kind: ScreenKind) -> Screen {
        let interview = || "Interview".to_owned();
        Screen {
            kind,
            question_name: "Question_0".to_owned(),
            language: "*".to_owned(),
            question: "How are you doing?".to_owned(),
            continue_label: "Continue".to_owned(),
            progress: Plain::Int(0),
            frame: Frame {
                browser_title: interview(),
                title: interview(),
                display_title: interview(),
                short_title: interview(),
                language: "en".to_owned(),
                steps: 1,
                exit_link: "leave".to_owned(),
                exit_label: "Exit".to_owned(),
                sections: Plain::List(Vec::new()),
                navbar_variant: "dark".to_owned(),
                ..Frame::default()
            },
            ..Screen::default()
        }
    }

    fn nobody() -> Caller {
        Caller::Anonymous { visitor: "v".to_owned(), address: String::new() }
    }

    #[test]
    fn the_end_has_the_keys_of_the_original_and_no_more() {
        let expected = json!({
            "allow_going_back": false, "browser_title": "Interview", "continueLabel": "Continue",
            "display_section": null, "display_title": "Interview", "exit_label": "Exit", "exit_link": "leave",
            "exit_url": null, "interview_options": {}, "lang": "en", "language": "*", "menu": {"items": []},
            "message_log": [], "navbarVariant": "dark", "progress": 0, "questionName": "Question_0",
            "questionText": "How are you doing?", "questionType": "deadend", "section": null, "sections": [],
            "short_title": "Interview", "steps": 1, "title": "Interview", "validation_messages": {}
        });
        assert_eq!(question(&screen(ScreenKind::Deadend), &nobody()), expected);
    }

    #[test]
    fn what_is_not_said_has_no_key_and_what_is_said_has() {
        let full = Screen {
            mandatory: true,
            event_list: vec!["a".to_owned()],
            can_go_back: true,
            back_title: "Go back to the previous question".to_owned(),
            corner_back_label: "Back".to_owned(),
            subquestion: Some(String::new()),
            variety: Some(Variety::Radio),
            reload: Some(10000),
            action_buttons: Some(Vec::new()),
            terms: vec![("world".to_owned(), "A planet.\n".to_owned())],
            more: vec![("signaturePhrases".to_owned(), Plain::Map(Vec::new())), ("title".to_owned(), Plain::Null)],
            ..screen(ScreenKind::MultipleChoice)
        };
        let shown = question(&full, &nobody());
        let part = |keys: &[&str]| keys.iter().map(|key| ((*key).to_owned(), shown[key].clone())).collect::<Value>();
        let keys = ["mandatory", "event_list", "backTitle", "cornerBackButton", "subquestionText", "questionVariety"];
        let expected = json!({
            "mandatory": true, "event_list": ["a"], "backTitle": "Go back to the previous question",
            "cornerBackButton": "Back", "subquestionText": "", "questionVariety": "radio"
        });
        assert_eq!(part(&keys), expected);
        let expected = json!({
            "reload": 10000, "reload_after": 10000, "additional_buttons": [], "terms": {"world": "A planet.\n"},
            "signaturePhrases": {}, "title": "Interview"
        });
        let keys = ["reload", "reload_after", "additional_buttons", "terms", "signaturePhrases", "title"];
        assert_eq!(part(&keys), expected);
    }

    #[test]
    fn documents_are_listed_without_files() {
        let document = Attachment {
            variable: Some("_internal['docvar'][0]".to_owned()),
            name: "A letter".to_owned(),
            filename: "letter".to_owned(),
            valid_formats: vec!["pdf".to_owned()],
            ..Attachment::default()
        };
        let shown = question(&Screen { attachments: vec![document], ..screen(ScreenKind::Deadend) }, &nobody());
        let expected = json!([{
            "url": {}, "number": {}, "filename_with_extension": {}, "variable_name": "_internal['docvar'][0]",
            "name": "A letter", "filename": "letter", "valid_formats": ["pdf"]
        }]);
        assert_eq!(shown["attachments"], expected);
        assert_eq!(shown.get("default_email"), None);
    }

    #[test]
    fn a_way_back_that_is_prevented_is_told_without_its_button() {
        let prevented = Screen { can_go_back: true, prevents_going_back: true, ..screen(ScreenKind::Deadend) };
        let shown = question(&prevented, &nobody());
        assert_eq!(shown["allow_going_back"], true);
        assert_eq!(shown.get("cornerBackButton"), None);
    }

    #[test]
    fn help_says_whether_it_is_about_the_question() {
        let section = |content: &str| HelpSection { content: content.to_owned(), ..HelpSection::default() };
        let both = Screen {
            help: vec![section("Q")],
            help_label: Some("Huh?".to_owned()),
            interview_help: vec![section("I")],
            ..screen(ScreenKind::Fields)
        };
        let shown = question(&both, &nobody());
        let expected = json!({
            "label": "Huh?", "title": "Help is available for this question", "specific": true,
            "interviewLabel": "Help", "interviewTitle": "Help is available"
        });
        assert_eq!(shown["help"], expected);
        assert_eq!(shown["helpText"], json!([{"content": "Q"}]));
        assert_eq!(shown["helpBackLabel"], "Back to question");
        let general = Screen { interview_help: vec![section("I")], ..screen(ScreenKind::Fields) };
        let expected = json!({"specific": false, "interviewLabel": "Help", "interviewTitle": "Help is available"});
        assert_eq!(question(&general, &nobody())["help"], expected);
    }

    #[test]
    fn the_menu_holds_what_the_interview_put_there() {
        let item =
            Plain::Map(vec![("label".to_owned(), "Roadmap".into()), ("url".to_owned(), "/interview?action=x".into())]);
        let with_menu = Screen { menu_items: Some(vec![item].into()), ..screen(ScreenKind::Fields) };
        let shown = question(&with_menu, &nobody());
        assert_eq!(shown["menu"], json!({"items": [{"href": "/interview?action=x", "anchor": "Roadmap"}]}));
        assert_eq!(shown["menu_items"], json!([{"label": "Roadmap", "url": "/interview?action=x"}]));
    }

    #[test]
    fn an_undefined_variable_is_named() {
        let log = [LogMessage { message: "Hello".to_owned(), priority: "info".to_owned() }];
        let expected = r#"{"message_log":[{"message":"Hello","priority":"info"}],"questionType":"undefined_variable","variable":"favorite_number"}"#;
        assert_eq!(undefined_variable("favorite_number", &log).to_string(), expected);
    }
}
