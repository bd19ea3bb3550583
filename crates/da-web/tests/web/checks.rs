//! What forms do beyond setting variables: checks, consequences, lists on one page.

use da_testkit::{Browser, Seen, TestApp};

/// Sends a form, and loads the page that it leads to.
async fn send(browser: &mut Browser, app: &TestApp, page: &Seen, address: &str, values: &[(&str, &str)]) -> Seen {
    let answer = browser.submit(app, page, address, values).await;
    if answer.status() == 303 { browser.get(app, address).await } else { answer }
}

const CHECKED: &str = "\
mandatory: True
question: Tires
fields:
  - How many: tires
    datatype: integer
    validate: |
      lambda number: number % 4 == 0
  - Whose: owner
    validate: not_nobody
validation code: |
  if tires > 100:
    validation_error('Nobody has so many', field='tires')
  if owner == 'everybody':
    raise Exception('Too many owners')
---
code: |
  def not_nobody(name):
    if name == nobody:
      validation_error('That is nobody')
    return True
---
question: What is nobody called?
fields:
  - Name: nobody
---
mandatory: True
question: ${ owner } has ${ tires }
";

#[actix_web::test]
async fn what_the_interview_checks_is_refused_beside_its_field_and_nothing_is_kept() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", CHECKED);
    let mut browser = app.browser();
    let needed = browser.get(&app, &address).await;
    needed.must_say("What is nobody called?");
    let page = send(&mut browser, &app, &needed, &address, &[("f0", "Nemo")]).await;
    for (values, said) in [
        ([("f0", "3"), ("f1", "Ann")], "Please enter a valid value."),
        ([("f0", "4"), ("f1", "Nemo")], "That is nobody"),
        ([("f0", "104"), ("f1", "Ann")], "Nobody has so many"),
        ([("f0", "4"), ("f1", "everybody")], "Too many owners"),
    ] {
        let refused = browser.submit(&app, &page, &address, &values).await;
        assert_eq!(refused.status(), 422, "{values:?}");
        refused.must_say(said);
    }
    send(&mut browser, &app, &page, &address, &[("f0", "8"), ("f1", "Ann")]).await.must_say("Ann has 8");
}

const DEPENDENT: &str = "\
mandatory: True
code: |
  country
  state
  overview
---
question: Which country?
fields:
  - Country: country
---
depends on: country
question: Which state of ${ country }?
fields:
  - State: state
---
event: overview
question: ${ state } in ${ country }
subquestion: |
  [Change](${ url_action('country') })
";

#[actix_web::test]
async fn an_answer_that_changes_undoes_what_depends_on_it() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", DEPENDENT);
    let mut browser = app.browser();
    let page = browser.get(&app, &address).await;
    let page = send(&mut browser, &app, &page, &address, &[("f0", "Utopia")]).await;
    let overview = send(&mut browser, &app, &page, &address, &[("f0", "North")]).await;
    overview.must_say("North in Utopia");
    let body = overview.body();
    let end = body.find(">Change</a>").unwrap();
    let start = body[..end].rfind("href=\"").unwrap() + 6;
    let change = body[start..start + body[start..].find('"').unwrap()].replace("&amp;", "&");
    browser.get(&app, &change).await;
    let again = browser.get(&app, &address).await;
    again.must_say("Which country?");
    let state = send(&mut browser, &app, &again, &address, &[("f0", "Arcadia")]).await;
    state.must_say("Which state of Arcadia?");
    assert_eq!(state.page.value("f0"), Some("North"));
}

const COLLECTED: &str = "\
objects:
  - tool: DAList.using(object_type=Thing, there_are_any=True)
---
mandatory: True
question: Tools
subquestion: |
  ${ tool } (${ tool.number() })
---
question: Which tools?
fields:
  - Tool: tool[i].name.text
  - Price: tool[i].price
    datatype: integer
list collect:
  label: Tool ${ i + 1 }
---
question: Another?
yesno: tool.there_is_another
";

#[actix_web::test]
async fn a_list_is_asked_for_on_one_page_and_a_row_that_is_left_empty_adds_nothing() {
    let app = TestApp::start().await;
    let address = app.page_of("a.yml", COLLECTED);
    let mut browser = app.browser();
    let page = browser.get(&app, &address).await;
    page.must_say("Tool 1");
    page.must_say("Add another");
    let values = [("f1", "saw"), ("f2", "3"), ("f5", "hammer"), ("f6", "4")];
    let after = send(&mut browser, &app, &page, &address, &values).await;
    after.must_say("saw and hammer (2)");
}
