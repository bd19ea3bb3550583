//! `kept_value`: what interviews keep beside their sessions.
//!
//! It knows keyed hashes and sealed bytes, never a key or a value. It never reads more values than it is asked for: names come
//! apart from values, both in portions.

use crate::connection::AnyConnection;
use crate::schema::kept_value;
use crate::{Store, StoreError};
use chrono::NaiveDateTime;
use da_core::{SessionId, UserId};
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

/// So many names are read at once.
const NAMES: i64 = 1000;

/// So many values are read at once, and no more bytes of them unless the first alone has more.
const VALUES: i64 = 100;
const VALUE_BYTES: i64 = 4 << 20;

/// So many that have expired go in one transaction.
const EXPIRED: i64 = 500;

/// Where a value is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeptPlace {
    /// The keyed hash of what it is kept among.
    pub scope: [u8; 32],
    /// The keyed hash of its name in there.
    pub name: [u8; 32],
}

/// A value that is to be kept.
#[derive(Debug, Clone)]
pub struct NewKept {
    /// Where; what is kept there already goes.
    pub place: KeptPlace,
    /// The keyed hash of whoever keeps it.
    pub owner: [u8; 32],
    /// The session that it goes with.
    pub session: Option<SessionId>,
    /// The user that it goes with.
    pub user: Option<UserId>,
    /// Its name, sealed.
    pub sealed_name: Vec<u8>,
    /// The value, sealed.
    pub sealed: Vec<u8>,
    /// When it goes by itself, in UTC.
    pub expires: Option<NaiveDateTime>,
}

impl NewKept {
    /// What it counts for.
    #[must_use]
    pub fn size(&self) -> i64 {
        i64::try_from(self.sealed_name.len() + self.sealed.len()).unwrap_or(i64::MAX)
    }
}

/// A change.
#[derive(Debug, Clone)]
pub enum KeptChange {
    /// A value is kept.
    Put(NewKept),
    /// A value goes.
    Delete(KeptPlace),
}

/// How many values, and how many bytes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeptAmount {
    /// Values.
    pub values: i64,
    /// Bytes, names included.
    pub bytes: i64,
}

impl KeptAmount {
    /// Whether it is no more than another.
    #[must_use]
    pub fn is_within(self, most: KeptAmount) -> bool {
        self.values <= most.values && self.bytes <= most.bytes
    }
}

/// How much may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptQuota {
    /// In one scope.
    pub scope: KeptAmount,
    /// By one owner, in all scopes.
    pub owner: KeptAmount,
}

impl Default for KeptQuota {
    fn default() -> Self {
        KeptQuota {
            scope: KeptAmount { values: 10_000, bytes: 64 << 20 },
            owner: KeptAmount { values: 20_000, bytes: 128 << 20 },
        }
    }
}

/// What an evaluation changes about kept values, and how much may be kept afterwards.
#[derive(Debug, Clone, Default)]
pub struct KeptChanges {
    /// In the order in which they were made.
    pub changes: Vec<KeptChange>,
    /// How much may be kept.
    pub quota: KeptQuota,
}

/// A row that is listed: where its name is kept, its name and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedKept {
    /// Its number, after which a list goes on.
    pub id: i64,
    /// The keyed hash of its name.
    pub name: [u8; 32],
    /// Its name, sealed.
    pub sealed_name: Vec<u8>,
    /// Its value, sealed; empty where names alone are listed.
    pub sealed: Vec<u8>,
}

