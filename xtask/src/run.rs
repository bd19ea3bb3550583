//! Starting other programs, with what is started shown first.
//! It must never go through a shell and never hide a program's exit status.

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Shows and runs a program; its output goes where ours goes.
pub(crate) fn show(command: &mut Command) -> Result<(), String> {
    announce(command);
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", words(command))) }
}

/// Runs a program and hands back what it printed.
pub(crate) fn capture(command: &mut Command) -> Result<String, String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| cannot_start(command, &error))?;
    if !output.status.success() {
        return Err(format!("{} ended with {}", words(command), output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("{} printed something that is not UTF-8", words(command)))
}

/// Shows and runs a program, and lets `see` read its standard output line by line while it passes through.
pub(crate) fn watch(command: &mut Command, mut see: impl FnMut(&str)) -> Result<bool, String> {
    announce(command);
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(|error| format!("cannot read what {} prints: {error}", words(command)))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            see(&line);
        }
    }
    let status = child.wait().map_err(|error| format!("cannot wait for {}: {error}", words(command)))?;
    Ok(status.success())
}

/// Whether a program of this name answers `--version`.
pub(crate) fn is_there(program: &str) -> bool {
    let quiet = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

fn announce(command: &Command) {
    eprintln!("$ {}", words(command));
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start {}: {error}", command.get_program().to_string_lossy())
}

/// The command as one would type it; variables of the environment stay out, they may hold secrets.
fn words(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let name = program.rsplit('/').next().unwrap_or(&program).to_owned();
    command.get_args().fold(name, |line, arg| line + " " + &arg.to_string_lossy())
}
