//! `role` and `user_role`: privileges, and who holds them.

use crate::connection::AnyConnection;
use crate::error::found;
use crate::schema::{role, user_role};
use crate::table::user as users;
use crate::{Store, StoreError, Subject};
use da_core::{Privilege, UserId};
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

    /// Adds a privilege.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is one of that name.
    pub async fn add_privilege(&self, privilege: Privilege) -> Result<(), StoreError> {
        self.write(move |connection| {
            let inserted = diesel::insert_into(role::table).values(role::name.eq(&privilege.0)).execute(connection);
            inserted.map(drop).map_err(|error| StoreError::from(error).conflict_on_unique(Subject::Privilege))
        })
        .await
    }

    /// Deletes a privilege; whoever held it does not any more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none of that name.
    pub async fn delete_privilege(&self, privilege: Privilege) -> Result<(), StoreError> {
        self.write(move |connection| {
            match diesel::delete(role::table.filter(role::name.eq(&privilege.0))).execute(connection)? {
                0 => Err(StoreError::NotFound(Subject::Privilege)),
                _ => Ok(()),
            }
        })
        .await
    }

    /// Gives a user a privilege.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such user or privilege, [`StoreError::Conflict`] when the user
    /// holds it.
    pub async fn give_privilege(&self, user: UserId, privilege: Privilege) -> Result<(), StoreError> {
        self.write(move |connection| {
            users::exists(connection, user)?;
            give(connection, user.0, &privilege).map_err(|error| error.conflict_on_unique(Subject::UserPrivilege))
        })
        .await
    }

    /// Takes a privilege from a user; whether the user held it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such user or privilege.
    pub async fn take_privilege(&self, user: UserId, privilege: Privilege) -> Result<bool, StoreError> {
        self.write(move |connection| {
            users::exists(connection, user)?;
            let id = number(connection, &privilege)?;
            let held = user_role::table.filter(user_role::user_id.eq(user.0)).filter(user_role::role_id.eq(id));
            Ok(diesel::delete(held).execute(connection)? > 0)
        })
        .await
    }
}

pub(crate) fn number(connection: &mut AnyConnection, privilege: &Privilege) -> Result<i64, StoreError> {
    let id = role::table.filter(role::name.eq(&privilege.0)).select(role::id).first(connection).optional();
    found(id, Subject::Privilege)
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
    let id = number(connection, privilege)?;
    diesel::insert_into(user_role::table)
        .values((user_role::user_id.eq(user), user_role::role_id.eq(id)))
        .execute(connection)?;
    Ok(())
}
