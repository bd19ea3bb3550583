//! `urllib.request` and `http.client` over a host that answers from a table: what reaches the host, and what a script gets.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use da_python::machine::{
    GroundBuilder, Host, HttpFailure, HttpFailureKind, HttpHead, HttpRequest, HttpResponse, InterviewFloor, Limits,
    Mode, NoHost, Vm, compile,
};
use std::any::Any;

/// A host that keeps what was asked and answers by the path.
#[derive(Default)]
struct Servers {
    asked: Vec<HttpRequest>,
    printed: String,
}

impl Host for Servers {
    fn write(&mut self, text: &str) {
        self.printed.push_str(text);
    }

    fn http(&mut self, request: &HttpRequest) -> Result<HttpResponse, HttpFailure> {
        self.asked.push(request.clone());
        let fails = |kind| Err(HttpFailure::new(kind, "said by the host"));
        let status = match request.url.rsplit('/').next().unwrap_or_default() {
            "refused" => return fails(HttpFailureKind::Refused),
            "slow" => return fails(HttpFailureKind::ReadTimeout),
            "far" => return fails(HttpFailureKind::ConnectTimeout),
            "unsendable" => return fails(HttpFailureKind::Unsendable),
            "gone" => 410,
            _ => 200,
        };
        let headers =
            [("content-type", "text/plain; charset=ISO-8859-1"), ("set-cookie", "a=1"), ("set-cookie", "b=2")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let reason = if status == 200 { "OK" } else { "Gone" }.to_owned();
        let head = HttpHead { url: request.url.clone(), status, reason, headers };
        Ok(HttpResponse { head, body: b"line 1\nline \xfc".to_vec(), ..HttpResponse::default() })
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// What a program printed, and what reached the host.
fn run(program: &str) -> (String, Vec<HttpRequest>) {
    let ground = GroundBuilder::new().standard_library().build().unwrap();
    let floor = InterviewFloor::build(&ground, &[], Limits::default(), &mut NoHost).unwrap();
    let mut host = Servers::default();
    let ended = {
        let mut vm = Vm::new(&floor, Limits::default(), &mut host);
        let namespace = vm.new_namespace().unwrap();
        vm.exec(&compile(program, "program", Mode::Module).unwrap(), namespace).map_err(|raised| vm.error(raised))
    };
    assert_eq!(ended, Ok(()));
    (host.printed, host.asked)
}

#[test]
fn urlopen_gives_an_answer_that_is_read_like_a_file() {
    let (printed, asked) = run("
from urllib.request import Request, urlopen
with urlopen('https://example.com/a?q=1') as answer:
    print(answer.status, answer.reason, answer.msg, answer.headers['Content-Type'], answer.headers.get_content_charset())
    print(answer.readline(), answer.read().decode('latin-1'), answer.read(), answer.geturl(), answer.headers.get_all('Set-Cookie'))
print([line for line in urlopen(Request('http://example.com/b#part', data=b'x=1', headers={'x-one': '1'}), timeout=2.5)])
urlopen(Request('http://example.com/c', method='PATCH', data=b'{}', headers={'Content-Type': 'application/json'}))
");
    assert_eq!(
        printed,
        "200 OK OK text/plain; charset=ISO-8859-1 iso-8859-1\n\
         b'line 1\\n' line ü b'' https://example.com/a?q=1 ['a=1', 'b=2']\n\
         [b'line 1\\n', b'line \\xfc']\n"
    );
    let sent: Vec<_> = asked.iter().map(|one| (one.method.as_str(), one.url.as_str(), one.body.as_slice())).collect();
    assert_eq!(
        sent,
        [
            ("GET", "https://example.com/a?q=1", &b""[..]),
            ("POST", "http://example.com/b", b"x=1"),
            ("PATCH", "http://example.com/c", b"{}"),
        ]
    );
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(asked[0].headers, [pair("User-Agent", "Python-urllib/3.11")]);
    assert!(asked[1].headers.contains(&pair("X-One", "1")));
    assert!(asked[1].headers.contains(&pair("Content-Type", "application/x-www-form-urlencoded")));
    assert!(asked[2].headers.contains(&pair("Content-Type", "application/json")));
    assert_eq!(asked[1].timeout.map(|timeout| timeout.as_millis()), Some(2500));
    assert!(asked.iter().all(|one| one.follows_redirects));
}

#[test]
fn failures_are_the_exceptions_that_scripts_know() {
    let (printed, _) = run("
import http.client, urllib.error, urllib.request
for path in ('gone', 'refused', 'slow', 'far', 'unsendable'):
    try:
        urllib.request.urlopen('http://example.com/' + path)
    except Exception as error:
        print(path, type(error).__name__, error)
        if isinstance(error, urllib.error.HTTPError):
            print(error.code, error.read(), error.headers['content-type'])
    try:
        connection = http.client.HTTPConnection('example.com:8080', timeout=3)
        connection.request('GET', '/' + path)
        print(connection.getresponse().status)
    except Exception as error:
        print(type(error).__name__, error)
");
    assert_eq!(
        printed,
        "gone HTTPError HTTP Error 410: Gone\n\
         410 b'line 1\\nline \\xfc' text/plain; charset=ISO-8859-1\n\
         410\n\
         refused URLError <urlopen error said by the host>\n\
         ConnectionRefusedError [Errno 111] said by the host\n\
         slow TimeoutError The read operation timed out\n\
         TimeoutError The read operation timed out\n\
         far URLError <urlopen error timed out>\n\
         TimeoutError timed out\n\
         unsendable InvalidURL said by the host\n\
         InvalidURL said by the host\n"
    );
}

#[test]
fn a_connection_sends_requests_one_after_another_and_follows_nothing() {
    let (printed, asked) = run("
import http.client
connection = http.client.HTTPSConnection('example.com')
connection.request('POST', '/form?x=1', body='a=ü', headers={'Content-Type': 'text/plain'})
answer = connection.getresponse()
print(answer.status, answer.reason, answer.getheader('set-cookie'), answer.getheader('none', 'd'), answer.read(6), answer.isclosed())
connection.putrequest('PUT', '/put')
connection.putheader('X-Two', '2')
connection.endheaders(b'body')
print(connection.getresponse().getheaders()[0])
connection.close()
");
    assert_eq!(printed, "200 OK a=1, b=2 d b'line 1' False\n('content-type', 'text/plain; charset=ISO-8859-1')\n");
    let sent: Vec<_> = asked.iter().map(|one| (one.method.as_str(), one.url.as_str(), one.body.as_slice())).collect();
    assert_eq!(
        sent,
        [("POST", "https://example.com/form?x=1", &b"a=\xfc"[..]), ("PUT", "https://example.com/put", b"body")]
    );
    assert!(asked.iter().all(|one| !one.follows_redirects));
    assert_eq!(asked[1].headers, [("X-Two".to_owned(), "2".to_owned())]);
}
