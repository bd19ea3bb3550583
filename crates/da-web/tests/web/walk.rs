//! Interviews answered from the first screen to the last, as forms.

use da_testkit::{Browser, TestApp};

const DEMO: &str = "/interview?i=docassemble.demo:data/questions/questions.yml";

#[actix_web::test]
async fn the_demonstration_is_answered_to_its_end() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let page = browser.get(&app, DEMO).await;
    assert_eq!(page.status(), 200, "{}", page.body());
    page.must_say("<h1 id=\"question\">Welcome to the demonstration</h1>");
    page.must_say("Step 1");
    let page = browser.submit(&app, &page, DEMO, &[]).await;
    page.must_say("Tell us about yourself");
    let wrong = browser.submit(&app, &page, DEMO, &[("f0", " "), ("f1", "me"), ("f2", "-1"), ("f3", "kept <i>")]).await;
    assert_eq!(wrong.status(), 422);
    wrong.must_say("<a href=\"#f0\">Name: You need to fill this in.</a>");
    wrong.must_say("You need to enter a complete e-mail address.");
    wrong.must_say("You need to enter a number that is at least 0.");
    wrong.must_say("kept &lt;i&gt;</textarea>");
    let page = browser.submit(&app, &page, DEMO, &[("f0", "Ann"), ("f1", ""), ("f2", "2"), ("f3", "")]).await;
    page.must_say("What is your favorite fruit, Ann?");
    let page = browser.submit(&app, &page, DEMO, &[("f0", "1")]).await;
    page.must_say("Do you eat breakfast?");
    let page = browser.submit(&app, &page, DEMO, &[("answer", "False")]).await;
    assert_eq!(page.status(), 200, "{}", page.body());
    for part in
        ["Thank you, Ann.", "Your favorite fruit is the orange.", "You have 2 pets.", "You do not eat breakfast."]
    {
        page.must_say(part);
    }
}

#[actix_web::test]
async fn back_shows_the_question_before_with_what_was_answered() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let first = browser.get(&app, DEMO).await;
    assert!(!first.body().contains("value=\"back\""), "{}", first.body());
    let second = browser.submit(&app, &first, DEMO, &[]).await;
    let third = browser.submit(&app, &second, DEMO, &[("f0", "Ann"), ("f2", "7")]).await;
    let back = browser.submit(&app, &third, DEMO, &[("do", "back")]).await;
    back.must_say("Tell us about yourself");
    back.must_say("value=\"Ann\"");
    // The page that was left once is not left twice.
    let again = browser.submit(&app, &third, DEMO, &[("do", "back")]).await;
    again.must_say("Tell us about yourself");
}

#[actix_web::test]
async fn a_form_without_its_token_or_for_another_step_changes_nothing() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let first = browser.get(&app, DEMO).await;
    for token in ["", "AAAA", "not base 64!"] {
        let refused = browser.submit(&app, &first, DEMO, &[("csrf", token)]).await;
        assert_eq!(refused.status(), 403);
        refused.must_say("This form was refused");
    }
    let mut other = Browser::default();
    let stranger = other.get(&app, DEMO).await;
    assert_eq!(browser.submit(&app, &first, DEMO, &[("csrf", &stranger.hidden("csrf"))]).await.status(), 403);
    browser.get(&app, DEMO).await.must_say("Welcome to the demonstration");
    browser.submit(&app, &first, DEMO, &[]).await.must_say("Tell us about yourself");
    let stale = browser.submit(&app, &first, DEMO, &[]).await;
    assert_eq!(stale.status(), 409);
    stale.must_say("The interview has moved on since that page was made");
    let cookie = browser.cookie.take();
    assert_eq!(browser.submit(&app, &first, DEMO, &[]).await.status(), 403);
    browser.cookie = cookie;
    browser.get(&app, DEMO).await.must_say("Tell us about yourself");
}

/// How many evaluations there were, and how many commits.
fn cost(app: &TestApp) -> (u64, u64) {
    let counted = app.app().counted();
    (counted.evaluations, counted.commits)
}

const GREETING: &str = "
mandatory: True
code: |
  name
  greeted
  last
---
question: Name?
fields:
  - Name: name
---
code: |
  log('Hello, ' + name, 'success')
  greeted = True
