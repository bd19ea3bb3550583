//! Users and privileges: who may do what, each success and each refusal.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_api::Edition;
use da_testkit::{Answer, KeyHolder, PostOffice, Session, TestApp, User};
use serde_json::{Value, json};

/// Somebody with one privilege: the number of the account, and who may use its key.
async fn person<'a>(app: &'a TestApp, name: &str, privilege: &str) -> (i64, KeyHolder<'a>) {
    let email = format!("{name}@example.com");
    let new = json!({"username": email, "privileges": privilege});
    let made = app.administrator().post("/api/user/new", new).await.json();
    (made["user_id"].as_i64().unwrap(), app.key_holder(&email).await)
}

async fn send(who: &impl User, method: &str, path: &str, body: Value) -> Answer {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    who.send(TestRequest::default().method(method).uri(path).set_json(body)).await
}

#[actix_web::test]
async fn an_account_is_made_with_what_is_said_about_it() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let all = json!({
        "username": "ann@example.com", "password": "long enough", "privileges": ["developer", "trainer"],
        "first_name": "Ann", "last_name": "Lee", "country": "US", "subdivisionfirst": "NY",
        "subdivisionsecond": "Kings", "subdivisionthird": "Brooklyn", "organization": "Lee & Co",
        "timezone": "America/New_York", "language": "en"
    });
    let made = admin.post("/api/user/new", all.clone()).await;
    assert_eq!((made.status, made.json()), (200, json!({"user_id": 2, "password": "long enough"})));
    let told = admin.get("/api/user_info?username=ANN@example.com").await.json();
    let expected = json!({
        "active": true, "country": "US", "email": "ann@example.com", "first_name": "Ann", "id": 2, "language": "en",
        "last_name": "Lee", "organization": "Lee & Co", "privileges": ["developer", "trainer"],
        "subdivisionfirst": "NY", "subdivisionsecond": "Kings", "subdivisionthird": "Brooklyn",
        "timezone": "America/New_York"
    });
    assert_eq!(told, expected);
    let form = TestRequest::post()
        .uri("/api/user/new")
        .set_form([("username", "bob@example.com"), ("privileges", "[\"advocate\"]")]);
    let made = admin.send(form).await.json();
    assert_eq!((made["user_id"].as_i64(), made["password"].as_str().map(str::len)), (Some(3), Some(20)));
    assert_eq!(admin.get("/api/user/3").await.json()["privileges"], json!(["advocate"]));
}

#[actix_web::test]
async fn an_account_that_cannot_be_made_is_refused_with_the_documented_text() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let cases = [
        (json!({}), "An e-mail address must be supplied."),
        (json!({"username": "a@example.com", "password": ""}), "A password must be supplied."),
        (json!({"username": "a@example.com", "password": "abc"}), "Password too short or too long"),
        (json!({"username": "a@example.com", "privileges": 7}), "List of privileges must be a string or a list."),
        (json!({"username": "a@example.com", "privileges": "[1"}), "List of privileges must be a string or a list."),
        (json!({"username": "a@example.com", "privileges": "emperor"}), "Invalid privilege name."),
        (json!({"username": "ADMIN@example.com"}), "That e-mail address is already being used."),
        (json!({"username": "nobody"}), "\"nobody\" is not an e-mail address."),
    ];
    for (body, text) in cases {
        assert_eq!(admin.post("/api/user/new", body).await.refusal(), (400, text.to_owned()));
    }
    assert_eq!(admin.get("/api/user_list").await.json().as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn people_change_their_own_account_and_administrators_every_account() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let (ann, ann_herself) = person(&app, "ann", "user").await;
    let (_, bob) = person(&app, "bob", "user").await;
    let own = format!("/api/user/{}", ann);
    for path in ["/api/user", own.as_str()] {
        let changed = send(&ann_herself, "POST", path, json!({"first_name": path, "country": ""})).await;
        assert_eq!((changed.status, changed.body.as_str()), (204, ""));
        let told = send(&ann_herself, "GET", &own, Value::Null).await.json();
        assert_eq!((&told["first_name"], &told["last_name"]), (&json!(path), &json!("")));
        let password = send(&ann_herself, "POST", path, json!({"password": "another one"})).await.refusal();
        assert_eq!(password, (403, "You must have admin privileges to change a password.".to_owned()));
    }
    let other = send(&bob, "POST", &own, json!({"first_name": "x"})).await.refusal();
    assert_eq!(other, (400, "You cannot call set_user_info() unless you are an administrator".to_owned()));
    let changed = admin.post(&own, json!({"last_name": "Lee", "password": "another one"})).await;
    assert_eq!(changed.status, 204);
    assert_eq!(admin.post(&own, json!({"password": "abc"})).await.refusal().1, "Password too short or too long");
    assert_eq!(
        admin.post("/api/user/99", json!({"last_name": "x"})).await.refusal(),
        (404, "User not found".to_owned())
    );
}

