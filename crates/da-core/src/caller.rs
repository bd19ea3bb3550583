//! Who is asking.
//!
//! A [`Caller`] is made at the door, from a key or a cookie, and handed down; nothing below looks
//! at keys or cookies again.

use crate::UserId;

/// A privilege, by docassemble's name (`admin`, `developer`, `advocate`, `trainer`, `cron`, `user`,
/// or one that an administrator added).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Privilege(pub String);

impl Privilege {
    /// The privileges that every server has, in the order in which docassemble lists them.
    pub const BUILT_IN: [&'static str; 6] = ["admin", "advocate", "cron", "developer", "trainer", "user"];
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The number in the database.
    pub id: UserId,
    /// The address that the user logs in with.
    pub email: String,
    /// Given name, empty when unknown.
    pub first_name: String,
    /// Family name, empty when unknown.
    pub last_name: String,
    /// Country code (`US`), empty when unknown.
    pub country: String,
    /// State or province.
    pub subdivision_first: String,
    /// County.
    pub subdivision_second: String,
    /// Municipality.
    pub subdivision_third: String,
    /// Organization.
    pub organization: String,
    /// Language code (`en`).
    pub language: String,
    /// IANA time zone (`America/New_York`), empty when unknown.
    pub timezone: String,
    /// The user's privileges. A user without any counts as `user`.
    pub privileges: Vec<Privilege>,
    /// Whether the account may be used.
    pub active: bool,
}

/// What somebody wants to be different about an account; what is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Country code (`US`).
    pub country: Option<String>,
    /// State or province.
    pub subdivision_first: Option<String>,
    /// County.
    pub subdivision_second: Option<String>,
    /// Municipality.
    pub subdivision_third: Option<String>,
    /// Organization.
    pub organization: Option<String>,
    /// Language code (`en`).
    pub language: Option<String>,
    /// IANA time zone.
    pub timezone: Option<String>,
}

impl Profile {
    /// What somebody wants to be different, part by part.
    pub fn lines(&self) -> impl Iterator<Item = &String> {
        let names = [&self.first_name, &self.last_name, &self.organization];
        let places = [&self.country, &self.subdivision_first, &self.subdivision_second, &self.subdivision_third];
        names.into_iter().chain(places).chain([&self.language, &self.timezone]).flatten()
    }
}

/// Whoever makes a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Somebody without an account; `visitor` tells one such person from the next.
    Anonymous {
        /// A random identifier kept in a cookie.
        visitor: String,
        /// Where the person comes from, for limits on guessing: a place of the network, as text. Empty when it is not known.
        address: String,
    },
    /// The owner of an API key, or a user who is logged in.
    User(Box<User>),
    /// An administrator who came with an API key that may do no more than it lists.
    Limited {
        /// The administrator.
        user: Box<User>,
        /// What the key may do, by docassemble's names (`access_user_info`, `create_user`, ...).
        permissions: Vec<String>,
    },
}

impl Caller {
    /// The user, unless the caller is anonymous.
    pub fn user(&self) -> Option<&User> {
        match self {
            Caller::User(user) | Caller::Limited { user, .. } => Some(user),
            Caller::Anonymous { .. } => None,
        }
    }

    /// Whether the caller holds one of `privileges`. A user without any privilege counts as `user`.
    pub fn has_privilege(&self, privileges: &[&str]) -> bool {
        let Some(user) = self.user() else { return false };
        if user.privileges.is_empty() {
            return privileges.contains(&"user");
        }
        user.privileges.iter().any(|held| privileges.contains(&held.0.as_str()))
    }

    /// Whether a limited key keeps the caller from what everybody else may do.
    pub fn is_kept_from(&self, permission: &str) -> bool {
        match self {
            Caller::Limited { permissions, .. } => permissions.iter().all(|held| held != permission),
            _ => false,
        }
    }

    /// Whether the caller may do what takes one of `privileges`. A limited key may do it when it has one of
    /// `permissions`, where there are any for it.
    pub fn may(&self, privileges: &[&str], permissions: &[&str]) -> bool {
        match self {
            Caller::Limited { permissions: held, .. } if !permissions.is_empty() => {
                held.iter().any(|permission| permissions.contains(&permission.as_str()))
            }
            _ => self.has_privilege(privileges),
        }
    }
}
