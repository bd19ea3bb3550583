//! Functions of a file of tests that our compiler refuses (`async`) become functions that say so when they are called, so that the
//! other cases of the file can run. A file that is refused outside of functions stays as it is, and does not import.

use da_python::machine::{Mode, compile};

/// No file has more such functions than this.
const MOST: usize = 200;

/// The text, with each function that does not compile replaced.
pub(crate) fn cut(mut text: String) -> String {
    for _ in 0..MOST {
        let Err(error) = compile(&text, "test", Mode::Module) else { return text };
        match without(&text, error.line as usize, &error.message) {
            Some(rest) => text = rest,
            None => return text,
        }
    }
    text
}

fn without(text: &str, line: usize, message: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_def = |line: &str| line.trim_start().starts_with("def ") || line.trim_start().starts_with("async def ");
    let at = line.checked_sub(1)?;
    let mut inner = indent(lines.get(at)?) + usize::from(is_def(lines[at]));
    let start = (0..=at).rev().find(|&place| {
        let line = lines[place];
        if line.trim().is_empty() || indent(line) >= inner {
            return false;
        }
        inner = indent(line);
        is_def(line)
    })?;
    let width = indent(lines[start]);
    let is_inside = |line: &&str| line.trim().is_empty() || indent(line) > width;
    let end = start + 1 + lines[start + 1..].iter().take_while(|line| is_inside(line)).count();
    let name = lines[start].trim_start().trim_start_matches("async ").trim_start_matches("def ").split('(').next()?;
    let mut kept: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    kept[start] = format!("{}def {name}(*args, **kwargs): raise SyntaxError({message:?})", " ".repeat(width));
    for line in &mut kept[start + 1..end] {
        line.clear();
    }
    Some(kept.join("\n") + "\n")
}
