//! As much of an HTTP/1.1 client as measuring needs: one connection, kept alive, one request at a time.
//! It must never guess where an answer ends: a length, chunks, or an error.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    head: String,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// What stands between the parts of a body with a file: no text and no file of ours contains it.
const BOUNDARY: &str = "between-two-parts-of-a-body";

/// No answer is larger; a broken length must not take all memory.
const LARGEST: usize = 64 << 20;

impl Client {
    pub(crate) fn connect(address: SocketAddr, key: &str) -> Result<Self, String> {
        let stream = TcpStream::connect(address).map_err(|error| format!("cannot connect to {address}: {error}"))?;
        let ready = stream.set_nodelay(true).and_then(|()| stream.set_read_timeout(Some(Duration::from_secs(30))));
        ready.map_err(|error| format!("cannot set up the connection: {error}"))?;
        let head = format!("Host: {address}\r\nX-API-Key: {key}\r\nAccept: application/json\r\n");
        Ok(Self { stream: BufReader::new(stream), head })
    }

    pub(crate) fn get(&mut self, path: &str) -> Result<Answer, String> {
        let request = format!("GET {path} HTTP/1.1\r\n{}\r\n", self.head);
        self.send(request.as_bytes())
    }

    pub(crate) fn post(&mut self, path: &str, body: &Value) -> Result<Answer, String> {
        self.post_bytes(path, "Content-Type: application/json\r\n", body.to_string().as_bytes())
    }

    /// A request that its name makes one, however often it comes.
    pub(crate) fn post_once(&mut self, path: &str, body: &Value, name: &str) -> Result<Answer, String> {
        let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {name}\r\n");
        self.post_bytes(path, &headers, body.to_string().as_bytes())
    }

    /// Texts, and a file under the name of a variable.
    pub(crate) fn post_file(
        &mut self,
        path: &str,
        texts: &[(&str, &str)],
        (variable, name, content): (&str, &str, &[u8]),
    ) -> Result<Answer, String> {
        let mut body = Vec::new();
        for (key, value) in texts {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!("name=\"{variable}\"; filename=\"{name}\"");
        let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        self.post_bytes(path, &format!("Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"), &body)
    }

    fn post_bytes(&mut self, path: &str, headers: &str, body: &[u8]) -> Result<Answer, String> {
        let head = format!("POST {path} HTTP/1.1\r\n{}{headers}Content-Length: {}\r\n\r\n", self.head, body.len());
        self.send(&[head.as_bytes(), body].concat())
    }

    pub(crate) fn delete(&mut self, path: &str) -> Result<Answer, String> {
        let request = format!("DELETE {path} HTTP/1.1\r\n{}\r\n", self.head);
        self.send(request.as_bytes())
    }

    fn send(&mut self, request: &[u8]) -> Result<Answer, String> {
        self.stream.get_mut().write_all(request).map_err(|error| format!("cannot send: {error}"))?;
        read_answer(&mut self.stream)
    }
}

impl Answer {
    /// The JSON of a 200; anything else is an error that says what came.
    pub(crate) fn json(&self) -> Result<Value, String> {
        if self.status != 200 {
            return Err(format!("the server answered {}: {}", self.status, String::from_utf8_lossy(&self.body)));
        }
        serde_json::from_slice(&self.body).map_err(|error| format!("the answer is not JSON: {error}"))
    }
}

fn read_answer(stream: &mut impl BufRead) -> Result<Answer, String> {
    let first = line(stream)?;
    let status =
        first.strip_prefix("HTTP/1.").and_then(|rest| rest.split(' ').nth(1)).and_then(|word| word.parse().ok());
    let status: u16 = status.ok_or_else(|| format!("`{first}` is not the first line of an answer"))?;
    let (mut length, mut is_chunked) = (None, false);
    loop {
        let header = line(stream)?;
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':').ok_or_else(|| format!("`{header}` is not a header"))?;
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = Some(value.trim().parse().map_err(|_| format!("`{header}` is not a length"))?),
            "transfer-encoding" => is_chunked = value.trim().eq_ignore_ascii_case("chunked"),
            _ => {}
        }
    }
    let mut body = Vec::new();
    match (is_chunked, length) {
        (true, _) => read_chunks(stream, &mut body)?,
        (false, Some(length)) => read_part(stream, length, &mut body)?,
        (false, None) if matches!(status, 204 | 304) => {}
        (false, None) => return Err("the answer has neither a length nor chunks".to_owned()),
    }
    Ok(Answer { status, body })
}

fn read_chunks(stream: &mut impl BufRead, body: &mut Vec<u8>) -> Result<(), String> {
    loop {
        let head = line(stream)?;
        let size = head.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| format!("`{head}` is not the size of a chunk"))?;
        if size == 0 {
            // Trailers, then an empty line.
            while !line(stream)?.is_empty() {}
            return Ok(());
        }
        read_part(stream, size, body)?;
        line(stream)?;
    }
}

fn read_part(stream: &mut impl BufRead, length: usize, body: &mut Vec<u8>) -> Result<(), String> {
    let from = body.len();
    let to = from.checked_add(length).filter(|to| *to <= LARGEST).ok_or("the answer is too large")?;
    body.resize(to, 0);
    stream.read_exact(&mut body[from..]).map_err(|error| format!("the answer breaks off: {error}"))
}

fn line(stream: &mut impl BufRead) -> Result<String, String> {
    let mut text = String::new();
    let read = stream.by_ref().take(64 << 10).read_line(&mut text);
    read.map_err(|error| format!("cannot read the answer: {error}"))?;
    match text.strip_suffix('\n') {
        Some(line) => Ok(line.trim_end_matches('\r').to_owned()),
        None => Err("the answer breaks off in a line".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &str) -> Result<(u16, String), String> {
        let answer = read_answer(&mut text.as_bytes())?;
        Ok((answer.status, String::from_utf8(answer.body).unwrap()))
    }

    #[test]
    fn an_answer_with_a_length_ends_there_and_the_next_one_follows() {
        let mut stream = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}HTTP/1.1 204 No Content\r\n\r\n".as_bytes();
        assert_eq!(read_answer(&mut stream).unwrap().body, b"{}");
        assert_eq!(read_answer(&mut stream).unwrap().status, 204);
    }

    #[test]
    fn chunks_are_joined_and_trailers_passed_over() {
        let text =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nX: y\r\n\r\n";
        assert_eq!(answer(text).unwrap(), (200, "abc0123456789".to_owned()));
    }

    #[test]
    fn what_is_not_a_whole_answer_is_an_error() {
        for (text, error) in [
            ("", "the answer breaks off in a line"),
            ("SSH-2.0\r\n", "`SSH-2.0` is not the first line of an answer"),
            ("HTTP/1.1 200 OK\r\n\r\n", "the answer has neither a length nor chunks"),
            ("HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n", "`content-length: x` is not a length"),
            ("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n", "the answer is too large"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "`zz` is not the size of a chunk"),
        ] {
            assert_eq!(answer(text).unwrap_err(), error);
        }
        let short = answer("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc").unwrap_err();
        assert!(short.starts_with("the answer breaks off: "), "{short}");
    }

    #[test]
    fn an_answer_that_is_not_200_says_what_came() {
        let answer = Answer { status: 403, body: b"\"Access Denied\"".to_vec() };
        assert_eq!(answer.json().unwrap_err(), "the server answered 403: \"Access Denied\"");
    }
}
