//! Values that outlive the session, or belong to nobody in particular: stores, records, snapshots.
//!
//! A change is seen by its own evaluation at once, and by others when the answers are saved, with which it is written. Many values
//! are never held at once: names come first, values by name or in portions.

use std::sync::PoisonError;

use chrono::{NaiveDateTime, TimeDelta};
use da_core::{Caller, Plain};
use da_store::{KeptAmount, KeptChange, KeptPlace, ListedKept, NewKept};

use super::given::Given;
use super::kept_desk::{KeptDesk, Stored};
use super::sealing::{Part, Sealing, scope_hash};
use super::{Door, Refusal, refused, unknown};
use crate::App;

const OWNER: &str = "owner of kept values";

/// Bytes of a name.
const LONGEST_NAME: usize = 1000;

impl Door {
    pub(super) fn kept(&self, what: &str, given: &Given<'_>) -> Result<Plain, Refusal> {
        let scope = given.text("scope")?;
        match what {
            "names" => Ok(Plain::from(self.names(&scope)?)),
            "portion" => self.portion(&scope, given.number("after").unwrap_or(0)),
            "get" => Ok(self.value(&scope, &given.text("name")?)?.map_or(Plain::Null, Plain::Text)),
            "put" => self.put(scope, given).map(|()| Plain::Null),
            "delete" => self.delete(scope, given.text("name")?).map(|()| Plain::Null),
            _ => Err(unknown(what)),
        }
    }

    fn value(&self, scope: &str, name: &str) -> Result<Option<String>, Refusal> {
        if let Some(seen) = self.with_desk(|desk| desk.seen(scope, name).cloned()) {
            return Ok(seen.value);
        }
        let app = self.app()?;
        let sealing = Sealing::new(&app.0.server_key, scope, name);
        let sealed = app.0.store.kept_value(&sealing.place, app.now()).map_err(|error| refused(error.into()))?;
        sealed.map(|sealed| sealing.open_text(Part::Value, &sealed)).transpose()
    }

    /// All names of a scope, the oldest first, those of this evaluation last.
    fn names(&self, scope: &str) -> Result<Vec<String>, Refusal> {
        let app = self.app()?;
        let (hash, now) = (scope_hash(&app.0.server_key, scope), app.now());
        let (mut names, mut after) = (Vec::new(), 0);
        loop {
            let rows = app.0.store.kept_names(&hash, after, now).map_err(|error| refused(error.into()))?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in &rows {
                let name = name_of(&app, hash, row)?;
                if self.with_desk(|desk| desk.seen(scope, &name).is_none_or(|seen| seen.value.is_some())) {
                    names.push(name);
                }
            }
        }
        names.extend(self.with_desk(|desk| desk.new_in(scope)).into_iter().map(|(name, _)| name));
        Ok(names)
    }

    /// Some values of a scope by their names, and after which the next ones come; those of this evaluation are the last.
    fn portion(&self, scope: &str, after: i64) -> Result<Plain, Refusal> {
        let app = self.app()?;
        let hash = scope_hash(&app.0.server_key, scope);
        let rows = app.0.store.kept_values(&hash, after, app.now()).map_err(|error| refused(error.into()))?;
        let mut values = Vec::with_capacity(rows.len());
        for row in &rows {
            let name = name_of(&app, hash, row)?;
            let value = match self.with_desk(|desk| desk.seen(scope, &name).cloned()) {
                Some(seen) => seen.value,
                None => Some(Sealing::new(&app.0.server_key, scope, &name).open_text(Part::Value, &row.sealed)?),
            };
            values.extend(value.map(|value| (name, Plain::Text(value))));
        }
        let next = rows.last().map(|last| last.id);
        if next.is_none() {
            let new = self.with_desk(|desk| desk.new_in(scope));
            values.extend(new.into_iter().map(|(name, value)| (name, Plain::Text(value))));
        }
        Ok(Plain::List(vec![Plain::Map(values), next.map_or(Plain::Null, Plain::Int)]))
    }

    fn put(&self, scope: String, given: &Given<'_>) -> Result<(), Refusal> {
        let (name, value) = (given.text("name")?, given.text("value")?);
        if name.len() > LONGEST_NAME {
            return Err(format!("a name has {LONGEST_NAME} bytes at most"));
        }
        let app = self.app()?;
        let sealing = Sealing::new(&app.0.server_key, &scope, &name);
        let of_user = given.is_true("of_user");
        let new = NewKept {
            place: sealing.place,
            owner: app.0.server_key.mac(OWNER, self.owner().as_bytes()),
            session: given.is_true("of_session").then(|| self.at.id.clone()),
            user: self.caller.user().map(|user| user.id).filter(|_| of_user),
            sealed_name: sealing.seal(Part::Name, name.as_bytes())?,
            sealed: sealing.seal(Part::Value, value.as_bytes())?,
            expires: self.expiry(&app).filter(|_| of_user),
        };
        self.change((scope, name), (Some(value), KeptChange::Put(new)))
    }

    fn delete(&self, scope: String, name: String) -> Result<(), Refusal> {
        let place = Sealing::new(&self.app()?.0.server_key, &scope, &name).place;
        self.change((scope, name), (None, KeptChange::Delete(place)))
    }

    fn change(&self, names: (String, String), (value, change): (Option<String>, KeptChange)) -> Result<(), Refusal> {
        let app = self.app()?;
        let place = match &change {
            KeptChange::Put(new) => new.place,
            KeptChange::Delete(place) => *place,
        };
        let stored = StoredAt { app: &app, place };
        self.with_desk(|desk| desk.change(names, (value, change), app.0.settings.kept_quota.scope, &stored))
    }

    /// Who keeps it, for the quota of one owner.
    fn owner(&self) -> String {
        match &self.caller {
            Caller::Anonymous { visitor, .. } => format!("visitor {visitor}"),
            Caller::User(user) | Caller::Limited { user, .. } => format!("user {}", user.id),
        }
    }

    /// When what a visitor keeps goes by itself. A visitor's cookie ends with the browser: nobody may be able to come back to it.
    fn expiry(&self, app: &App) -> Option<NaiveDateTime> {
        let days = app.0.settings.session_days.unwrap_or(app.0.settings.visitor_days);
        self.caller.user().is_none().then(|| app.now() + TimeDelta::days(days))
    }

    fn with_desk<T>(&self, work: impl FnOnce(&mut KeptDesk) -> T) -> T {
        work(&mut self.desk.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What the database has at a place.
struct StoredAt<'a> {
    app: &'a App,
    place: KeptPlace,
}

impl Stored for StoredAt<'_> {
    fn amount(&self) -> Result<KeptAmount, Refusal> {
        self.app.0.store.kept_in_scope(&self.place.scope).map_err(|error| refused(error.into()))
    }

    fn row(&self) -> Result<Option<(i64, bool)>, Refusal> {
        self.app.0.store.kept_facts(&self.place, self.app.now()).map_err(|error| refused(error.into()))
    }
}

/// The name of a row, which opens in its own place alone.
fn name_of(app: &App, scope: [u8; 32], row: &ListedKept) -> Result<String, Refusal> {
    Sealing::of_row(&app.0.server_key, scope, row.name).open_text(Part::Name, &row.sealed_name)
}
