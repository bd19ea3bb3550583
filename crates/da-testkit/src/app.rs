//! [`TestApp`]: the server without its program, over a database that goes away with the test.
//!
//! It joins the parts as the program does, with a clock that stands still and a key that every start has.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Mutex;

use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::web::{Data, scope};
use da_api::{ApiSettings, Edition};
use da_app::{
    App, AppSettings, Blobs, DatabaseUrl, FirstAccount, NewAccount, Parts, PasswordRule, RecoveryKey, RedisServer,
    ServerKey, Store, StoreConfig,
};
use da_core::Profile;
use da_http::HttpSettings;
use da_web::WebSettings;

use crate::{Answer, Browser, Contract, FixedClock, KEY, KeyHolder, Nobody, Place, User, engine};

/// One test at a time brings a shared database to its tables.
static MIGRATING: Mutex<()> = Mutex::new(());

/// The server.
pub struct TestApp {
    app: App,
    url: DatabaseUrl,
    clock: FixedClock,
    key: String,
    /// What the API is told.
    pub api: ApiSettings,
    /// What the pages are told.
    pub web: WebSettings,
    /// What every door is told.
    pub http: HttpSettings,
    /// What the use cases are told, from the next start on.
    pub settings: AppSettings,
    /// The operator's recovery key, from the next start on.
    pub recovery: Option<&'static str>,
    /// The path that everything is below, without a slash at its end; empty for none.
    pub path: &'static str,
    place: Place,
}

impl TestApp {
    /// Starts on SQLite, without an interview of one's own.
    pub async fn start() -> TestApp {
        TestApp::start_at(Place::new()).await
    }

    /// Starts on SQLite where a test has written its interviews.
    pub async fn start_at(place: Place) -> TestApp {
        let url = place.url();
        TestApp::open(place, url).await
    }

    /// Starts with interviews of the package [`Place::PACKAGE`].
    pub async fn with_interviews(interviews: &[(&str, &str)]) -> TestApp {
        let place = Place::new();
        for (file, text) in interviews {
            place.write(file, text);
        }
        TestApp::start_at(place).await
    }

    /// On SQLite, and on the PostgreSQL of `DA_TEST_POSTGRES` when there is one.
    pub async fn everywhere() -> Vec<TestApp> {
        let mut all = vec![TestApp::start().await];
        if let Ok(url) = std::env::var("DA_TEST_POSTGRES") {
            note_the_use("postgres");
            all.push(TestApp::open(Place::new(), DatabaseUrl::Postgres(url)).await);
        }
        all
    }

    async fn open(place: Place, url: DatabaseUrl) -> TestApp {
        let clock = FixedClock::default();
        let settings = AppSettings::default();
        let app = join(&place, &url, (clock, &settings, None));
        let key = account(&app).await;
        let web =
            WebSettings { api: Some(|| da_api::openapi::document(Edition::Documented)), ..WebSettings::default() };
        let (api, http) = (ApiSettings::default(), HttpSettings::default());
        TestApp { app, url, clock, key, api, web, http, settings, recovery: None, path: "", place }
    }

    /// The server ends and another one starts on the same database: nothing stays in memory.
    pub fn restart(&mut self) {
        self.app = join(&self.place, &self.url, (self.clock, &self.settings, self.recovery));
    }

    /// The server ends, and another one starts with other settings.
    pub fn set(&mut self, change: impl FnOnce(&mut AppSettings)) {
        change(&mut self.settings);
        self.restart();
    }

    /// The server ends, and another one starts below a path, as `root` says: `/da`.
    pub fn move_below(&mut self, path: &'static str) {
        self.path = path;
        self.api.path = path.to_owned();
        self.api.base = format!("http://localhost{path}");
        self.web.path = path.to_owned();
        self.set(|settings| settings.interview.root = format!("{path}/"));
    }

    /// So many seconds go by, and another server starts.
    pub fn pass(&mut self, seconds: i64) {
        self.clock.0 += chrono::TimeDelta::seconds(seconds);
        self.restart();
    }

    /// Waits until no letter waits in the database, and lets the server work meanwhile.
    pub async fn until_no_letter_waits(&self) {
        let store = Store::open(StoreConfig::new(self.url.clone())).unwrap();
        while store.next_letter().unwrap().is_some() {
            actix_web::rt::task::yield_now().await;
        }
    }

    /// Damages the database of the server with a statement.
    pub fn damage(&self, statement: &str) {
        Store::open(StoreConfig::new(self.url.clone())).unwrap().run_raw(statement).unwrap();
    }

    /// The code that an authenticator with this seed (in base 32) shows now.
    pub fn code_of(&self, seed: &str) -> String {
        let five = |c: char| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap() as u64;
        let signs: Vec<u64> = seed.chars().map(five).collect();
        let bits = signs.chunks(8).map(|eight| eight.iter().fold(0, |bits, sign| bits << 5 | sign));
        let bytes: Vec<u8> = bits.flat_map(|bits| bits.to_be_bytes()[3..].to_vec()).collect();
        da_crypto::TotpSeed::from_bytes(&bytes).unwrap().code(self.clock.0.timestamp() / 30)
    }

    /// The use cases.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Where it stands.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Writes an interview, and gives the address of its page.
    pub fn page_of(&self, file: &str, text: &str) -> String {
        format!("/interview?i={}", self.place.write(file, text))
    }

