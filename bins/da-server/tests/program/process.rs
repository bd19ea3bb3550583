//! The program as a child, and just enough of HTTP to speak to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};

pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";

/// The program, with nothing of the environment that could change what it does.
pub(crate) fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_da-server"));
    command.args(arguments).current_dir(folder).env_clear().env("DA_LOG", "off");
    command
}

/// Runs a command to its end.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Asks a child to end.
pub(crate) fn terminate(child: &Child) {
    let number = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &number]).status().unwrap().success());
}

/// A server that listens. Ended with the test, however that ends.
pub(crate) struct Server {
    child: Child,
    output: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl Server {
    /// Starts on a port that the system chooses, and waits until the server says where it listens.
    pub(crate) fn start(folder: &Path, variables: &[(&str, &str)]) -> Server {
        let mut command = program(folder, &["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.envs(variables.iter().copied()).stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("da-server listens on http://");
        let address = address.and_then(|address| address.split('/').next());
        let address = address.unwrap_or_else(|| panic!("it said {line:?}")).parse().unwrap();
        Server { child, output, address }
    }

    /// Starts with a known key.
    pub(crate) fn with_key(folder: &Path) -> Server {
        Server::start(folder, &[("DA_API_KEY", KEY), ("DA_ADMIN_PASSWORD", "correct horse")])
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The next line that it says.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// A request with an API key: the status and the body.
    pub(crate) fn send(&self, key: &str, method: &str, path: &str, body: &str) -> (u16, String) {
        try_send(self.address, key, method, path, body).unwrap()
    }

    /// Asks it to end, and does not wait.
    pub(crate) fn ask_to_end(&self) {
        terminate(&self.child);
    }

    /// Asks it to end.
    pub(crate) fn terminate(mut self) -> ExitStatus {
        terminate(&self.child);
        self.child.wait().unwrap()
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone after `terminate` and `kill`.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A request on a connection of its own; nothing when the server goes away meanwhile.
pub(crate) fn try_send(address: SocketAddr, key: &str, method: &str, path: &str, body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-API-Key: {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, body.to_owned()))
}

/// The value of a text of a JSON object, for answers that hold letters and digits alone.
pub(crate) fn json_text(json: &str, name: &str) -> String {
    let start = json.find(&format!("\"{name}\":\"")).unwrap_or_else(|| panic!("{name} in {json}")) + name.len() + 4;
    json[start..].split('"').next().unwrap_or_default().to_owned()
}
