//! Who gets through to what: every route of the contract, by everybody.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_testkit::{Answer, TestApp, User};
use serde_json::json;

const CONTRACT: &str = include_str!("../../../../fixtures/contract/routes.tsv");
const UNCOVERED: &str = include_str!("../../../../fixtures/contract/uncovered_routes.txt");

async fn knock(who: &impl User, method: &str, path: &str) -> Answer {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    // What the routes that make and delete keys read before they look at who asks.
    let body = json!({"name": "door", "api_key": "none"});
    who.send(TestRequest::default().method(method).uri(path).set_json(body)).await
}

/// Whether an answer says that this is not for the one who asked.
fn is_denied(answer: &Answer) -> bool {
    answer.status == 403 || answer.body == "\"You cannot call set_user_info() unless you are an administrator\""
}

#[actix_web::test]
async fn everybody_gets_through_to_what_the_contract_says_and_to_nothing_else() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let mut people = Vec::new();
    for (letters, privilege) in
        [("OU", "user"), ("T", "trainer"), ("V", "advocate"), ("D", "developer"), ("A", "admin")]
    {
        let email = format!("the-{privilege}@example.com");
        let new = json!({"username": email, "privileges": privilege});
        let made = admin.post("/api/user/new", new).await.json();
        let holder = app.key_holder(&email).await;
        people.extend(letters.chars().map(|letter| (letter, made["user_id"].clone(), holder.clone())));
    }
    let limited = json!({"name": "limited", "permissions": ["demo_interviews"]});
    let key = admin.post("/api/user/api", limited).await.json();
    people.push(('L', json!(1), app.with_key(key.as_str().unwrap())));
    for line in CONTRACT.lines().filter(|line| !line.starts_with('#') && line.contains("\t/api/")) {
        // Whoever is about to write a client may read what there is.
        if line.contains("/api/openapi.json") {
            continue;
        }
        let [method, path, who, ..] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        if UNCOVERED.lines().any(|uncovered| uncovered == format!("{method}\t{path}")) {
            continue;
        }
        let of_user = |id: &str| path.replace("<user_id>", id).replace("<file_number>", "99");
        assert_eq!(knock(&app.nobody(), method, &of_user("99")).await.refusal(), (403, "Access Denied".to_owned()));
        for (letter, id, person) in &people {
            let id = if *letter == 'O' { id.to_string() } else { "99".to_owned() };
            let answer = knock(person, method, &of_user(&id)).await;
            let seen = format!("{method} {path} by {letter}: {} {}", answer.status, answer.body);
            assert_eq!(!is_denied(&answer), who.contains(*letter), "{seen}");
        }
    }
}
