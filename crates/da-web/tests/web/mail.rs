//! Interviews send mail, which waits where it is not taken.

use da_app::{MailServer, MailServers, MailTls};
use da_testkit::{PostOffice, TestApp, unique};

/// An interview that sends a letter with a call, and shows what came of it.
fn interview(call: &str) -> String {
    format!("mandatory: True\ncode: |\n  sent = {call}\n---\nmandatory: True\nquestion: It is ${{ sent }}\n")
}

async fn with_mail(office: &PostOffice) -> Vec<TestApp> {
    let mut all = TestApp::everywhere().await;
    for app in &mut all {
        app.settings.mail = office.servers();
        app.restart();
    }
    all
}

#[actix_web::test]
async fn an_interview_sends_mail_with_what_is_attached() {
    let office = PostOffice::open();
    for app in &with_mail(&office).await {
        let to = format!("{}@example.com", unique());
        let text = format!(
            "objects:\n  - letter: DAFile\n---\nmandatory: True\ncode: |\n  letter.initialize(filename='note.txt')\n  \
             letter.write('what is attached')\n  sent = send_email(to='\"Ann\" <{to}>', cc='c@example.com', \
             subject='Hello  there', body='One', html='<b>One</b>', attachments=[letter])\n---\nmandatory: True\n\
             question: It is ${{ sent }}\n"
        );
        let address = app.page_of("mail.yml", &text);
        app.browser().get(app, &address).await.must_say("It is True");
        let letter = office.letter_to(&to).await;
        assert_eq!((letter.from.as_str(), letter.account), ("server@example.org", None));
        assert_eq!(letter.to, [to.clone(), "c@example.com".to_owned()]);
        for part in [
            "From: \"The Server\" <server@example.org>\n",
            "Subject: Hello there\n",
            "\nOne\n",
            "<b>One</b>",
            "filename=\"note.txt\"",
        ] {
            assert!(letter.message.contains(part), "{part:?} is not in\n{}", letter.message);
        }
        assert!(letter.message.contains("what is attached") || letter.message.contains("d2hhdCBpcyBhdHRhY2hlZA=="));
        assert!(!app.place().database_bytes().windows(to.len()).any(|part| part == to.as_bytes()));
    }
}

#[actix_web::test]
async fn send_email_says_false_of_what_cannot_be_sent() {
    let office = PostOffice::open();
    let mut app = TestApp::start().await;
    let good = "send_email(to='a@example.com', subject='x', body='y')";
    let address = app.page_of("none.yml", &interview(good));
    app.browser().get(&app, &address).await.must_say("It is False");
    app.settings.mail = office.servers();
    app.restart();
    for (number, call) in [
        "send_email(to='nobody', body='y')",
        "send_email(to='a@example.com, nobody', body='y')",
        "send_email(to='a@example.com', sender='nobody', body='y')",
        "send_email(to='a@example.com', body='y', config='another')",
        "send_email(to=[], body='y')",
    ]
    .into_iter()
    .enumerate()
    {
        let address = app.page_of(&format!("bad{number}.yml"), &interview(call));
        app.browser().get(&app, &address).await.must_say("It is False");
    }
    app.browser().get(&app, &app.page_of("good.yml", &interview(good))).await.must_say("It is True");
    office.letter_to("a@example.com").await;
}

#[actix_web::test]
async fn a_letter_that_is_not_taken_waits_and_is_sent_by_whichever_server_comes_to_it() {
    let office = PostOffice::open_alone();
    for (number, mut app) in with_mail(&office).await.into_iter().enumerate() {
        let to = format!("{}@example.com", unique());
        office.refuse(&["451 later"]);
        let call = format!("send_email(to='{to}', subject='x', body='the text of a letter')");
        app.browser().get(&app, &app.page_of("wait.yml", &interview(&call))).await.must_say("It is True");
        office.has_refused(number + 1).await;
        let bytes = app.place().database_bytes();
        assert!(!bytes.windows(20).any(|part| part == b"the text of a letter"));
        app.app().mail_send_due().await.unwrap();
        assert_eq!(office.letters_to(&to), [], "it is not due yet");
        // Longer than whoever tries a letter has it.
        app.pass(11 * 60);
        app.app().mail_send_due().await.unwrap();
        office.letter_to(&to).await;
        app.pass(24 * 3600);
        app.app().mail_send_due().await.unwrap();
        assert_eq!(office.letters_to(&to), [], "it was sent once");
    }
}

#[actix_web::test]
async fn a_letter_that_a_server_will_never_take_is_given_up() {
    let office = PostOffice::open();
    let mut app = TestApp::start().await;
    app.settings.mail = office.servers();
    app.restart();
    office.refuse(&["550 never"]);
    let call = "send_email(to='gone@example.com', subject='x', body='y')";
    app.browser().get(&app, &app.page_of("gone.yml", &interview(call))).await.must_say("It is True");
    app.until_no_letter_waits().await;
    assert_eq!((office.refused(), office.letters_to("gone@example.com")), (1, Vec::new()));
}

#[actix_web::test]
async fn a_password_and_a_letter_leave_over_tls_or_not_at_all() {
    let office = PostOffice::open();
    let mut app = TestApp::start().await;
    let account = MailServer {
        username: Some("user".to_owned()),
        password: Some("password".to_owned()),
        name: Some("open".to_owned()),
        ..office.server()
    };
    let closed = MailServer { tls: MailTls::Starts, name: Some("default".to_owned()), ..account.clone() };
    app.settings.mail = MailServers::new(vec![account, closed]);
    app.restart();
    let call = "send_email(to='a@example.com', subject='closed', body='y')";
    app.browser().get(&app, &app.page_of("closed.yml", &interview(call))).await.must_say("It is True");
    office.was_greeted(1).await;
    let call = "send_email(to='a@example.com', subject='open', body='y', config='open')";
    app.browser().get(&app, &app.page_of("open.yml", &interview(call))).await.must_say("It is True");
    let letter = office.letter_to("a@example.com").await;
    assert!(letter.message.contains("Subject: open\n"), "{}", letter.message);
    // user and password, as RFC 4616 writes them
    assert_eq!(letter.account.as_deref(), Some("AHVzZXIAcGFzc3dvcmQ="));
}
