//! Users as types: what somebody may do is what their type offers.

use actix_web::test::TestRequest;
use serde_json::Value;

use crate::{Answer, TestApp};

/// The key of the administrator of a new database.
pub const KEY: &str = "0123456789abcdef0123456789abcdef";

/// Somebody who speaks to the API.
pub trait User {
    /// The server.
    fn app(&self) -> &TestApp;

    /// What proves who it is.
    fn key(&self) -> Option<&str>;

    /// Sends a request with the key.
    fn send(&self, request: TestRequest) -> impl Future<Output = Answer> {
        let request = match self.key() {
            Some(key) => request.insert_header(("X-API-Key", key)),
            None => request,
        };
        self.app().send(request)
    }

    /// Asks.
    fn get(&self, address: &str) -> impl Future<Output = Answer> {
        self.send(TestRequest::get().uri(address))
    }

    /// Sends JSON.
    fn post(&self, address: &str, body: Value) -> impl Future<Output = Answer> {
        self.send(TestRequest::post().uri(address).set_json(body))
    }

    /// Deletes.
    fn delete(&self, address: &str) -> impl Future<Output = Answer> {
        self.send(TestRequest::delete().uri(address))
    }
}

/// Somebody without a key.
pub struct Nobody<'a>(pub(crate) &'a TestApp);

/// Somebody with an API key.
#[derive(Clone)]
pub struct KeyHolder<'a> {
    pub(crate) app: &'a TestApp,
    pub(crate) key: String,
}

impl User for Nobody<'_> {
    fn app(&self) -> &TestApp {
        self.0
    }

    fn key(&self) -> Option<&str> {
        None
    }
}

impl User for KeyHolder<'_> {
    fn app(&self) -> &TestApp {
        self.app
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }
}
