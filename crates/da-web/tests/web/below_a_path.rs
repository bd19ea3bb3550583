//! A server below a path (`root`): every address that it tells anybody leads below that path, and to something.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use actix_web::http::header::SET_COOKIE;
use actix_web::test::TestRequest;
use da_testkit::{Browser, PostOffice, Seen, Session, TestApp, User};
use serde_json::{Value, json};

const ROOT: &str = "/da";

const I: &str = "docassemble.mine:data/questions/a.yml";

const INTERVIEW: &str = "\
mandatory: True
code: |
  proof.gathered
  final
---
question: What is your proof?
fields:
  - Proof: proof
    datatype: file
---
event: final
question: Thank you
subquestion: |
  [Again](${ url_action('again') }), [anew](${ url_of('new_session') }), ${ proof[0].url_for() }

  ${ proof }
buttons:
  - Start over: restart
  - Leave: leave
---
event: links
code: |
  json_response([interview_url(), interview_url_action('again'), url_of('root'), url_of('a.png'), url_of('signin'), url_of('interviews'),
    url_action('again'), proof[0].url_for(), interview_url(i='docassemble.demo:data/questions/examples/questionless.yml')])
---
event: again
code: |
  pass
";

/// The addresses that a page names, as a browser would ask for them.
fn addresses(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for mark in ["href=\"", "src=\"", "action=\""] {
        let named = page.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
        found.extend(named.map(|address| address.replace("&amp;", "&")));
    }
    found.retain(|address| {
        !["#", "data:", "mailto:", "otpauth:"].iter().any(|elsewhere| address.starts_with(elsewhere))
    });
    found
}

/// An address below the path, without the server's name.
fn below<'a>(told: &'a str, by: &str) -> &'a str {
    let local = told.strip_prefix("http://localhost").unwrap_or(told);
    assert!(local.starts_with("/da/"), "{by} tells of {told}");
    local
}

/// What comes back says nothing that is not below the path.
fn look(seen: &Seen, by: &str) -> BTreeSet<String> {
    for set in seen.answer.headers.get_all(SET_COOKIE) {
        let set = set.to_str().unwrap();
        assert!(set.contains("Path=/da/"), "{by} sets {set}");
    }
    let mut all = addresses(seen.body());
    if !seen.header("Location").is_empty() {
        all.insert(seen.header("Location").to_owned());
    }
    all.iter().map(|told| below(told, by).to_owned()).collect()
}

/// Opens an address and everything that is named behind it.
async fn wander(browser: &mut Browser, app: &TestApp, from: &str) -> BTreeSet<String> {
    let (mut known, mut next) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(address) = next.pop() {
        if !known.insert(address.clone()) || known.len() > 200 {
            continue;
        }
        let seen = browser.get(app, &address).await;
        assert!(seen.status() < 400 || address.contains("/interview?"), "{address}: {}", seen.status());
        // Signing out would end what is looked at.
        next.extend(look(&seen, &address).into_iter().filter(|address| !address.contains("sign-out")));
    }
    known
}

async fn app(office: &PostOffice) -> TestApp {
    let mut app = TestApp::with_interviews(&[("a.yml", INTERVIEW)]).await;
    app.settings.mail = office.servers();
    app.settings.dispatch = Some(vec![("mine".to_owned(), I.to_owned())]);
    app.move_below(ROOT);
    app
}

async fn made(app: &TestApp, path: &str, body: Value) -> String {
    let made = app.administrator().post(&format!("{ROOT}{path}"), body).await;
    below(made.json().as_str().unwrap(), path).to_owned()
}

