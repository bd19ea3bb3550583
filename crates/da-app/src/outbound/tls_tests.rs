//! Requests over TLS, to a server of this machine whose certificate the test makes.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use da_interview::{HttpFailure, HttpFailureKind, HttpRequest, HttpResponse};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use ureq::tls::{Certificate, RootCerts};

use super::{Client, Reach};

const OPEN: Reach = Reach { allows_private: true, time: Duration::from_secs(20), largest_body: 1000 };

/// Whoever signs certificates.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A server that says `secure` under a certificate for a name; its port.
fn serve(authority: &CertifiedIssuer<'static, KeyPair>, name: &str, is_over: bool) -> u16 {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    if is_over {
        params.not_after = date_time_ymd(2001, 1, 1);
    }
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateDer::from(params.signed_by(&key, authority).unwrap().der().to_vec());
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
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

fn roots(authority: &CertifiedIssuer<'static, KeyPair>) -> RootCerts {
    let root = Certificate::from_der(authority.der()).to_owned();
    RootCerts::Specific(Arc::new(vec![root]))
}

#[test]
fn a_server_that_shows_who_it_is_is_asked() {
    let authority = authority();
    let port = serve(&authority, "localhost", false);
    let answer = ask(roots(&authority), &format!("https://localhost:{port}/")).unwrap();
    assert_eq!((answer.head.status, &*answer.body), (200, &b"secure"[..]));
}

#[test]
fn a_certificate_of_another_name_of_another_authority_or_of_the_past_is_refused() {
    let (known, other) = (authority(), authority());
    for (by, name, is_over, trusted) in [
        (&known, "elsewhere.example", false, roots(&known)),
        (&other, "localhost", false, roots(&known)),
        (&known, "localhost", false, RootCerts::WebPki),
        (&known, "localhost", true, roots(&known)),
    ] {
        let port = serve(by, name, is_over);
        let refused = ask(trusted, &format!("https://localhost:{port}/")).err();
        assert_eq!(refused.map(|failure| failure.kind), Some(HttpFailureKind::Tls), "{name} {is_over}");
    }
}
