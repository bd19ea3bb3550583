//! [`Elsewhere`]: another server, which answers what a test says.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// The server; it answers with 404 where nothing is said.
pub struct Elsewhere {
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// An answer.
#[derive(Clone, Default)]
struct Said {
    status: u16,
    location: Option<String>,
    body: Vec<u8>,
}

#[derive(Default)]
struct Shared {
    answers: Mutex<HashMap<String, Said>>,
    seen: Mutex<Vec<String>>,
    held: Mutex<bool>,
    let_go: Condvar,
}

impl Elsewhere {
    /// Starts one on this machine.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, shared) = (listener.local_addr().unwrap(), Arc::<Shared>::default());
        let answering = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, shared) = (stream.unwrap(), Arc::clone(&answering));
                thread::spawn(move || shared.answer(stream));
            }
        });
        Elsewhere { address, shared }
    }

    /// Its address, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Says what it answers for a path.
    pub fn say(&self, path: &str, status: u16, body: impl Into<Vec<u8>>) {
        self.put(path, Said { status, location: None, body: body.into() });
    }

    /// Says where it leads whoever asks for a path.
    pub fn lead(&self, path: &str, to: &str) {
        self.put(path, Said { status: 302, location: Some(to.to_owned()), body: Vec::new() });
    }

    fn put(&self, path: &str, said: Said) {
        self.shared.answers.lock().unwrap().insert(path.to_owned(), said);
    }

    /// From now on it answers nobody, until it is let go.
    pub fn hold(&self) {
        *self.shared.held.lock().unwrap() = true;
    }

    /// It answers again, also those who wait.
    pub fn let_go(&self) {
        *self.shared.held.lock().unwrap() = false;
        self.shared.let_go.notify_all();
    }

    /// The paths that it was asked for since it was last asked this.
    pub fn take_seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.shared.seen.lock().unwrap())
    }
}

impl Shared {
    fn answer(&self, mut stream: TcpStream) {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let first = lines.next().and_then(Result::ok).unwrap_or_default();
        while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        self.seen.lock().unwrap().push(path.clone());
        drop(self.let_go.wait_while(self.held.lock().unwrap(), |held| *held).unwrap());
        let found = self.answers.lock().unwrap().get(&path).cloned();
        let said = found.unwrap_or(Said { status: 404, ..Said::default() });
        let location = said.location.map(|to| format!("Location: {to}\r\n")).unwrap_or_default();
        let (status, length) = (said.status, said.body.len());
        let head = format!("HTTP/1.1 {status} .\r\n{location}Content-Length: {length}\r\nConnection: close\r\n\r\n");
        // Who asked may have gone.
        let _sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&said.body));
    }
}
