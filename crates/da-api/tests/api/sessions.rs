//! Lists of sessions, and their deletion: whose, by filter, with and without a look inside, page by page.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use da_api::Edition;
use da_testkit::{KeyHolder, Session, TestApp, User};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

const A: &str = "docassemble.mine:data/questions/a.yml";
const B: &str = "docassemble.mine:data/questions/b.yml";

const TAGGED: &str = "\
metadata:
  title: Alpha
  subtitle: The first
  tags: [one, two]
---
mandatory: True
question: Color?
fields:
  - Color: color
";

const OPEN: &str = "\
mandatory: True
code: |
  multi_user = True
  set_parts(title='Named by itself')
  session_tags().add('own')
---
mandatory: True
question: Hello
";

async fn app() -> TestApp {
    TestApp::with_interviews(&[("a.yml", TAGGED), ("b.yml", OPEN)]).await
}

async fn list(user: &impl User, path: &str) -> Vec<Value> {
    user.get(path).await.json().as_array().unwrap().clone()
}

fn names(list: &[Value]) -> Vec<&str> {
    list.iter().map(|item| item["session"].as_str().unwrap()).collect()
}

fn encoded(query: &str) -> String {
    utf8_percent_encode(query, NON_ALPHANUMERIC).to_string()
}

fn id(session: &Session) -> &str {
    session.names["session"].as_str().unwrap()
}

#[actix_web::test]
async fn a_session_is_told_with_the_keys_of_the_documentation() {
    let app = app().await;
    let user = app.administrator();
    let session = Session::begin(&user, A, "").await;
    let mut expected = json!({
        "email": "admin@example.com", "filename": A,
        "metadata": {"title": "Alpha", "subtitle": "The first", "tags": ["one", "two"]},
        "modtime": "01/15/2027 03:00:00 AM", "session": id(&session), "starttime": "01/15/2027 03:00:00 AM",
        "subtitle": "The first", "tags": ["one", "two"], "temp_user_id": null,
        "title": "Alpha - interview answers cannot be decrypted", "user_id": 1,
        "utc_modtime": "2027-01-15T08:00:00", "utc_starttime": "2027-01-15T08:00:00", "valid": false
    });
    assert_eq!(list(&user, "/api/interviews").await, [expected.clone()]);
    user.post("/api/user", json!({"timezone": "Europe/Berlin"})).await;
    expected["title"] = json!("Alpha");
    expected["valid"] = json!(true);
    expected["modtime"] = json!("01/15/2027 09:00:00 AM");
    expected["starttime"] = json!("01/15/2027 09:00:00 AM");
    let secret = session.names["secret"].as_str().unwrap();
    for path in ["/api/interviews", "/api/user/interviews", "/api/user/1/interviews", "/api/users/interviews"] {
        assert_eq!(list(&user, &format!("{path}?secret={secret}")).await, [expected.clone()], "{path}");
    }
}

#[actix_web::test]
async fn variables_are_told_where_the_session_opens() {
    let app = app().await;
    let user = app.administrator();
    let closed = Session::begin(&user, A, "").await;
    closed.answer(&user, json!({"variables": {"color": "red"}})).await;
    Session::begin(&user, B, "").await;
    let secret = closed.names["secret"].as_str().unwrap();
    let told = list(&user, &format!("/api/interviews?include_dictionary=1&secret={secret}")).await;
    assert_eq!((&told[0]["dict"]["color"], &told[0]["encrypted"]), (&json!("red"), &json!(true)));
    let open = &told[1];
    assert_eq!((&open["title"], &open["tags"]), (&json!("Named by itself"), &json!(["own"])));
    assert_eq!((&open["encrypted"], &open["valid"]), (&json!(false), &json!(true)));
    let without = list(&user, "/api/interviews?include_dictionary=1").await;
    assert_eq!((&without[0]["dict"], &without[0]["valid"]), (&json!({}), &json!(false)));
}

