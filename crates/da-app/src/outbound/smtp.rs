//! Mail by SMTP, to the one server that the operator named.
//!
//! That server may be anywhere, also where interviews are not let: the operator says where it is, and no text of an interview
//! does. A password leaves over TLS unless the operator said that there is none; a certificate that is not trusted is never
//! accepted. Letters are not written to the log.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, Mailboxes, MessageBuilder, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Message, SmtpTransport, Transport};

use crate::mail::{Letter, MailServer, MailTls};

/// How long the server may take for each answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Bytes that a letter may have with what is attached.
const LARGEST: usize = 20 << 20;

/// The server refuses a password with one of these: another attempt may find another password.
const ABOUT_PASSWORDS: [u16; 4] = [530, 534, 535, 538];

/// Why a letter did not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotSent {
    /// In words that name neither people nor what was written.
    pub(crate) why: String,
    /// Whether another attempt is no use.
    pub(crate) is_final: bool,
}

/// Sends a letter, and returns when the server has taken it. Blocks the thread.
pub(crate) fn send(server: &MailServer, letter: &Letter, now: SystemTime) -> Result<(), NotSent> {
    let message = message(server, letter, now).map_err(|why| NotSent { why, is_final: true })?;
    let transport = transport(server).map_err(|error| NotSent { why: whole(&error), is_final: false })?;
    transport.send(&message).map(drop).map_err(|error| {
        let code = error.status().map(u16::from);
        let is_final = error.is_permanent() && !code.is_some_and(|code| ABOUT_PASSWORDS.contains(&code));
        // What the server says may repeat the address of a person.
        let why = match code {
            Some(code) => format!("{} answers {code}", server.server),
            None => format!("{}: {}", server.server, whole(&error)),
        };
        NotSent { why, is_final }
    })
}

fn transport(server: &MailServer) -> Result<SmtpTransport, lettre::transport::smtp::Error> {
    let tls = |of: fn(TlsParameters) -> Tls| TlsParameters::new_rustls(server.server.clone()).map(of);
    let tls = match server.tls {
        MailTls::None => Tls::None,
        MailTls::Starts => tls(Tls::Required)?,
        MailTls::Always => tls(Tls::Wrapper)?,
    };
    let mut builder =
        SmtpTransport::builder_dangerous(server.server.as_str()).port(server.port).tls(tls).timeout(Some(PATIENCE));
    if let Some(host) = &server.hello {
        builder = builder.hello_name(ClientId::Domain(host.clone()));
    }
    if let Some(username) = &server.username {
        builder = builder.credentials(Credentials::new(username.clone(), server.password.clone().unwrap_or_default()));
    }
    Ok(builder.build())
}

/// The message that a letter becomes; why it cannot become one.
pub(crate) fn message(server: &MailServer, letter: &Letter, now: SystemTime) -> Result<Message, String> {
    let sender = letter.from.as_deref().unwrap_or(&server.default_sender);
    let from = mailbox(sender)?;
    let id = da_crypto::token::alphanumeric(24).map_err(|error| error.to_string())?;
    let mut builder = Message::builder().date(now).message_id(Some(format!("<{id}@{}>", from.email.domain())));
    builder = builder.from(from).subject(letter.subject.as_str());
    if let Some(reply_to) = &letter.reply_to {
        builder = builder.reply_to(mailbox(reply_to)?);
    }
    if letter.to.is_empty() {
        return Err("it goes to nobody".to_owned());
    }
    builder = with(builder, &letter.to, MessageBuilder::to)?;
    builder = with(builder, &letter.cc, MessageBuilder::cc)?;
    builder = with(builder, &letter.bcc, MessageBuilder::bcc)?;
    let size = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let attached: usize = letter.attachments.iter().map(|attachment| attachment.content.len()).sum();
    if size(&letter.body) + size(&letter.html) + attached > LARGEST {
        return Err(format!("it has more than {LARGEST} bytes"));
    }
    content(builder, letter)
}

