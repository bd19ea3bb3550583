//! Packages over the API: installed from an archive, running at once, updated, listed and removed.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use actix_web::http::Method;
use actix_web::test::TestRequest;
use da_testkit::{Answer, KeyHolder, Multipart, Session, TestApp, User, unique, zip_of};
use serde_json::{Value, json};

const SETUP: &str =
    "from setuptools import setup\n\nsetup(name='docassemble.NAME',\n      version='VERSION',\n      zip_safe=False)\n";

const INTERVIEW: &str = "\
modules:
  - .tools
---
mandatory: True
code: |
  json_response([said(), DAStaticFile(filename='a.txt').slurp()])
";

/// A package whose interview says `word`.
fn package(name: &str, version: &str, word: &str) -> Vec<u8> {
    let folder = format!("docassemble-{name}/docassemble/{name}");
    let setup = SETUP.replace("NAME", name).replace("VERSION", version);
    zip_of(&[
        (&format!("docassemble-{name}/setup.py"), &setup),
        (&format!("docassemble-{name}/docassemble/__init__.py"), ""),
        (&format!("{folder}/__init__.py"), &format!("__version__ = '{version}'\n")),
        (&format!("{folder}/tools.py"), &format!("def said():\n  return '{word}'\n")),
        (&format!("{folder}/data/questions/a.yml"), INTERVIEW),
        (&format!("{folder}/data/static/a.txt"), &format!("text of {word}")),
    ])
}

async fn send(who: &KeyHolder<'_>, archive: &[u8]) -> Answer {
    who.send(Multipart::default().file("zip", "package.zip", archive).post("/api/package")).await
}

/// What the task of an answer came to.
async fn outcome(who: &KeyHolder<'_>, answer: &Answer) -> Value {
    let task = answer.json()["task_id"].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned();
    who.get(&format!("/api/package_update_status?task_id={task}")).await.json()
}

/// What a task tells of a package of these tests.
fn installed(name: &str, version: &str) -> String {
    format!(
        "docassemble.{name}: pip install command returned success code.  See log for details.\npip log:\n\
         Installed docassemble.{name} {version}: 4 files."
    )
}

async fn run(who: &KeyHolder<'_>, name: &str) -> Value {
    Session::begin(who, &format!("docassemble.{name}:data/questions/a.yml"), "").await.question(who).await.json()
}

async fn listed(who: &KeyHolder<'_>, name: &str) -> Option<Value> {
    let all = who.get("/api/package").await.json();
    all.as_array().unwrap().iter().find(|one| one["name"] == format!("docassemble.{name}")).cloned()
}

async fn developer<'a>(app: &'a TestApp) -> KeyHolder<'a> {
    let email = format!("{}@example.com", unique());
    app.administrator().post("/api/user/new", json!({"username": email, "privileges": "developer"})).await;
    app.key_holder(&email).await
}

#[actix_web::test]
async fn a_package_is_installed_runs_at_once_and_is_removed() {
    for app in TestApp::everywhere().await {
        let (who, name) = (app.administrator(), format!("p{}", unique()));
        let done = outcome(&who, &send(&who, &package(&name, "1.0", "first")).await).await;
        let log = installed(&name, "1.0");
        assert_eq!(done, json!({"status": "completed", "ok": true, "log": log}));
        assert_eq!(run(&who, &name).await, json!(["first", "text of first"]));
        let told = listed(&who, &name).await.unwrap();
        let number = told["zip_file_number"].as_i64().unwrap();
        let expected = json!({
            "name": format!("docassemble.{name}"), "type": "zip", "can_update": false, "can_uninstall": true,
            "version": "1.0", "zip_file_number": number,
        });
        assert_eq!(told, expected);
        let begun = Session::begin(&who, &format!("docassemble.{name}:a.yml"), "").await;
        let updated = outcome(&who, &send(&who, &package(&name, "1.1", "second")).await).await;
        assert_eq!(updated["ok"], true);
        assert_eq!(run(&who, &name).await, json!(["second", "text of second"]));
        assert_eq!(begun.question(&who).await.json(), json!(["second", "text of second"]));
        assert_eq!(listed(&who, &name).await.unwrap()["version"], "1.1");
        // The archive before is gone, the new one is there for those who manage packages.
        assert_eq!(who.get(&format!("/api/file/{number}")).await.status, 400);
        let number = listed(&who, &name).await.unwrap()["zip_file_number"].as_i64().unwrap();
        assert_eq!(who.get(&format!("/api/file/{number}")).await.status, 200);
        let removed = who.delete(&format!("/api/package?package=docassemble.{name}")).await;
        let log = format!(
            "docassemble.{name}: pip uninstall command returned success code.  See log for details.\npip log:\nRemoved."
        );
        assert_eq!(outcome(&who, &removed).await, json!({"status": "completed", "ok": true, "log": log}));
        assert_eq!(listed(&who, &name).await, None);
        assert_eq!(who.get(&format!("/api/session/new?i=docassemble.{name}:a.yml")).await.status, 400);
    }
}