#[actix_web::test]
async fn filters_are_applied_together() {
    let app = app().await;
    let user = app.administrator();
    let (first, second) = (Session::begin(&user, A, "").await, Session::begin(&user, A, "").await);
    let third = Session::begin(&user, B, "").await;
    let cases = [
        (String::new(), vec![&first, &second, &third]),
        (format!("?i={A}"), vec![&first, &second]),
        ("?i=docassemble.mine:b.yml".to_owned(), vec![&third]),
        (format!("?session={}", id(&second)), vec![&second]),
        (format!("?i={B}&session={}", id(&second)), vec![]),
        ("?tag=two".to_owned(), vec![&first, &second]),
        (format!("?tag=two&i={B}"), vec![]),
        ("?tag=own".to_owned(), vec![]),
        ("?tag=own&include_dictionary=1".to_owned(), vec![&third]),
        ("?i=nonsense".to_owned(), vec![]),
        ("?session=..%2F".to_owned(), vec![]),
    ];
    for (query, expected) in cases {
        for path in ["/api/interviews", "/api/user/interviews"] {
            let listed = list(&user, &format!("{path}{query}")).await;
            assert_eq!(names(&listed), expected.iter().map(|session| id(session)).collect::<Vec<_>>(), "{query}");
        }
    }
}

#[actix_web::test]
async fn sessions_are_narrowed_down_by_a_query() {
    let mut app = app().await;
    let admin = app.administrator();
    let mut begun = Vec::new();
    for (name, country) in [("ann", "US"), ("bob", "MX"), ("cat", "US")] {
        let email = format!("{name}@example.com");
        let new = json!({"username": email, "password": "long-enough", "country": country});
        admin.post("/api/user/new", new).await;
        let who = app.key_holder(&email).await;
        begun.push(id(&Session::begin(&who, if name == "cat" { B } else { A }, "").await).to_owned());
    }
    let (ann, bob, cat) = (begun[0].as_str(), begun[1].as_str(), begun[2].as_str());
    let of_user = "(DA.Sessions.country == 'US' & ~(DA.Sessions.email.Like('a%@example.com')))";
    for (query, expected) in [
        ("DA.Sessions.user_id.In(2, 4)".to_owned(), vec![ann, cat]),
        ("DA.Sessions.country == 'MX'".to_owned(), vec![bob]),
        (of_user.to_owned(), vec![cat]),
        (format!("{of_user} | DA.Sessions.session == '{ann}'"), vec![ann, cat]),
        (format!("DA.Sessions.filename == '{A}' & DA.Sessions.modtime > '1/1/2000'"), vec![ann, bob]),
        ("DA.Sessions.modtime < '2000-01-01'".to_owned(), vec![]),
        (" ".to_owned(), vec![ann, bob, cat]),
    ] {
        let path = format!("/api/interviews?query={}", encoded(&query));
        assert_eq!(names(&list(&app.administrator(), &path).await), expected, "{query}");
    }
    let path = format!("/api/interviews?query={}", encoded("DA.Sessions.country == 'US'"));
    assert_eq!(app.administrator().delete(&path).await.status, 204);
    assert_eq!(names(&list(&app.administrator(), "/api/interviews").await), [bob]);
    app.api.edition = Edition::Later;
    let path = format!("/api/user/3/interviews?query={}", encoded("DA.Sessions.encrypted"));
    let page = app.administrator().get(&path).await.json();
    assert_eq!((&page["items"][0]["session"], &page["next_id"]), (&json!(bob), &Value::Null));
}

/// More sessions than a page has, of which few fit.
#[actix_web::test]
async fn a_query_is_followed_from_page_to_page() {
    let mut app = app().await;
    let mut wanted = Vec::new();
    for number in 0..230 {
        let name = id(&Session::begin(&app.administrator(), if number % 2 == 0 { A } else { B }, "").await).to_owned();
        if number % 2 == 0 {
            wanted.push(name);
        }
    }
    app.api.edition = Edition::Later;
    let admin = app.administrator();
    let path = format!("/api/interviews?query={}", encoded(&format!("DA.Sessions.filename.Like('%{}')", &A[14..])));
    let first = admin.get(&path).await.json();
    let next = first["next_id"].as_str().unwrap();
    let second = admin.get(&format!("{path}&next_id={next}")).await.json();
    let told = |page: &Value| -> Vec<String> {
        names(page["items"].as_array().unwrap()).into_iter().map(str::to_owned).collect()
    };
    assert_eq!((told(&first).len(), &second["next_id"]), (100, &Value::Null));
    assert_eq!([told(&first), told(&second)].concat(), wanted);
}

