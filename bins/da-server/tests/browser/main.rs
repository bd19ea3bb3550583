//! The demonstration answered in a real browser, at the width of a desk and of a phone; and gone on with there, by a link
//! that is good once, where a program began it, without a trace of it in the database that anybody could read.
//!
//! It runs where `DA_TEST_CHROMEDRIVER` names a chromedriver, and says so where it does not.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod driver;
mod http;

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use driver::Browser;
use serde_json::{Value, json};

/// An answer that is long enough to be looked for.
const NAME: &str = "Annabella Featherstonehaugh";

const KEY: &str = "0123456789abcdef0123456789abcdef";

const SIGN: &str = "\
question: Please sign
signature: signature
---
mandatory: True
question: Thank you
subquestion: |
  ${ signature }
";

/// The server, which ends with the test.
struct Server {
    child: Child,
    address: String,
    /// Kept open: the server goes on to speak.
    _output: BufReader<ChildStdout>,
    data: tempfile::TempDir,
}

impl Server {
    fn start() -> Server {
        let data = tempfile::tempdir().unwrap();
        let questions = data.path().join("packages/docassemble/mine/data/questions");
        std::fs::create_dir_all(&questions).unwrap();
        std::fs::write(questions.join("sign.yml"), SIGN).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_da-server"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path().join("data"))
            .arg("--packages")
            .arg(data.path().join("packages"))
            .env("DA_API_KEY", KEY)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let address = output
            .by_ref()
            .lines()
            .find_map(|line| line.unwrap().strip_prefix("da-server listens on ").map(str::to_owned));
        Server { child, address: address.unwrap(), _output: output, data }
    }

    /// What stands in the files of the database, the newest writes included.
    fn database(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.data.path().join("data")).unwrap().map(|entry| entry.unwrap().path());
        let of_database = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("da.sqlite");
        files.filter(of_database).flat_map(|path| std::fs::read(path).unwrap()).collect()
    }

    /// A call of the API.
    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let port = self.address.rsplit(':').next().unwrap().parse().unwrap();
        let answer = http::send(port, &format!("X-API-Key: {KEY}\r\n"), (method, path), body);
        if answer.is_empty() { Value::Null } else { serde_json::from_slice(&answer).unwrap() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Answers the five screens; every one is kept as a picture.
fn answer(server: &Server, driver: &str, (width, height): (u32, u32)) {
    let mut browser = Browser::open(driver, (width, height));
    let mut picture = 0;
    let mut look = |browser: &mut Browser, heading: &str| {
        browser.wait_for_heading(heading);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        browser.picture(&folder.join(format!("demonstration-{width}-{picture}.png")));
        assert!(browser.fits_its_width(), "{heading}: wider than {width}");
        picture += 1;
    };
    browser.go(&format!("{}/", server.address));
    look(&mut browser, "What would you like to do?");
    browser.click("a[href$='docassemble.demo:data/questions/questions.yml']");
    look(&mut browser, "Welcome to the demonstration");
    browser.click("button.main");
    browser.type_into("#f1", "nobody");
    browser.click("button.main");
    assert_eq!(browser.text(".summary h2"), "Please check your answers");
    look(&mut browser, "Tell us about yourself");
    browser.type_into("#f0", "Ann");
    browser.type_into("#f1", "ann@example.com");
    look(&mut browser, "Tell us about yourself");
    browser.click("button.main");
    browser.click("label.option:nth-of-type(2)");
    let fruit = "What is your favorite fruit, Ann?";
    look(&mut browser, fruit);
    browser.click("button.main");
    look(&mut browser, "Do you eat breakfast?");
    browser.click(".back button");
    browser.wait_for_heading(fruit);
    browser.click("button.main");
    browser.click("button[value='True']");
    look(&mut browser, "Thank you, Ann.");
    assert!(browser.text("article").contains("Your favorite fruit is the orange."));
    assert!(browser.text("article").contains("Enjoy your breakfast tomorrow."));
}

/// The driver, if there is one to test with.
fn driver() -> Option<String> {
    std::env::var("DA_TEST_CHROMEDRIVER").ok()
}

#[test]
fn the_demonstration_is_answered_in_a_browser_at_desktop_and_phone_width() {
    let Some(driver) = driver() else {
        println!("not run: DA_TEST_CHROMEDRIVER names no chromedriver");
        return;
    };
    let server = Server::start();
    for size in [(1280, 800), (390, 844)] {
        answer(&server, &driver, size);
    }
}

#[test]
fn a_session_that_a_program_began_goes_on_to_its_end_in_a_browser_that_was_never_there() {
    let Some(driver) = driver() else {
        println!("not run: DA_TEST_CHROMEDRIVER names no chromedriver");
        return;
    };
    let server = Server::start();
    let i = "docassemble.demo:data/questions/questions.yml";
    let mut names = server.call("GET", &format!("/api/session/new?i={i}"), &Value::Null);
    assert_eq!(names["encrypted"], true);
    names.as_object_mut().unwrap().remove("encrypted");
    let with = |name: &str, value: Value| {
        let mut body = names.clone();
        body[name] = value;
        body
    };
    let answers = json!({"wants_to_begin": true, "user_name": NAME, "number_of_pets": 1});
    let mut filled = with("variables", answers);
    filled["question"] = json!(0);
    assert_eq!(server.call("POST", "/api/session", &filled), Value::Null);
    let link = server.call("POST", "/api/resume_url", &with("one_time", json!(1)));
    let mut browser = Browser::open(&driver, (1280, 800));
    browser.go(link.as_str().unwrap());
    browser.wait_for_heading(&format!("What is your favorite fruit, {NAME}?"));
    browser.click("label.option:nth-of-type(2)");
    browser.click("button.main");
    browser.wait_for_heading("Do you eat breakfast?");
    browser.click("button[value='True']");
    browser.wait_for_heading(&format!("Thank you, {NAME}."));
    let query = |name: &str| names[name].as_str().unwrap().to_owned();
    let (session, secret) = (query("session"), query("secret"));
    let told = server.call("GET", &format!("/api/session?i={i}&session={session}&secret={secret}"), &Value::Null);
    assert_eq!((&told["favorite_fruit"], &told["user_name"]), (&json!("Orange"), &json!(NAME)));
    let mut late = Browser::open(&driver, (1280, 800));
    late.go(link.as_str().unwrap());
    late.wait_for_heading("This link leads nowhere any more");
    let database = server.database();
    let holds = |text: &str| database.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds(&session), "the search finds what is there");
    let code = link.as_str().unwrap().rsplit('=').next().unwrap();
    for hidden in [NAME, "favorite_fruit", secret.as_str(), code] {
        assert!(!holds(hidden), "the database shows {hidden}");
    }
}

