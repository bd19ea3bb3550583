//! What was acknowledged is on disk.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::process::{KEY, Server, json_text, try_send};

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
