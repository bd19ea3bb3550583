//! A visitor as the value of a cookie, and back.
//!
//! One line each for the visitor, the secret, the user with the tag of the password, and every session: none of them can hold a line's end.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use da_core::{InterviewName, SessionId, UserId};

use super::{LoggedIn, Visitor};
use crate::{App, AppError};

const PURPOSE: &str = "visitor cookie 3";

/// Browsers take 4096 bytes with the cookie's name and attributes.
const LONGEST: usize = 3800;

impl App {
    /// The value of a visitor's cookie.
    ///
    /// # Errors
    /// An operating system without random bytes.
    pub fn visitor_cookie(&self, visitor: &Visitor) -> Result<String, AppError> {
        let mut visitor = visitor.clone();
        loop {
            let sealed = self.0.server_key.seal(PURPOSE, written(&visitor).as_bytes())?;
            let value = URL_SAFE_NO_PAD.encode(sealed);
            if value.len() <= LONGEST || visitor.sessions.is_empty() {
                return Ok(value);
            }
            visitor.sessions.remove(0);
        }
    }

    /// The visitor of a cookie; none for anything that was not made by [`App::visitor_cookie`].
    pub fn visitor_of_cookie(&self, value: &str) -> Option<Visitor> {
        let sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
        let plain = self.0.server_key.open(PURPOSE, &sealed).ok()?;
        read(std::str::from_utf8(&plain).ok()?)
    }
}

fn written(visitor: &Visitor) -> String {
    let user = visitor.user.as_ref().map(|user| format!("{} {}", user.id, user.password)).unwrap_or_default();
    let mut text = format!("{}\n{}\n{user}", visitor.id, visitor.secret);
    for (interview, session) in &visitor.sessions {
        text.push_str(&format!("\n{session} {interview}"));
    }
    text
}

fn read(text: &str) -> Option<Visitor> {
    let mut lines = text.split('\n');
    let (id, secret) = (lines.next()?.to_owned(), lines.next()?.to_owned());
    let user = match lines.next()? {
        "" => None,
        line => {
            let (id, password) = line.split_once(' ')?;
            Some(LoggedIn { id: UserId(id.parse().ok()?), password: password.to_owned() })
        }
    };
    let session = |line: &str| {
        let (session, interview) = line.split_once(' ')?;
        Some((InterviewName::parse(interview).ok()?, SessionId::parse(session)?))
    };
    Some(Visitor { id, secret, user, sessions: lines.filter_map(session).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_survives_the_way_through_a_cookie() {
        let interview = InterviewName::parse("docassemble.demo:data/questions/a b.yml").unwrap();
        let session = SessionId::parse("abc").unwrap();
        let sessions = vec![(interview, session)];
        let mut visitor = Visitor { id: "v".to_owned(), secret: "s".to_owned(), user: None, sessions };
        assert_eq!(written(&visitor), "v\ns\n\nabc docassemble.demo:data/questions/a b.yml");
        assert!(read(&written(&visitor)).as_ref() == Some(&visitor));
        visitor.user = Some(LoggedIn { id: UserId(7), password: "tag".to_owned() });
        assert_eq!(written(&visitor), "v\ns\n7 tag\nabc docassemble.demo:data/questions/a b.yml");
        assert!(read(&written(&visitor)) == Some(visitor));
        assert!(read("v").is_none() && read("v\ns\nx").is_none() && read("v\ns\n7").is_none());
    }
}
