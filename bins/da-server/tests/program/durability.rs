//! What was acknowledged is on disk.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
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

/// A server whose interview asks another one, the test, while it works in the background.
struct Working {
    folder: tempfile::TempDir,
    asked: TcpListener,
    config: String,
}

impl Working {
    fn new() -> Working {
        let (folder, asked) = (tempfile::tempdir().unwrap(), TcpListener::bind("127.0.0.1:0").unwrap());
        let questions = folder.path().join("packages/docassemble/mine/data/questions");
        std::fs::create_dir_all(&questions).unwrap();
        let address = asked.local_addr().unwrap();
        let interview = format!(
            "mandatory: True\ncode: |\n  task\n  if task.ready():\n    over\n  else:\n    waiting\n---\n\
             code: |\n  task = background_action('ask')\n---\n\
             event: ask\ncode: |\n  import requests\n  background_response(requests.get('http://{address}/').text)\n---\n\
             event: waiting\nquestion: Please wait\n---\n\
             event: over\nquestion: |\n  ${{ task.get() }} ${{ task.result().error_type }}\n"
        );
        std::fs::write(questions.join("work.yml"), interview).unwrap();
        let config = folder.path().join("config.yml");
        std::fs::write(&config, "allow private addresses: True\n").unwrap();
        let config = config.to_str().unwrap().to_owned();
        Working { folder, asked, config }
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn start(&self) -> Server {
        Server::start(self.folder(), &[("DA_API_KEY", KEY), ("DA_CONFIG", &self.config), ("DA_PACKAGES", "packages")])
    }

    /// Waits until the work is under way.
    fn is_asked(&self) -> TcpStream {
        let (mut stream, _) = self.asked.accept().unwrap();
        let mut request = [0; 16];
        stream.read_exact(&mut request).unwrap();
        stream
    }

    /// From now on whoever asks is answered, one that is gone as well.
    fn answers(&self) {
        let asked = self.asked.try_clone().unwrap();
        thread::spawn(move || {
            for mut stream in asked.incoming().flatten() {
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\npong";
                let _nobody_waits = stream.read(&mut [0; 1024]).and_then(|_| stream.write_all(answer));
            }
        });
    }
}

/// Begins a session; the address of its question.
fn begin_work(server: &Server) -> String {
    let interview = "docassemble.mine:data/questions/work.yml";
    let (status, begun) = server.send(KEY, "GET", &format!("/api/session/new?i={interview}"), "");
    assert_eq!(status, 200, "{begun}");
    let (id, secret) = (json_text(&begun, "session"), json_text(&begun, "secret"));
    format!("/api/session/question?i={interview}&session={id}&secret={secret}")
}

/// The question that is shown once the work is over.
fn over(server: &Server, question: &str) -> String {
    loop {
        let (status, shown) = server.send(KEY, "GET", question, "");
        assert_eq!(status, 200, "{shown}");
        if !shown.contains("Please wait") {
            return json_text(&shown, "questionText");
        }
    }
}

#[test]
fn work_in_the_background_that_was_under_way_is_done_after_a_kill() {
    let working = Working::new();
    let mut server = working.start();
    let question = begin_work(&server);
    let cut_off = working.is_asked();
    server.kill();
    drop(cut_off);
    let server = working.start();
    working.answers();
    assert_eq!(over(&server, &question), "pong None");
}

#[test]
fn work_in_the_background_that_is_asked_for_and_not_begun_survives_a_kill() {
    let working = Working::new();
    let mut server = working.start();
    let question = begin_work(&server);
    server.kill();
    let server = working.start();
    working.answers();
    assert_eq!(over(&server, &question), "pong None");
}

#[test]
fn work_in_the_background_that_saw_the_server_end_three_times_is_given_up() {
    let working = Working::new();
    let mut server = working.start();
    let question = begin_work(&server);
    for _ in 0..3 {
        let _cut_off = working.is_asked();
        server.kill();
        server = working.start();
    }
    assert_eq!(over(&server, &question), "None WorkerLostError");
}
