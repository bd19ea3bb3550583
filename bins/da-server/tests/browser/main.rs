//! The demonstration answered in a real browser, at the width of a desk and of a phone.
//!
//! It runs where `DA_TEST_CHROMEDRIVER` names a chromedriver, and says so where it does not.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod driver;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use driver::Browser;

/// The server, which ends with the test.
struct Server {
    child: Child,
    address: String,
    /// Kept open: the server goes on to speak.
    _output: BufReader<ChildStdout>,
    _data: tempfile::TempDir,
}

impl Server {
    fn start() -> Server {
        let data = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_da-server"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let address = output
            .by_ref()
            .lines()
            .find_map(|line| line.unwrap().strip_prefix("da-server listens on ").map(str::to_owned));
        Server { child, address: address.unwrap(), _output: output, _data: data }
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

#[test]
fn the_demonstration_is_answered_in_a_browser_at_desktop_and_phone_width() {
    let Ok(driver) = std::env::var("DA_TEST_CHROMEDRIVER") else {
        println!("not run: DA_TEST_CHROMEDRIVER names no chromedriver");
        return;
    };
    let server = Server::start();
    for size in [(1280, 800), (390, 844)] {
        answer(&server, &driver, size);
    }
}
