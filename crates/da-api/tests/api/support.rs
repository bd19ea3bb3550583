//! A server in the test's own process, over a database that goes away with it.

use std::fs;
use std::sync::Mutex;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::web::Data;
use da_api::{ApiSettings, Edition};
use da_app::package::Packages;
use da_app::{
    App, AppSettings, DatabaseUrl, Engine, FirstAccount, NewAccount, Parts, PasswordRule, ServerKey, Store,
    StoreConfig, SystemClock,
};
use da_http::HttpSettings;
use serde_json::Value;

pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";

/// One test at a time brings a shared database to its tables.
static MIGRATING: Mutex<()> = Mutex::new(());

/// The server.
pub(crate) struct Server {
    app: App,
    pub(crate) key: String,
    pub(crate) edition: Edition,
    pub(crate) http: HttpSettings,
    folder: tempfile::TempDir,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    /// The status and the text of a refusal.
    pub(crate) fn refusal(&self) -> (u16, String) {
        (self.status.as_u16(), self.json().as_str().unwrap_or_else(|| panic!("no refusal: {}", self.body)).to_owned())
    }
}

impl Server {
    pub(crate) async fn start() -> Server {
        Server::with_interviews(&[]).await
    }

    /// On SQLite, and on the PostgreSQL of `DA_TEST_POSTGRES` when there is one.
    pub(crate) async fn everywhere() -> Vec<Server> {
        let mut servers = vec![Server::start().await];
        if let Ok(url) = std::env::var("DA_TEST_POSTGRES") {
            let folder = tempfile::tempdir().unwrap();
            servers.push(Server::open(folder, DatabaseUrl::Postgres(url)).await);
        }
        servers
    }

    /// With interviews of a package `docassemble.mine`.
    pub(crate) async fn with_interviews(interviews: &[(&str, &str)]) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("da.sqlite"));
        let server = Server::open(folder, url).await;
        for (name, text) in interviews {
            server.write(name, text);
        }
        server
    }

    /// Writes a file of `docassemble.mine`.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join("packages/docassemble/mine/data/questions").join(name), text).unwrap();
    }

    async fn open(folder: tempfile::TempDir, url: DatabaseUrl) -> Server {
        let packages = folder.path().join("packages");
        fs::create_dir_all(packages.join("docassemble/mine/data/questions")).unwrap();
        let store = Store::open(StoreConfig::new(url)).unwrap();
        {
            let _mine = MIGRATING.lock();
            store.migrate().unwrap();
        }
        let app = App::new(Parts {
            engine: Engine::new().unwrap(),
            store,
            server_key: ServerKey::generate().unwrap(),
            packages: Packages::open(&[packages]).unwrap(),
            passwords: PasswordRule::with_rounds(1),
            clock: Box::new(SystemClock),
            settings: AppSettings::default(),
        });
        let key = account(&app).await;
        Server { app, key, edition: Edition::Documented, http: HttpSettings::default(), folder }
    }

    /// Makes an account without privileges; its key.
    pub(crate) async fn ordinary_key(&self) -> String {
        let email = "ordinary@example.com".to_owned();
        let new = NewAccount { email: email.clone(), password: None, privileges: Vec::new() };
        self.app.user_add(new).await.unwrap();
        self.app.api_key_add(&email, "mine").await.unwrap()
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: TestRequest) -> Answer {
        let settings = ApiSettings { edition: self.edition, ..ApiSettings::default() };
        let service = actix_web::App::new()
            .app_data(Data::new(self.app.clone()))
            .app_data(Data::new(settings))
            .app_data(Data::new(self.http.clone()))
            .wrap(from_fn(da_http::gate))
            .configure(da_api::configure);
        let service = init_service(service).await;
        let response = match try_call_service(&service, request.to_request()).await {
            Ok(response) => response.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = actix_web::body::to_bytes(response.into_body()).await.unwrap_or_default();
        Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.send(TestRequest::get().uri(address).insert_header(("X-API-Key", self.key.as_str()))).await
    }

    pub(crate) async fn post(&self, address: &str, body: Value) -> Answer {
        self.send(TestRequest::post().uri(address).insert_header(("X-API-Key", self.key.as_str())).set_json(body)).await
    }

    pub(crate) async fn delete(&self, address: &str) -> Answer {
        self.send(TestRequest::delete().uri(address).insert_header(("X-API-Key", self.key.as_str()))).await
    }
}

/// The administrator of a new database; on one that others use too, an account of one's own.
async fn account(app: &App) -> String {
    let wanted = FirstAccount { api_key: Some(KEY.to_owned()), ..FirstAccount::default() };
    if app.account_first(wanted).await.is_ok_and(|opened| opened.is_some()) {
        return KEY.to_owned();
    }
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    let email = format!("{now}-{:?}@example.com", std::thread::current().id());
    let new = NewAccount { email: email.clone(), password: None, privileges: vec!["admin".to_owned()] };
    app.user_add(new).await.unwrap();
    app.api_key_add(&email, "test").await.unwrap()
}
