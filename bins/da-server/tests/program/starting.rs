//! Starting and ending.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::thread;

use crate::process::{KEY, Server, json_text, program, run, terminate, text};

#[test]
fn the_first_start_tells_how_to_come_in_and_later_starts_the_address_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Server::start(folder.path(), &[]);
    let lines: Vec<String> = (0..10).map(|_| first.line()).collect();
    let told = "This is the first start: an administrator's account was made. Its secrets are told this once.";
    assert_eq!(lines[..4], ["", told, "", "  e-mail    admin@example.com"]);
    assert_eq!(lines[4].strip_prefix("  password  ").unwrap().len(), 20);
    let key = lines[5].strip_prefix("  API key   ").unwrap();
    let curl = format!("  curl -H \"X-API-Key: {key}\" http://{}/api/list", first.address());
    assert_eq!(lines[6..], ["", "Try it:", "", &curl]);
    assert_eq!(first.send(key, "GET", "/api/list", "").0, 200);
    let mode = fs::metadata(folder.path().join("data/server.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let key = key.to_owned();
    assert!(first.terminate().success());
    let mut later = Server::start(folder.path(), &[]);
    assert_eq!(later.send(&key, "GET", "/api/user", "").0, 200);
    later.kill();
    assert_eq!(later.line(), "");
}

#[test]
fn the_environment_brings_the_first_account_and_its_secrets_are_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("DA_API_KEY", KEY), ("DA_ADMIN_PASSWORD", "correct horse"), ("DA_ADMIN_EMAIL", "me@example.com")];
    let mut server = Server::start(folder.path(), &variables);
    let lines: Vec<String> = (0..10).map(|_| server.line()).collect();
    assert_eq!(lines[3], "  e-mail    me@example.com");
    assert!(!lines.join("\n").contains("correct horse") && !lines.join("\n").contains(KEY));
    let (_, user) = server.send(KEY, "GET", "/api/user", "");
    assert_eq!(json_text(&user, "email"), "me@example.com");
    assert_eq!(json_text(&user, "first_name"), "System");
    assert_eq!(json_text(&user, "last_name"), "Administrator");
}

#[test]
fn a_log_level_that_nobody_knows_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let done =
        program(folder.path(), &["--listen", "127.0.0.1:0"]).env("DA_LOG", "web=debug,verbose").output().unwrap();
    assert!(!done.status.success());
    let levels = "off, error, warn, info, debug, trace";
    let refused = format!("DA_LOG=web=debug,verbose: verbose is neither a level ({levels}) nor TARGET=LEVEL");
    assert!(text(&done.stderr).contains(&refused), "{}", text(&done.stderr));
}

#[test]
fn a_signal_ends_the_server_in_good_order_from_the_moment_it_can_be_reached() {
    let folder = tempfile::tempdir().unwrap();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address = free.to_string();
    let mut child = program(folder.path(), &["--listen", &address]).stdout(Stdio::null()).spawn().unwrap();
    while TcpStream::connect(free).is_err() {
        assert_eq!(child.try_wait().unwrap(), None);
        thread::yield_now();
    }
    terminate(&child);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_taken_port_and_a_taken_data_folder_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::with_key(folder.path());
    let address = server.address().to_string();
    let second = run(folder.path(), &["--listen", &address, "--data", "other"]);
    let expected = format!(
        "da-server: cannot listen on {address}: Address already in use (os error 98); `--listen` names another\n"
    );
    assert_eq!((second.status.code(), text(&second.stderr)), (Some(1), expected));
    let third = run(folder.path(), &["--listen", "127.0.0.1:0"]);
    let expected = "da-server: another server is running on the data folder data\n";
    assert_eq!((third.status.code(), text(&third.stderr).as_str()), (Some(1), expected));
}

#[test]
fn what_cannot_be_used_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("c.yml"), "timezome: UTC\n").unwrap();
    let cases: [(&[&str], &str); 3] = [
        (&["--config", "c.yml"], "c.yml, line 1: there is no directive `timezome`; did you mean `timezone`?"),
        (
            &["--config", "none.yml"],
            "the configuration file none.yml cannot be read: No such file or directory (os error 2)",
        ),
        (&["--packages", "none"], "the package folder none cannot be read: it is not a folder"),
    ];
    for (arguments, expected) in cases {
        // A port that is free, whatever else runs here.
        let refused = run(folder.path(), &[&["--listen", "127.0.0.1:0"], arguments].concat());
        assert_eq!(refused.status.code(), Some(1));
        assert_eq!(text(&refused.stderr), format!("da-server: {expected}\n"));
    }
}

