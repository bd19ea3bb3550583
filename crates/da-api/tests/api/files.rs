//! Files over the API: sent with answers, kept sealed, read back by those who may, and gone with their session.

use std::fs;
use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_api::Edition;
use da_testkit::{Elsewhere, Session, TestApp, User};
use serde_json::{Value, json};

const UPLOAD: &str = "\
mandatory: True
code: |
  json_response([{'name': one.filename, 'number': one.number, 'kind': one.mimetype, 'called': one.instanceName,
                  'text': one.slurp(), 'size': one.size_in_bytes()} for one in upload])
";

/// Twenty bytes that stand nowhere else.
const MARKER: &[u8] = b"Zaphod keeps a towel";

async fn begin(app: &TestApp, text: &str) -> Session {
    let interview = app.place().write("upload.yml", text);
    Session::begin(&app.administrator(), &interview, "").await
}

/// Sends one file, and gives what the interview says about it.
async fn send(app: &TestApp, session: &Session, name: &str, content: &[u8]) -> Value {
    let request = session.multipart().file("upload", name, content).post("/api/session");
    app.administrator().send(request).await.json()[0].clone()
}

fn address(session: &Session, number: &Value) -> String {
    format!("/api/file/{number}?{}", session.query())
}

#[actix_web::test]
async fn a_file_that_is_sent_becomes_a_list_of_files_and_is_read_back() {
    for app in TestApp::everywhere().await {
        let session = begin(&app, UPLOAD).await;
        let body = session.multipart().file("upload", "A b.TXT", MARKER).file("upload", "../c.JPEG", b"\xff\xd8\xff");
        let told = app.administrator().send(body.post("/api/session")).await.json();
        let (first, second) = (told[0]["number"].as_i64().unwrap(), told[1]["number"].as_i64().unwrap());
        let text = std::str::from_utf8(MARKER).unwrap();
        assert_eq!(
            told[0],
            json!({"name": "A b.TXT", "number": first, "kind": "text/plain", "called": "upload[0]", "text": text, "size": 20})
        );
        assert_eq!((&told[1]["name"], &told[1]["kind"]), (&json!("c.JPEG"), &json!("image/jpeg")));
        let file = app.administrator().get(&address(&session, &told[0]["number"])).await;
        assert_eq!(
            (file.status, file.body.as_bytes(), file.header("Content-Type")),
            (200, MARKER, "text/plain; charset=utf-8")
        );
        let picture = app.administrator().get(&address(&session, &told[1]["number"])).await;
        assert_eq!((picture.header("Content-Type"), picture.status), ("image/jpeg", 200));
        assert!(second > first);
        let variables = session.variables(&app.administrator()).await.json();
        let list = &variables["upload"];
        assert_eq!(list["_class"], "docassemble.base.util.DAFileList");
        let expected = json!({
            "_class": "docassemble.base.util.DAFile", "instanceName": "upload[0]", "filename": "A b.TXT", "number": first,
            "mimetype": "text/plain", "extension": "txt", "has_specific_filename": true, "ok": true, "initialized": true,
        });
        for (name, value) in expected.as_object().unwrap() {
            assert_eq!(&list["elements"][0][name], value, "{name}");
        }
    }
}

#[actix_web::test]
async fn file_variables_says_which_variable_a_file_is_for() {
    let app = TestApp::start().await;
    let session = begin(&app, "mandatory: True\ncode: |\n  json_response(evidence.photo.slurp(auto_decode=False).decode())\n---\nobjects:\n  - evidence: DAObject\n").await;
    let post = |variables: &str| {
        session.multipart().text("file_variables", variables).file("x", "a.png", b"picture").post("/api/session")
    };
    let admin = app.administrator();
    for (variables, text) in [
        ("{\"x\": ", "Malformed list of file variables"),
        ("[]", "File variables data is not a dict"),
        ("{\"x\": 7}", "Malformed file variable"),
        ("{\"x\": \"open('y')\"}", "Malformed file variable"),
    ] {
        assert_eq!(admin.send(post(variables)).await.refusal(), (400, text.to_owned()));
    }
    assert_eq!(admin.send(post("{\"x\": \"evidence.photo\"}")).await.json(), json!("picture"));
}