impl Store {
    /// What is kept at a place at a moment.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn kept_value(&self, place: &KeptPlace, now: NaiveDateTime) -> Result<Option<Vec<u8>>, StoreError> {
        let row = at(place).filter(live(now)).select(kept_value::sealed);
        Ok(row.first(&mut *self.read()?).optional()?)
    }

    /// What the value at a place counts for, and whether it is still there at a moment; none if no row is there.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn kept_facts(&self, place: &KeptPlace, now: NaiveDateTime) -> Result<Option<(i64, bool)>, StoreError> {
        let row = at(place).select((kept_value::size, kept_value::expires));
        let row: Option<(i64, Option<NaiveDateTime>)> = row.first(&mut *self.read()?).optional()?;
        Ok(row.map(|(size, expires)| (size, expires.is_none_or(|expires| expires > now))))
    }

    /// How much is kept in a scope.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn kept_in_scope(&self, scope: &[u8; 32]) -> Result<KeptAmount, StoreError> {
        in_scope(&mut *self.read()?, scope)
    }

    /// Names in a scope, the oldest first, `after` one that was told before. Fewer than so many are the last ones.
    ///
    /// # Errors
    /// When the database cannot be read; [`StoreError::Damaged`] for a row that is none of ours.
    pub fn kept_names(&self, scope: &[u8; 32], after: i64, now: NaiveDateTime) -> Result<Vec<ListedKept>, StoreError> {
        let rows = kept_value::table
            .filter(kept_value::scope.eq(scope.as_slice()))
            .filter(kept_value::id.gt(after))
            .filter(live(now))
            .order(kept_value::id)
            .limit(NAMES)
            .select((kept_value::id, kept_value::name, kept_value::sealed_name));
        let rows: Vec<(i64, Vec<u8>, Vec<u8>)> = rows.load(&mut *self.read()?)?;
        rows.into_iter().map(|(id, name, sealed_name)| listed((id, name, sealed_name, Vec::new()))).collect()
    }

    /// Values in a scope, the oldest first, `after` one that was told before: a portion of them. None are no more.
    ///
    /// # Errors
    /// When the database cannot be read; [`StoreError::Damaged`] for a row that is none of ours.
    pub fn kept_values(&self, scope: &[u8; 32], after: i64, now: NaiveDateTime) -> Result<Vec<ListedKept>, StoreError> {
        // At one moment: what goes between two statements would leave a portion empty, which says that it was the last.
        let rows = self.read()?.reading(|connection| {
            let next = kept_value::table
                .filter(kept_value::scope.eq(scope.as_slice()))
                .filter(kept_value::id.gt(after))
                .filter(live(now))
                .order(kept_value::id)
                .limit(VALUES)
                .select((kept_value::id, kept_value::size));
            let next: Vec<(i64, i64)> = next.load(connection)?;
            let rows = kept_value::table
                .filter(kept_value::scope.eq(scope.as_slice()))
                .filter(kept_value::id.eq_any(portion(&next)))
                .order(kept_value::id)
                .select((kept_value::id, kept_value::name, kept_value::sealed_name, kept_value::sealed));
            Ok(rows.load::<Row>(connection)?)
        })?;
        rows.into_iter().map(listed).collect()
    }

    /// Deletes some of what has expired; how many there were. None are left when it was none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn expire_kept_values(&self, now: NaiveDateTime) -> Result<usize, StoreError> {
        self.write(move |connection| {
            let old: Vec<i64> = kept_value::table
                .filter(kept_value::expires.le(now))
                .order(kept_value::expires)
                .limit(EXPIRED)
                .select(kept_value::id)
                .load(connection)?;
            let gone = kept_value::table.filter(kept_value::id.eq_any(old)).filter(kept_value::expires.le(now));
            Ok(diesel::delete(gone).execute(connection)?)
        })
        .await
    }
}

type Row = (i64, Vec<u8>, Vec<u8>, Vec<u8>);

fn listed((id, name, sealed_name, sealed): Row) -> Result<ListedKept, StoreError> {
    let name = name.try_into().map_err(|_| StoreError::Damaged("the name of a kept value".to_owned()))?;
    Ok(ListedKept { id, name, sealed_name, sealed })
}

/// As many of the next as are read at once.
fn portion(next: &[(i64, i64)]) -> Vec<i64> {
    let mut bytes = 0;
    let fits = |(place, (_, size)): &(usize, &(i64, i64))| {
        bytes += size;
        *place == 0 || bytes <= VALUE_BYTES
    };
    next.iter().enumerate().take_while(fits).map(|(_, (id, _))| *id).collect()
}

/// The row at a place.
#[diesel::dsl::auto_type]
pub(super) fn at<'a>(place: &'a KeptPlace) -> _ {
    let (scope, name): (&'a [u8], &'a [u8]) = (place.scope.as_slice(), place.name.as_slice());
    kept_value::table.filter(kept_value::scope.eq(scope)).filter(kept_value::name.eq(name))
}

#[diesel::dsl::auto_type]
fn live(now: NaiveDateTime) -> _ {
    kept_value::expires.is_null().or(kept_value::expires.gt(now))
}

pub(super) fn in_scope(connection: &mut AnyConnection, scope: &[u8; 32]) -> Result<KeptAmount, StoreError> {
    let rows = kept_value::table.filter(kept_value::scope.eq(scope.as_slice()));
    let (values, bytes) = rows.select((count_star(), sql::<Nullable<BigInt>>(BYTES))).first(connection)?;
    Ok(amount(values, bytes))
}

pub(super) fn by_owner(connection: &mut AnyConnection, owner: &[u8; 32]) -> Result<KeptAmount, StoreError> {
    let rows = kept_value::table.filter(kept_value::owner.eq(owner.as_slice()));
    let (values, bytes) = rows.select((count_star(), sql::<Nullable<BigInt>>(BYTES))).first(connection)?;
    Ok(amount(values, bytes))
}

/// Both indexes that lead to the rows hold their sizes.
const BYTES: &str = "CAST(SUM(size) AS BIGINT)";

fn amount(values: i64, bytes: Option<i64>) -> KeptAmount {
    KeptAmount { values, bytes: bytes.unwrap_or_default() }
}