#[actix_web::test]
async fn every_page_leads_to_pages_below_the_path() {
    let app = app(&PostOffice::open()).await;
    let mut stranger = app.browser();
    let seen = wander(&mut stranger, &app, "/da/").await;
    assert!(seen.contains("/da/interview?i=docassemble.mine:data/questions/a.yml"), "{seen:?}");
    wander(&mut app.browser(), &app, "/da/openapi").await;
    let new = json!({"username": "ann@example.com", "password": "a long word", "privileges": "developer"});
    app.administrator().post("/da/api/user/new", new).await;
    let mut ann = app.browser();
    let page = ann.get(&app, "/da/user/sign-in").await;
    let form = [("csrf", page.hidden("csrf")), ("email", "ann@example.com".into()), ("password", "a long word".into())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let signed_in = ann.post(&app, "/da/user/sign-in", &form).await;
    assert_eq!(signed_in.status(), 303);
    look(&signed_in, "signing in");
    let seen = wander(&mut ann, &app, "/da/user/profile").await;
    for page in ["/da/manage_api", "/da/user/mfa", "/da/user/change-password"] {
        assert!(seen.contains(page), "{page} is not among {seen:?}");
    }
    let page = ann.get(&app, "/da/user/sign-out").await;
    let signed_out = ann.post(&app, "/da/user/sign-out", &[("csrf", &page.hidden("csrf"))]).await;
    assert_eq!(signed_out.status(), 303);
    look(&signed_out, "signing out");
}

#[actix_web::test]
async fn links_of_the_api_and_what_interviews_tell_lead_below_the_path() {
    let app = app(&PostOffice::open()).await;
    let admin = app.administrator();
    let begun = admin.get(&format!("/da/api/session/new?i={I}")).await.json();
    let session = Session::of(&begun);
    let sent = session.multipart().file("proof", "a.png", b"\x89PNG").post("/da/api/session");
    let question = admin.send(sent).await;
    assert_eq!(question.status, 200, "{}", question.body);
    let mut told = addresses(&question.json()["subquestionText"].as_str().unwrap().replace("\\\"", "\""));
    let links = admin.post("/da/api/session/action", session.body(&json!({"action": "links"}))).await.json();
    told.extend(links.as_array().unwrap().iter().map(|link| link.as_str().unwrap().to_owned()));
    assert!(told.len() > 8, "{told:?}");
    for link in &told {
        below(link, "the interview");
    }
    for absolute in ["", "?absolute_urls=0"] {
        let list = admin.get(&format!("/da/api/list{absolute}")).await.json();
        let link = list[0]["link"].as_str().unwrap();
        assert_eq!(link.starts_with("http://localhost/"), absolute.is_empty());
        below(link, "/api/list");
    }
    let document = app.nobody().get("/da/api/openapi.json").await.json();
    assert_eq!(document["servers"][0]["url"], "http://localhost/da");
    let launch = made(&app, "/api/resume_url", session.names.clone()).await;
    let mut browser = app.browser();
    let page = browser.get(&app, &launch).await;
    look(&page, "the launch page");
    let hidden = page.page.controls.iter().filter(|control| control.kind == "hidden");
    let form: Vec<(&str, &str)> = hidden.map(|one| (one.name.as_str(), one.value.as_str())).collect();
    let opened = browser.post(&app, "/da/launch", &form).await;
    assert_eq!(opened.status(), 303);
    for address in look(&opened, "the link of a session") {
        let screen = browser.get(&app, &address).await;
        assert_eq!(screen.status(), 200);
        look(&screen, &address);
    }
    let away = made_of(&app, "/da/api/temp_url?url=https://elsewhere.example/").await;
    assert_eq!(app.browser().get(&app, &away).await.header("Location"), "https://elsewhere.example/");
}

async fn made_of(app: &TestApp, address: &str) -> String {
    let made = app.administrator().get(address).await;
    below(made.json().as_str().unwrap(), address).to_owned()
}

#[actix_web::test]
async fn links_for_people_lead_below_the_path_also_in_letters() {
    let office = PostOffice::open();
    let app = app(&office).await;
    let admin = app.administrator();
    let new = json!({"username": "ann@example.com", "password": "a long word"});
    admin.post("/da/api/user/new", new.clone()).await;
    for (more, leads) in
        [(json!({"i": I}), "/da/interview?i="), (json!({"next": "profile"}), "/da/user/profile"), (json!({}), "/da/")]
    {
        let mut login = new.clone();
        login.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let link = made(&app, "/api/login_url", login).await;
        let led = app.browser().get(&app, &link).await;
        assert!(look(&led, &link).iter().any(|to| to.starts_with(leads)), "{}", led.header("Location"));
    }
    let invited = json!({"email_addresses": ["bob@example.com"], "send_emails": 0});
    let told = admin.post("/da/api/user_invite", invited).await.json();
    let register = below(told[0]["url"].as_str().unwrap(), "/api/user_invite").to_owned();
    look(&app.browser().get(&app, &register).await, &register);
    admin.post("/da/api/user_invite", json!({"email_addresses": ["cy@example.com"]})).await;
    let mut browser = app.browser();
    let page = browser.get(&app, "/da/user/forgot-password").await;
    let asked = [("csrf", page.hidden("csrf")), ("email", "ann@example.com".to_owned())];
    let asked: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(&app, "/da/user/forgot-password", &asked).await;
    for person in ["cy@example.com", "ann@example.com"] {
        let letter = office.letter_to(person).await.message.replace("=\n", "").replace("=3D", "=");
        let link = letter.rsplit("http://localhost").next().unwrap().split_whitespace().next().unwrap();
        assert!(link.starts_with("/da/user/"), "{letter}");
        let page = app.browser().get(&app, link).await;
        assert_eq!(page.status(), 200, "{link}");
        look(&page, link);
    }
}

#[actix_web::test]
async fn nothing_stands_beside_the_path() {
    let app = app(&PostOffice::open()).await;
    for address in ["/", "/interview?i=x", "/user/sign-in", "/api/list", "/static/da.css", "/health"] {
        assert_eq!(app.administrator().send(TestRequest::get().uri(address)).await.status, 404, "{address}");
    }
}