#[test]
fn a_database_of_another_key_is_refused_and_says_where_this_key_is() {
    let folder = tempfile::tempdir().unwrap();
    drop(Server::with_key(folder.path()));
    fs::write(folder.path().join("c.yml"), "secretkey: another key than it was\n").unwrap();
    let refused = |arguments: &[&str]| text(&run(folder.path(), arguments).stderr);
    let told = "da-server: the database was begun with another server key: servers that share a database need the same \
                `secretkey` or the same key file. This one's is";
    assert_eq!(
        refused(&["--config", "c.yml", "--listen", "127.0.0.1:0"]),
        format!("{told} the `secretkey` of the configuration\n")
    );
    fs::remove_file(folder.path().join("data/server.key")).unwrap();
    let gone = "da-server: the key file data/server.key: it is not there, and the database was begun with a key: put that file back, \
                or name another folder with `--data`, or set the `secretkey` of the configuration if it was one\n";
    assert_eq!(refused(&["--listen", "127.0.0.1:0"]), gone);
    assert!(!folder.path().join("data/server.key").exists());
    fs::write(folder.path().join("data/server.key"), [7; 32]).unwrap();
    fs::set_permissions(folder.path().join("data/server.key"), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(
        refused(&["--listen", "127.0.0.1:0"]),
        format!("{told} in the key file data/server.key (`--data` names another folder)\n")
    );
}

#[test]
fn a_postgresql_that_cannot_be_opened_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("c.yml"), "db: postgres://me@127.0.0.1:1/none\n").unwrap();
    let refused = text(&run(folder.path(), &["--config", "c.yml", "--listen", "127.0.0.1:0"]).stderr);
    assert!(refused.starts_with("da-server: the database cannot be reached: connection to server at"), "{refused}");
    let hint =
        " (`db` of the configuration says where it is; the server makes tables, not databases: `createdb NAME` does)\n";
    assert!(refused.ends_with(hint), "{refused}");
    assert_eq!(refused.lines().count(), 1, "{refused}");
}

#[test]
fn a_name_of_dispatch_that_leads_nowhere_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("c.yml"), "dispatch:\n  mine: docassemble.mine:data/questions/a.yml\n").unwrap();
    let mut command = program(folder.path(), &["--config", "c.yml", "--listen", "127.0.0.1:0"]);
    let mut child = command.env("DA_LOG", "warn").stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    terminate(&child);
    assert!(child.wait().unwrap().success());
    let told = "`dispatch` has `mine` for docassemble.mine:data/questions/a.yml, and the packages of this server have no such \
                interview\n";
    assert!(line.ends_with(told), "{line}");
}

#[test]
fn a_request_that_is_under_way_is_answered_before_the_server_ends() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::with_key(folder.path());
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let body = "{\"i\":\"x\"}";
    let head = format!(
        "POST /api/session HTTP/1.1\r\nHost: test\r\nX-API-Key: {KEY}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The server has begun with it: it asks for the body.
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    assert_eq!(line, "HTTP/1.1 100 Continue\r\n");
    server.ask_to_end();
    while TcpStream::connect(server.address()).is_ok() {
        thread::yield_now();
    }
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    reader.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("HTTP/1.1 400 Bad Request"), "{answer}");
    assert!(answer.ends_with("\"Parameters i and session are required\""), "{answer}");
    assert!(server.terminate().success());
}

#[test]
fn a_path_may_stand_before_every_address() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("c.yml"), "root: /da\n").unwrap();
    let variables = [("DA_API_KEY", KEY), ("DA_CONFIG", "c.yml")];
    let mut server = Server::start(folder.path(), &variables);
    let lines: Vec<String> = (0..10).map(|_| server.line()).collect();
    assert!(lines[9].ends_with(&format!("http://{}/da/api/list", server.address())), "{lines:?}");
    let (status, list) = server.send(KEY, "GET", "/da/api/list", "");
    assert!(status == 200 && list.contains(&format!("http://{}/da/interview?i=", server.address())), "{list}");
    let (status, page) = server.send(KEY, "GET", "/da/", "");
    assert!(status == 200 && page.contains("href=\"/da/static/da.css?v="), "{page}");
    // Of whoever asks for the headers alone nothing else goes over the wire.
    for path in ["/da/api/list", "/da/", "/da/api/session"] {
        let (asked, full) = (server.send(KEY, "HEAD", path, ""), server.send(KEY, "GET", path, ""));
        assert_eq!(asked, (full.0, String::new()), "{path}");
    }
    assert_eq!(server.send(KEY, "GET", "/da", "").0, 307);
    assert_eq!(server.send(KEY, "GET", "/api/list", "").0, 404);
}
