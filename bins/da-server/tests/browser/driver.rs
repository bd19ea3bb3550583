//! WebDriver over plain HTTP: as much of it as the test needs.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::http;

/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A browser that ends with the test.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _output: BufReader<ChildStdout>,
    _profile: tempfile::TempDir,
}

impl Browser {
    pub(crate) fn open(driver: &str, (width, height): (u32, u32)) -> Browser {
        let profile = tempfile::tempdir().unwrap();
        let mut driver = Command::new(driver).arg("--port=0").stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(driver.stdout.take().unwrap());
        let port = output.by_ref().lines().find_map(|line| {
            let line = line.unwrap();
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        let mut browser =
            Browser { driver, port: port.unwrap(), session: String::new(), _output: output, _profile: profile };
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", browser._profile.path().display()));
        let chrome = json!({"args": flags, "mobileEmulation": {"deviceMetrics": {
            "width": width, "height": height, "pixelRatio": 1.0, "mobile": width < 600, "touch": width < 600
        }}});
        // The driver waits for what is asked for: a page may still be on its way.
        let always = json!({"goog:chromeOptions": chrome, "timeouts": {"implicit": 10_000}});
        let wanted = json!({"capabilities": {"alwaysMatch": always}});
        let made = browser.http("POST", "/session", &wanted);
        browser.session = made["sessionId"].as_str().unwrap().to_owned();
        browser
    }

    pub(crate) fn go(&mut self, address: &str) {
        self.say("POST", "/url", &json!({"url": address}));
    }

    /// The text of the first element that a selector finds.
    pub(crate) fn text(&mut self, selector: &str) -> String {
        let element = self.element(selector);
        self.say("GET", &format!("/element/{element}/text"), &Value::Null).as_str().unwrap().to_owned()
    }

    pub(crate) fn click(&mut self, selector: &str) {
        let element = self.element(selector);
        self.say("POST", &format!("/element/{element}/click"), &json!({}));
    }

    /// Types a text in place of what is there.
    pub(crate) fn type_into(&mut self, selector: &str, text: &str) {
        let element = self.element(selector);
        self.say("POST", &format!("/element/{element}/clear"), &json!({}));
        self.say("POST", &format!("/element/{element}/value"), &json!({"text": text}));
    }

    /// Draws a line on an element: from place to place, counted from its middle.
    pub(crate) fn draw(&mut self, selector: &str, places: &[(i32, i32)]) {
        let element = json!({ELEMENT: self.element(selector)});
        let place =
            |(x, y): &(i32, i32)| json!({"type": "pointerMove", "duration": 20, "origin": element, "x": x, "y": y});
        let mut actions: Vec<Value> = places.iter().map(place).collect();
        actions.insert(1, json!({"type": "pointerDown", "button": 0}));
        actions.push(json!({"type": "pointerUp", "button": 0}));
        let pen = json!({"type": "pointer", "id": "pen", "parameters": {"pointerType": "touch"}, "actions": actions});
        self.say("POST", "/actions", &json!({"actions": [pen]}));
    }

    pub(crate) fn picture(&mut self, file: &Path) {
        let picture = self.say("GET", "/screenshot", &Value::Null);
        fs::write(file, STANDARD.decode(picture.as_str().unwrap()).unwrap()).unwrap();
    }

    /// Whether nothing has to be scrolled sideways.
    pub(crate) fn fits_its_width(&mut self) -> bool {
        let script = "return document.documentElement.scrollWidth <= window.innerWidth";
        self.say("POST", "/execute/sync", &json!({"script": script, "args": []})) == json!(true)
    }

    /// What a script gives to the function that it has as its argument.
    pub(crate) fn ask(&mut self, script: &str) -> Value {
        self.say("POST", "/execute/async", &json!({"script": script, "args": []}))
    }

    /// Waits for a page with this heading.
    pub(crate) fn wait_for_heading(&mut self, heading: &str) {
        self.find("xpath", &format!("//h1[normalize-space()='{heading}']"));
    }

    fn element(&mut self, selector: &str) -> String {
        self.find("css selector", selector)
    }

    fn find(&mut self, using: &str, selector: &str) -> String {
        let found = self.say("POST", "/element", &json!({"using": using, "value": selector}));
        let Some(element) = found[ELEMENT].as_str() else {
            let page = self.say("GET", "/source", &Value::Null);
            panic!("no {selector} in\n{}\n{}", page.as_str().unwrap_or_default(), found["message"]);
        };
        element.to_owned()
    }

    fn say(&mut self, method: &str, path: &str, body: &Value) -> Value {
        self.http(method, &format!("/session/{}{path}", self.session), body)
    }

    fn http(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = http::send(self.port, "", (method, path), body);
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        answer["value"].clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.say("DELETE", "", &Value::Null);
        self.driver.kill().unwrap();
        self.driver.wait().unwrap();
    }
}