#[actix_web::test]
async fn a_user_is_found_by_number_and_by_address() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let not_found = (404, "User not found".to_owned());
    assert_eq!(admin.get("/api/user/99").await.refusal(), not_found);
    assert_eq!(admin.get("/api/user_info?username=no@example.com").await.refusal(), not_found);
    assert_eq!(admin.delete("/api/user/99").await.refusal(), not_found);
    let number = (400, "User ID must be an integer".to_owned());
    for answer in [admin.get("/api/user/x").await, admin.delete("/api/user/1.5").await] {
        assert_eq!(answer.refusal(), number);
    }
    assert_eq!(admin.post("/api/user/x", json!({})).await.refusal(), number);
    let missing = admin.get("/api/user_info").await.refusal();
    assert_eq!(missing, (400, "An e-mail address must be supplied.".to_owned()));
}

#[actix_web::test]
async fn an_account_that_was_ended_opens_nothing_and_is_listed_when_it_is_asked_for() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let (ann, ann_herself) = person(&app, "ann", "user").await;
    assert_eq!(send(&ann_herself, "GET", "/api/user", Value::Null).await.status, 200);
    assert_eq!(admin.delete(&format!("/api/user/{}", ann)).await.status, 204);
    let refused = send(&ann_herself, "GET", "/api/user", Value::Null).await.refusal();
    assert_eq!(refused, (403, "Access Denied".to_owned()));
    let listed = admin.get("/api/user_list").await.json();
    assert_eq!((listed.as_array().unwrap().len(), listed[0].get("active")), (1, None));
    let all = admin.get("/api/user_list?include_inactive=1").await.json();
    assert_eq!(
        (&all[0]["active"], &all[1]["active"], &all[1]["email"]),
        (&json!(true), &json!(false), &json!("ann@example.com"))
    );
}

#[actix_web::test]
async fn privileges_are_listed_added_given_and_taken() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let (ann, _) = person(&app, "ann", "user").await;
    assert_eq!(admin.post("/api/privileges", json!({"privilege": "clerk"})).await.status, 204);
    let expected = json!(["admin", "advocate", "clerk", "cron", "developer", "trainer", "user"]);
    assert_eq!(admin.get("/api/privileges").await.json(), expected);
    let again = admin.post("/api/privileges", json!({"privilege": "clerk"})).await.refusal();
    assert_eq!(again, (400, "The given privilege already exists".to_owned()));
    let needed = (400, "A privilege name must be provided".to_owned());
    assert_eq!(admin.post("/api/privileges", json!({})).await.refusal(), needed);
    let path = format!("/api/user/{}/privileges", ann);
    assert_eq!(admin.post(&path, json!({})).await.refusal(), needed);
    assert_eq!(admin.delete(&path).await.refusal(), needed);
    let clerk = json!({"privilege": "clerk"});
    assert_eq!(admin.post(&path, clerk.clone()).await.status, 204);
    assert_eq!(admin.get(&format!("/api/user/{}", ann)).await.json()["privileges"], json!(["clerk", "user"]));
    let held = admin.post(&path, clerk.clone()).await.refusal();
    assert_eq!(held, (400, "The user already had that privilege".to_owned()));
    assert_eq!(admin.delete(&format!("{path}?privilege=clerk")).await.status, 204);
    let not_held = send(&admin, "DELETE", &path, clerk).await.refusal();
    assert_eq!(not_held, (400, "The user did not already have that privilege".to_owned()));
    let none = (400, "The specified privilege does not exist".to_owned());
    assert_eq!(admin.post(&path, json!({"privilege": "emperor"})).await.refusal(), none);
    assert_eq!(admin.delete(&format!("{path}?privilege=emperor")).await.refusal(), none);
    let nobody = admin.post("/api/user/99/privileges", json!({"privilege": "clerk"})).await.refusal();
    assert_eq!(nobody, (404, "User not found".to_owned()));
}