#[actix_web::test]
async fn extension_and_filename_must_be_those_of_the_file_and_head_sends_no_body() {
    let app = TestApp::start().await;
    let session = begin(&app, UPLOAD).await;
    let number = send(&app, &session, "a.txt", MARKER).await["number"].clone();
    let admin = app.administrator();
    let missing = (404, "File not found".to_owned());
    for (more, status) in
        [("extension=txt", 200), ("extension=pdf", 404), ("filename=a.txt", 200), ("filename=b.txt", 404)]
    {
        let answer = admin.get(&format!("{}&{more}", address(&session, &number))).await;
        assert_eq!(answer.status, status, "{more}");
    }
    let head = TestRequest::default().method(Method::HEAD).uri(&address(&session, &number));
    assert_eq!(admin.send(head).await.header("Content-Type"), "text/plain; charset=utf-8");
    for number in ["0", "999999", "x"] {
        let answer = admin.get(&format!("/api/file/{number}?{}", session.query())).await;
        assert_eq!((answer.status, answer.body), missing, "{number}");
    }
    let nameless = admin.get(&format!("/api/file/{number}")).await;
    assert_eq!(nameless.refusal(), (400, "Parameters i and session are required".to_owned()));
    assert_eq!(app.nobody().get(&address(&session, &number)).await.refusal(), (403, "Access Denied".to_owned()));
}

#[actix_web::test]
async fn somebody_else_reads_a_file_only_by_the_name_of_its_session() {
    let mut app = TestApp::start().await;
    let session = begin(&app, UPLOAD).await;
    let number = send(&app, &session, "a.txt", MARKER).await["number"].clone();
    let other = begin(&app, UPLOAD).await;
    let key = app.ordinary().await;
    assert_eq!(key.get(&address(&session, &number)).await.status, 200);
    assert_eq!(key.get(&address(&other, &number)).await.status, 404);
    drop(key);
    app.api.edition = Edition::Later;
    let key = app.key_holder("ordinary@example.com").await;
    assert_eq!(key.get(&address(&session, &number)).await.status, 404);
    assert_eq!(app.administrator().get(&format!("/api/file/{number}")).await.status, 200);
}

#[actix_web::test]
async fn nothing_that_was_sent_can_be_read_on_the_disk() {
    let app = TestApp::start().await;
    let session = begin(&app, UPLOAD).await;
    let content = MARKER.repeat(20_000);
    assert_eq!(send(&app, &session, "secret.txt", &content).await["size"], content.len());
    let files = app.place().all_files();
    assert!(files.iter().any(|path| path.starts_with(app.place().files())));
    for path in files {
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(MARKER.len()).any(|window| window == MARKER), "{}", path.display());
    }
}

#[actix_web::test]
async fn a_byte_that_was_changed_on_the_disk_is_never_sent() {
    let app = TestApp::start().await;
    let session = begin(&app, UPLOAD).await;
    let content = MARKER.repeat(10_000);
    let number = send(&app, &session, "a.txt", &content).await["number"].clone();
    let whole = app.administrator().get(&address(&session, &number)).await;
    assert!(whole.body.as_bytes() == content);
    let blobs = app.place().all_files().into_iter().filter(|path| path.starts_with(app.place().files()));
    let [blob] = blobs.collect::<Vec<_>>().try_into().unwrap();
    let mut bytes = fs::read(&blob).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&blob, bytes).unwrap();
    // The answer breaks off: what the test reads of it is nothing.
    assert_eq!(app.administrator().get(&address(&session, &number)).await.body, "");
    assert_eq!(session.question(&app.administrator()).await.status, 400);
}

