//! Accounts and privileges.

use da_core::{Plain, Profile, User, UserId};

use super::given::Given;
use super::{Door, Refusal, unknown};
use crate::account::{NewAccount, UserWishes};

impl Door {
    pub(super) fn accounts(&self, what: &str, given: &Given<'_>) -> Result<Plain, Refusal> {
        let (app, caller) = (self.app()?, &self.caller);
        match what {
            "list" => {
                let next = given.maybe("next_id");
                let page = app.user_list_page(caller, given.is_true("include_inactive"), next.as_deref());
                let (users, next) = self.wait(page)?;
                let users = users.iter().map(plain).collect();
                Ok(Plain::List(vec![Plain::List(users), next.map_or(Plain::Null, Plain::Text)]))
            }
            "info" => self.user(given).map(|user| plain(&user)),
            "set" => {
                let id = self.user(given)?.id;
                let wishes = UserWishes {
                    profile: profile(given),
                    password: given.maybe("password"),
                    old_password: given.maybe("old_password"),
                    active: given.get("active").map(|active| matches!(active, Plain::Bool(true))),
                    ..UserWishes::default()
                };
                self.wait(app.user_set(caller, id, wishes))?;
                if let Some(Plain::List(wanted)) = given.get("privileges") {
                    self.set_privileges(id, &wanted.iter().map(Plain::form_text).collect::<Vec<_>>())?;
                }
                Ok(Plain::Null)
            }
            "secret" => {
                let (username, password) = (given.text("username")?, given.text("password")?);
                self.wait(app.user_secret(caller, &username, &password)).map(Plain::Text)
            }
            "create" => {
                let new = NewAccount {
                    email: given.text("email")?,
                    password: given.maybe("password"),
                    privileges: given.texts("privileges"),
                    profile: profile(given),
                };
                let (id, password) = self.wait(app.user_new(caller, new))?;
                Ok(Plain::List(vec![Plain::Int(id.0), Plain::Text(password)]))
            }
            "invite" => {
                let privilege = given.maybe("privilege").unwrap_or_else(|| "user".to_owned());
                let email = given.text("email")?;
                self.wait(app.invitation_check(caller, std::slice::from_ref(&email), &privilege))?;
                self.wait(app.invitation_new(caller, &email, &privilege)).map(Plain::Text)
            }
            "privileges" => {
                let all = self.wait(app.privilege_list(caller))?;
                Ok(Plain::from(all.into_iter().map(|privilege| privilege.0).collect::<Vec<_>>()))
            }
            "privilege_add" => self.wait(app.privilege_add(caller, &given.text("privilege")?)).map(|()| Plain::Null),
            "privilege_remove" => {
                self.wait(app.privilege_delete(caller, &given.text("privilege")?)).map(|()| Plain::Null)
            }
            _ => Err(unknown(what)),
        }
    }

    /// The account of a number or of an address; without either the person's own.
    fn user(&self, given: &Given<'_>) -> Result<User, Refusal> {
        let app = self.app()?;
        if given.get("user_id").is_some() {
            return self.wait(app.user_info(&self.caller, number(given, "user_id")?));
        }
        if let Some(email) = given.maybe("email") {
            return match self.caller.user().filter(|user| user.email == email) {
                Some(user) => Ok(user.clone()),
                None => self.wait(app.user_info_by_email(&self.caller, &email, false)),
            };
        }
        let nobody = || "no user_id or email was given, and the user is not signed in".to_owned();
        self.caller.user().cloned().ok_or_else(nobody)
    }

    fn set_privileges(&self, id: UserId, wanted: &[String]) -> Result<(), Refusal> {
        let app = self.app()?;
        let held = self.wait(app.user_info(&self.caller, id))?.privileges;
        for privilege in held.iter().filter(|held| !wanted.contains(&held.0)) {
            self.wait(app.user_privilege_remove(&self.caller, id, &privilege.0))?;
        }
        for privilege in wanted.iter().filter(|wanted| !held.iter().any(|held| held.0 == **wanted)) {
            self.wait(app.user_privilege_add(&self.caller, id, privilege))?;
        }
        Ok(())
    }
}

/// The number of a user.
pub(super) fn number(given: &Given<'_>, name: &str) -> Result<UserId, Refusal> {
    given.number(name).map(UserId).ok_or_else(|| format!("{name} must be a number"))
}

fn profile(given: &Given<'_>) -> Profile {
    Profile {
        first_name: given.maybe("first_name"),
        last_name: given.maybe("last_name"),
        country: given.maybe("country"),
        subdivision_first: given.maybe("subdivisionfirst"),
        subdivision_second: given.maybe("subdivisionsecond"),
        subdivision_third: given.maybe("subdivisionthird"),
        organization: given.maybe("organization"),
        language: given.maybe("language"),
        timezone: given.maybe("timezone"),
    }
}

fn plain(user: &User) -> Plain {
    let text = |name: &str, text: &str| (name.to_owned(), Plain::Text(text.to_owned()));
    let privileges: Vec<String> = user.privileges.iter().map(|privilege| privilege.0.clone()).collect();
    Plain::Map(vec![
        ("id".to_owned(), Plain::Int(user.id.0)),
        text("email", &user.email),
        text("first_name", &user.first_name),
        text("last_name", &user.last_name),
        text("country", &user.country),
        text("subdivisionfirst", &user.subdivision_first),
        text("subdivisionsecond", &user.subdivision_second),
        text("subdivisionthird", &user.subdivision_third),
        text("organization", &user.organization),
        text("language", &user.language),
        text("timezone", &user.timezone),
        ("privileges".to_owned(), Plain::from(privileges)),
        ("active".to_owned(), Plain::Bool(user.active)),
    ])
}