---
event: last
question: Bye
";

#[actix_web::test]
async fn an_answer_costs_one_evaluation_and_one_commit_and_shows_what_it_led_to() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let address = app.page_of("once.yml", GREETING);
    let before = cost(&app);
    let since = |app: &TestApp| (cost(app).0 - before.0, cost(app).1 - before.1);
    let page = browser.get(&app, &address).await;
    assert_eq!(since(&app), (1, 1));
    let wrong = browser.submit(&app, &page, &address, &[("f0", "")]).await;
    assert_eq!((wrong.status(), since(&app)), (422, (1, 1)));
    let last = browser.submit(&app, &page, &address, &[("f0", "Ann")]).await;
    assert_eq!(since(&app), (2, 2));
    last.must_say("<p class=\"message success\" role=\"status\">Hello, Ann</p>");
    // Loaded again, it is evaluated again: time goes on, and what was said once is not said twice.
    let again = browser.get(&app, &address).await;
    assert_eq!(since(&app), (3, 2));
    assert!(!again.body().contains("Hello, Ann"), "{}", again.body());
    browser.submit(&app, &last, &address, &[("do", "back")]).await.must_say("Name?");
    assert_eq!(since(&app), (4, 3));
}

const NUMBER: &str = "
mandatory: True
code: |
  number
  last
---
question: Number?
fields:
  - Number: number
    datatype: integer
---
event: last
question: |
  ${ number + 1 }
";

#[actix_web::test]
async fn a_form_whose_page_is_no_longer_known_is_read_against_the_question_all_the_same() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let address = app.page_of("late.yml", NUMBER);
    let page = browser.get(&app, &address).await;
    // Another interview by now: what was shown was made from the old one.
    app.page_of("late.yml", &NUMBER.replace("number + 1", "number + 20"));
    let before = cost(&app);
    browser.submit(&app, &page, &address, &[("f0", "22")]).await.must_say(">42</h1>");
    assert_eq!((cost(&app).0 - before.0, cost(&app).1 - before.1), (2, 1));
}

const KINDS: &str = "
mandatory: True
code: |
  fruit
  married
  color
  size
  last
---
question: Fruit
fields:
  - Which?: fruit
    datatype: checkboxes
    choices:
      - Apple
      - \"It's **ripe**\"
  - Born: born
    datatype: date
  - Price: price
    datatype: currency
---
question: Married?
fields:
  - Married: married
    datatype: yesnoradio
  - Secret: secret_text
    default: <script>alert(1)</script>
---
question: Color
field: color
choices:
  - Red
  - Blue
---
question: Size
field: size
buttons:
  - Large: 3
  - Small: 1
---
event: last
question: |
  ${ ', '.join(fruit.true_values()) } ${ price * 2 } ${ married } ${ color } ${ size } ${ secret_text }
buttons:
  - Exit: exit
  - Restart: restart
";

#[actix_web::test]
async fn every_kind_of_control_stores_what_it_says() {
    let app = TestApp::start().await;
    let mut browser = Browser::default();
    let address = app.page_of("kinds.yml", KINDS);
    let page = browser.get(&app, &address).await;
    assert_eq!(page.status(), 200, "{}", page.body());
    page.must_say("None of the above");
    let wrong = browser.submit(&app, &page, &address, &[("f1", "2024-02-30"), ("f2", "1")]).await;
    wrong.must_say("You need to enter a valid date.");
    let page = browser.submit(&app, &page, &address, &[("f0_1", "1"), ("f1", "2024-02-29"), ("f2", "1,000.50")]).await;
    page.must_say("Married?");
    page.must_say("value=\"&lt;script&gt;alert(1)&lt;/script&gt;\"");
    let page = browser.submit(&app, &page, &address, &[("f0", "False"), ("f1", "a\\b<script>c")]).await;
    let page = browser.submit(&app, &page, &address, &[("f0", "1")]).await;
    let page = browser.submit(&app, &page, &address, &[("answer", "0")]).await;
    page.must_say(" 2001.0 False Blue 3 abc");
    page.must_say("ripe");
    let again = browser.submit(&app, &page, &address, &[("answer", "1")]).await;
    again.must_say("Which?");
    again.must_say("Step 1");
}
