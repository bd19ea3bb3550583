//! Packages that are fetched: from GitHub and from PyPI, which a server of the test plays.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use da_app::PackageHosts;
use da_testkit::{Answer, Elsewhere, KeyHolder, Session, TestApp, User, sha256, tar_gz_of, unique, zip_of};
use serde_json::{Value, json};

/// The files of a package below the folder of its archive.
fn files(name: &str, version: &str, word: &str, top: &str) -> Vec<(String, String)> {
    let said = |path: &str, text: String| (format!("{top}{path}"), text);
    vec![
        said("setup.py", format!("setup(name='docassemble.{name}',\n  version='{version}')\n")),
        said(&format!("docassemble/{name}/__init__.py"), String::new()),
        said(
            &format!("docassemble/{name}/data/questions/a.yml"),
            format!("mandatory: True\ncode: |\n  json_response('{word}')\n"),
        ),
    ]
}

fn pairs(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

/// An archive as GitHub gives it out.
fn cloned(name: &str, version: &str, word: &str) -> Vec<u8> {
    zip_of(&pairs(&files(name, version, word, &format!("docassemble-{name}-main/"))))
}

/// A server whose packages come from another one.
async fn everywhere() -> Vec<(TestApp, Elsewhere)> {
    let with = |mut app: TestApp| {
        let elsewhere = Elsewhere::start();
        let hosts = PackageHosts {
            index: format!("{}/pypi", elsewhere.url()),
            repositories: elsewhere.url(),
            others: Vec::new(),
            time: Duration::from_secs(60),
            patience: Duration::from_secs(60),
        };
        app.set(|settings| {
            settings.private_addresses = true;
            settings.package_hosts = hosts;
        });
        (app, elsewhere)
    };
    TestApp::everywhere().await.into_iter().map(with).collect()
}

async fn outcome(who: &KeyHolder<'_>, answer: &Answer) -> Value {
    let task = answer.json()["task_id"].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned();
    who.get(&format!("/api/package_update_status?task_id={task}")).await.json()
}

async fn install(who: &KeyHolder<'_>, wish: Value) -> Value {
    outcome(who, &who.post("/api/package", wish).await).await
}

async fn run(who: &KeyHolder<'_>, name: &str) -> Value {
    Session::begin(who, &format!("docassemble.{name}:data/questions/a.yml"), "").await.question(who).await.json()
}

async fn listed(who: &KeyHolder<'_>, name: &str) -> Value {
    let all = who.get("/api/package").await.json();
    all.as_array().unwrap().iter().find(|one| one["name"] == format!("docassemble.{name}")).cloned().unwrap_or_default()
}

fn done(name: &str, log: &str) -> Value {
    let result = "pip install command returned success code.  See log for details.";
    json!({"status": "completed", "ok": true, "log": format!("docassemble.{name}: {result}\npip log:\n{log}")})
}

fn failed(name: &str, why: &str) -> Value {
    let result = "pip install command returned failure code";
    let message = format!("docassemble.{name}: {result}\npip log:\n{why}");
    json!({"status": "completed", "ok": false, "error_message": message})
}

async fn developer<'a>(app: &'a TestApp) -> KeyHolder<'a> {
    let email = format!("{}@example.com", unique());
    app.administrator().post("/api/user/new", json!({"username": email, "privileges": "developer"})).await;
    app.key_holder(&email).await
}

