//! Rows: sessions with their steps, users, keys and files, in SQLite or PostgreSQL; and the contents of files beside them.
//!
//! A step's answers and a file's content come here sealed and leave here sealed: this crate never sees what is inside.
//! Reads are plain functions that wait for the database (run them where waiting is allowed); writes
//! are `async` and resolve when what they wrote is on disk.
#![warn(missing_docs)]

mod blob;
mod config;
mod connection;
mod error;
mod kv;
mod lock;
mod migrate;
mod queue;
#[cfg(feature = "raw")]
mod raw;
mod schema;
mod store;
mod table;
mod writer;

pub use blob::{BlobName, BlobReader, BlobWriter, Blobs, S3Config};
pub use config::{DatabaseUrl, StoreConfig};
pub use error::{StoreError, Subject};
pub use kv::{Coming, DatabaseKv, Kv, KvLife, KvName, KvSeen, KvStamp, KvValue, NewKv, RedisKv, RedisServer};
pub use lock::SessionGuard;
pub use queue::{EndedJob, JobTicket, NewJob, RekeyedJobs, TakenJob};
pub use store::Store;
pub use table::answer::NewAnswer;
pub use table::api_key::{KeyChange, KeyOwner, KeyRules, NewApiKey, StoredKey};
pub use table::code::NewCode;
pub use table::file::{FileChange, FileSave, Grant, Grants, NewFile, StoredContent, StoredFile};
pub use table::job_result::KeptResult;
pub use table::kept_value::{KeptAmount, KeptChange, KeptChanges, KeptPlace, KeptQuota, ListedKept, NewKept};
pub use table::letter::StoredLetter;
pub use table::lone_file::LoneContent;
pub use table::package::{FileRow, NewPackage, PackageIndex, StoredPackage};
pub use table::package_change::{FilesChange, LeftBehind, PackageChange, PackageOwner, PackageRule};
pub use table::package_content::NewContent;
pub use table::session::{LastOld, NewSession, OldSessions, StoredSession};
pub use table::step::{AfterUndo, Beside, SaveStep, StoredStep};
pub use table::tie::{Tie, TieFilter, Tied, Untied};
pub use table::two_factor::NewTwoFactor;
pub use table::user::{NewPassword, NewUser, StoredUser};
pub use table::user_secret::StoredSecret;
pub use table::wrap::{Holder, Wrap};
pub use writer::Counters;
