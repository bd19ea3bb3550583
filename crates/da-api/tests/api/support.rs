//! A server in the test's own process, over a database that goes away with it.

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::web::Data;
use da_api::{ApiSettings, Edition};
use da_app::package::Packages;
use da_app::{
    App, AppSettings, DatabaseUrl, Engine, FirstAccount, Parts, PasswordRule, ServerKey, Store, StoreConfig,
    SystemClock,
};
use da_http::HttpSettings;
use serde_json::Value;

pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";

/// The server.
pub(crate) struct Server {
    app: App,
    pub(crate) edition: Edition,
    pub(crate) http: HttpSettings,
    _folder: tempfile::TempDir,
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
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(StoreConfig::new(DatabaseUrl::Sqlite(folder.path().join("da.sqlite")))).unwrap();
        store.migrate().unwrap();
        let app = App::new(Parts {
            engine: Engine::new().unwrap(),
            store,
            server_key: ServerKey::generate().unwrap(),
            packages: Packages::default(),
            passwords: PasswordRule::with_rounds(1),
            clock: Box::new(SystemClock),
            settings: AppSettings::default(),
        });
        let wanted = FirstAccount { api_key: Some(KEY.to_owned()), ..FirstAccount::default() };
        app.account_first(wanted).await.unwrap();
        Server { app, edition: Edition::Documented, http: HttpSettings::default(), _folder: folder }
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
        self.send(TestRequest::get().uri(address).insert_header(("X-API-Key", KEY))).await
    }

    pub(crate) async fn post(&self, address: &str, body: Value) -> Answer {
        self.send(TestRequest::post().uri(address).insert_header(("X-API-Key", KEY)).set_json(body)).await
    }

    pub(crate) async fn delete(&self, address: &str) -> Answer {
        self.send(TestRequest::delete().uri(address).insert_header(("X-API-Key", KEY))).await
    }
}