#[actix_web::test]
async fn a_repository_is_installed_runs_at_once_and_is_updated() {
    for (app, elsewhere) in everywhere().await {
        let (who, name) = (app.administrator(), format!("p{}", unique()));
        let path = format!("/jane/docassemble-{name}/zip/HEAD");
        elsewhere.say(&path, 200, cloned(&name, "1.0", "first"));
        let address = format!("https://github.com/jane/docassemble-{name}");
        let log = format!("Installed docassemble.{name} 1.0: 2 files.");
        assert_eq!(install(&who, json!({"github_url": format!("{address}.git/")})).await, done(&name, &log));
        assert_eq!(run(&who, &name).await, "first");
        let expected = json!({
            "name": format!("docassemble.{name}"), "type": "git", "can_update": true, "can_uninstall": true,
            "version": "1.0", "git_url": address,
        });
        assert_eq!(listed(&who, &name).await, expected);
        elsewhere.say(&path, 200, cloned(&name, "1.1", "second"));
        assert_eq!(install(&who, json!({"update": format!("docassemble.{name}")})).await["ok"], true);
        assert_eq!(run(&who, &name).await, "second");
        assert_eq!(listed(&who, &name).await["version"], "1.1");
        // What fails leaves the package as it is.
        elsewhere.say(&path, 200, cloned("other", "2.0", "third"));
        let why = format!("What came in the place of docassemble.{name} is docassemble.other.");
        assert_eq!(install(&who, json!({"update": format!("docassemble.{name}")})).await, failed(&name, &why));
        elsewhere.say(&path, 404, "");
        let why = format!("GitHub has no repository jane/docassemble-{name} that everybody may read.");
        assert_eq!(install(&who, json!({"update": format!("docassemble.{name}")})).await, failed(&name, &why));
        elsewhere.say(&path, 200, "no archive");
        assert_eq!(install(&who, json!({"github_url": address})).await["ok"], false);
        elsewhere.say(&path, 500, "");
        let why = "GitHub answered with the status 500.";
        assert_eq!(install(&who, json!({"github_url": address})).await, failed(&name, why));
        assert_eq!(run(&who, &name).await, "second");
    }
}

#[actix_web::test]
async fn a_branch_or_a_tag_is_installed_and_updated_as_that() {
    for (app, elsewhere) in everywhere().await {
        let (who, name) = (app.administrator(), format!("p{}", unique()));
        let address = format!("https://github.com/jane/docassemble-{name}");
        let base = format!("/jane/docassemble-{name}/zip");
        elsewhere.say(&format!("{base}/refs/heads/new/one"), 200, cloned(&name, "1.0", "branch"));
        elsewhere.say(&format!("{base}/v2"), 200, cloned(&name, "2.0", "tag"));
        assert_eq!(install(&who, json!({"github_url": address, "branch": "new/one"})).await["ok"], true);
        assert_eq!(
            (run(&who, &name).await, listed(&who, &name).await["branch"].clone()),
            (json!("branch"), json!("new/one"))
        );
        elsewhere.take_seen();
        assert_eq!(install(&who, json!({"update": format!("docassemble.{name}")})).await["ok"], true);
        assert_eq!(elsewhere.take_seen(), [format!("{base}/refs/heads/new/one")]);
        assert_eq!(install(&who, json!({"github_url": address, "branch": "v2"})).await["ok"], true);
        assert_eq!(run(&who, &name).await, "tag");
        let why = format!("GitHub has no branch gone of a repository jane/docassemble-{name} that everybody may read.");
        assert_eq!(install(&who, json!({"github_url": address, "branch": "gone"})).await, failed(&name, &why));
        let refused = who.post("/api/package", json!({"github_url": address, "branch": "../../x"})).await.refusal();
        let words = "There was an error when installing that package. No branch can be called \"../../x\".";
        assert_eq!(refused, (400, words.to_owned()));
    }
}

#[actix_web::test]
async fn a_package_is_not_fetched_from_wherever_github_and_pypi_lead() {
    for (mut app, elsewhere) in everywhere().await {
        let (storage, name) = (Elsewhere::start(), format!("p{}", unique()));
        let host = storage.url().strip_prefix("http://").unwrap().to_owned();
        storage.say("/archive", 200, cloned(&name, "1.0", "stored"));
        let path = format!("/jane/docassemble-{name}/zip/HEAD");
        let wish = json!({"github_url": format!("https://github.com/jane/docassemble-{name}")});
        elsewhere.lead(&path, &format!("{}/archive", storage.url()));
        let why = "127.0.0.1 leads to 127.0.0.1, which is not among the servers that packages may come from (`package hosts`).";
        assert_eq!(install(&app.administrator(), wish.clone()).await, failed(&name, why));
        assert_eq!(storage.take_seen(), Vec::<String>::new());
        elsewhere.lead(&path, "/moved");
        elsewhere.lead("/moved", &path);
        let told = install(&app.administrator(), wish.clone()).await;
        assert_eq!(told, failed(&name, "127.0.0.1 leads on and on."));
        elsewhere.lead(&path, &format!("{}/archive", storage.url()));
        app.set(|settings| settings.package_hosts.others = vec![host]);
        assert_eq!(install(&app.administrator(), wish).await["ok"], true);
        assert_eq!(run(&app.administrator(), &name).await, "stored");
    }
}

