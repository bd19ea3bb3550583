//! Who may do what: every line of `fixtures/contract/who_may.tsv`, asked for by everybody, with parameters that are right.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeSet, HashMap};

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_api::Edition;
use da_testkit::{Answer, KeyHolder, Session, TestApp, User, unique};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

const TABLE: &str = include_str!("../../../../fixtures/contract/who_may.tsv");
/// Lines that docassemble 1.10 answers with other texts.
const LATER_TABLE: &str = include_str!("../../../../fixtures/contract/who_may_later.tsv");
const CONTRACT: &str = include_str!("../../../../fixtures/contract/routes.tsv");
const UNCOVERED: &str = include_str!("../../../../fixtures/contract/uncovered_routes.txt");
const REFUSALS: &str = include_str!("../../../../fixtures/contract/api_errors.tsv");

const I: &str = "docassemble.mine:data/questions/a.yml";

const INTERVIEW: &str = "\
mandatory: True
question: Color?
fields:
  - Color: color
  - Proof: proof
    datatype: file
---
mandatory: True
question: Done
---
event: say_so
code: |
  response('so')
";

/// The columns of answers, in their order.
const EVERYBODY: [&str; 9] =
    ["nobody", "user", "owner", "other", "advocate", "developer", "admin", "limited", "permitted"];

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

/// Somebody with an account of one privilege: its number, its address and its key.
struct Person<'a> {
    id: i64,
    email: String,
    key: KeyHolder<'a>,
}

async fn person<'a>(app: &'a TestApp, privilege: &str) -> Person<'a> {
    let email = format!("{}@example.com", unique());
    let new = json!({"username": email, "password": "long-enough", "privileges": privilege});
    let id = app.administrator().post("/api/user/new", new).await.json()["user_id"].as_i64().unwrap();
    let key = app.key_holder(&email).await;
    Person { id, email, key }
}

/// Those who ask for everything, but for the owner, who is another one each time.
struct People<'a> {
    app: &'a TestApp,
    by_name: HashMap<&'static str, Person<'a>>,
}

impl<'a> People<'a> {
    async fn of(app: &'a TestApp) -> People<'a> {
        let mut by_name = HashMap::new();
        for (name, privilege) in [
            ("user", "user"),
            ("other", "user"),
            ("advocate", "advocate"),
            ("developer", "developer"),
            ("admin", "admin"),
        ] {
            by_name.insert(name, person(app, privilege).await);
        }
        People { app, by_name }
    }

    /// A key of the administrator that may do what is listed.
    async fn limited(&self, permissions: &[&str]) -> KeyHolder<'a> {
        let new = json!({"name": unique(), "permissions": permissions});
        let made = self.by_name["admin"].key.post("/api/user/api", new).await.json();
        self.app.with_key(made.as_str().unwrap())
    }
}

/// What belongs to the owner of one cell of the table, and stands for the names in braces.
struct Things<'a> {
    owner: Person<'a>,
    session: Session,
    texts: Vec<(&'static str, String)>,
}

