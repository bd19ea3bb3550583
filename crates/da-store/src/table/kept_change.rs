//! `kept_value`: what an evaluation changes about kept values, in the transaction of its step.
//!
//! All of it is written or none, and never more than there is room for.

use super::kept_value::{KeptChange, KeptChanges, NewKept, at, by_owner, in_scope};
use crate::connection::AnyConnection;
use crate::schema::kept_value;
use crate::{StoreError, Subject};
use chrono::NaiveDateTime;
use da_core::SessionId;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::collections::BTreeSet;

/// Makes changes.
pub(crate) fn apply(connection: &mut AnyConnection, kept: &KeptChanges, now: NaiveDateTime) -> Result<(), StoreError> {
    lock(connection, &kept.changes)?;
    let (mut scopes, mut owners) = (BTreeSet::new(), BTreeSet::new());
    for change in &kept.changes {
        match change {
            KeptChange::Put(new) => {
                put(connection, new, now)?;
                scopes.insert(new.place.scope);
                owners.insert(new.owner);
            }
            KeptChange::Delete(place) => {
                diesel::delete(at(place)).execute(connection)?;
            }
        }
    }
    let full = || StoreError::Full(Subject::KeptValue);
    for scope in &scopes {
        in_scope(connection, scope)?.is_within(kept.quota.scope).then_some(()).ok_or_else(full)?;
    }
    for owner in &owners {
        by_owner(connection, owner)?.is_within(kept.quota.owner).then_some(()).ok_or_else(full)?;
    }
    Ok(())
}

/// Takes the scopes and the owners for the transaction, always in the same order: whoever changes several names of one, in whatever
/// order, waits for whoever came first, and two never wait for one another. What there is room for is counted after that: nobody
/// adds to it meanwhile. SQLite has one writer anyway.
fn lock(connection: &mut AnyConnection, changes: &[KeptChange]) -> Result<(), StoreError> {
    let AnyConnection::Postgres(postgres) = connection else { return Ok(()) };
    let hashes = changes.iter().flat_map(|change| match change {
        KeptChange::Put(new) => [Some(&new.place.scope), Some(&new.owner)],
        KeptChange::Delete(place) => [Some(&place.scope), None],
    });
    let numbers: BTreeSet<i64> = hashes.flatten().map(number).collect();
    for number in numbers {
        postgres.batch_execute(&format!("SELECT pg_advisory_xact_lock({number})"))?;
    }
    Ok(())
}

fn number(hash: &[u8; 32]) -> i64 {
    hash.iter().take(8).fold(0, |number, byte| number << 8 | i64::from(*byte))
}

fn put(connection: &mut AnyConnection, new: &NewKept, now: NaiveDateTime) -> Result<(), StoreError> {
    // Whoever puts it says what it goes with from then on.
    let changing = (
        kept_value::session_id.eq(new.session.as_ref().map(SessionId::as_str)),
        kept_value::user_id.eq(new.user.map(|user| user.0)),
        kept_value::owner.eq(new.owner.as_slice()),
        kept_value::sealed_name.eq(&new.sealed_name),
        kept_value::sealed.eq(&new.sealed),
        kept_value::size.eq(new.size()),
        kept_value::modified.eq(now),
        kept_value::expires.eq(new.expires),
    );
    let row =
        (kept_value::scope.eq(new.place.scope.as_slice()), kept_value::name.eq(new.place.name.as_slice()), changing);
    let insert = diesel::insert_into(kept_value::table).values(row);
    let unique = (kept_value::scope, kept_value::name);
    // Another session may have put the name a moment ago.
    match connection {
        AnyConnection::Postgres(postgres) => insert.on_conflict(unique).do_update().set(changing).execute(postgres)?,
        AnyConnection::Sqlite(sqlite) => insert.on_conflict(unique).do_update().set(changing).execute(sqlite)?,
    };
    Ok(())
}
