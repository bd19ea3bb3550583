//! `kv_value` and `attempt`: values and counters in the database.
//!
//! Each change is a transaction of its own. What has expired is not there, whether or not it was deleted yet.

use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};
use da_core::Clock;
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::{Coming, Kv, KvLife, KvName, KvSeen, KvValue, NewKv};
use crate::connection::AnyConnection;
use crate::schema::kv_value;
use crate::{KeptAmount, KeptPlace, Store, StoreError, Subject};

/// So many names are told at once, and so many expired values deleted.
const NAMES: i64 = 1000;
const EXPIRED: i64 = 500;

/// Nothing is kept for longer: a hundred years.
const LONGEST: TimeDelta = TimeDelta::days(36_500);

/// Values and counters in the database.
pub struct DatabaseKv {
    store: Arc<Store>,
    clock: Arc<dyn Clock>,
    most: KeptAmount,
}

impl std::fmt::Debug for DatabaseKv {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseKv")
    }
}

impl DatabaseKv {
    /// Over a database, with so much in a scope at most.
    pub fn new(store: &Arc<Store>, clock: &Arc<dyn Clock>, most: KeptAmount) -> Self {
        DatabaseKv { store: Arc::clone(store), clock: Arc::clone(clock), most }
    }

    fn now(&self) -> NaiveDateTime {
        self.clock.now().naive_utc()
    }

    /// Reads where that may block.
    fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send + 'static,
    ) -> Coming<'_, T> {
        let store = Arc::clone(&self.store);
        Box::pin(async move {
            let reading = tokio::task::spawn_blocking(move || work(&mut *store.read()?));
            reading.await.unwrap_or(Err(StoreError::Closed))
        })
    }
}

impl Kv for DatabaseKv {
    fn get(&self, place: KeptPlace) -> Coming<'_, Option<KvValue>> {
        let now = self.now();
        self.read(move |connection| {
            let row = at(&place).filter(live(now)).select((kv_value::stamp, kv_value::sealed, kv_value::expires));
            let row: Option<(Vec<u8>, Vec<u8>, Option<NaiveDateTime>)> = row.first(connection).optional()?;
            let value = |(stamp, sealed, expires): (Vec<u8>, Vec<u8>, Option<NaiveDateTime>)| {
                let stamp = stamp.try_into().map_err(|_| StoreError::Damaged("the stamp of a value".to_owned()))?;
                let left = expires.map(|expires| (expires - now).to_std().unwrap_or_default());
                Ok(KvValue { stamp, sealed, left })
            };
            row.map(value).transpose()
        })
    }

    fn swap(&self, place: KeptPlace, seen: KvSeen, new: Option<NewKv>) -> Coming<'_, bool> {
        let (now, most) = (self.now(), self.most);
        Box::pin(self.store.write(move |connection| {
            diesel::delete(at(&place).filter(kv_value::expires.le(now))).execute(connection)?;
            let Some(new) = new else { return take_away(connection, &place, seen) };
            let done = put(connection, &place, seen, (&new, now))?;
            if done && !amount(connection, &place.scope)?.is_within(most) {
                return Err(StoreError::Full(Subject::KeptValue));
            }
            Ok(done)
        }))
    }

    fn names(&self, scope: [u8; 32], from: u64) -> Coming<'_, (Vec<KvName>, Option<u64>)> {
        let now = self.now();
        self.read(move |connection| {
            let rows = kv_value::table
                .filter(kv_value::scope.eq(scope.as_slice()))
                .filter(kv_value::id.gt(i64::try_from(from).unwrap_or(i64::MAX)))
                .filter(live(now))
                .order(kv_value::id)
                .limit(NAMES)
                .select((kv_value::id, kv_value::name, kv_value::sealed_name));
            let rows: Vec<(i64, Vec<u8>, Vec<u8>)> = rows.load(connection)?;
            let next = rows.last().and_then(|(id, _, _)| u64::try_from(*id).ok());
            let name = |(_, name, sealed): (i64, Vec<u8>, Vec<u8>)| {
                let name = name.try_into().map_err(|_| StoreError::Damaged("the name of a value".to_owned()))?;
                Ok(KvName { name, sealed })
            };
            Ok((rows.into_iter().map(name).collect::<Result<_, StoreError>>()?, next))
        })
    }

    fn count(&self, counter: [u8; 32], time: Duration) -> Coming<'_, i64> {
        let now = self.now();
        Box::pin(self.store.add_attempt(counter, later(now, time), now))
    }

    fn count_back(&self, counter: [u8; 32]) -> Coming<'_, ()> {
        Box::pin(self.store.take_back_attempt(counter))
    }

    fn forget(&self, counter: [u8; 32]) -> Coming<'_, ()> {
        Box::pin(self.store.forget_attempts(counter))
    }

    fn expire(&self) -> Coming<'_, usize> {
        let now = self.now();
        Box::pin(self.store.write(move |connection| {
            let old: Vec<i64> = kv_value::table
                .filter(kv_value::expires.le(now))
                .order(kv_value::expires)
                .limit(EXPIRED)
                .select(kv_value::id)
                .load(connection)?;
            let gone = kv_value::table.filter(kv_value::id.eq_any(old)).filter(kv_value::expires.le(now));
            Ok(diesel::delete(gone).execute(connection)?)
        }))
    }

    fn check(&self) -> Coming<'_, ()> {
        self.read(|_| Ok(()))
    }
}

