//! `requests` in an interview, against a server of this machine.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use da_app::{App, AppSettings, Begin};
use da_core::{Caller, Outcome};
use da_testkit::{Elsewhere, Place, parts};

/// A server that says what it was sent, except at `/to` (a redirect that sets a cookie), `/missing`, `/json` and `/silent`.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut lines, mut length) = (Vec::new(), 0);
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or_default() <= 2 {
                    break;
                }
                let line = line.trim_end().to_lowercase();
                if let Some(value) = line.strip_prefix("content-length: ") {
                    length = value.parse().unwrap();
                }
                lines.push(line);
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let told = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name)).unwrap_or("-").to_owned();
            let first = lines.first().cloned().unwrap_or_default();
            let said = [
                first.replace(" http/1.1", ""),
                told("content-type: "),
                told("authorization: "),
                told("cookie: "),
                told("x-one: "),
                String::from_utf8(body).unwrap(),
            ];
            let (head, body) = match first.split(' ').nth(1).unwrap_or_default() {
                "/to" => ("302 Found\r\nLocation: /end\r\nSet-Cookie: token=t; Path=/", String::new()),
                "/missing" => ("404 Not Found", String::new()),
                "/json" => ("200 OK\r\nContent-Type: application/json", "{\"a\": [1, \"ü\"]}".to_owned()),
                "/silent" => {
                    // Until the client has gone.
                    drop(stream.read(&mut [0]));
                    continue;
                }
                _ => ("200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nX-Two: 2", said.join("|")),
            };
            let length = body.len();
            write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").unwrap();
        }
    });
    format!("http://{address}")
}

/// An app with an interview that shows what `code` leaves in `lines`, and the server that it may ask.
fn app(place: &Place, code: &str, change: impl FnOnce(&mut AppSettings)) -> (App, String, String) {
    let server = serve();
    let code = code.replace("SERVER", &server).replace('\n', "\n  ");
    let interview = format!(
        "mandatory: True\ncode: |\n  import requests\n  lines = []\n  {code}\n  asked = True\n---\n\
         mandatory: True\nquestion: |\n  ${{ '\\n'.join(str(line) for line in lines) }}\n"
    );
    let interview = place.write("requests.yml", &interview);
    let mut parts = parts(place, &place.url());
    parts.settings.private_addresses = true;
    parts.settings.outbound_time = Duration::from_secs(5);
    change(&mut parts.settings);
    (App::new(parts), interview, server)
}

/// The lines of an interview's first screen.
async fn shown(app: &App, interview: &str) -> Vec<String> {
    let caller = Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() };
    let begin = Begin { interview: interview.to_owned(), ..Begin::default() };
    let begun = app.session_new(&caller, begin).await.unwrap();
    let shown = app.session_show(&caller, &begun.at).await.unwrap();
    let Outcome::Screen(screen) = shown else { panic!("no screen: {shown:?}") };
    screen.question.lines().map(str::to_owned).collect()
}

/// What `code` leaves in `lines`.
async fn run(code: &str, private: bool) -> Vec<String> {
    let place = Place::new();
    let (app, interview, server) = app(&place, code, |settings| settings.private_addresses = private);
    shown(&app, &interview).await.into_iter().map(|line| line.replace(&server, "SERVER")).collect()
}

#[tokio::test]
async fn an_interview_asks_another_server_with_every_method() {
    let code = "\
for name in ('get', 'post', 'put', 'patch', 'delete', 'options'):
  lines.append(getattr(requests, name)('SERVER/' + name, params={'q': 'a b'}).text)
lines.append(requests.head('SERVER/head').headers['X-TWO'])
lines.append(requests.post('SERVER/form', data={'a': 'b'}, auth=('user', 'word'), headers={'X-One': '1'}).text)
lines.append(requests.post('SERVER/json-body', json={'a': 1}, cookies={'c': 'd'}).text)
lines.append(requests.delete('SERVER/body', data='gone').text)";
    assert_eq!(
        run(code, true).await,
        [
            "get /get?q=a+b|-|-|-|-|",
            "post /post?q=a+b|-|-|-|-|",
            "put /put?q=a+b|-|-|-|-|",
            "patch /patch?q=a+b|-|-|-|-|",
            "delete /delete?q=a+b|-|-|-|-|",
            "options /options?q=a+b|-|-|-|-|",
            "2",
            "post /form|application/x-www-form-urlencoded|basic dxnlcjp3b3jk|-|1|a=b",
            "post /json-body|application/json|-|c=d|-|{\"a\": 1}",
            "delete /body|application/x-www-form-urlencoded|-|-|-|gone",
        ]
    );
}