impl<'a> Things<'a> {
    async fn of(people: &People<'a>, name: &str) -> Things<'a> {
        let app = people.app;
        let owner = person(app, "user").await;
        let session = Session::begin(&owner.key, I, "").await;
        let body = session.multipart().text("variables", r#"{"color": "blue"}"#).file("proof", "proof.txt", b"proof");
        owner.key.send(body.post("/api/session")).await;
        let file = session.variables(&owner.key).await.json()["proof"]["elements"][0]["number"].clone();
        let role = unique();
        app.administrator().post("/api/privileges", json!({"privilege": role})).await;
        let stash = app.administrator().post("/api/stash_data", json!({"data": {"a": 1}})).await.json();
        let own = async |email: &str| app.app().api_key_add(email, &unique()).await.unwrap();
        let mine = match name {
            "nobody" => String::new(),
            "owner" => own(&owner.email).await,
            "limited" | "permitted" => own(&people.by_name["admin"].email).await,
            other => own(&people.by_name[other].email).await,
        };
        let is_told = matches!(name, "owner" | "user");
        let secret = session.names["secret"].as_str().unwrap().to_owned();
        let texts = vec![
            ("&secret={secret}", if is_told { format!("&secret={secret}") } else { String::new() }),
            ("{new}", unique()),
            ("{role}", role),
            ("{i}", I.to_owned()),
            ("{session}", session.names["session"].as_str().unwrap().to_owned()),
            ("{owner}", owner.id.to_string()),
            ("{email}", owner.email.clone()),
            ("{key}", own(&owner.email).await),
            ("{mine}", mine),
            ("{stash}", format!("stash_key={}&secret={}", text(&stash["stash_key"]), text(&stash["secret"]))),
            ("<user_id>", owner.id.to_string()),
            ("<file_number>", file.to_string()),
        ];
        Things { owner, session, texts }
    }

    fn filled(&self, template: &str) -> String {
        self.texts.iter().fold(template.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    /// Whether the owner's answers are still what they were, as far as they are there.
    async fn are_as_before(&self) -> bool {
        let variables = self.session.variables(&self.owner.key).await;
        variables.status != 200 || variables.json()["color"] == "blue"
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The request of a line: a query where one asks, a form everywhere else.
fn request(method: &str, path: &str, sent: &str) -> TestRequest {
    let pairs: Vec<(&str, &str)> = sent.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let request = TestRequest::default().method(Method::from_bytes(method.as_bytes()).unwrap());
    if method != "GET" {
        return request.uri(path).set_form(pairs);
    }
    let value = |value: &str| utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
    let query: Vec<String> = pairs.iter().map(|(name, text)| format!("{name}={}", value(text))).collect();
    request.uri(&format!("{path}?{}", query.join("&")))
}

/// An answer as a cell of the table says it.
fn cell(answer: &Answer, edition: Edition) -> String {
    let status = answer.status;
    let told = answer.body.trim_matches('"');
    let denied = match edition {
        Edition::Documented => "Access Denied",
        Edition::Later => "Access denied.",
    };
    if status < 400 || told == denied {
        return status.to_string();
    }
    // Two statuses, and the two texts, are those of the two editions.
    let of_edition = |columns: &Vec<&str>| match edition {
        Edition::Documented => (columns[1].split('/').next(), columns[2]) == (Some(&status.to_string()), told),
        Edition::Later => (columns[1].split('/').next_back(), columns[3]) == (Some(&status.to_string()), told),
    };
    let name = lines(REFUSALS).find(of_edition);
    name.map_or_else(|| format!("{status} {told}"), |columns| format!("{status}:{}", columns[0]))
}

#[actix_web::test]
async fn every_route_answers_everybody_as_the_table_says() {
    as_the_table_says(TABLE, Edition::Documented).await;
}

#[actix_web::test]
async fn with_the_later_edition_the_lines_of_the_later_table_are_true() {
    as_the_table_says(LATER_TABLE, Edition::Later).await;
}

async fn as_the_table_says(table: &'static str, edition: Edition) {
    let mut app = TestApp::with_interviews(&[("a.yml", INTERVIEW)]).await;
    app.api.edition = edition;
    let app = app;
    let people = People::of(&app).await;
    let limited = people.limited(&["demo_interviews"]).await;
    let mut wrong = Vec::new();
    for columns in lines(table) {
        assert_eq!(columns.len(), 4 + EVERYBODY.len(), "{columns:?}");
        let (method, path, sent) = (columns[0], columns[1], columns[2]);
        let permissions: Vec<&str> = columns[3].split(' ').filter(|permission| *permission != "-").collect();
        let permitted = people.limited(if permissions.is_empty() { &["demo_interviews"] } else { &permissions }).await;
        for (name, expected) in EVERYBODY.into_iter().zip(&columns[4..]) {
            let things = Things::of(&people, name).await;
            let request = request(method, &things.filled(path), &things.filled(sent));
            let answer = match name {
                "nobody" => app.nobody().send(request).await,
                "owner" => things.owner.key.send(request).await,
                "limited" => limited.send(request).await,
                "permitted" => permitted.send(request).await,
                other => people.by_name[other].key.send(request).await,
            };
            let seen = cell(&answer, edition);
            if seen != *expected {
                wrong.push(format!("{method} {path} {sent} by {name}: {expected} is said, {seen} is seen"));
            }
            if answer.status >= 400 && !things.are_as_before().await {
                wrong.push(format!("{method} {path} {sent} by {name} was refused and changed the owner's answers"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_route_of_the_contract_has_a_line_in_the_table_and_no_other() {
    let route = |columns: Vec<&'static str>| (columns[0], columns[1]);
    let missing: BTreeSet<_> = lines(UNCOVERED).map(route).collect();
    let here: BTreeSet<_> = lines(CONTRACT).map(route).filter(|route| !missing.contains(route)).collect();
    let told: BTreeSet<_> = lines(TABLE).map(route).collect();
    assert_eq!(here, told);
    assert!(lines(LATER_TABLE).map(route).all(|route| here.contains(&route)));
}
