//! `role` and `user_role`: privileges, and who holds them.

use crate::connection::AnyConnection;
use crate::schema::{role, user_role};
use crate::{Store, StoreError};
use da_core::Privilege;
use diesel::prelude::*;

impl Store {
    /// All privileges, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn privileges(&self) -> Result<Vec<Privilege>, StoreError> {
        let names: Vec<String> = role::table.order(role::name).select(role::name).load(&mut *self.read()?)?;
        Ok(names.into_iter().map(Privilege).collect())
    }
}

pub(crate) fn of_user(connection: &mut AnyConnection, user: i64) -> Result<Vec<Privilege>, StoreError> {
    let names: Vec<String> = user_role::table
        .inner_join(role::table)
        .filter(user_role::user_id.eq(user))
        .order(role::name)
        .select(role::name)
        .load(connection)?;
    Ok(names.into_iter().map(Privilege).collect())
}

pub(crate) fn give(connection: &mut AnyConnection, user: i64, privilege: &Privilege) -> Result<(), StoreError> {
    let id: Option<i64> =
        role::table.filter(role::name.eq(&privilege.0)).select(role::id).first(connection).optional()?;
    let id = id.ok_or(StoreError::NotFound("privilege"))?;
    diesel::insert_into(user_role::table)
        .values((user_role::user_id.eq(user), user_role::role_id.eq(id)))
        .execute(connection)?;
    Ok(())
}
