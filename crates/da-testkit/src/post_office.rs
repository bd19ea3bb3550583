//! [`PostOffice`]: a mail server on a port of this machine that keeps what it is given, for the test to read.
//!
//! It speaks as much of SMTP as a client needs, without TLS, and sends nothing on.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use da_app::{MailServer, MailServers, MailTls};

/// A letter that does not come within this time does not come.
const PATIENCE: Duration = Duration::from_secs(30);

/// A mail that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Who it is from, as the envelope has it.
    pub from: String,
    /// Who it goes to, as the envelope has it.
    pub to: Vec<String>,
    /// The account that it came by.
    pub account: Option<String>,
    /// The message, with its head; lines that were wrapped (`=` at their end) are whole again.
    pub message: String,
}

impl Received {
    /// The path and query of the last link in it that leads to this server.
    pub fn link(&self) -> String {
        let start = self.message.rfind("http://localhost").unwrap_or_else(|| panic!("no link in\n{}", self.message));
        let link = self.message[start..].split_whitespace().next().unwrap();
        link.strip_prefix("http://localhost").unwrap().to_owned()
    }
}

/// Tests share one PostgreSQL: a server that sends whatever is due sends the letters of other tests, too, to a post office of its own.
static OFFICES: RwLock<()> = RwLock::new(());

/// For how long an office is open, one beside others or alone.
enum Open {
    Beside(#[expect(dead_code, reason = "held")] RwLockReadGuard<'static, ()>),
    Alone(#[expect(dead_code, reason = "held")] RwLockWriteGuard<'static, ()>),
}

/// The server. It ends with the test's process.
pub struct PostOffice {
    _open: Open,
    port: u16,
    letters: Arc<Mutex<Receiver<Received>>>,
    answers: Arc<Mutex<Vec<&'static str>>>,
    refused: Arc<AtomicUsize>,
    greeted: Arc<AtomicUsize>,
}

impl PostOffice {
    /// Opens it.
    pub fn open() -> PostOffice {
        PostOffice::opened(Open::Beside(OFFICES.read().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Opens it when all others of this process are closed, for a test that sends whatever is due.
    pub fn open_alone() -> PostOffice {
        PostOffice::opened(Open::Alone(OFFICES.write().unwrap_or_else(PoisonError::into_inner)))
    }

    fn opened(open: Open) -> PostOffice {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, letters) = mpsc::channel();
        let answers: Arc<Mutex<Vec<&'static str>>> = Arc::default();
        let refused: Arc<AtomicUsize> = Arc::default();
        let greeted: Arc<AtomicUsize> = Arc::default();
        let shared = (Arc::clone(&answers), Arc::clone(&refused), Arc::clone(&greeted));
        let desk = Desk { sender, answers: shared.0, refused: shared.1, greeted: shared.2 };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away in between is of no interest here.
                let _gone = desk.serve(&stream);
            }
        });
        PostOffice { _open: open, port, letters: Arc::new(Mutex::new(letters)), answers, refused, greeted }
    }

    /// What a server is told that sends its mail here.
    pub fn servers(&self) -> MailServers {
        MailServers::new(vec![self.server()])
    }

    /// The same, to be changed.
    pub fn server(&self) -> MailServer {
        let server = MailServer::new("127.0.0.1", "\"The Server\" <server@example.org>");
        MailServer { port: self.port, tls: MailTls::None, ..server }
    }

    /// Answers the next mails so, each in its turn, and takes none of them.
    pub fn refuse(&self, answers: &[&'static str]) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// How many mails were refused.
    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::SeqCst)
    }

    /// Waits until so many mails were refused, and lets the server work meanwhile.
    pub async fn has_refused(&self, times: usize) {
        while self.refused() < times {
            actix_web::rt::task::yield_now().await;
        }
    }

    /// Waits until somebody greeted so often, and lets the server work meanwhile.
    pub async fn was_greeted(&self, times: usize) {
        while self.greeted.load(Ordering::SeqCst) < times {
            actix_web::rt::task::yield_now().await;
        }
    }

    /// The next letter to an address; those to others are passed over. Waits until it is there, and lets the server work
    /// meanwhile.
    pub async fn letter_to(&self, address: &str) -> Received {
        let (letters, address) = (Arc::clone(&self.letters), address.to_owned());
        let waiting = move || {
            let letters = letters.lock().unwrap();
            loop {
                let letter = letters.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no letter came to {address}"));
                if letter.to.contains(&address) {
                    return letter;
                }
            }
        };
        actix_web::web::block(waiting).await.unwrap()
    }

    /// The letters to an address that are there by now.
    pub fn letters_to(&self, address: &str) -> Vec<Received> {
        let letters = self.letters.lock().unwrap();
        letters.try_iter().filter(|letter| letter.to.iter().any(|to| to == address)).collect()
    }
}

struct Desk {
    sender: Sender<Received>,
    answers: Arc<Mutex<Vec<&'static str>>>,
    refused: Arc<AtomicUsize>,
    greeted: Arc<AtomicUsize>,
}

impl Desk {
    fn serve(&self, stream: &TcpStream) -> std::io::Result<()> {
        let mut out = stream;
        let mut lines = BufReader::new(stream).lines();
        let mut letter = Received { from: String::new(), to: Vec::new(), account: None, message: String::new() };
        let address = |line: &str| line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        out.write_all(b"220 here\r\n")?;
        while let Some(line) = lines.next() {
            let line = line?;
            let answer = match line.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
                "EHLO" => {
                    self.greeted.fetch_add(1, Ordering::SeqCst);
                    "250-here\r\n250-8BITMIME\r\n250 AUTH PLAIN"
                }
                "AUTH" => {
                    letter.account = line.split(' ').nth(2).map(str::to_owned);
                    "235 welcome"
                }
                "MAIL" => {
                    letter.from = address(&line);
                    "250 well"
                }
                "RCPT" => {
                    letter.to.push(address(&line));
                    "250 well"
                }
                "DATA" => {
                    out.write_all(b"354 go on\r\n")?;
                    let mut text = Vec::new();
                    for line in lines.by_ref() {
                        let line = line?;
                        if line == "." {
                            break;
                        }
                        text.push(line);
                    }
                    self.taken(Received { message: whole(&text), ..letter.clone() })
                }
                "QUIT" => {
                    out.write_all(b"221 bye\r\n")?;
                    return Ok(());
                }
                _ => "502 what",
            };
            out.write_all(format!("{answer}\r\n").as_bytes())?;
        }
        Ok(())
    }

    fn taken(&self, letter: Received) -> &'static str {
        let mut answers = self.answers.lock().unwrap();
        if !answers.is_empty() {
            self.refused.fetch_add(1, Ordering::SeqCst);
            return answers.remove(0);
        }
        // Nobody waits any more when the test has ended.
        let _ended = self.sender.send(letter);
        "250 taken"
    }
}

/// The text of a message, with what quoted-printable writes otherwise.
fn whole(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        match line.strip_suffix('=') {
            Some(line) => text.push_str(line),
            None => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text.replace("=3D", "=")
}
