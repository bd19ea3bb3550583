//! What was acknowledged is on disk.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::process::{KEY, Server, json_text, run, text, try_send};

const INTERVIEW: &str = "docassemble.demo:data/questions/examples/questionless.yml";

/// Sessions that are posted to at once.
const SESSIONS: usize = 4;

/// Acknowledged steps after which the server is killed.
const ENOUGH: usize = 60;

struct Session {
    names: String,
    query: String,
}

fn begin(server: &Server) -> Session {
    let (status, begun) = server.send(KEY, "GET", &format!("/api/session/new?i={INTERVIEW}"), "");
    assert_eq!(status, 200, "{begun}");
    let (id, secret) = (json_text(&begun, "session"), json_text(&begun, "secret"));
    Session {
        names: format!("\"i\":\"{INTERVIEW}\",\"session\":\"{id}\",\"secret\":\"{secret}\""),
        query: format!("/api/session?i={INTERVIEW}&session={id}&secret={secret}"),
    }
}

/// Posts until the server is gone; how many posts were acknowledged.
fn post(address: SocketAddr, session: &Session, acknowledged: &AtomicUsize) -> usize {
    let mut kept = 0;
    loop {
        let body = format!("{{{},\"variables\":{{\"v{kept}\":{kept}}}}}", session.names);
        match try_send(address, KEY, "POST", "/api/session", &body) {
            Some((200, _)) => kept += 1,
            Some((status, text)) => panic!("{status} {text}"),
            None => return kept,
        }
        acknowledged.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn every_acknowledged_step_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::with_key(folder.path());
    let sessions: Vec<Session> = (0..SESSIONS).map(|_| begin(&server)).collect();
    let (address, acknowledged) = (server.address(), AtomicUsize::new(0));
    let kept: Vec<usize> = thread::scope(|scope| {
        let threads: Vec<_> =
            sessions.iter().map(|session| scope.spawn(|| post(address, session, &acknowledged))).collect();
        while acknowledged.load(Ordering::Relaxed) < ENOUGH {
            thread::yield_now();
        }
        server.kill();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(kept.iter().sum::<usize>() >= ENOUGH);
    let server = Server::start(folder.path(), &[]);
    for (session, kept) in sessions.iter().zip(kept) {
        let (status, variables) = server.send(KEY, "GET", &session.query, "");
        assert_eq!(status, 200, "{variables}");
        for number in 0..kept {
            assert!(variables.contains(&format!("\"v{number}\":{number}")), "v{number} is lost: {variables}");
        }
    }
}

#[test]
fn a_command_beside_the_server_takes_nothing_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::with_key(folder.path());
    let session = begin(&server);
    let post = |server: &Server, name: &str| {
        let body = format!("{{{},\"variables\":{{\"{name}\":1}}}}", session.names);
        assert_eq!(server.send(KEY, "POST", "/api/session", &body).0, 200);
    };
    post(&server, "before");
    // It opens the same database, writes, and closes it.
    let added = run(folder.path(), &["user", "add", "me@example.com"]);
    assert!(text(&added.stdout).starts_with("user 2 me@example.com\n"), "{}", text(&added.stderr));
    assert!(folder.path().join("data/da.sqlite-wal").exists(), "the server writes into a file that is gone");
    post(&server, "after");
    server.kill();
    let server = Server::start(folder.path(), &[]);
    let (status, variables) = server.send(KEY, "GET", &session.query, "");
    assert_eq!(status, 200, "{variables}");
    assert!(variables.contains("\"before\":1") && variables.contains("\"after\":1"), "{variables}");
}
