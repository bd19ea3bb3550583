//! A release build of the server, started for the time of a command on a free port with a data folder of its own.
//! It must never be left running, and never be started on a data folder that someone uses.

use crate::metadata::{Metadata, Scope};
use crate::scratch::Scratch;
use crate::{repo, run};
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// The key that the server is started with; it opens nothing but this throw-away server.
pub(crate) const KEY: &str = "xtask-0123456789abcdef0123456789abcdef";

/// The address of the account whose key that is.
pub(crate) const EMAIL: &str = "admin@example.com";

/// What the program says when it is ready.
const LISTENS: &str = "da-server listens on ";

const START: Duration = Duration::from_secs(120);
const STOP: Duration = Duration::from_secs(20);

pub(crate) struct Server {
    child: Child,
    /// What it was started with.
    command: Command,
    address: SocketAddr,
    folder: Scratch,
    /// From the start of the program to its word that it listens: a port alone would answer before anything is ready.
    pub(crate) started_in: Duration,
}

/// The program that is named, or one that is built now.
pub(crate) fn named_or_built(named: Option<&Path>) -> Result<PathBuf, String> {
    named.map_or_else(build, |named| Ok(named.to_owned()))
}

/// Builds the server and says where the program is.
pub(crate) fn build() -> Result<PathBuf, String> {
    let metadata = Metadata::load(Scope::Members)?;
    if metadata.member("da-server").is_none() {
        return Err("there is no package da-server to build".to_owned());
    }
    run::show(run::cargo().args(["build", "--release", "--locked", "--package", "da-server"]))?;
    Ok(metadata.target.join("release").join("da-server"))
}

impl Server {
    /// Starts the program with this configuration file and waits until it listens.
    pub(crate) fn start(program: &Path, config: &str, packages: Option<&Path>) -> Result<Self, String> {
        let folder = Scratch::new("server")?;
        let file = folder.path().join("config.yml");
        repo::write(&file, config)?;
        let address = free_port()?;
        let mut command = Command::new(program);
        command.arg("serve").arg("--config").arg(&file).arg("--data").arg(folder.path().join("data"));
        command.args(["--listen", &address.to_string()]);
        if let Some(packages) = packages {
            command.arg("--packages").arg(packages);
        }
        command.env("DA_ADMIN_EMAIL", EMAIL).env("DA_ADMIN_PASSWORD", "correct horse battery").env("DA_API_KEY", KEY);
        let log = File::options().create(true).append(true).open(folder.path().join("log"));
        let log = log.map_err(|error| format!("cannot make the log: {error}"))?;
        let log_too = log.try_clone().map_err(|error| format!("cannot share the log: {error}"))?;
        command.stdout(log).stderr(log_too);
        let began = Instant::now();
        let child = spawn(&mut command)?;
        let mut server = Self { child, command, address, folder, started_in: Duration::ZERO };
        server.started_in = server.wait_until_it_listens(began, 0)?;
        Ok(server)
    }

    /// SIGKILL, as a power cut would end it, and a new start on the same data and address; how long that took.
    pub(crate) fn kill_and_start_again(&mut self) -> Result<Duration, String> {
        let killed = self.child.kill().and_then(|()| self.child.wait());
        killed.map_err(|error| format!("cannot kill the server: {error}"))?;
        self.start_again()
    }

    /// SIGTERM, as an operator would end it, and a new start on the same data and address; how long that took.
    pub(crate) fn end_and_start_again(&mut self) -> Result<Duration, String> {
        self.end()?;
        self.start_again()
    }

    fn start_again(&mut self) -> Result<Duration, String> {
        let said = self.log()?.len();
        let began = Instant::now();
        self.child = spawn(&mut self.command)?;
        self.wait_until_it_listens(began, said)
    }

    fn wait_until_it_listens(&mut self, began: Instant, said: usize) -> Result<Duration, String> {
        loop {
            if let Some(status) = self.ended()? {
                return self.broke(&format!("the server ended with {status} before it listened"));
            }
            if self.log()?.get(said..).is_some_and(|new| String::from_utf8_lossy(new).contains(LISTENS)) {
                return Ok(began.elapsed());
            }
            if began.elapsed() > START {
                return self.broke(&format!("the server does not listen after {START:?}"));
            }
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// What it wrote so far.
    fn log(&self) -> Result<Vec<u8>, String> {
        fs::read(self.folder.path().join("log")).map_err(|error| format!("cannot read the log: {error}"))
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The configuration file.
    pub(crate) fn config(&self) -> PathBuf {
        self.folder.path().join("config.yml")
    }

    /// A folder that goes away with the server.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The most memory that the process ever held, in kB.
    pub(crate) fn peak_memory(&self) -> Option<u64> {
        self.status("VmHWM:")
    }

    /// The memory that it holds now, in kB.
    pub(crate) fn memory(&self) -> Option<u64> {
        self.status("VmRSS:")
    }

    fn status(&self, what: &str) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        status.lines().find_map(|line| line.strip_prefix(what))?.trim().trim_end_matches(" kB").parse().ok()
    }

    /// SIGTERM, as an operator would send it; the server has to end by itself, with 0.
    pub(crate) fn stop(mut self) -> Result<(), String> {
        self.end()
    }

    fn end(&mut self) -> Result<(), String> {
        if let Some(status) = self.ended()? {
            return self.broke(&format!("the server ended with {status} while it was in use"));
        }
        run::capture(Command::new("kill").args(["-TERM", &self.child.id().to_string()]))?;
        let began = Instant::now();
        while began.elapsed() < STOP {
            match self.ended()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return self.broke(&format!("the server ended with {status} on SIGTERM")),
                None => thread::sleep(Duration::from_millis(10)),
            }
        }
        self.broke(&format!("the server did not end within {STOP:?} after SIGTERM"))
    }

    fn ended(&mut self) -> Result<Option<ExitStatus>, String> {
        self.child.try_wait().map_err(|error| format!("cannot ask after the server: {error}"))
    }

    /// An error of one line; what the server said goes before it.
    fn broke<T>(&self, words: &str) -> Result<T, String> {
        self.show_last_words();
        Err(words.to_owned())
    }

    pub(crate) fn show_last_words(&self) {
        let log = self.log().unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        eprintln!("the server said:\n{}", lines[lines.len().saturating_sub(30)..].join("\n"));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Only when a command ends early; after `stop` the process is gone, and both calls say so.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn spawn(command: &mut Command) -> Result<Child, String> {
    command.spawn().map_err(|error| format!("cannot start {}: {error}", command.get_program().display()))
}

/// A port that nobody listens on now.
fn free_port() -> Result<SocketAddr, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    listener.map_err(|error| format!("no port is free: {error}"))
}