#[actix_web::test]
async fn privileges_are_told_and_those_that_were_added_are_deleted() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let (ann, ann_herself) = person(&app, "ann", "trainer").await;
    assert_eq!(send(&ann_herself, "GET", "/api/user/privileges", Value::Null).await.json(), json!(["trainer"]));
    let path = format!("/api/user/{ann}/privileges");
    assert_eq!(send(&ann_herself, "GET", &path, Value::Null).await.json(), json!(["trainer"]));
    assert_eq!(admin.get(&path).await.json(), json!(["trainer"]));
    admin.post("/api/privileges", json!({"privilege": "clerk"})).await;
    admin.post(&path, json!({"privilege": "clerk"})).await;
    assert_eq!(admin.delete("/api/privileges?privilege=clerk").await.status, 204);
    assert_eq!(admin.get(&path).await.json(), json!(["trainer"]));
    let gone = admin.delete("/api/privileges?privilege=clerk").await.refusal();
    assert_eq!(gone, (400, "The privilege clerk did not exist.".to_owned()));
    let built_in = admin.delete("/api/privileges?privilege=user").await.refusal();
    assert_eq!(built_in, (400, "The specified privilege is built-in and cannot be deleted.".to_owned()));
    let needed = admin.delete("/api/privileges").await.refusal();
    assert_eq!(needed, (400, "A privilege name must be provided".to_owned()));
}

#[actix_web::test]
async fn a_user_who_brings_the_old_password_keeps_the_secret() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    admin.post("/api/user/new", json!({"username": "ann@example.com", "password": "first"})).await;
    let secret = |password: &str| format!("/api/secret?username=ann@example.com&password={password}");
    let before = admin.get(&secret("first")).await.json();
    let wrong = json!({"password": "second", "old_password": "guess"});
    let refused = admin.post("/api/user/2", wrong).await.refusal();
    assert_eq!(refused, (400, "The old_password is incorrect".to_owned()));
    let right = json!({"password": "second", "old_password": "first"});
    assert_eq!(send(&admin, "PATCH", "/api/user/2", right).await.status, 204);
    assert_eq!(admin.get(&secret("second")).await.json(), before);
    assert_eq!(admin.get(&secret("first")).await.status, 403);
}

#[actix_web::test]
async fn an_account_is_ended_and_opened_again_but_not_the_first_nor_ones_own() {
    let mut app = TestApp::start().await;
    person(&app, "ann", "user").await;
    let active = |value: bool| json!({"active": value});
    assert_eq!(app.administrator().post("/api/user/2", active(false)).await.status, 204);
    assert_eq!(app.administrator().get("/api/user_list").await.json().as_array().unwrap().len(), 1);
    assert_eq!(app.administrator().post("/api/user/2", active(true)).await.status, 204);
    assert_eq!(app.administrator().get("/api/user_list").await.json().as_array().unwrap().len(), 2);
    let fixed = (403, "The active status of this user account cannot be changed.".to_owned());
    assert_eq!(app.administrator().post("/api/user/1", active(false)).await.refusal(), fixed);
    app.api.edition = Edition::Later;
    let kept = (403, "This user account cannot be deleted or deactivated.".to_owned());
    assert_eq!(app.administrator().delete("/api/user/1").await.refusal(), kept);
    assert_eq!(app.administrator().delete("/api/user/2").await.status, 204);
}