#[test]
fn a_signature_is_drawn_with_the_finger_and_comes_as_a_picture() {
    let Some(driver) = driver() else {
        println!("not run: DA_TEST_CHROMEDRIVER names no chromedriver");
        return;
    };
    let server = Server::start();
    let mut browser = Browser::open(&driver, (390, 844));
    browser.go(&format!("{}/interview?i=docassemble.mine:data/questions/sign.yml", server.address));
    browser.wait_for_heading("Please sign");
    browser.click("button.main");
    assert_eq!(browser.text(".summary a"), "You must sign your name to continue.");
    // A tap becomes a click in its own time.
    let wait_for_files = |browser: &mut Browser, count: u8| {
        let files = "document.querySelector('input[data-pen]').files.length";
        let look = format!("() => {files} === {count} ? done(true) : setTimeout(look, 20)");
        assert_eq!(browser.ask(&format!("const done = arguments[0], look = {look}; look()")), true);
    };
    let line = [(-100, -40), (-60, 40), (-20, -40), (20, 40), (100, 0)];
    browser.draw("canvas", &line);
    wait_for_files(&mut browser, 1);
    browser.click("button[type='button']");
    wait_for_files(&mut browser, 0);
    browser.draw("canvas", &line);
    wait_for_files(&mut browser, 1);
    browser.picture(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("signature-390.png"));
    assert!(browser.fits_its_width());
    browser.click("button.main");
    browser.wait_for_heading("Thank you");
    // What was drawn is in the picture: dots of the pen, and dots of nothing.
    let dots = browser.ask(
        "const done = arguments[0], picture = document.querySelector('article img'); picture.decode().then(() => {
           const canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
           [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
           pen.drawImage(picture, 0, 0);
           const dots = pen.getImageData(0, 0, canvas.width, canvas.height).data;
           let drawn = 0;
           for (let at = 3; at < dots.length; at += 4) drawn += dots[at] > 0;
           done([drawn, dots.length / 4]);
         })",
    );
    let (drawn, all) = (dots[0].as_i64().unwrap(), dots[1].as_i64().unwrap());
    assert!(drawn > 300 && drawn < all / 10, "{drawn} of {all}");
}
