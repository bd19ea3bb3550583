//! `user`: people with an account.

use crate::connection::AnyConnection;
use crate::error::found;
use crate::schema::{role, user, user_role};
use crate::table::api_key::{self, NewApiKey};
use crate::table::role as roles;
use crate::table::user_secret;
use crate::{Store, StoreError, Subject};
use chrono::NaiveDateTime;
use da_core::{Privilege, Profile, User, UserId};
use diesel::prelude::*;
use std::collections::HashMap;
use std::collections::HashSet;
use std::fmt;

/// An account to be made.
#[derive(Clone)]
pub struct NewUser {
    /// The address that the user logs in with.
    pub email: String,
    /// The password, if there is one.
    pub password: Option<NewPassword>,
    /// The privileges.
    pub privileges: Vec<Privilege>,
    /// What is known about the person.
    pub profile: Profile,
    /// When, in UTC.
    pub now: NaiveDateTime,
}

/// A password to be kept.
#[derive(Clone)]
pub struct NewPassword {
    /// Its hash.
    pub hash: String,
    /// The user's secret, locked under it, and whether it is the secret that the user has had.
    pub secret: Option<(Vec<u8>, bool)>,
    /// The hash in whose place it comes, where no other may be there by now.
    pub instead_of: Option<String>,
}

/// An account with what only the account's own checks may see.
#[derive(Clone)]
pub struct StoredUser {
    /// The user.
    pub user: User,
    /// The hash of the password, if there is one.
    pub password: Option<String>,
}

/// Without the hash, which belongs into no log.
impl fmt::Debug for NewUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = (&self.email, &self.privileges);
        f.debug_struct("NewUser").field("email", shown.0).field("privileges", shown.1).finish_non_exhaustive()
    }
}

/// Without the hash, which belongs into no log.
impl fmt::Debug for StoredUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredUser").field("user", &self.user).finish_non_exhaustive()
    }
}

#[derive(Queryable)]
pub(crate) struct Row {
    id: i64,
    email: String,
    _email_key: String,
    password: Option<String>,
    active: bool,
    first_name: String,
    last_name: String,
    country: String,
    subdivision_first: String,
    subdivision_second: String,
    subdivision_third: String,
    organization: String,
    timezone: String,
    language: String,
    _created: NaiveDateTime,
}

impl Row {
    pub(crate) fn with(self, privileges: Vec<Privilege>) -> StoredUser {
        let user = User {
            id: UserId(self.id),
            email: self.email,
            first_name: self.first_name,
            last_name: self.last_name,
            country: self.country,
            subdivision_first: self.subdivision_first,
            subdivision_second: self.subdivision_second,
            subdivision_third: self.subdivision_third,
            organization: self.organization,
            language: self.language,
            timezone: self.timezone,
            privileges,
            active: self.active,
        };
        StoredUser { user, password: self.password }
    }
}

impl Store {
    /// Makes an account; its number.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the address is taken (in any case of letters),
    /// [`StoreError::NotFound`] when a privilege does not exist.
    pub async fn add_user(&self, new: NewUser) -> Result<UserId, StoreError> {
        self.write(move |connection| insert(connection, &new).map_err(|error| error.conflict_on_unique(Subject::User)))
            .await
    }

    /// Makes the first account and its API key, both or neither; nothing when there is an account already.
    ///
    /// # Errors
    /// Those of [`Store::add_user`] and [`Store::add_api_key`].
    pub async fn add_first_user(
        &self,
        new: NewUser,
        key: impl FnOnce(UserId) -> NewApiKey + Send + 'static,
    ) -> Result<Option<UserId>, StoreError> {
        self.write(move |connection| {
            if user::table.count().get_result::<i64>(connection)? > 0 {
                return Ok(None);
            }
            let id = insert(connection, &new).map_err(|error| error.conflict_on_unique(Subject::User))?;
            api_key::insert(connection, &key(id))?;
            Ok(Some(id))
        })
        .await
    }