fn content(builder: MessageBuilder, letter: &Letter) -> Result<Message, String> {
    let unfit = |error: lettre::error::Error| format!("it cannot be written as a message: {error}");
    let plain = |text: &String| SinglePart::plain(text.clone());
    let text = match (&letter.body, &letter.html) {
        (Some(body), Some(html)) => Ok(MultiPart::alternative_plain_html(body.clone(), html.clone())),
        (None, Some(html)) => Err(SinglePart::html(html.clone())),
        (body, None) => Err(plain(body.as_ref().unwrap_or(&String::new()))),
    };
    if letter.attachments.is_empty() {
        return match text {
            Ok(several) => builder.multipart(several),
            Err(single) => builder.singlepart(single),
        }
        .map_err(unfit);
    }
    let mut mixed = match text {
        Ok(several) => MultiPart::mixed().multipart(several),
        Err(single) => MultiPart::mixed().singlepart(single),
    };
    for attachment in &letter.attachments {
        let content = BASE64_STANDARD.decode(&attachment.content).map_err(|_| "an attachment is damaged".to_owned())?;
        let other = || ContentType::parse("application/octet-stream");
        let media_type = ContentType::parse(&attachment.media_type).or_else(|_| other());
        let media_type = media_type.map_err(|error| error.to_string())?;
        mixed = mixed.singlepart(Attachment::new(attachment.name.clone()).body(content, media_type));
    }
    builder.multipart(mixed).map_err(unfit)
}

fn with(
    builder: MessageBuilder,
    people: &[String],
    add: fn(MessageBuilder, Mailbox) -> MessageBuilder,
) -> Result<MessageBuilder, String> {
    let mut builder = builder;
    for text in people {
        for mailbox in mailboxes(text)? {
            builder = add(builder, mailbox);
        }
    }
    Ok(builder)
}

/// One address, with a name or without.
fn mailbox(text: &str) -> Result<Mailbox, String> {
    let mut all = mailboxes(text)?.into_iter();
    match (all.next(), all.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(NO_ADDRESS.to_owned()),
    }
}

const NO_ADDRESS: &str = "an address in it is none";

/// Addresses with commas between them. What stands behind them is no address, and is not passed over.
fn mailboxes(text: &str) -> Result<Mailboxes, String> {
    let none = || NO_ADDRESS.to_owned();
    if text.chars().any(char::is_control) {
        return Err(none());
    }
    let all: Mailboxes = text.trim().parse().map_err(|_| none())?;
    let last = all.iter().last().ok_or_else(none)?.email.to_string();
    let is_whole = text.trim().trim_end_matches('>').ends_with(&last);
    if is_whole { Ok(all) } else { Err(none()) }
}

/// An error with what caused it.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(to: &str) -> Letter {
        Letter { cc: vec!["c@example.com".to_owned()], ..Letter::plain(to, "Hello", "One\nTwo".to_owned()) }
    }

    fn made(letter: &Letter) -> Result<String, String> {
        let server = MailServer::new("localhost", "\"A, B\" <a@example.org>");
        message(&server, letter, SystemTime::UNIX_EPOCH).map(|made| String::from_utf8(made.formatted()).unwrap())
    }

    #[test]
    fn addresses_are_read_whole_or_not_at_all() {
        for good in ["b@example.com", " \"B\" <b@example.com>", "B <b@example.com>, d@example.com", "<b@example.com>"] {
            assert!(made(&letter(good)).is_ok(), "{good}");
        }
        for bad in ["", "b", "b@", "b@example.com, nobody", "b@example.com\r\nBcc: x@example.com", "b@x.com c"] {
            assert_eq!(made(&letter(bad)), Err(NO_ADDRESS.to_owned()), "{bad:?}");
        }
    }

    #[test]
    fn no_text_becomes_a_header() {
        let subject = "Hi\r\nBcc: x@example.com\r\n\r\nbody".to_owned();
        let made = made(&Letter { subject, ..letter("b@example.com") }).unwrap();
        assert!(!made.lines().any(|line| line.starts_with("Bcc")), "{made}");
    }

    #[test]
    fn a_letter_has_its_texts_and_what_is_attached() {
        let attachment = crate::mail::letter::Attached {
            name: "a.txt".to_owned(),
            media_type: "text/plain".to_owned(),
            content: BASE64_STANDARD.encode("attached"),
        };
        let html = Some("<b>One</b>".to_owned());
        let made = made(&Letter { html, attachments: vec![attachment], ..letter("b@example.com") }).unwrap();
        for part in [
            "From: =?utf-8?b?QSwgQg==?= <a@example.org>\r\n",
            "To: b@example.com\r\n",
            "Cc: c@example.com\r\n",
            "Subject: Hello\r\n",
            "multipart/mixed",
            "multipart/alternative",
            "One\r\nTwo",
            "<b>One</b>",
            "attachment; filename=\"a.txt\"",
        ] {
            assert!(made.contains(part), "{part:?} is not in\n{made}");
        }
        assert!(made.contains("Message-ID: <") && made.contains("@example.org>"), "{made}");
    }
}