#[actix_web::test]
async fn a_release_of_pypi_without_a_sum_is_refused_before_it_is_fetched() {
    for (app, elsewhere) in everywhere().await {
        let name = format!("p{}", unique());
        let path = format!("/files/docassemble.{name}-1.0.tar.gz");
        elsewhere.say(&path, 200, tar_gz_of(&pairs(&files(&name, "1.0", "old", "x/"))));
        for (digests, host) in
            [(json!({}), ""), (json!({"md5": "0", "sha256": ""}), ""), (json!({"sha256": "0"}), "evil")]
        {
            let url = if host.is_empty() { path.clone() } else { format!("http://{host}.example{path}") };
            let file = json!({
                "url": url, "packagetype": "sdist", "filename": path.rsplit('/').next(), "digests": digests,
            });
            let told = json!({"info": {"version": "1.0"}, "releases": {"1.0": [file]}});
            elsewhere.say(&format!("/pypi/docassemble.{name}/json"), 200, told.to_string());
            elsewhere.take_seen();
            let why = match host {
                "" => format!(
                    "PyPI tells no SHA-256 sum of docassemble.{name}-1.0.tar.gz, without which nothing is installed."
                ),
                _ => "127.0.0.1 leads to evil.example, which is not among the servers that packages may come from (`package hosts`)."
                    .to_owned(),
            };
            let wish = json!({"pip": format!("docassemble.{name}")});
            assert_eq!(install(&app.administrator(), wish).await, failed(&name, &why));
            assert_eq!(elsewhere.take_seen(), [format!("/pypi/docassemble.{name}/json")]);
        }
    }
}

/// What PyPI tells of a package with two versions: the first as source, the second as a wheel, too.
fn tell(elsewhere: &Elsewhere, name: &str) {
    let old = tar_gz_of(&pairs(&files(name, "1.0", "old", &format!("docassemble.{name}-1.0/"))));
    let source = tar_gz_of(&pairs(&files(name, "1.1", "source", &format!("docassemble.{name}-1.1/"))));
    let wheel = zip_of(&[
        (&format!("docassemble/{name}/__init__.py"), ""),
        (&format!("docassemble/{name}/data/questions/a.yml"), "mandatory: True\ncode: |\n  json_response('wheel')\n"),
        (
            &format!("docassemble.{name}-1.1.dist-info/METADATA"),
            &format!(
                "Name: docassemble.{name}\nVersion: 1.1\nRequires-Dist: docassemble.base\nRequires-Dist: \
                      docassemble.needed (>=1)\nRequires-Dist: requests\n"
            ),
        ),
    ]);
    let mut releases = json!({});
    for (version, end, kind, content) in [
        ("1.0", ".tar.gz", "sdist", old),
        ("1.1", ".tar.gz", "sdist", source),
        ("1.1", "-py3-none-any.whl", "bdist_wheel", wheel),
    ] {
        let path = format!("/files/docassemble.{name}-{version}{end}");
        let file = json!({
            "url": format!("{}{path}", elsewhere.url()), "packagetype": kind, "filename": path.rsplit('/').next(),
            "digests": {"md5": "", "sha256": sha256(&content)}, "size": content.len(), "yanked": false,
        });
        if releases[version].is_null() {
            releases[version] = json!([]);
        }
        releases[version].as_array_mut().unwrap().push(file);
        elsewhere.say(&path, 200, content);
    }
    let told = json!({"info": {"version": "1.1", "name": name}, "releases": releases, "urls": []});
    elsewhere.say(&format!("/pypi/docassemble.{name}/json"), 200, told.to_string());
}

