//! The commands that are not `serve`.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::process::{Server, json_text, program, run, text};

#[test]
fn accounts_and_keys_are_made_beside_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::with_key(folder.path());
    let mut add =
        program(folder.path(), &["user", "add", "me@example.com", "--privilege", "developer", "--password-stdin"]);
    let mut child = add.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"correct horse\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stdout), "user 2 me@example.com\n");
    let key = run(folder.path(), &["api-key", "add", "me@example.com", "--name", "mine"]);
    let key = text(&key.stdout);
    assert_eq!(key.len(), 33);
    let (status, user) = server.send(key.trim_end(), "GET", "/api/user", "");
    assert_eq!((status, json_text(&user, "email").as_str()), (200, "me@example.com"));
    let again = run(folder.path(), &["user", "add", "me@example.com"]);
    assert_eq!(text(&again.stderr), "da-server: That e-mail address is already being used.\n");
    let nobody = run(folder.path(), &["api-key", "add", "no@example.com", "--name", "x"]);
    assert_eq!(text(&nobody.stderr), "da-server: There is no user no@example.com.\n");
}

#[test]
fn an_account_before_the_first_start_says_what_that_means() {
    let folder = tempfile::tempdir().unwrap();
    let made = text(&run(folder.path(), &["user", "add", "me@example.com", "--privilege", "admin"]).stdout);
    let lines: Vec<&str> = made.lines().collect();
    assert_eq!((lines[0], lines[1].len()), ("user 1 me@example.com", "password ".len() + 20));
    let told = "This is the first account, so `da-server serve` will make neither an administrator nor a key: \
                `user add EMAIL --privilege admin` and `api-key add EMAIL --name NAME` do.";
    assert_eq!(lines[2..], [told]);
    let second = text(&run(folder.path(), &["user", "add", "you@example.com"]).stdout);
    assert_eq!(second.lines().count(), 2, "{second}");
}

#[test]
fn an_account_is_not_made_in_another_database_than_that_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("c.yml"), "db: sqlite:///elsewhere.sqlite\n").unwrap();
    let with = |arguments: &[&str]| run(folder.path(), arguments);
    assert!(with(&["user", "add", "me@example.com", "--config", "c.yml"]).status.success());
    let told = "da-server: a server has used the data folder data, and its database is not da.sqlite in it: if the configuration of that \
                server names one (`db`), name the configuration with `--config`; another folder for `--data` begins anew\n";
    for arguments in [&["user", "add", "me@example.com"][..], &["serve", "--listen", "127.0.0.1:0"], &["migrate"]] {
        let refused = with(arguments);
        assert_eq!((refused.status.code(), text(&refused.stderr).as_str()), (Some(1), told), "{arguments:?}");
    }
    assert!(!folder.path().join("data/da.sqlite").exists());
}

#[test]
fn a_flag_before_a_command_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let refused = run(folder.path(), &["--config", "c.yml", "user", "add", "me@example.com"]);
    let told = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2));
    let place = "tip: the flags of a command stand behind it: da-server user add EMAIL --config FILE";
    assert!(told.contains("'user' cannot be used with '--config <FILE>'") && told.contains(place), "{told}");
}

#[test]
fn a_second_factor_is_ended_by_the_operator() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["user", "add", "me@example.com"]);
    let ended = run(folder.path(), &["user", "reset-second-factor", "me@example.com"]);
    assert_eq!(text(&ended.stdout), "me@example.com had no second factor\n");
    let nobody = run(folder.path(), &["user", "reset-second-factor", "no@example.com"]);
    assert_eq!(text(&nobody.stderr), "da-server: There is no user no@example.com.\n");
}

#[test]
fn what_an_account_cannot_have_is_told_with_what_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = run(folder.path(), &["user", "add", "me@example.com", "--privilege", "king"]);
    let told = "da-server: there is no such privilege; there are: admin, advocate, cron, developer, trainer, user\n";
    assert_eq!(text(&wrong.stderr), told);
    let mut add = program(folder.path(), &["user", "add", "me@example.com", "--password-stdin"]);
    let mut child = add.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"abc\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "da-server: a password has 4 to 254 characters\n");
}

#[test]
fn migrate_says_what_it_did() {
    let folder = tempfile::tempdir().unwrap();
    let first = text(&run(folder.path(), &["migrate"]).stdout);
    assert!(first.ends_with("1 migration ran\n") || first.ends_with(" migrations ran\n"), "{first}");
    assert_eq!(text(&run(folder.path(), &["migrate"]).stdout), "the database is up to date\n");
}

#[test]
fn the_configuration_is_shown_without_its_secrets() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("c.yml"),
        "secretkey: a deep secret of ours\ndb: postgres://me:hidden@h/da?password=hidden\n",
    )
    .unwrap();
    let shown = text(&run(folder.path(), &["config", "show", "--config", "c.yml"]).stdout);
    assert!(shown.starts_with("secretkey: (set)\ndb: \"postgres://h/da\"\n"), "{shown}");
    assert!(!shown.contains("deep secret") && !shown.contains("hidden"));
    let default = text(&run(folder.path(), &["config", "show", "--default"]).stdout);
    assert!(default.starts_with("# The configuration of da-server"), "{default}");
}

#[test]
fn the_version_is_told_and_a_wrong_flag_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let version = text(&run(folder.path(), &["--version"]).stdout);
    assert_eq!(version, format!("da-server {}\n", env!("CARGO_PKG_VERSION")));
    let wrong = run(folder.path(), &["serve", "--prot", "1"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).starts_with("error: unexpected argument '--prot' found"));
}