#[tokio::test]
async fn answers_tell_their_status_their_json_and_where_they_come_from() {
    let code = "\
r = requests.get('SERVER/json')
lines.extend([r.json()['a'], r.ok, r.status_code == requests.codes.ok, r.reason, r.encoding, r.elapsed.total_seconds() > 0])
s = requests.Session()
s.headers['X-One'] = 'of the session'
r = s.get('SERVER/to')
lines.extend([r.url, [one.status_code for one in r.history], s.cookies.get_dict(), s.get('SERVER/next').text])
lines.append(s.get('SERVER/to', allow_redirects=False).is_redirect)
r = requests.get('SERVER/missing')
try:
  r.raise_for_status()
except requests.exceptions.HTTPError as error:
  lines.append(error)";
    assert_eq!(
        run(code, true).await,
        [
            "[1, 'ü']",
            "True",
            "True",
            "OK",
            "utf-8",
            "True",
            "SERVER/end",
            "[302]",
            "{'token': 't'}",
            "get /next|-|-|token=t|of the session|",
            "True",
            "404 Client Error: Not Found for url: SERVER/missing",
        ]
    );
}

#[tokio::test]
async fn an_api_is_asked_with_what_its_object_says_for_all_requests() {
    let code = "\
web = DAWeb('web', base_url='SERVER/api/', headers={'X-One': 'always'})
lines.append(web.get('people', data={'q': 'a'}))
lines.append(web.post('/people', data={'name': 'Ann'}, auth={'type': 'bearer', 'token': 'T'}, task='told'))
lines.append(web.put('people', data={'name': 'Ann'}, json_body=False, headers={'X-One': 'once'}))
lines.append([web.get('SERVER/json'), task_performed('told')])
lines.append([web.get('SERVER/missing'), web.get('SERVER/missing', on_failure='status_code')])
lines.append(web.delete('people', on_success='status_code', params={'id': 1}))
try:
  web.get('SERVER/missing', on_failure='raise')
except DAWebError as error:
  lines.append([error.status_code, error.method, error.url])
web.on_failure = 'none'
lines.append(web.get('http://127.0.0.1:1/'))";
    assert_eq!(
        run(code, true).await,
        [
            "get /api/people?q=a|-|-|-|always|",
            "post /api/people|application/json|bearer t|-|always|{\"name\": \"Ann\"}",
            "put /api/people|application/x-www-form-urlencoded|-|-|once|name=Ann",
            "[{'a': [1, 'ü']}, True]",
            "[None, 404]",
            "200",
            "[404, 'GET', 'SERVER/missing']",
            "none",
        ]
    );
}

#[tokio::test]
async fn who_does_not_answer_in_time_ends_in_a_timeout_that_the_script_can_catch() {
    let code = "\
try:
  requests.get('SERVER/silent', timeout=0.05)
except requests.Timeout as error:
  lines.append(type(error).__name__ + ' ' + str(error))
try:
  requests.get('http://127.0.0.1:1/')
except requests.ConnectionError as error:
  lines.append(type(error).__name__)
try:
  requests.get('SERVER/', verify=False)
except requests.exceptions.SSLError as error:
  lines.append(type(error).__name__)";
    assert_eq!(run(code, true).await, ["ReadTimeout 127.0.0.1: no answer in time", "ConnectionError", "SSLError"]);
}

#[tokio::test]
async fn an_interview_does_not_reach_what_is_inside_the_network() {
    let code = "\
try:
  requests.get('SERVER/')
except requests.ConnectionError as error:
  lines.append(error)";
    let said = "127.0.0.1: the address is not public, and `allow private addresses` is off";
    assert_eq!(run(code, false).await, [said]);
}

#[tokio::test]
async fn the_requests_of_one_evaluation_take_no_longer_together_than_one_may() {
    let code = "\
for number in range(3):
  try:
    requests.get('SERVER/silent')
  except requests.Timeout as error:
    lines.append(str(error))";
    let place = Place::new();
    let (app, interview, _server) = app(&place, code, |settings| settings.outbound_time = Duration::from_millis(400));
    let lines = shown(&app, &interview).await;
    let used_up = "the requests of one evaluation took too long together";
    assert_eq!(lines, ["127.0.0.1: no answer in time", used_up, used_up]);
}

#[tokio::test]
async fn who_waits_for_another_server_holds_up_nobody_else() {
    let place = Place::new();
    let elsewhere = Elsewhere::start();
    elsewhere.hold();
    elsewhere.say("/slow", 200, "at last");
    let code = format!("lines.append(requests.get('{}/slow').text)", elsewhere.url());
    let (app, slow, _server) = app(&place, &code, |settings| settings.evaluations = 1);
    let quick = place.write("quick.yml", "mandatory: True\nquestion: |\n  Quick\n");
    let waiting = {
        let (app, slow) = (app.clone(), slow.clone());
        tokio::spawn(async move { shown(&app, &slow).await })
    };
    while elsewhere.take_seen().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(shown(&app, &quick).await, ["Quick"]);
    elsewhere.let_go();
    assert_eq!(waiting.await.unwrap(), ["at last"]);
}