    /// Somebody without a key.
    pub fn nobody(&self) -> Nobody<'_> {
        Nobody(self)
    }

    /// The administrator.
    pub fn administrator(&self) -> KeyHolder<'_> {
        KeyHolder { app: self, key: self.key.clone() }
    }

    /// An account without privileges, made here.
    pub async fn ordinary(&self) -> KeyHolder<'_> {
        let email = "ordinary@example.com".to_owned();
        let new =
            NewAccount { email: email.clone(), password: None, privileges: Vec::new(), profile: Profile::default() };
        self.app.user_add(new).await.unwrap();
        KeyHolder { app: self, key: self.app.api_key_add(&email, "mine").await.unwrap() }
    }

    /// The user of an address, with a new key.
    pub async fn key_holder(&self, email: &str) -> KeyHolder<'_> {
        KeyHolder { app: self, key: self.app.api_key_add(email, "test").await.unwrap() }
    }

    /// Whoever holds a key.
    pub fn with_key(&self, key: &str) -> KeyHolder<'_> {
        KeyHolder { app: self, key: key.to_owned() }
    }

    /// Somebody in front of a browser, who was never here, at an address of the network.
    pub fn browser_at(&self, address: &str) -> Browser {
        Browser { address: Some(address.to_owned()), ..Browser::default() }
    }

    /// Somebody in front of a browser, who was never here.
    pub fn browser(&self) -> Browser {
        Browser::default()
    }

    /// Sends a form of the administrator's.
    pub async fn form(&self, address: &str, form: &[(&str, &str)]) -> Answer {
        self.administrator().send(TestRequest::post().uri(address).set_form(form)).await
    }

    /// Sends a request as it is. What the API answers has to be what its document says.
    pub async fn send(&self, request: TestRequest) -> Answer {
        let request = request.to_request();
        let (method, address) = (request.method().to_string(), request.uri().to_string());
        let service = actix_web::App::new()
            .app_data(Data::new(self.app.clone()))
            .app_data(Data::new(self.api.clone()))
            .app_data(Data::new(self.web.clone()))
            .app_data(Data::new(self.http.clone()))
            .wrap(from_fn(da_http::gate))
            .service(scope(self.path).configure(da_api::configure).configure(da_web::configure));
        let service = init_service(service).await;
        let response = match try_call_service(&service, request).await {
            Ok(response) => response.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = actix_web::body::to_bytes(response.into_body()).await.unwrap_or_default();
        let answer = Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() };
        let local = address.strip_prefix(self.path).unwrap_or("/");
        if let Err(wrong) = Contract::of(self.api.edition).check(&method, local, &answer) {
            panic!("{method} {address} is not answered as openapi.json says: {wrong}");
        }
        answer
    }
}

fn join(
    place: &Place,
    url: &DatabaseUrl,
    (clock, settings, recovery): (FixedClock, &AppSettings, Option<&str>),
) -> App {
    let recovery_key = recovery.map(|text| RecoveryKey::from_text(text).unwrap());
    App::new(Parts { clock: Box::new(clock), settings: settings.clone(), recovery_key, ..parts(place, url) })
}

/// What a server is made of, over a database that has its tables and nobody in it.
pub fn parts(place: &Place, url: &DatabaseUrl) -> Parts {
    let store = Store::open(StoreConfig::new(url.clone())).unwrap();
    {
        let _mine = MIGRATING.lock();
        store.migrate().unwrap();
    }
    Parts {
        engine: engine().into(),
        store,
        blobs: Blobs::in_folder(&place.files()).unwrap(),
        redis: redis(place),
        server_key: ServerKey::from_text("the key of every test").unwrap(),
        recovery_key: None,
        packages: place.packages(),
        passwords: PasswordRule::with_rounds(1),
        configuration: Box::new(crate::ConfigurationInMemory::default()),
        clock: Box::new(FixedClock::default()),
        settings: AppSettings::default(),
    }
}

/// The Redis of `DA_TEST_REDIS`, where there is one, with keys of the test's own.
fn redis(place: &Place) -> Option<RedisServer> {
    let address = std::env::var("DA_TEST_REDIS").ok()?;
    note_the_use("redis");
    Some(RedisServer::new(&address, &format!("da-test:{}:", place.name())).unwrap())
}

/// The administrator of a new database; on one that others use too, an account of one's own.
async fn account(app: &App) -> String {
    let wanted = FirstAccount { api_key: Some(KEY.to_owned()), ..FirstAccount::default() };
    if app.account_first(wanted).await.is_ok_and(|opened| opened.is_some()) {
        return KEY.to_owned();
    }
    let email = format!("{}@example.com", unique());
    let new = NewAccount {
        email: email.clone(),
        password: None,
        privileges: vec!["admin".to_owned()],
        profile: Profile::default(),
    };
    app.user_add(new).await.unwrap();
    app.api_key_add(&email, "test").await.unwrap()
}

/// For the table of `cargo xtask ci`: this test used a door that not every machine has.
fn note_the_use(door: &str) {
    let Some(folder) = std::env::var_os("DA_TEST_USED") else { return };
    let program = std::env::current_exe().unwrap();
    let test = std::thread::current().name().unwrap_or("?").to_owned();
    let mut notes = File::options().create(true).append(true).open(Path::new(&folder).join(door)).unwrap();
    writeln!(notes, "{} {test}", program.display()).unwrap();
}

/// A name that no other test has, on a database that others use too.
pub fn unique() -> String {
    da_crypto::token::alphanumeric(16).unwrap().to_lowercase()
}