#[actix_web::test]
async fn a_query_that_is_not_understood_is_refused_and_never_passed_over() {
    let mut app = app().await;
    Session::begin(&app.administrator(), B, "").await;
    for edition in [Edition::Documented, Edition::Later] {
        app.api.edition = edition;
        let user = app.administrator();
        for path in ["/api/interviews", "/api/user/interviews", "/api/user/1/interviews", "/api/users/interviews"] {
            let path = format!("{path}?query=DA.Sessions.last_login%3E7");
            for answer in [user.get(&path).await, user.delete(&path).await] {
                assert_eq!(answer.refusal(), (400, "Invalid query parameter".to_owned()), "{path}");
                assert_eq!(answer.header("X-Hint"), "This server does not keep when somebody logged in last");
            }
        }
    }
    app.api.edition = Edition::Documented;
    assert_eq!(list(&app.administrator(), "/api/interviews").await.len(), 1);
}

#[actix_web::test]
async fn an_interview_that_is_gone_is_told_as_not_valid() {
    let app = app().await;
    let user = app.administrator();
    Session::begin(&user, B, "").await;
    app.place().write("b.yml", "[: no YAML");
    let told = &list(&user, "/api/interviews?include_dictionary=1").await[0];
    let title = "Error: interview not found and answers could not be decrypted";
    assert_eq!((&told["title"], &told["valid"], &told["metadata"]), (&json!(title), &json!(false), &json!({})));
    assert_eq!((&told["tags"], &told["dict"]), (&json!([]), &json!({})));
}

#[actix_web::test]
async fn a_visitor_has_a_number_of_their_own() {
    let app = app().await;
    let address = format!("/interview?i={A}");
    let mut one = app.browser();
    one.get(&app, &address).await;
    one.get(&app, &format!("{address}&new_session=1")).await;
    app.browser().get(&app, &address).await;
    let told = list(&app.administrator(), "/api/interviews").await;
    let numbers: Vec<i64> = told.iter().map(|item| item["temp_user_id"].as_i64().unwrap()).collect();
    assert!(numbers[0] == numbers[1] && numbers[1] != numbers[2], "{numbers:?}");
    assert_eq!((&told[0]["user_id"], &told[0]["email"]), (&Value::Null, &Value::Null));
}

/// Somebody with an account and a session.
async fn owner<'a>(app: &'a TestApp, name: &str) -> (i64, KeyHolder<'a>, Session) {
    let email = format!("{name}@example.com");
    let made = app.administrator().post("/api/user/new", json!({"username": email})).await.json();
    let holder = app.key_holder(&email).await;
    let session = Session::begin(&holder, B, "").await;
    (made["user_id"].as_i64().unwrap(), holder, session)
}