#[actix_web::test]
async fn what_one_server_installed_another_runs() {
    let mut app = TestApp::start().await;
    send(&app.administrator(), &package("mine2", "1", "there")).await;
    app.restart();
    assert_eq!(run(&app.administrator(), "mine2").await, json!(["there", "text of there"]));
}

#[actix_web::test]
async fn the_packages_of_the_server_are_listed_and_stay() {
    let app = TestApp::start().await;
    let who = app.administrator();
    let all = who.get("/api/package").await.json();
    let names: Vec<&str> = all.as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names, ["docassemble.base", "docassemble.demo", "docassemble.mine"]);
    let base = listed(&who, "base").await.unwrap();
    assert_eq!(
        (&base["type"], &base["can_update"], &base["can_uninstall"]),
        (&json!("pip"), &json!(false), &json!(false))
    );
    assert!(base["version"].as_str().unwrap().starts_with("1."));
    for name in ["base", "mine"] {
        let refused = send(&who, &package(name, "9", "no")).await.refusal();
        assert_eq!(refused, (403, "You do not have permission to install that package.".to_owned()));
        let kept = who.delete(&format!("/api/package?package=docassemble.{name}")).await.refusal();
        assert_eq!(kept, (400, "You are not allowed to uninstall that package.".to_owned()));
    }
}

#[actix_web::test]
async fn a_developer_changes_packages_of_ones_own_alone() {
    let app = TestApp::start().await;
    let (admin, who) = (app.administrator(), developer(&app).await);
    send(&admin, &package("theirs", "1", "x")).await;
    let refused = send(&who, &package("theirs", "2", "y")).await.refusal();
    assert_eq!(refused, (403, "You do not have permission to install that package.".to_owned()));
    let kept = who.delete("/api/package?package=docassemble.theirs").await.refusal();
    assert_eq!(kept, (400, "You are not allowed to uninstall that package.".to_owned()));
    assert_eq!(listed(&who, "theirs").await.unwrap()["can_uninstall"], false);
    send(&who, &package("hers", "1", "x")).await;
    assert_eq!(outcome(&who, &send(&who, &package("hers", "2", "y")).await).await["ok"], true);
    assert_eq!(admin.delete("/api/package?package=docassemble.hers").await.status, 200);
}

#[actix_web::test]
async fn what_is_no_package_is_refused_with_the_reason() {
    let app = TestApp::start().await;
    let who = app.administrator();
    let words = "There was an error when installing that package. ";
    let setup = |name: &str| SETUP.replace("NAME", name).replace("VERSION", "1");
    for (archive, reason) in [
        (
            zip_of(&[("a.txt", "")]),
            "It has neither a setup.py nor a pyproject.toml nor a folder that is called docassemble.",
        ),
        (
            zip_of(&[("setup.py", &setup("a"))]),
            "A package has one folder in the folder docassemble; this one has none.",
        ),
        (
            zip_of(&[("docassemble/a/x.py", ""), ("docassemble/b/x.py", "")]),
            "A package has one folder in the folder docassemble; this one has a, b.",
        ),
        (
            zip_of(&[("setup.py", &setup("a")), ("docassemble/b/x.py", "")]),
            "It calls itself docassemble.a, but what it has is docassemble.b.",
        ),
        (zip_of(&[("docassemble/playground1/x.py", "")]), "No package can be called docassemble.playground1."),
        (zip_of(&[("docassemble/a b/x.py", "")]), "No package can be called docassemble.a b."),
        (zip_of(&[("setup.py", ""), ("../../x", "")]), "It has a path that no package has: \"../../x\"."),
    ] {
        assert_eq!(send(&who, &archive).await.refusal(), (400, format!("{words}{reason}")));
    }
    let (status, text) = send(&who, b"PK no zip").await.refusal();
    assert_eq!(status, 400);
    assert!(text.starts_with(&format!("{words}It is not a ZIP file that can be read: ")), "{text}");
}

#[actix_web::test]
async fn a_wish_that_cannot_be_met_is_refused_by_name() {
    let app = TestApp::start().await;
    let who = app.administrator();
    for (method, body, status, text) in [
        (Method::POST, json!({}), 400, "No instructions provided."),
        (
            Method::POST,
            json!({"pip": "a", "update": "b"}),
            400,
            "Only one package can be installed or updated at a time.",
        ),
        (Method::POST, json!({"update": "docassemble.none"}), 400, "Package not found."),
        (Method::POST, json!({"update": "docassemble.base"}), 400, "You are not allowed to update that package."),
        (
            Method::POST,
            json!({"pip": "jsmin"}),
            400,
            "There was an error when installing that package. \"jsmin\" is not a docassemble package; only those \
             (docassemble.NAME) are installed.",
        ),
        (
            Method::POST,
            json!({"github_url": "https://gitlab.com/a/b"}),
            400,
            "There was an error when installing that package. Packages are not fetched from gitlab.com, only from \
             GitHub: https://github.com/OWNER/NAME.",
        ),
        (Method::DELETE, json!({}), 400, "Missing package name."),
        (Method::DELETE, json!({"package": "docassemble.none"}), 400, "Package not found."),
    ] {
        let request = TestRequest::default().method(method).uri("/api/package").set_json(&body);
        assert_eq!(who.send(request).await.refusal(), (status, text.to_owned()), "{body}");
    }
    for path in ["/api/package_update_status", "/api/restart_status"] {
        assert_eq!(who.get(path).await.refusal(), (400, "Missing task_id".to_owned()));
        assert_eq!(who.get(&format!("{path}?task_id=none")).await.json(), json!({"status": "unknown"}));
    }
}

