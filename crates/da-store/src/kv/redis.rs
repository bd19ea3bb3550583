//! Values and counters in a Redis, which forgets by itself what is to be forgotten.
//!
//! A value is a hash of three fields under a keyed hash; what is changed in one step is a script. Nothing in there can be read
//! without the server's key, and what that Redis loses is what was to be lost one day anyway.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use da_core::Clock;
use deadpool_redis::redis::{self, AsyncCommands, RedisError};
use deadpool_redis::{Config, Connection, Pool, PoolConfig, Runtime, Timeouts};

use super::{Coming, Kv, KvLife, KvName, KvSeen, KvValue, NewKv};
use crate::{KeptPlace, StoreError};

/// How long is waited for the Redis.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many connections are kept at most.
const CONNECTIONS: usize = 16;

/// So many keys are looked at for names at once.
const LOOKED_AT: usize = 1000;

/// What was seen: `*` whatever, nothing at all, or a stamp. Without more arguments it is taken away.
const SWAP: &str = "\
local there = redis.call('HGET', KEYS[1], 's')
if ARGV[1] ~= '*' and ARGV[1] ~= (there or '') then return 0 end
if #ARGV == 1 then
  if there then redis.call('DEL', KEYS[1]) return 1 end
  if ARGV[1] == '' then return 1 end
  return 0
end
redis.call('HSET', KEYS[1], 's', ARGV[2], 'n', ARGV[3], 'v', ARGV[4])
if ARGV[5] == '' then redis.call('PERSIST', KEYS[1]) end
if tonumber(ARGV[5]) then redis.call('PEXPIRE', KEYS[1], ARGV[5]) end
return 1";

const GET: &str = "\
local value = redis.call('HMGET', KEYS[1], 's', 'v')
return {value[1], value[2], redis.call('PTTL', KEYS[1])}";

/// When a count is over is said by the clock of the servers, as in the database.
const COUNT: &str = "\
if tonumber(redis.call('HGET', KEYS[1], 'u') or '0') <= tonumber(ARGV[1]) then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'u', ARGV[1] + ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return redis.call('HINCRBY', KEYS[1], 'n', 1)";

const COUNT_BACK: &str = "\
if tonumber(redis.call('HGET', KEYS[1], 'n') or '0') > 0 then redis.call('HINCRBY', KEYS[1], 'n', -1) end
return 0";

/// A Redis, and what the keys in it begin with that are ours. It is reached when it is first needed.
#[derive(Clone)]
pub struct RedisServer {
    pool: Pool,
    prefix: String,
}

/// The address may hold a password.
impl fmt::Debug for RedisServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisServer(..)")
    }
}

impl RedisServer {
    /// The Redis at an address (`redis://...`).
    ///
    /// # Errors
    /// [`StoreError::Away`] for what is no such address.
    pub fn new(url: &str, prefix: &str) -> Result<Self, StoreError> {
        let mut config = Config::from_url(url);
        let timeouts = Timeouts { wait: Some(PATIENCE), create: Some(PATIENCE), recycle: Some(PATIENCE) };
        config.pool = Some(PoolConfig { max_size: CONNECTIONS, timeouts, ..PoolConfig::default() });
        let pool = config.create_pool(Some(Runtime::Tokio1)).map_err(|_| {
            StoreError::Away("a Redis is named by an address such as redis://user:password@host:6379/0".to_owned())
        })?;
        Ok(RedisServer { pool, prefix: prefix.to_owned() })
    }
}

/// Values and counters in a Redis.
pub struct RedisKv {
    server: RedisServer,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for RedisKv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisKv")
    }
}

impl RedisKv {
    /// In a Redis; counts are over by the clock of the servers.
    pub fn new(server: RedisServer, clock: &Arc<dyn Clock>) -> Self {
        RedisKv { server, clock: Arc::clone(clock) }
    }

    async fn connection(&self) -> Result<Connection, StoreError> {
        self.server.pool.get().await.map_err(away)
    }

    /// Runs a script over one key.
    async fn run<T: redis::FromRedisValue>(
        &self,
        script: &str,
        key: String,
        arguments: &[Vec<u8>],
    ) -> Result<T, StoreError> {
        let mut connection = self.connection().await?;
        let mut evaluation = redis::cmd("EVAL");
        evaluation.arg(script).arg(1).arg(key);
        for argument in arguments {
            evaluation.arg(argument);
        }
        answered(evaluation.query_async(&mut connection)).await
    }

    fn place(&self, place: &KeptPlace) -> String {
        format!("{}{}", self.scope(&place.scope), hex(&place.name))
    }

    fn scope(&self, scope: &[u8; 32]) -> String {
        format!("{}v:{}:", self.server.prefix, hex(scope))
    }

    fn counter(&self, counter: &[u8; 32]) -> String {
        format!("{}c:{}", self.server.prefix, hex(counter))
    }
}