#[actix_web::test]
async fn people_see_and_delete_their_own_sessions_and_no_others() {
    let app = app().await;
    let (ann_id, ann, of_ann) = owner(&app, "ann").await;
    let (bob_id, bob, of_bob) = owner(&app, "bob").await;
    let denied = (403, "Access Denied".to_owned());
    assert_eq!(names(&list(&ann, "/api/user/interviews").await), [id(&of_ann)]);
    assert_eq!(names(&list(&ann, &format!("/api/user/{ann_id}/interviews")).await), [id(&of_ann)]);
    for path in ["/api/interviews", "/api/users/interviews", &format!("/api/user/{bob_id}/interviews")] {
        assert_eq!(ann.get(path).await.refusal(), denied, "{path}");
        assert_eq!(ann.delete(path).await.refusal(), denied, "{path}");
    }
    assert_eq!(ann.delete("/api/user/interviews").await.status, 204);
    assert_eq!(names(&list(&app.administrator(), "/api/interviews").await), [id(&of_bob)]);
    assert_eq!(bob.delete(&format!("/api/user/{bob_id}/interviews?i={A}")).await.status, 204);
    assert_eq!(list(&bob, "/api/user/interviews").await.len(), 1);
    let by_number = app.administrator().delete(&format!("/api/user/{bob_id}/interviews?tag=one")).await;
    assert_eq!((by_number.status, list(&bob, "/api/user/interviews").await.len()), (204, 1));
    assert_eq!(app.administrator().delete(&format!("/api/users/interviews?user_id={bob_id}")).await.status, 204);
    assert_eq!(of_bob.question(&bob).await.refusal(), (400, "Unable to obtain interview dictionary".to_owned()));
    assert_eq!(app.administrator().get("/api/user/x/interviews").await.refusal().0, 400);
}

#[actix_web::test]
async fn administrators_alone_delete_the_sessions_of_everybody_and_later_advocates_too() {
    let mut app = app().await;
    {
        let new = json!({"username": "vera@example.com", "privileges": "advocate"});
        app.administrator().post("/api/user/new", new).await;
        let vera = app.key_holder("vera@example.com").await;
        Session::begin(&app.administrator(), B, "").await;
        assert_eq!(list(&vera, "/api/interviews").await.len(), 1);
        assert_eq!(vera.delete("/api/interviews").await.refusal(), (403, "Access Denied".to_owned()));
        assert_eq!(app.administrator().delete("/api/interviews").await.status, 204);
        assert_eq!(list(&vera, "/api/interviews").await, [] as [Value; 0]);
        Session::begin(&app.administrator(), B, "").await;
    }
    app.api.edition = Edition::Later;
    let key = app.app().api_key_add("vera@example.com", "later").await.unwrap();
    let vera = app.with_key(&key);
    assert_eq!(vera.delete("/api/interviews").await.status, 204);
    assert_eq!(vera.get("/api/interviews").await.json(), json!({"items": [], "next_id": null}));
}

#[actix_web::test]
async fn a_long_list_is_told_whole_and_page_by_page_when_pages_are_asked_for() {
    for mut app in TestApp::everywhere().await {
        let i = "docassemble.demo:data/questions/examples/questionless.yml";
        let mut begun = Vec::new();
        for _ in 0..205 {
            begun.push(id(&Session::begin(&app.administrator(), i, "").await).to_owned());
        }
        let all = list(&app.administrator(), "/api/user/interviews").await;
        assert_eq!(names(&all), begun);
        let first = app.administrator().get("/api/user/interviews?next_id=").await;
        let next = first.header("X-Next-Id").to_owned();
        assert_eq!(names(first.json().as_array().unwrap()), begun[..100]);
        let second = list(&app.administrator(), &format!("/api/user/interviews?next_id={next}")).await;
        assert_eq!(names(&second), begun[100..200]);
        app.api.edition = Edition::Later;
        let mut page = app.administrator().get("/api/user/interviews?next_id=nonsense").await.json();
        let mut seen = Vec::new();
        loop {
            seen.extend(names(page["items"].as_array().unwrap()).into_iter().map(str::to_owned));
            let Some(next) = page["next_id"].as_str() else { break };
            page = app.administrator().get(&format!("/api/user/interviews?next_id={next}")).await.json();
        }
        assert_eq!(seen, begun);
        assert_eq!(page["items"][0]["starttime"], "");
        assert_eq!((&page["items"][0]["utc_starttime"], &page["items"][0]["valid"]), (&Value::Null, &json!(true)));
        assert_eq!(app.administrator().delete("/api/user/interviews").await.status, 204);
        let gone = app.administrator().get("/api/user/interviews").await.json();
        assert_eq!(gone, json!({"items": [], "next_id": null}));
    }
}