#[actix_web::test]
async fn what_is_too_large_or_refused_leaves_nothing_behind() {
    let mut app = TestApp::start().await;
    app.http.largest_body = 100_000;
    let session = begin(&app, UPLOAD).await;
    let large = session.multipart().file("upload", "a.txt", &[b'x'; 200_000]).post("/api/session");
    let refused = app.administrator().send(large).await.refusal();
    assert_eq!(refused, (413, "The request is larger than this server accepts".to_owned()));
    let bad = session.multipart().text("variables", "{\"a b\": 1}").file("upload", "a.txt", b"x").post("/api/session");
    assert_eq!(app.administrator().send(bad).await.refusal(), (400, "Problem setting variables".to_owned()));
    let nobody = session.multipart().file("upload", "a.txt", b"x").post("/api/session");
    assert_eq!(app.nobody().send(nobody).await.status, 403);
    // What was staged is deleted beside the answer.
    let left = || app.place().all_files().iter().any(|path| path.starts_with(app.place().files()));
    for _ in 0..400 {
        if left() {
            actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        }
    }
    assert!(!left(), "{:?}", app.place().all_files());
}

#[actix_web::test]
async fn a_session_takes_its_files_with_it() {
    for app in TestApp::everywhere().await {
        let session = begin(&app, UPLOAD).await;
        let number = send(&app, &session, "a.txt", MARKER).await["number"].clone();
        let admin = app.administrator();
        assert_eq!(admin.delete(&format!("/api/session?{}", session.query())).await.status, 204);
        assert_eq!(admin.get(&address(&session, &number)).await.status, 404);
        assert!(!app.place().all_files().iter().any(|path| path.starts_with(app.place().files())));
    }
}

#[actix_web::test]
async fn nothing_of_a_file_reaches_the_disk_before_the_key_is_judged() {
    let app = TestApp::start().await;
    let session = begin(&app, UPLOAD).await;
    let body = || session.multipart().file("upload", "a.txt", MARKER);
    let staged = || fs::read_dir(app.place().files()).unwrap().count();
    let without = app.send(body().post("/api/session")).await;
    let wrong = app.with_key("no key at all").send(body().post("/api/session")).await;
    // A key that comes after the file comes too late.
    let late = app.send(body().text("key", "0123456789abcdef0123456789abcdef").post("/api/session")).await;
    for refused in [without, wrong, late] {
        assert_eq!((refused.status, refused.body.as_str()), (403, "\"Access Denied\""));
    }
    assert_eq!(staged(), 0);
    let taken = app.administrator().send(body().post("/api/session")).await;
    assert_eq!((taken.status, staged()), (200, 1));
}

#[actix_web::test]
async fn a_file_takes_what_another_server_answers() {
    let mut app = TestApp::start().await;
    app.set(|settings| settings.private_addresses = true);
    let elsewhere = Elsewhere::start();
    elsewhere.say("/towel.bin", 200, MARKER);
    let text = "\
objects:
  - fetched: DAFile
---
mandatory: True
code: |
  fetched.initialize(filename='towel.bin')
  fetched.from_url(address)
  json_response([fetched.number, fetched.size_in_bytes()])
---
question: From where?
fields:
  - Address: address
";
    let admin = app.administrator();
    let session = begin(&app, text).await;
    let fetch = |path: &str| session.answer(&admin, json!({"variables": {"address": elsewhere.url() + path}}));
    let told = fetch("/towel.bin").await.json();
    assert_eq!(told[1], MARKER.len());
    let file = admin.get(&address(&session, &told[0])).await;
    assert_eq!((file.status, file.body.as_bytes()), (200, MARKER));
    let session = begin(&app, text).await;
    let fetch = |path: &str| session.answer(&admin, json!({"variables": {"address": elsewhere.url() + path}}));
    assert_eq!(fetch("/gone.bin").await.refusal().0, 400);
}
