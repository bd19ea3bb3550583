//! Requests to servers of this machine, which the settings allow here.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use da_interview::{HttpFailureKind, HttpRequest};

use super::{Client, Reach};

const OPEN: Reach = Reach { allows_private: true, time: Duration::from_secs(20), largest_body: 1000 };

/// A server that answers by path, and what it was sent: heads with bodies, as texts.
struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers with what `answer` says for a path; what is empty is never answered.
    fn new(answer: impl Fn(&str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, seen) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let written = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = read_request(&stream);
                let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                written.lock().unwrap().push(request);
                match answer(&path) {
                    answer if answer.is_empty() => drop(stream.read(&mut [0])),
                    answer => stream.write_all(answer.as_bytes()).unwrap_or_default(),
                }
            }
        });
        Server { address, seen }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

fn read_request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let (mut text, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or_default() <= 2 {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        text.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    text + &String::from_utf8(body).unwrap()
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn request(method: &str, url: &str) -> HttpRequest {
    HttpRequest { method: method.to_owned(), url: url.to_owned(), follows_redirects: true, ..HttpRequest::default() }
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(20)
}

fn failure(reach: Reach, request: &HttpRequest) -> (HttpFailureKind, String) {
    match Client::new(reach).ask(request, soon()) {
        Ok(response) => panic!("there was an answer: {}", response.head.status),
        Err(failure) => (failure.kind, failure.message),
    }
}

#[test]
fn an_answer_of_any_status_comes_back_with_its_headers() {
    let server = Server::new(|_| answer("404 Not Found", "X-One: a\r\nX-One: b\r\n", "nothing"));
    let given = HttpRequest { body: b"{}".to_vec(), ..request("POST", &server.url("/a?b=c#d")) };
    let response = Client::new(OPEN).ask(&given, soon()).unwrap();
    assert_eq!((response.head.status, &*response.head.reason, &*response.body), (404, "Not Found", &b"nothing"[..]));
    let ones = response.head.headers.iter().filter(|(name, _)| name == "x-one");
    assert_eq!(ones.map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let seen = server.seen().remove(0);
    assert!(seen.starts_with("POST /a?b=c HTTP/1.1\r\n") && seen.ends_with("{}"), "{seen}");
}

#[test]
fn a_body_goes_with_every_method_that_is_given_one() {
    let server = Server::new(|_| answer("200 OK", "", ""));
    for method in ["GET", "DELETE", "OPTIONS", "PUT", "PATCH"] {
        let given = HttpRequest { body: b"body".to_vec(), ..request(method, &server.url("/")) };
        Client::new(OPEN).ask(&given, soon()).unwrap();
    }
    assert!(server.seen().iter().all(|seen| seen.ends_with("body")), "{:?}", server.seen());
}

#[test]
fn what_is_not_public_is_refused_unless_the_configuration_allows_it() {
    let closed = Reach { allows_private: false, ..OPEN };
    let server = Server::new(|_| answer("200 OK", "", ""));
    let port = server.address.port();
    for host in ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        let (kind, message) = failure(closed, &request("GET", &format!("http://{host}:{port}/?secret=1")));
        assert_eq!(kind, HttpFailureKind::Refused, "{host}: {message}");
        assert!(message.ends_with("the address is not public, and `allow private addresses` is off"), "{message}");
        assert!(!message.contains("secret"), "{message}");
    }
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn only_http_goes_out() {
    for url in ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "http://", "127.0.0.1/a"] {
        assert_eq!(failure(OPEN, &request("GET", url)).0, HttpFailureKind::Unsendable, "{url}");
    }
    let server = Server::new(|_| answer("302 Found", "Location: file:///etc/passwd\r\n", ""));
    let (kind, message) = failure(OPEN, &request("GET", &server.url("/")));
    assert_eq!((kind, &*message), (HttpFailureKind::Unsendable, "file: only http and https go out from here"));
}

#[test]
fn redirects_are_followed_to_the_end_and_told() {
    let server = Server::new(|path| match path {
        "/begin" => answer("302 Found", "Location: middle?x=1\r\n", ""),
        "/middle?x=1" => answer("307 Temporary Redirect", "Location: /end\r\n", ""),
        _ => answer("200 OK", "", "done"),
    });
    let given = HttpRequest { body: b"sent".to_vec(), ..request("POST", &server.url("/begin")) };
    let response = Client::new(OPEN).ask(&given, soon()).unwrap();
    assert_eq!(response.head.url, server.url("/end"));
    let history: Vec<u16> = response.history.iter().map(|head| head.status).collect();
    assert_eq!((history, &*response.body), (vec![302, 307], &b"done"[..]));
    let lines: Vec<String> = server.seen().iter().map(|seen| seen.lines().next().unwrap().to_owned()).collect();
    assert_eq!(lines, ["POST /begin HTTP/1.1", "GET /middle?x=1 HTTP/1.1", "GET /end HTTP/1.1"]);
}

#[test]
fn a_redirect_is_not_followed_by_who_does_not_want_it() {
    let server = Server::new(|_| answer("302 Found", "Location: /end\r\n", ""));
    let given = HttpRequest { follows_redirects: false, ..request("GET", &server.url("/")) };
    assert_eq!(Client::new(OPEN).ask(&given, soon()).unwrap().head.status, 302);
}

#[test]
fn ten_redirects_are_followed_and_no_more() {
    let server = Server::new(|path| match path {
        "/0" => answer("200 OK", "", ""),
        path => {
            let left: usize = path[1..].parse().unwrap();
            answer("302 Found", &format!("Location: /{}\r\n", left - 1), "")
        }
    });
    let response = Client::new(OPEN).ask(&request("GET", &server.url("/10")), soon()).unwrap();
    assert_eq!((response.head.status, response.history.len()), (200, 10));
    let (kind, message) = failure(OPEN, &request("GET", &server.url("/11")));
    assert_eq!((kind, &*message), (HttpFailureKind::TooManyRedirects, "Exceeded 10 redirects."));
}

#[test]
fn credentials_stay_with_their_server_when_a_redirect_leads_to_another() {
    let other = Server::new(|_| answer("200 OK", "", ""));
    let location = format!("Location: {}\r\n", other.url("/end"));
    let server = Server::new(move |path| match path {
        "/begin" => answer("307 Temporary Redirect", "Location: /again\r\n", ""),
        _ => answer("307 Temporary Redirect", &location, ""),
    });
    let headers = [("Cookie", "a=b"), ("X-Other", "kept"), ("Host", "forged"), ("Transfer-Encoding", "chunked")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let url = server.url("/begin").replace("http://", "http://user:p%20w@");
    let response = Client::new(OPEN).ask(&HttpRequest { headers, ..request("GET", &url) }, soon()).unwrap();
    assert!(!response.history[0].url.contains("user"), "{}", response.history[0].url);
    for seen in server.seen().iter().map(|seen| seen.to_lowercase()) {
        assert!(seen.contains("authorization: basic dxnlcjpwihc=\r\n"), "{seen}");
        assert!(seen.contains("cookie: a=b") && !seen.contains("forged") && !seen.contains("chunked"), "{seen}");
    }
    let seen = other.seen().remove(0).to_lowercase();
    assert!(seen.contains("x-other: kept") && !seen.contains("authorization") && !seen.contains("cookie"), "{seen}");
}

#[test]
fn an_answer_that_is_too_large_is_not_taken() {
    let server = Server::new(|path| {
        let mut headers = String::new();
        if path == "/head" {
            write!(headers, "X-Long: {}\r\n", "x".repeat(80 << 10)).unwrap();
        }
        let length = if path == "/fits" { 1000 } else { 1001 };
        answer("200 OK", &headers, &"x".repeat(length))
    });
    assert_eq!(Client::new(OPEN).ask(&request("GET", &server.url("/fits")), soon()).unwrap().body.len(), 1000);
    let (kind, message) = failure(OPEN, &request("GET", &server.url("/")));
    assert_eq!((kind, &*message), (HttpFailureKind::TooLarge, "the answer of 127.0.0.1 is larger than 1000 bytes"));
    assert_eq!(failure(OPEN, &request("GET", &server.url("/head"))).0, HttpFailureKind::TooLarge);
    let large = HttpRequest { body: vec![b'x'; 1001], ..request("POST", &server.url("/")) };
    assert_eq!(failure(OPEN, &large).0, HttpFailureKind::Unsendable);
}

#[test]
fn who_does_not_answer_in_time_is_not_waited_for() {
    let server = Server::new(|path| match path {
        "/half" => "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".to_owned(),
        _ => String::new(),
    });
    let hasty = HttpRequest { timeout: Some(Duration::from_millis(50)), ..request("GET", &server.url("/")) };
    assert_eq!(failure(OPEN, &hasty).0, HttpFailureKind::ReadTimeout);
    let short = Reach { time: Duration::from_millis(50), ..OPEN };
    let patient = HttpRequest { timeout: Some(Duration::from_secs(1000)), ..request("GET", &server.url("/")) };
    assert_eq!(failure(short, &patient).0, HttpFailureKind::ReadTimeout);
    let ended = Client::new(OPEN).ask(&request("GET", &server.url("/")), Instant::now());
    assert_eq!(ended.err().map(|failure| failure.kind), Some(HttpFailureKind::ReadTimeout));
    assert_eq!(failure(OPEN, &request("GET", &server.url("/half"))).0, HttpFailureKind::Connection);
}
