//! Bodies of requests, through the doors themselves: a form, JSON, multipart, or nothing of the kind. The first byte
//! says what the body says that it is, and to whom it goes.
//!
//! One server answers them all, on a thread of its own: a server is slow to start.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{LazyLock, Mutex};

use actix_web::test::TestRequest;
use da_testkit::{Answer, KEY, TestApp};

/// What goes to the server, and what comes back: a status and a body.
type Line = (Sender<Vec<u8>>, Receiver<(u16, String)>);

static SERVER: LazyLock<Mutex<Line>> = LazyLock::new(|| {
    let (requests, incoming) = channel::<Vec<u8>>();
    let (outgoing, answers) = channel();
    let serve = move || {
        let runner = actix_web::rt::System::new();
        let app = runner.block_on(TestApp::start());
        while let Ok(bytes) = incoming.recv() {
            let answer = runner.block_on(send(&app, &bytes));
            if outgoing.send((answer.status, answer.body)).is_err() {
                return;
            }
        }
    };
    std::thread::Builder::new().stack_size(crate::STACK).spawn(serve).unwrap();
    Mutex::new((requests, answers))
});

const KINDS: [&str; 4] =
    ["application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=b", "text/plain"];

const ADDRESSES: [&str; 4] = [
    "/api/session",
    "/api/session/back",
    "/interview?i=docassemble.demo:data/questions/questions.yml",
    "/api/session?i=docassemble.demo:data/questions/questions.yml&session=abc",
];

async fn send(app: &TestApp, bytes: &[u8]) -> Answer {
    let (first, body) = (usize::from(bytes[0]), bytes[1..].to_vec());
    let request = TestRequest::post()
        .uri(ADDRESSES[first / KINDS.len() % ADDRESSES.len()])
        .insert_header(("X-API-Key", KEY))
        .insert_header(("Content-Type", KINDS[first % KINDS.len()]));
    app.send(request.set_payload(body)).await
}

pub(super) fn run(bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    let line = SERVER.lock().unwrap();
    line.0.send(bytes.to_vec()).unwrap();
    // A panic of the server's is caught at its gate, and comes as this status.
    let (status, body) = line.1.recv().unwrap();
    assert!(status < 500, "{status} {body}");
}
