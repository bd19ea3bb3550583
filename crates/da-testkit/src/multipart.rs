//! [`Multipart`]: a body with files, as a browser or a client sends it.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::test::TestRequest;

const BOUNDARY: &str = "a-line-that-no-test-sends";

/// A body that is put together part by part.
#[derive(Debug, Clone, Default)]
pub struct Multipart(Vec<u8>);

impl Multipart {
    /// Adds a text.
    #[must_use]
    pub fn text(self, name: &str, value: &str) -> Self {
        self.part(&format!("name=\"{name}\""), value.as_bytes())
    }

    /// Adds a file.
    #[must_use]
    pub fn file(self, name: &str, file: &str, content: &[u8]) -> Self {
        self.part(&format!("name=\"{name}\"; filename=\"{file}\""), content)
    }

    fn part(mut self, disposition: &str, content: &[u8]) -> Self {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
        self.0.extend_from_slice(head.as_bytes());
        self.0.extend_from_slice(content);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    /// The request.
    #[must_use]
    pub fn post(mut self, address: &str) -> TestRequest {
        self.0.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        TestRequest::post().uri(address).insert_header((CONTENT_TYPE, kind)).set_payload(self.0)
    }
}