#[actix_web::test]
async fn the_later_list_of_users_comes_in_pages_and_an_address_may_be_asked_for_exactly() {
    let mut app = TestApp::start().await;
    for number in 0..101 {
        let new = json!({"username": format!("u{number:03}@example.com"), "password": "password"});
        app.administrator().post("/api/user/new", new).await;
    }
    app.api.edition = Edition::Later;
    let first = app.administrator().get("/api/user_list").await.json();
    assert_eq!((first["items"].as_array().unwrap().len(), first["next_id"].as_str()), (100, Some("MTAw")));
    let second = app.administrator().get("/api/user_list?next_id=MTAw").await.json();
    let last = &second["items"][1];
    assert_eq!((&last["email"], &second["next_id"]), (&json!("u100@example.com"), &Value::Null));
    let ask = |exactly: u8| format!("/api/user_info?username=U100@example.com&case_sensitive={exactly}");
    assert_eq!(app.administrator().get(&ask(0)).await.status, 200);
    assert_eq!(app.administrator().get(&ask(1)).await.refusal(), (404, "User not found.".to_owned()));
    let ordinary = app.ordinary().await;
    let denied = (403, "You do not have sufficient privileges to access user information".to_owned());
    assert_eq!(ordinary.get("/api/user/1").await.refusal(), denied);
}

#[actix_web::test]
async fn people_are_invited_by_a_link_where_there_is_no_mail() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let two = json!({"email_addresses": ["a@example.com", "b@example.com"], "send_emails": 0, "privilege": "trainer"});
    let told = admin.post("/api/user_invite", two).await.json();
    for (place, email) in ["a@example.com", "b@example.com"].into_iter().enumerate() {
        assert_eq!(told[place]["email"], email);
        let url = told[place]["url"].as_str().unwrap();
        assert!(url.starts_with("http://localhost/user/register?token=") && url.len() == 77, "{url}");
    }
    let one = json!({"email_addresses": "c@example.com"});
    let unsent = admin.post("/api/user_invite", one).await.json();
    assert_eq!(unsent, json!([{"email": "c@example.com", "invitation_sent": false}]));
    let cases = [
        (json!({}), "One or more 'email_addresses' must be supplied."),
        (json!({"email_addresses": []}), "One or more 'email_addresses' must be supplied."),
        (json!({"email_addresses": "[\"a\""}), "The email_addresses field did not contain valid JSON."),
        (json!({"email_addresses": "nobody"}), "Invalid e-mail address."),
        (json!({"email_addresses": "[\"a@b\"]"}), "Invalid e-mail address."),
        (json!({"email_addresses": "a@example.com", "privilege": "emperor"}), "Invalid privilege name."),
        (json!({"email_addresses": "a@example.com", "privilege": "cron"}), "Invalid privilege name."),
        (json!({"email_address": "ADMIN@example.com"}), "That e-mail address is already being used."),
    ];
    for (body, text) in cases {
        assert_eq!(admin.post("/api/user_invite", body).await.refusal(), (400, text.to_owned()));
    }
}

const SHARED: &str = "docassemble.mine:data/questions/a.yml";

#[actix_web::test]
async fn an_account_is_removed_with_its_sessions_and_shared_ones_stay_or_go() {
    for (removal, stays) in [("account", true), ("account_and_shared", false)] {
        let interview = "initial: True\ncode: |\n  multi_user = True\n---\nmandatory: True\nquestion: Hello\n";
        let app = TestApp::with_interviews(&[("a.yml", interview)]).await;
        let admin = app.administrator();
        let (ann, ann_herself) = person(&app, "ann", "user").await;
        let (own, shared) =
            (Session::begin(&ann_herself, SHARED, "").await, Session::begin(&ann_herself, SHARED, "").await);
        let link = admin.post("/api/resume_url", shared.names.clone()).await.json();
        let link = link.as_str().unwrap().strip_prefix("http://localhost").unwrap().to_owned();
        let mut browser = app.browser();
        let page = browser.get(&app, &link).await;
        let (token, code) = (page.hidden("csrf"), page.hidden("c"));
        browser.post(&app, "/launch", &[("csrf", &token), ("c", &code)]).await;
        let path = format!("/api/user/{ann}?remove={removal}");
        if !stays {
            assert_eq!(ann_herself.delete(&path).await.refusal(), (403, "Access Denied".to_owned()));
        }
        let gone = if stays { ann_herself.delete(&path).await } else { admin.delete(&path).await };
        assert_eq!(gone.status, 204, "{}", gone.body);
        assert_eq!(admin.get(&format!("/api/user/{ann}")).await.refusal(), (404, "User not found".to_owned()));
        assert_eq!(ann_herself.get("/api/user").await.status, 403);
        assert_eq!(own.question(&admin).await.status, 400);
        assert_eq!(shared.question(&admin).await.status, if stays { 200 } else { 400 });
        let first = admin.delete(&format!("/api/user/1?remove={removal}")).await.refusal();
        assert_eq!(first, (403, "This user account cannot be deleted or deactivated.".to_owned()));
    }
}

