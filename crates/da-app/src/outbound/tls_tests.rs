//! Requests over TLS, to a server of this machine. Its certificates lie in `tls`: good for a hundred years, but for the one
//! that is over, and signed by two authorities that nobody knows. The key beside them opens nothing else.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use da_interview::{HttpFailure, HttpFailureKind, HttpRequest, HttpResponse};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use ureq::tls::{Certificate, RootCerts};

use super::{Client, Reach};

const OPEN: Reach = Reach { allows_private: true, time: Duration::from_secs(20), largest_body: 1000 };

const KNOWN: &[u8] = include_bytes!("tls/known.der");
const LOCALHOST: &[u8] = include_bytes!("tls/localhost.der");
const ELSEWHERE: &[u8] = include_bytes!("tls/elsewhere.der");
const BY_OTHER: &[u8] = include_bytes!("tls/localhost_by_other.der");
const OVER: &[u8] = include_bytes!("tls/localhost_over.der");

/// A server that says `secure` under a certificate; its port.
fn serve(certificate: &'static [u8]) -> u16 {
    let certificate = CertificateDer::from(certificate);
    let key = PrivatePkcs8KeyDer::from(&include_bytes!("tls/server.key.der")[..]);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key.into()).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream.unwrap());
            let mut lines = BufReader::new(&mut stream).lines();
            // Who does not trust the certificate goes away.
            while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecure";
            if stream.write_all(answer).is_ok() {
                stream.conn.send_close_notify();
                let _sent = stream.flush();
            }
        }
    });
    port
}

fn ask(roots: RootCerts, url: &str) -> Result<HttpResponse, HttpFailure> {
    let request = HttpRequest { method: "GET".to_owned(), url: url.to_owned(), ..HttpRequest::default() };
    Client::trusting(OPEN, roots).ask(&request, Instant::now() + Duration::from_secs(20))
}

fn known() -> RootCerts {
    RootCerts::Specific(Arc::new(vec![Certificate::from_der(KNOWN).to_owned()]))
}

#[test]
fn a_server_that_shows_who_it_is_is_asked() {
    let port = serve(LOCALHOST);
    let answer = ask(known(), &format!("https://localhost:{port}/")).unwrap();
    assert_eq!((answer.head.status, &*answer.body), (200, &b"secure"[..]));
}

#[test]
fn a_certificate_of_another_name_of_another_authority_or_of_the_past_is_refused() {
    for (what, shown, trusted) in [
        ("another name", ELSEWHERE, known()),
        ("another authority", BY_OTHER, known()),
        ("none that browsers know", LOCALHOST, RootCerts::WebPki),
        ("over", OVER, known()),
    ] {
        let port = serve(shown);
        let refused = ask(trusted, &format!("https://localhost:{port}/")).err();
        assert_eq!(refused.map(|failure| failure.kind), Some(HttpFailureKind::Tls), "{what}");
    }
}