#[actix_web::test]
async fn a_package_of_pypi_is_installed_in_the_version_that_is_wanted() {
    for (app, elsewhere) in everywhere().await {
        let (who, name) = (app.administrator(), format!("p{}", unique()));
        tell(&elsewhere, &name);
        let log = format!("Installed docassemble.{name} 1.0: 2 files.");
        assert_eq!(install(&who, json!({"pip": format!("docassemble-{name}<1.1")})).await, done(&name, &log));
        assert_eq!(run(&who, &name).await, "old");
        let expected = json!({
            "name": format!("docassemble.{name}"), "type": "pip", "can_update": true, "can_uninstall": true,
            "version": "1.0",
        });
        assert_eq!(listed(&who, &name).await, expected);
        // What was wanted holds for updates.
        assert_eq!(install(&who, json!({"update": format!("docassemble.{name}")})).await["ok"], true);
        assert_eq!(run(&who, &name).await, "old");
        let log = format!(
            "Installed docassemble.{name} 1.1: 2 files. It needs docassemble.needed (>=1); what a package needs is not \
             installed with it."
        );
        assert_eq!(install(&who, json!({"pip": format!("docassemble.{name}")})).await, done(&name, &log));
        assert_eq!(run(&who, &name).await, "wheel");
        let why = format!(
            "PyPI has no version of docassemble.{name} that is wanted (docassemble.{name}>=2) and can be installed."
        );
        assert_eq!(install(&who, json!({"pip": format!("docassemble.{name}>=2")})).await, failed(&name, &why));
        elsewhere.say(&format!("/files/docassemble.{name}-1.0.tar.gz"), 200, "forged");
        let why = format!("docassemble.{name}-1.0.tar.gz is not what PyPI says that it is.");
        assert_eq!(install(&who, json!({"pip": format!("docassemble.{name}==1.0")})).await, failed(&name, &why));
        let why = format!("PyPI has no package docassemble.{name}x.");
        assert_eq!(
            install(&who, json!({"pip": format!("docassemble.{name}x")})).await,
            failed(&format!("{name}x"), &why)
        );
        assert_eq!(run(&who, &name).await, "wheel");
    }
}

#[actix_web::test]
async fn a_developer_fetches_packages_of_ones_own_alone() {
    for (app, elsewhere) in everywhere().await {
        let (admin, who, name) = (app.administrator(), developer(&app).await, format!("p{}", unique()));
        elsewhere.say(&format!("/jane/docassemble-{name}/zip/HEAD"), 200, cloned(&name, "1", "theirs"));
        let address = format!("https://github.com/jane/docassemble-{name}");
        install(&admin, json!({"github_url": address})).await;
        let refused = (403, "You do not have permission to install that package.".to_owned());
        for wish in [
            json!({"github_url": address}),
            json!({"pip": format!("docassemble.{name}")}),
            json!({"pip": "docassemble.base"}),
        ] {
            assert_eq!(who.post("/api/package", wish.clone()).await.refusal(), refused, "{wish}");
        }
        let update = json!({"update": format!("docassemble.{name}")});
        let fixed = (400, "You are not allowed to update that package.".to_owned());
        assert_eq!(who.post("/api/package", update).await.refusal(), fixed);
        assert_eq!(listed(&who, &name).await["can_update"], false);
        // A repository of another name that has the package of somebody else.
        elsewhere.say("/jane/harmless/zip/HEAD", 200, cloned(&name, "2", "hers"));
        let done = install(&who, json!({"github_url": "https://github.com/jane/harmless"})).await;
        let why = "harmless: pip install command returned failure code\npip log:\nYou do not have permission to install that package.";
        assert_eq!(done, json!({"status": "completed", "ok": false, "error_message": why}));
        assert_eq!(run(&admin, &name).await, "theirs");
    }
}