    /// The account of an address, in any case of letters.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn user_by_email(&self, email: &str) -> Result<Option<StoredUser>, StoreError> {
        let mut connection = self.read()?;
        let row: Option<Row> = user::table.filter(user::email_key.eq(key(email))).first(&mut *connection).optional()?;
        with_roles(&mut connection, row)
    }

    /// The account of a number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn user(&self, id: UserId) -> Result<Option<StoredUser>, StoreError> {
        let mut connection = self.read()?;
        let row: Option<Row> = user::table.filter(user::id.eq(id.0)).first(&mut *connection).optional()?;
        with_roles(&mut connection, row)
    }

    /// The accounts of these numbers, in any order, without their privileges.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn people(&self, numbers: &HashSet<UserId>) -> Result<Vec<User>, StoreError> {
        let numbers = numbers.iter().map(|number| number.0);
        let rows: Vec<Row> = user::table.filter(user::id.eq_any(numbers)).load(&mut *self.read()?)?;
        Ok(rows.into_iter().map(|row| row.with(Vec::new()).user).collect())
    }

    /// How many accounts there are.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn user_count(&self) -> Result<i64, StoreError> {
        Ok(user::table.count().get_result(&mut *self.read()?)?)
    }

    /// Accounts with greater numbers than `after`, in the order of their numbers; those that may not be used only if they
    /// are wanted.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn users(&self, inactive: bool, after: UserId, most: Option<usize>) -> Result<Vec<User>, StoreError> {
        let mut connection = self.read()?;
        let most = most.and_then(|most| i64::try_from(most).ok()).unwrap_or(i64::MAX);
        let rows: Vec<Row> = user::table
            .filter(user::id.gt(after.0))
            .filter(user::active.eq(true).or(user::active.eq(!inactive)))
            .order(user::id)
            .limit(most)
            .load(&mut *connection)?;
        let Some(last) = rows.last().map(|row| row.id) else { return Ok(Vec::new()) };
        // Not in one statement with the users: what everybody holds would be gone through for every page.
        let mut held: Vec<(i64, String)> = user_role::table
            .inner_join(role::table)
            .filter(user_role::user_id.gt(after.0))
            .filter(user_role::user_id.le(last))
            .select((user_role::user_id, role::name))
            .load(&mut *connection)?;
        held.sort();
        let mut privileges: HashMap<i64, Vec<Privilege>> = HashMap::new();
        for (user, name) in held {
            privileges.entry(user).or_default().push(Privilege(name));
        }
        let with_privileges = |row: Row| {
            let held = privileges.remove(&row.id).unwrap_or_default();
            row.with(held).user
        };
        Ok(rows.into_iter().map(with_privileges).collect())
    }

    /// Changes what is known about a person, and the password if there is a new one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such user.
    pub async fn set_user(
        &self,
        id: UserId,
        profile: Profile,
        password: Option<NewPassword>,
        now: NaiveDateTime,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            exists(connection, id)?;
            change(connection, id.0, profile)?;
            match &password {
                Some(password) => set_password(connection, id.0, password, now),
                None => Ok(()),
            }
        })
        .await
    }

    /// Deletes an account with its API keys, its secrets and its ties to sessions.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such user.
    pub async fn delete_user(&self, id: UserId) -> Result<(), StoreError> {
        self.write(move |connection| {
            match diesel::delete(user::table.filter(user::id.eq(id.0))).execute(connection)? {
                0 => Err(StoreError::NotFound(Subject::User)),
                _ => Ok(()),
            }
        })
        .await
    }

    /// Says whether an account may be used.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such user.
    pub async fn set_active(&self, id: UserId, active: bool) -> Result<(), StoreError> {
        self.write(move |connection| {
            exists(connection, id)?;
            let row = user::table.filter(user::id.eq(id.0));
            diesel::update(row).set(user::active.eq(active)).execute(connection)?;
            Ok(())
        })
        .await
    }
}

fn set_password(
    connection: &mut AnyConnection,
    id: i64,
    password: &NewPassword,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let row = user::table.filter(user::id.eq(id));
    let kept = Some(&password.hash);
    let changed = match &password.instead_of {
        None => diesel::update(row).set(user::password.eq(kept)).execute(connection)?,
        Some(seen) => {
            diesel::update(row.filter(user::password.eq(seen))).set(user::password.eq(kept)).execute(connection)?
        }
    };
    if changed == 0 {
        return Err(StoreError::Conflict(Subject::Password));
    }
    match &password.secret {
        Some((locked, same)) => user_secret::replace(connection, id, (locked, *same), now),
        None => Ok(()),
    }
}

/// Makes sure that there is such a user.
pub(crate) fn exists(connection: &mut AnyConnection, id: UserId) -> Result<(), StoreError> {
    found(user::table.filter(user::id.eq(id.0)).select(user::id).first::<i64>(connection).optional(), Subject::User)
        .map(drop)
}

/// Sets what is not `None`.
fn change(connection: &mut AnyConnection, id: i64, profile: Profile) -> Result<(), StoreError> {
    if profile == Profile::default() {
        return Ok(());
    }
    let changes = (
        profile.first_name.map(|text| user::first_name.eq(text)),
        profile.last_name.map(|text| user::last_name.eq(text)),
        profile.country.map(|text| user::country.eq(text)),
        profile.subdivision_first.map(|text| user::subdivision_first.eq(text)),
        profile.subdivision_second.map(|text| user::subdivision_second.eq(text)),
        profile.subdivision_third.map(|text| user::subdivision_third.eq(text)),
        profile.organization.map(|text| user::organization.eq(text)),
        profile.language.map(|text| user::language.eq(text)),
        profile.timezone.map(|text| user::timezone.eq(text)),
    );
    diesel::update(user::table.filter(user::id.eq(id))).set(changes).execute(connection)?;
    Ok(())
}

fn key(email: &str) -> String {
    email.trim().to_lowercase()
}

fn with_roles(connection: &mut AnyConnection, row: Option<Row>) -> Result<Option<StoredUser>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let privileges = roles::of_user(connection, row.id)?;
    Ok(Some(row.with(privileges)))
}

fn insert(connection: &mut AnyConnection, new: &NewUser) -> Result<UserId, StoreError> {
    let email_key = key(&new.email);
    diesel::insert_into(user::table)
        .values((user::email.eq(new.email.trim()), user::email_key.eq(&email_key), user::created.eq(new.now)))
        .execute(connection)?;
    let id: i64 = user::table.filter(user::email_key.eq(&email_key)).select(user::id).first(connection)?;
    change(connection, id, new.profile.clone())?;
    if let Some(password) = &new.password {
        set_password(connection, id, password, new.now)?;
    }
    for privilege in &new.privileges {
        roles::give(connection, id, privilege)?;
    }
    Ok(UserId(id))
}