impl Kv for RedisKv {
    fn get(&self, place: KeptPlace) -> Coming<'_, Option<KvValue>> {
        Box::pin(async move {
            let told: (Option<Vec<u8>>, Option<Vec<u8>>, i64) = self.run(GET, self.place(&place), &[]).await?;
            let (Some(stamp), Some(sealed), left) = told else { return Ok(None) };
            let stamp = stamp.try_into().map_err(|_| StoreError::Damaged("the stamp of a value".to_owned()))?;
            // -1 is for good.
            let left = u64::try_from(left).ok().map(Duration::from_millis);
            Ok(Some(KvValue { stamp, sealed, left }))
        })
    }

    fn swap(&self, place: KeptPlace, seen: KvSeen, new: Option<NewKv>) -> Coming<'_, bool> {
        let mut arguments = vec![match seen {
            KvSeen::Whatever => b"*".to_vec(),
            KvSeen::Nothing => Vec::new(),
            KvSeen::Stamp(stamp) => stamp.to_vec(),
        }];
        if let Some(new) = new {
            let life = match new.life {
                KvLife::Forever => String::new(),
                KvLife::For(time) => milliseconds(time).to_string(),
                KvLife::AsBefore => "as before".to_owned(),
            };
            arguments.extend([new.stamp.to_vec(), new.sealed_name, new.sealed, life.into_bytes()]);
        }
        Box::pin(async move {
            let done: i64 = self.run(SWAP, self.place(&place), &arguments).await?;
            Ok(done == 1)
        })
    }

    fn names(&self, scope: [u8; 32], from: u64) -> Coming<'_, (Vec<KvName>, Option<u64>)> {
        Box::pin(async move {
            let mut connection = self.connection().await?;
            let prefix = self.scope(&scope);
            let mut scan = redis::cmd("SCAN");
            scan.arg(from).arg("MATCH").arg(format!("{prefix}*")).arg("COUNT").arg(LOOKED_AT);
            let (next, keys): (u64, Vec<String>) = answered(scan.query_async(&mut connection)).await?;
            let mut asked = redis::pipe();
            for key in &keys {
                asked.hget(key, "n");
            }
            let sealed: Vec<Option<Vec<u8>>> = match keys.is_empty() {
                true => Vec::new(),
                false => answered(asked.query_async(&mut connection)).await?,
            };
            let name = |(key, sealed): (&String, Option<Vec<u8>>)| {
                Some(KvName { name: of_hex(key.strip_prefix(&prefix)?)?, sealed: sealed? })
            };
            let names = keys.iter().zip(sealed).filter_map(name).collect();
            Ok((names, Some(next).filter(|next| *next != 0)))
        })
    }

    fn count(&self, counter: [u8; 32], time: Duration) -> Coming<'_, i64> {
        let now = self.clock.now().timestamp_millis();
        let times = [now, milliseconds(time)].map(|time| time.to_string().into_bytes());
        Box::pin(async move { self.run(COUNT, self.counter(&counter), &times).await })
    }

    fn count_back(&self, counter: [u8; 32]) -> Coming<'_, ()> {
        Box::pin(async move {
            let _always_0: i64 = self.run(COUNT_BACK, self.counter(&counter), &[]).await?;
            Ok(())
        })
    }

    fn forget(&self, counter: [u8; 32]) -> Coming<'_, ()> {
        Box::pin(async move {
            let mut connection = self.connection().await?;
            let _how_many: i64 = answered(connection.del(self.counter(&counter))).await?;
            Ok(())
        })
    }

    fn expire(&self) -> Coming<'_, usize> {
        Box::pin(async { Ok(0) })
    }

    fn check(&self) -> Coming<'_, ()> {
        Box::pin(async move {
            let mut connection = self.connection().await?;
            let _pong: String = answered(redis::cmd("PING").query_async(&mut connection)).await?;
            Ok(())
        })
    }
}

/// Waits for an answer, for no longer than others wait for it.
async fn answered<T>(asking: impl Future<Output = Result<T, RedisError>>) -> Result<T, StoreError> {
    match tokio::time::timeout(PATIENCE, asking).await {
        Ok(answer) => answer.map_err(away),
        Err(_) => Err(away("it does not answer")),
    }
}

fn away(reason: impl fmt::Display) -> StoreError {
    StoreError::Away(reason.to_string())
}

/// A time that is none is the shortest one.
fn milliseconds(time: Duration) -> i64 {
    const LONGEST: i64 = 100 * 365 * 24 * 3600 * 1000;
    i64::try_from(time.as_millis()).map_or(LONGEST, |time| time.clamp(1, LONGEST))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn of_hex(text: &str) -> Option<[u8; 32]> {
    let bytes = (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok());
    bytes.collect::<Option<Vec<u8>>>()?.try_into().ok()
}