#[actix_web::test]
async fn what_takes_long_is_told_as_under_way_and_never_for_ever() {
    for (mut app, elsewhere) in everywhere().await {
        app.set(|settings| settings.package_hosts.patience = Duration::ZERO);
        let name = format!("p{}", unique());
        elsewhere.say(&format!("/jane/docassemble-{name}/zip/HEAD"), 200, cloned(&name, "1", "late"));
        elsewhere.hold();
        let wish = json!({"github_url": format!("https://github.com/jane/docassemble-{name}")});
        let begun = app.administrator().post("/api/package", wish.clone()).await;
        assert_eq!(outcome(&app.administrator(), &begun).await, json!({"status": "working"}));
        elsewhere.let_go();
        let mut told = json!({"status": "working"});
        while told["status"] == "working" {
            told = outcome(&app.administrator(), &begun).await;
        }
        assert_eq!(told["ok"], true);
        elsewhere.hold();
        let begun = app.administrator().post("/api/package", wish).await;
        // The server that does it is gone.
        app.pass(241);
        let lost = json!({
            "status": "completed", "ok": false, "error_message": "The server ended before this was done.",
        });
        assert_eq!(outcome(&app.administrator(), &begun).await, lost);
        elsewhere.let_go();
    }
}

#[actix_web::test]
async fn a_server_that_does_not_answer_ends_a_task_in_time() {
    for (mut app, elsewhere) in everywhere().await {
        app.set(|settings| settings.package_hosts.time = Duration::from_millis(50));
        elsewhere.hold();
        let wish = json!({"github_url": "https://github.com/jane/docassemble-late"});
        let told = install(&app.administrator(), wish).await;
        assert_eq!(told, failed("late", "It took too long: 127.0.0.1: no answer in time."));
        elsewhere.let_go();
    }
}

#[actix_web::test]
async fn no_private_address_is_asked_for_a_package_unless_the_configuration_allows_it() {
    for (mut app, elsewhere) in everywhere().await {
        app.set(|settings| settings.private_addresses = false);
        let told = install(&app.administrator(), json!({"pip": "docassemble.inside"})).await;
        let why = "127.0.0.1: the address is not public, and `allow private addresses` is off.";
        assert_eq!(told, failed("inside", why));
        assert_eq!(elsewhere.take_seen(), Vec::<String>::new());
    }
}

#[actix_web::test]
async fn a_package_is_pulled_into_a_playground() {
    for (app, elsewhere) in everywhere().await {
        let (who, name) = (developer(&app).await, format!("p{}", unique()));
        let number = who.get("/api/user").await.json()["id"].as_i64().unwrap();
        elsewhere.say(&format!("/jane/docassemble-{name}/zip/refs/heads/dev"), 200, cloned(&name, "1.0", "pulled"));
        let address = format!("https://github.com/jane/docassemble-{name}");
        let pull = json!({"github_url": address, "branch": "dev"});
        let pulled = who.post("/api/playground_pull", pull).await;
        assert_eq!((pulled.status, pulled.body.as_str()), (204, ""));
        assert_eq!(run(&who, &format!("playground{number}")).await, "pulled");
        let packages = who.get("/api/playground?folder=packages").await.json();
        assert_eq!(packages, json!([format!("docassemble.{name}")]));
        tell(&elsewhere, &name);
        who.post("/api/playground/project", json!({"project": "second"})).await;
        let pull = json!({"pip": format!("docassemble.{name}"), "project": "second"});
        assert_eq!(who.post("/api/playground_pull", pull).await.status, 204);
        // All that its author gave out.
        assert_eq!(run(&who, &format!("playground{number}second")).await, "source");
        let error = |why: &str| (400, format!("Pull process encountered an error: {why}"));
        let missing = who.post("/api/playground_pull", json!({"github_url": "https://github.com/jane/none"})).await;
        assert_eq!(missing.refusal(), error("GitHub has no repository jane/none that everybody may read."));
        let missing = who.post("/api/playground_pull", json!({"pip": "docassemble.none"})).await;
        assert_eq!(missing.refusal(), error("PyPI has no package docassemble.none."));
        elsewhere.say("/jane/plain/zip/HEAD", 200, zip_of(&[("plain-main/README.md", "")]));
        let plain = who.post("/api/playground_pull", json!({"github_url": "https://github.com/jane/plain"})).await;
        assert_eq!(plain.refusal(), error("Not a docassemble package."));
    }
}