#[actix_web::test]
async fn people_are_invited_by_mail_where_there_is_mail() {
    let office = PostOffice::open();
    for mut app in TestApp::everywhere().await {
        app.settings.mail = office.servers();
        app.restart();
        let email = format!("{}@example.com", da_testkit::unique());
        let told = app.administrator().post("/api/user_invite", json!({"email_addresses": email})).await.json();
        assert_eq!(told, json!([{"email": email, "invitation_sent": true}]));
        let letter = office.letter_to(&email).await;
        let link = letter.link();
        assert!(link.starts_with("/user/register?token="), "{link}");
        app.browser().get(&app, &link).await.must_say(&format!("You were invited as {email}."));
        // An address that a mail server would read as two is none.
        let odd = json!({"email_addresses": format!("a,b@{}.example.com", da_testkit::unique())});
        let refusal = (400, "Invalid e-mail address.".to_owned());
        assert_eq!(app.administrator().post("/api/user_invite", odd).await.refusal(), refusal);
    }
}

#[actix_web::test]
async fn the_privilege_of_the_server_is_given_to_nobody_and_an_administrator_stays_one() {
    let app = TestApp::start().await;
    let admin = app.administrator();
    let (_, ann) = person(&app, "ann", "user").await;
    let cron = json!({"privilege": "cron"});
    let told = (400, "You cannot give a user the cron privilege.".to_owned());
    assert_eq!(admin.post("/api/user/2/privileges", cron).await.refusal(), told);
    let new = json!({"username": "bob@example.com", "password": "long-enough", "privileges": ["cron"]});
    assert_eq!(admin.post("/api/user/new", new).await.refusal(), (400, "Invalid privilege name.".to_owned()));
    let told = (400, "You cannot take away the admin privilege from the current user.".to_owned());
    assert_eq!(admin.delete("/api/user/1/privileges?privilege=admin").await.refusal(), told);
    assert!(admin.get("/api/user/1/privileges").await.json().as_array().unwrap().contains(&json!("admin")));
    // Another administrator may.
    assert_eq!(admin.post("/api/user/2/privileges", json!({"privilege": "admin"})).await.status, 204);
    assert_eq!(ann.delete("/api/user/1/privileges?privilege=admin").await.status, 204);
}

#[actix_web::test]
async fn a_limited_key_does_not_change_the_account_of_somebody_with_more_power() {
    let mut app = TestApp::start().await;
    let new =
        json!({"name": "limited", "permissions": ["edit_user_info", "access_user_info", "edit_user_active_status"]});
    let key = app.administrator().post("/api/user/api", new).await.json();
    person(&app, "dev", "developer").await;
    for (edition, refusal) in [
        (Edition::Documented, (403, "Access Denied")),
        (Edition::Later, (400, "You do not have sufficient privileges to edit this user's information.")),
    ] {
        app.api.edition = edition;
        let limited = app.with_key(key.as_str().unwrap());
        let refusal = (refusal.0, refusal.1.to_owned());
        assert_eq!(limited.post("/api/user/2", json!({"first_name": "x"})).await.refusal(), refusal);
        assert_eq!(limited.delete("/api/user/2").await.refusal(), refusal);
    }
}
