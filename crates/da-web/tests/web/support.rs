//! A browser without a screen: it keeps its cookie, reads forms, and follows where it is sent.

use std::fs;
use std::path::Path;

use actix_web::cookie::Cookie;
use actix_web::http::header::{HeaderMap, LOCATION, SET_COOKIE};
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::web::Data;
use da_app::package::Packages;
use da_app::{App, AppSettings, DatabaseUrl, Engine, Parts, PasswordRule, ServerKey, Store, StoreConfig, SystemClock};
use da_web::WebSettings;

/// A server and somebody in front of it.
pub(crate) struct Browser {
    app: App,
    pub(crate) settings: WebSettings,
    pub(crate) cookie: Option<String>,
    pub(crate) folder: tempfile::TempDir,
}

/// What came back.
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn must_say(&self, part: &str) {
        assert!(self.body.contains(part), "{part:?} is not in\n{}", self.body);
    }

    /// The value of a hidden input.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let at = self.body.find(&start).unwrap_or_else(|| panic!("no {name} in\n{}", self.body)) + start.len();
        self.body[at..].split('"').next().unwrap().to_owned()
    }
}

impl Browser {
    pub(crate) fn open() -> Browser {
        let folder = tempfile::tempdir().unwrap();
        let packages = folder.path().join("packages");
        fs::create_dir_all(packages.join("docassemble/test/data/questions")).unwrap();
        let store = Store::open(StoreConfig::new(DatabaseUrl::Sqlite(folder.path().join("da.sqlite")))).unwrap();
        store.migrate().unwrap();
        let app = App::new(Parts {
            engine: Engine::new().unwrap(),
            store,
            server_key: ServerKey::generate().unwrap(),
            packages: Packages::open(&[packages]).unwrap(),
            passwords: PasswordRule::with_rounds(1),
            clock: Box::new(SystemClock),
            settings: AppSettings::default(),
        });
        Browser { app, settings: WebSettings::default(), cookie: None, folder }
    }

    /// Writes an interview, and gives its address.
    pub(crate) fn interview(&self, file: &str, text: &str) -> String {
        let folder = Path::new("packages/docassemble/test/data/questions");
        fs::write(self.folder.path().join(folder).join(file), text).unwrap();
        format!("/interview?i=docassemble.test:data/questions/{file}")
    }

    async fn send(&mut self, mut request: TestRequest) -> Seen {
        if let Some(cookie) = &self.cookie {
            request = request.cookie(Cookie::new("da_visitor", cookie.clone()));
        }
        let service = actix_web::App::new()
            .app_data(Data::new(self.app.clone()))
            .app_data(Data::new(self.settings.clone()))
            .wrap(from_fn(da_http::gate))
            .configure(da_web::configure);
        let service = init_service(service).await;
        let response = try_call_service(&service, request.to_request()).await.unwrap();
        let response = response.into_parts().1.map_into_boxed_body();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let set = headers.get(SET_COOKIE).map(|value| Cookie::parse_encoded(value.to_str().unwrap()).unwrap());
        if let Some(set) = set {
            self.cookie = Some(set.value().to_owned());
        }
        let bytes = actix_web::body::to_bytes(response.into_body()).await.unwrap();
        Seen { status, headers, body: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    pub(crate) async fn get(&mut self, address: &str) -> Seen {
        self.send(TestRequest::get().uri(address)).await
    }

    pub(crate) async fn post(&mut self, address: &str, form: &[(&str, &str)]) -> Seen {
        self.send(TestRequest::post().uri(address).set_form(form)).await
    }

    /// Sends the form of a page with values, and follows where that leads.
    pub(crate) async fn submit(&mut self, page: &Seen, address: &str, values: &[(&str, &str)]) -> Seen {
        let (token, step) = (page.hidden("csrf"), page.hidden("step"));
        let mut form = vec![("csrf", token.as_str()), ("step", step.as_str()), ("do", "answer")];
        form.retain(|(name, _)| values.iter().all(|(own, _)| own != name));
        form.extend(values);
        let mut seen = self.post(address, &form).await;
        for _ in 0..3 {
            let Some(to) = seen.headers.get(LOCATION) else { break };
            let to = to.to_str().unwrap().to_owned();
            seen = self.get(&to).await;
        }
        seen
    }
}
