//! Values that all sessions share, as `DARedis` has them. What is changed here is changed at once, in one step.
//!
//! When they cannot be reached the whole evaluation counts for nothing: see [`Door::was_cut_off`].

use std::sync::atomic::Ordering;
use std::time::Duration;

use da_core::Plain;
use da_crypto::random_bytes;
use da_store::{Coming, KvLife, KvSeen, KvStamp, KvValue, NewKv};

use super::given::Given;
use super::sealing::{Part, Sealing, scope_hash};
use super::{Door, Refusal, refused, unknown};
use crate::AppError;

const SCOPE: &str = "redis";

/// Bytes of a name, and of a value as it is packed.
const LONGEST_NAME: usize = 1000;
const LARGEST: usize = 8 << 20;

/// So many names are told.
const MOST_NAMES: usize = 100_000;

impl Door {
    pub(super) fn redis(&self, what: &str, given: &Given<'_>) -> Result<Plain, Refusal> {
        match what {
            "get" => self.shared_value(&given.text("name")?),
            "swap" => self.shared_swap(given).map(Plain::Bool),
            "names" => Ok(Plain::from(self.shared_names()?)),
            _ => Err(unknown(what)),
        }
    }

    /// Whether the values that all sessions share could not be reached, so that nothing of the evaluation may be saved.
    pub(crate) fn was_cut_off(&self) -> bool {
        self.cut_off.load(Ordering::Relaxed)
    }

    /// The value, what tells it from the next one, and the milliseconds that are left to it.
    fn shared_value(&self, name: &str) -> Result<Plain, Refusal> {
        let app = self.app()?;
        let sealing = Sealing::new(&app.0.server_key, SCOPE, name);
        let Some(KvValue { stamp, sealed, left }) = self.reach(app.0.kv.get(sealing.place))? else {
            return Ok(Plain::Null);
        };
        let value = sealing.open_text(Part::Shared, &sealed)?;
        let left = left.map_or(Plain::Null, |left| Plain::Int(i64::try_from(left.as_millis()).unwrap_or(i64::MAX)));
        Ok(Plain::List(vec![Plain::Text(value), Plain::Text(written(&stamp)), left]))
    }

    fn shared_swap(&self, given: &Given<'_>) -> Result<bool, Refusal> {
        let (app, name) = (self.app()?, given.text("name")?);
        let seen = match given.text("seen")?.as_str() {
            "whatever" => KvSeen::Whatever,
            "nothing" => KvSeen::Nothing,
            stamp => KvSeen::Stamp(read(stamp).ok_or("seen is no stamp")?),
        };
        let sealing = Sealing::new(&app.0.server_key, SCOPE, &name);
        let new = match given.maybe("value") {
            None => None,
            Some(value) if name.len() > LONGEST_NAME || value.len() > LARGEST => {
                return Err(format!("a key has {LONGEST_NAME} bytes at most, and its value {LARGEST}"));
            }
            Some(value) => Some(NewKv {
                stamp: random_bytes().map_err(|error| refused(error.into()))?,
                sealed_name: sealing.seal(Part::SharedName, name.as_bytes())?,
                sealed: sealing.seal(Part::Shared, value.as_bytes())?,
                life: life(given),
            }),
        };
        self.reach(app.0.kv.swap(sealing.place, seen, new))
    }

    fn shared_names(&self) -> Result<Vec<String>, Refusal> {
        let app = self.app()?;
        let scope = scope_hash(&app.0.server_key, SCOPE);
        let (mut names, mut from) = (Vec::new(), Some(0));
        while let Some(start) = from {
            let (some, next) = self.reach(app.0.kv.names(scope, start))?;
            for name in some {
                let sealing = Sealing::of_row(&app.0.server_key, scope, name.name);
                names.push(sealing.open_text(Part::SharedName, &name.sealed)?);
            }
            if names.len() > MOST_NAMES {
                return Err(format!("there are more than {MOST_NAMES} keys"));
            }
            from = next;
        }
        // A Redis may tell a name twice.
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    fn reach<T>(&self, coming: Coming<'_, T>) -> Result<T, Refusal> {
        self.wait(async {
            coming.await.map_err(|error| {
                let error = AppError::from(error);
                if error.fault == crate::Fault::Busy {
                    tracing::error!(target: "interview", "the values that sessions share are away: {}", error.whole());
                    self.cut_off.store(true, Ordering::Relaxed);
                }
                error
            })
        })
    }
}

/// `life`: so many milliseconds, `keep`, or nothing for good.
fn life(given: &Given<'_>) -> KvLife {
    match given.number("life") {
        Some(milliseconds) => KvLife::For(Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0).max(1))),
        None if given.maybe("life").is_some() => KvLife::AsBefore,
        None => KvLife::Forever,
    }
}

fn written(stamp: &KvStamp) -> String {
    stamp.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(text: &str) -> Option<KvStamp> {
    u128::from_str_radix(text, 16).ok().filter(|_| text.len() == 32).map(u128::to_be_bytes)
}
