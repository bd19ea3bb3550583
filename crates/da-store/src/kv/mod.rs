//! What is kept for a while, or changed by many at once: values that interviews share as in a Redis, and counters for limits.
//!
//! It lies in the database or in a Redis: in which, nobody notices but the operator. Places and counters are named by keyed hashes,
//! names and values come sealed; what is kept here is never what only this place has of somebody's answers.

mod database;
mod redis;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::{KeptPlace, StoreError};

pub use database::DatabaseKv;
pub use redis::{RedisKv, RedisServer};

/// What a method comes to.
pub type Coming<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Tells one content of a place from the next: random, never the same twice.
pub type KvStamp = [u8; 16];

/// What is kept at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KvValue {
    /// Which content it is.
    pub stamp: KvStamp,
    /// The value, sealed.
    pub sealed: Vec<u8>,
    /// For how long it still is there; none for good.
    pub left: Option<Duration>,
}

/// A name in a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KvName {
    /// The keyed hash of the name.
    pub name: [u8; 32],
    /// The name, sealed.
    pub sealed: Vec<u8>,
}

/// What must be at a place for it to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KvSeen {
    /// Whatever is there.
    Whatever,
    /// Nothing.
    Nothing,
    /// This content.
    Stamp(KvStamp),
}

/// A value that is to be kept.
#[derive(Debug, Clone)]
pub struct NewKv {
    /// Which content it is.
    pub stamp: KvStamp,
    /// Its name, sealed.
    pub sealed_name: Vec<u8>,
    /// The value, sealed.
    pub sealed: Vec<u8>,
    /// For how long it is kept.
    pub life: KvLife,
}

/// For how long a value is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KvLife {
    /// For good.
    Forever,
    /// For so long.
    For(Duration),
    /// As long as what was there before.
    AsBefore,
}

/// Values and counters. Every method is one step: others see it done or not begun.
pub trait Kv: Send + Sync + std::fmt::Debug {
    /// What is kept at a place.
    fn get(&self, place: KeptPlace) -> Coming<'_, Option<KvValue>>;

    /// Puts a value in the place of what was seen, or takes that away; whether it was still there. Of whatever is there, taking
    /// away says whether anything was.
    fn swap(&self, place: KeptPlace, seen: KvSeen, new: Option<NewKv>) -> Coming<'_, bool>;

    /// Some names of a scope, in no order, and where the next begin; none if these were the last. It begins at 0.
    fn names(&self, scope: [u8; 32], from: u64) -> Coming<'_, (Vec<KvName>, Option<u64>)>;

    /// Counts one more; how many that makes. The first begins a time after which all are forgotten.
    fn count(&self, counter: [u8; 32], time: Duration) -> Coming<'_, i64>;

    /// Counts one less, if any was counted.
    fn count_back(&self, counter: [u8; 32]) -> Coming<'_, ()>;

    /// Forgets what was counted.
    fn forget(&self, counter: [u8; 32]) -> Coming<'_, ()>;

    /// Deletes some values whose time is over; how many. None are left when it was none.
    fn expire(&self) -> Coming<'_, usize>;

    /// Whether it can be reached.
    fn check(&self) -> Coming<'_, ()>;
}
