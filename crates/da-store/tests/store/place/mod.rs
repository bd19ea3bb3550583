//! A database for a test, removed when the test is over.

use chrono::{DateTime, NaiveDateTime};
use da_core::{InterviewName, SessionId, StepNumber};
use da_store::{Beside, DatabaseUrl, Holder, NewPassword, NewSession, SaveStep, Store, StoreConfig, Wrap};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use std::fmt;
use std::io::Write as _;
use std::time::Duration;

pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Place {
    pub(crate) url: DatabaseUrl,
    rubbish: Rubbish,
}

enum Rubbish {
    Folder { _removed_when_dropped: tempfile::TempDir },
    Schema { server: String, name: String },
}

impl Place {
    pub(crate) fn all() -> Vec<Place> {
        std::iter::once(Place::sqlite()).chain(Place::postgres()).collect()
    }

    pub(crate) fn sqlite() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("da.sqlite"));
        Place { url, rubbish: Rubbish::Folder { _removed_when_dropped: folder } }
    }

    /// A schema of its own on the server that `DA_TEST_POSTGRES` names.
    pub(crate) fn postgres() -> Option<Place> {
        let server = std::env::var("DA_TEST_POSTGRES").ok()?;
        note_the_use("postgres");
        let name = format!("da_test_{}", da_crypto::token::alphanumeric(20).unwrap().to_lowercase());
        PgConnection::establish(&server).unwrap().batch_execute(&format!("CREATE SCHEMA {name}")).unwrap();
        let joint = if server.contains('?') { '&' } else { '?' };
        let url = DatabaseUrl::Postgres(format!("{server}{joint}options=-csearch_path%3D{name}"));
        Some(Place { url, rubbish: Rubbish::Schema { server, name } })
    }

    pub(crate) fn config(&self) -> StoreConfig {
        StoreConfig { connections: 4, ..StoreConfig::new(self.url.clone()) }
    }

    /// Changes rows behind the store's back.
    pub(crate) fn tamper(&self, sql: &str) {
        match &self.url {
            DatabaseUrl::Sqlite(file) => {
                let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
                connection.batch_execute(sql).unwrap();
            }
            DatabaseUrl::Postgres(url) => PgConnection::establish(url).unwrap().batch_execute(sql).unwrap(),
        }
    }

    /// A store without tables.
    pub(crate) fn empty_store(&self) -> Store {
        Store::open(self.config()).unwrap()
    }

    pub(crate) fn store(&self) -> Store {
        let store = self.empty_store();
        store.migrate().unwrap();
        store
    }
}

/// For the table of `cargo xtask ci`: this test used a door that not every machine has.
pub(crate) fn note_the_use(door: &str) {
    let Some(folder) = std::env::var_os("DA_TEST_USED") else { return };
    let file = std::path::Path::new(&folder).join(door);
    let mut file = std::fs::File::options().create(true).append(true).open(file).unwrap();
    let line = format!("da-store {}\n", std::thread::current().name().unwrap_or("?"));
    file.write_all(line.as_bytes()).unwrap();
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(f)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Rubbish::Schema { server, name } = &self.rubbish
            && let Ok(mut connection) = PgConnection::establish(server)
        {
            let _left_behind = connection.batch_execute(&format!("DROP SCHEMA {name} CASCADE"));
        }
    }
}

pub(crate) fn password(hash: &str) -> NewPassword {
    NewPassword { hash: hash.to_owned(), secret: Some((b"locked".to_vec(), false)), instead_of: None }
}

pub(crate) fn now() -> NaiveDateTime {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap().naive_utc()
}

pub(crate) fn interview() -> InterviewName {
    InterviewName::parse("docassemble.demo:data/questions/questions.yml").unwrap()
}

pub(crate) async fn new_session(store: &Store, name: &str) -> SessionId {
    let id = SessionId::parse(name).unwrap();
    let new = NewSession {
        id: id.clone(),
        interview: interview(),
        encrypted: true,
        wraps: vec![Wrap { holder: Holder::Secret, key: vec![1, 2] }],
        sealed: b"one".to_vec(),
        beside: Beside::default(),
        by: None,
        now: now(),
    };
    store.create_session(new).await.unwrap();
    id
}

pub(crate) fn append(seen: i64, sealed: &[u8]) -> SaveStep {
    SaveStep {
        seen: StepNumber(seen),
        append: true,
        sealed: sealed.to_vec(),
        resealed: Vec::new(),
        wraps: None,
        beside: Beside::default(),
        all_of: None,
        now: now(),
    }
}
