//! [`Browser`]: a browser without a screen. It keeps its cookie, reads forms, and follows where it is sent.
//!
//! It never sends what no form of a page would.

use actix_web::cookie::Cookie;
use actix_web::http::header::SET_COOKIE;
use actix_web::test::TestRequest;

use crate::{Answer, Multipart, Page, TestApp};

/// The browser of somebody.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    /// What it was given to keep.
    pub cookie: Option<String>,
    /// By what the device is known on which somebody signed in.
    pub device: Option<String>,
    /// Where it says that it comes from, to a server behind a proxy.
    pub address: Option<String>,
}

/// A page that came back.
#[derive(Debug)]
pub struct Seen {
    /// The answer.
    pub answer: Answer,
    /// What stands in it.
    pub page: Page,
}

impl Seen {
    /// The status.
    pub fn status(&self) -> u16 {
        self.answer.status
    }

    /// The source of the page.
    pub fn body(&self) -> &str {
        &self.answer.body
    }

    /// A header.
    pub fn header(&self, name: &str) -> &str {
        self.answer.header(name)
    }

    /// The source has this in it.
    pub fn must_say(&self, part: &str) {
        assert!(self.answer.body.contains(part), "{part:?} is not in\n{}", self.answer.body);
    }

    /// The value of a hidden input.
    pub fn hidden(&self, name: &str) -> String {
        self.page.value(name).unwrap_or_else(|| panic!("no {name} in\n{}", self.answer.body)).to_owned()
    }
}

impl Browser {
    async fn send(&mut self, app: &TestApp, mut request: TestRequest) -> Seen {
        if let Some(cookie) = &self.cookie {
            request = request.cookie(Cookie::new("da_visitor", cookie.clone()));
        }
        if let Some(device) = &self.device {
            request = request.cookie(Cookie::new("da_device", device.clone()));
        }
        if let Some(address) = &self.address {
            request = request.insert_header(("X-Forwarded-For", address.as_str()));
        }
        let answer = app.send(request).await;
        for set in answer.headers.get_all(SET_COOKIE) {
            let set = Cookie::parse_encoded(set.to_str().unwrap()).unwrap();
            match set.name() {
                "da_visitor" => self.cookie = Some(set.value().to_owned()),
                "da_device" => self.device = Some(set.value().to_owned()),
                other => panic!("a cookie {other}"),
            }
        }
        let page = Page::read(&answer.body);
        Seen { answer, page }
    }

    /// Opens an address.
    pub async fn get(&mut self, app: &TestApp, address: &str) -> Seen {
        self.send(app, TestRequest::get().uri(address)).await
    }

    /// Sends a form.
    pub async fn post(&mut self, app: &TestApp, address: &str, form: &[(&str, &str)]) -> Seen {
        self.send(app, TestRequest::post().uri(address).set_form(form)).await
    }

    /// Sends the form of a page with files: the control, the name, the content.
    pub async fn upload(&mut self, app: &TestApp, page: &Seen, address: &str, files: &[(&str, &str, &[u8])]) -> Seen {
        let body = Multipart::default().text("csrf", &page.hidden("csrf")).text("do", "answer");
        let body = body.text("step", &page.hidden("step"));
        let body = files.iter().fold(body, |body, (control, name, content)| body.file(control, name, content));
        let seen = self.send(app, body.post(address)).await;
        let to = seen.header("Location").to_owned();
        if to.is_empty() { seen } else { self.get(app, &to).await }
    }

    /// Sends the form of a page with values, and follows where that leads.
    pub async fn submit(&mut self, app: &TestApp, page: &Seen, address: &str, values: &[(&str, &str)]) -> Seen {
        let token = page.hidden("csrf");
        let mut form = vec![("csrf", token.as_str()), ("do", "answer")];
        form.extend(page.page.value("step").map(|step| ("step", step)));
        form.retain(|(name, _)| values.iter().all(|(own, _)| own != name));
        form.extend(values);
        let seen = self.post(app, address, &form).await;
        self.led(app, seen).await
    }

    /// Follows where a page leads.
    pub async fn led(&mut self, app: &TestApp, mut seen: Seen) -> Seen {
        for _ in 0..3 {
            let to = seen.header("Location").to_owned();
            if to.is_empty() {
                break;
            }
            seen = self.get(app, &to).await;
        }
        seen
    }
}
