//! The examples that are compiled in, each answered to its end.

use da_testkit::{Browser, TestApp};

/// An example, the forms that answer it, and what it says at its end.
type Walk = (&'static str, &'static [&'static [(&'static str, &'static str)]], &'static [&'static str]);

const WALKS: &[Walk] = &[
    ("branches", &[&[("f0", "1")], &[("f0", "3")]], &["Have a good journey!", "There are 4 of you in the car."]),
    (
        "checks",
        &[&[("f0", "ann@example.com"), ("f1", "2026-03-01"), ("f2", "4")]],
        &["A table for 4 on ", "The confirmation goes to ann@example.com."],
    ),
    (
        "choices",
        &[&[("f0_0", "1"), ("f0_2", "1"), ("f1", "1"), ("f2", "2"), ("f3", "1"), ("f4", "False")]],
        &["A large pizza", "With Mushrooms and Peppers.", "No cheese.", "Sliced, and ready for you to collect."],
    ),
    (
        "people",
        &[&[("f0", "Sam"), ("f1", "Sold")], &[("f0", "Bea"), ("f1", "Bought")], &[("f0", "1,200")]],
        &["Bea Bought pays $1,200.00", "Sam hands it over, and Bea takes it home."],
    ),
    (
        "list",
        &[&[("answer", "True")], &[("f0", "Rex")], &[("answer", "True")], &[("f0", "Mia")], &[("answer", "False")]],
        &["Give our regards to Rex and Mia!"],
    ),
    (
        "letter",
        &[&[("f0", "Mr. Stone"), ("f1_0", "1"), ("f2", "2026-01-02"), ("f3", "It **rains** in.")]],
        &["Dear Mr. Stone,", "<li>the heating</li>", "It <strong>rains</strong> in."],
    ),
];

#[actix_web::test]
async fn every_example_is_advertised_and_leads_to_its_end() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let home = browser.get(&app, "/").await;
    for (name, forms, said) in WALKS {
        let address = format!("/interview?i=docassemble.demo:data/questions/examples/{name}.yml");
        home.must_say(&format!("href=\"{address}\""));
        let mut page = browser.get(&app, &address).await;
        for form in *forms {
            assert_eq!(page.status(), 200, "{}", page.body());
            page = browser.submit(&app, &page, &address, form).await;
        }
        said.iter().for_each(|part| page.must_say(part));
        assert!(!page.body().contains("do\" value=\"answer\""), "{name} goes on:\n{}", page.body());
    }
}

#[actix_web::test]
async fn an_interview_without_a_title_is_not_advertised() {
    let app = TestApp::start().await;
    let home = Browser::default().get(&app, "/").await;
    assert!(!home.body().contains("questionless"), "{}", home.body());
}

#[actix_web::test]
async fn checks_are_told_in_the_words_of_the_author() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let address = "/interview?i=docassemble.demo:data/questions/examples/checks.yml";
    let page = browser.get(&app, address).await;
    let wrong = browser.submit(&app, &page, address, &[("f1", "1/40/2026"), ("f2", "13"), ("f4", "a")]).await;
    assert_eq!(wrong.status(), 422);
    for text in [
        "Where should we send the confirmation?",
        "You need to enter a valid date.",
        "We have no table for more than twelve.",
        "You must type at least 2 characters.",
    ] {
        wrong.must_say(text);
    }
}