#[diesel::dsl::auto_type]
fn at<'a>(place: &'a KeptPlace) -> _ {
    let (scope, name): (&'a [u8], &'a [u8]) = (place.scope.as_slice(), place.name.as_slice());
    kv_value::table.filter(kv_value::scope.eq(scope)).filter(kv_value::name.eq(name))
}

#[diesel::dsl::auto_type]
fn live(now: NaiveDateTime) -> _ {
    kv_value::expires.is_null().or(kv_value::expires.gt(now))
}

fn later(now: NaiveDateTime, time: Duration) -> NaiveDateTime {
    now + TimeDelta::from_std(time).map_or(LONGEST, |time| time.min(LONGEST))
}

fn take_away(connection: &mut AnyConnection, place: &KeptPlace, seen: KvSeen) -> Result<bool, StoreError> {
    Ok(match seen {
        KvSeen::Whatever => diesel::delete(at(place)).execute(connection)? > 0,
        KvSeen::Stamp(stamp) => {
            diesel::delete(at(place).filter(kv_value::stamp.eq(stamp.as_slice()))).execute(connection)? > 0
        }
        KvSeen::Nothing => at(place).select(kv_value::id).first::<i64>(connection).optional()?.is_none(),
    })
}

fn put(
    connection: &mut AnyConnection,
    place: &KeptPlace,
    seen: KvSeen,
    (new, now): (&NewKv, NaiveDateTime),
) -> Result<bool, StoreError> {
    let before = match (new.life, seen) {
        (KvLife::AsBefore, KvSeen::Whatever | KvSeen::Stamp(_)) => {
            at(place).select(kv_value::expires).first::<Option<NaiveDateTime>>(connection).optional()?.flatten()
        }
        _ => None,
    };
    let expires = if let KvLife::For(time) = new.life { Some(later(now, time)) } else { before };
    let size = i64::try_from(new.sealed_name.len() + new.sealed.len()).unwrap_or(i64::MAX);
    let changing = (
        kv_value::stamp.eq(new.stamp.as_slice()),
        kv_value::sealed_name.eq(&new.sealed_name),
        kv_value::sealed.eq(&new.sealed),
        kv_value::size.eq(size),
        kv_value::expires.eq(expires),
    );
    if let KvSeen::Stamp(stamp) = seen {
        let row = at(place).filter(kv_value::stamp.eq(stamp.as_slice()));
        return Ok(diesel::update(row).set(changing).execute(connection)? > 0);
    }
    let row = (kv_value::scope.eq(place.scope.as_slice()), kv_value::name.eq(place.name.as_slice()), changing);
    let insert = diesel::insert_into(kv_value::table).values(row);
    let unique = (kv_value::scope, kv_value::name);
    let is_free = seen == KvSeen::Nothing;
    // Somebody else may have put something there a moment ago.
    let changed = match connection {
        AnyConnection::Postgres(postgres) if is_free => insert.on_conflict(unique).do_nothing().execute(postgres)?,
        AnyConnection::Sqlite(sqlite) if is_free => insert.on_conflict(unique).do_nothing().execute(sqlite)?,
        AnyConnection::Postgres(postgres) => insert.on_conflict(unique).do_update().set(changing).execute(postgres)?,
        AnyConnection::Sqlite(sqlite) => insert.on_conflict(unique).do_update().set(changing).execute(sqlite)?,
    };
    Ok(changed > 0)
}

fn amount(connection: &mut AnyConnection, scope: &[u8; 32]) -> Result<KeptAmount, StoreError> {
    let bytes = sql::<Nullable<BigInt>>("CAST(SUM(size) AS BIGINT)");
    let rows = kv_value::table.filter(kv_value::scope.eq(scope.as_slice())).select((count_star(), bytes));
    let (values, bytes): (i64, Option<i64>) = rows.first(connection)?;
    Ok(KeptAmount { values, bytes: bytes.unwrap_or_default() })
}