#[actix_web::test]
async fn a_task_is_known_for_an_hour_or_until_it_was_asked_about() {
    let mut app = TestApp::start().await;
    let restart = app.administrator().post("/api/restart", json!({})).await.json();
    assert_eq!(restart["success"], true);
    let path = format!("/api/restart_status?task_id={}", restart["task_id"].as_str().unwrap());
    app.pass(3500);
    assert_eq!(app.administrator().get(&path).await.json(), json!({"status": "completed"}));
    let of_packages = path.replace("restart_status", "package_update_status");
    assert_eq!(app.administrator().get(&of_packages).await.json(), json!({"status": "unknown"}));
    app.pass(31);
    assert_eq!(app.administrator().get(&path).await.json(), json!({"status": "unknown"}));
    let late = app.administrator().post("/api/restart", json!({})).await.json();
    app.pass(3601);
    let path = format!("/api/restart_status?task_id={}", late["task_id"].as_str().unwrap());
    assert_eq!(app.administrator().get(&path).await.json(), json!({"status": "unknown"}));
}

#[actix_web::test]
async fn a_package_goes_into_a_playground_and_comes_out_of_it() {
    for app in TestApp::everywhere().await {
        let who = developer(&app).await;
        let number = who.get("/api/user").await.json()["id"].as_i64().unwrap();
        assert_eq!(who.post("/api/playground/project", json!({"project": "lease"})).await.status, 204);
        let install = |archive: &[u8]| {
            let body = Multipart::default().text("project", "lease").file("file", "a.zip", archive);
            body.post("/api/playground_install")
        };
        let installed = who.send(install(&package("mine3", "1.2", "played"))).await;
        assert_eq!((installed.status, installed.body.as_str()), (204, ""));
        for (folder, files) in [
            ("questions", json!(["a.yml"])),
            ("static", json!(["a.txt"])),
            ("modules", json!(["tools.py"])),
            ("packages", json!(["docassemble.mine3"])),
        ] {
            let address = format!("/api/playground?project=lease&folder={folder}");
            assert_eq!(who.get(&address).await.json(), files, "{folder}");
        }
        let name = format!("playground{number}lease");
        assert_eq!(run(&who, &name).await, json!(["played", "text of played"]));
        for filename in ["docassemble.mine3", "mine3"] {
            let address = format!("/api/playground?project=lease&folder=packages&filename={filename}");
            let archive = who.get(&address).await;
            assert_eq!((archive.status, archive.header("Content-Type")), (200, "application/zip"));
        }
        let missing = who.get("/api/playground?project=lease&folder=packages&filename=none").await;
        assert_eq!((missing.status, missing.body.as_str()), (404, "File not found"));
        let none = (400, "No package found.".to_owned());
        assert_eq!(who.post("/api/playground_install", json!({})).await.refusal(), none);
        let not_one = (400, "Not a docassemble package.".to_owned());
        assert_eq!(who.send(install(&zip_of(&[("a.txt", "")]))).await.refusal(), not_one);
        let broken = (400, "Error installing packages.".to_owned());
        assert_eq!(who.send(install(b"no zip")).await.refusal(), broken);
        for (body, text) in [
            (json!({}), "Either github_url or pip is required."),
            (
                json!({"pip": "a"}),
                "Pull process encountered an error: \"a\" is not a docassemble package; only those (docassemble.NAME) \
                 are installed.",
            ),
            (
                json!({"github_url": "https://gitlab.com/a/b"}),
                "Pull process encountered an error: Packages are not fetched from gitlab.com, only from GitHub: \
                 https://github.com/OWNER/NAME.",
            ),
        ] {
            assert_eq!(who.post("/api/playground_pull", body).await.refusal(), (400, text.to_owned()));
        }
        for path in ["/api/playground_install", "/api/playground_pull"] {
            let elsewhere = who.post(path, json!({"user_id": 1})).await.refusal();
            assert_eq!(elsewhere, (400, "Invalid user_id".to_owned()));
            let no_project = who.post(path, json!({"project": "none"})).await.refusal();
            assert_eq!(no_project, (400, "Invalid project.".to_owned()));
        }
    }
}
