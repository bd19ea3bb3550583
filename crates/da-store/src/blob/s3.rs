//! A bucket of an S3-compatible store. Contents stand below `files/`, as they would in a folder.
//!
//! The keys to it are never shown, and nothing else in the bucket is looked at or touched.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, RetryConfig};

use super::http::Connector;
use crate::StoreError;

/// Bytes of a part: no store takes parts of less than 5 MiB.
pub(super) const PART: usize = 8 << 20;

/// Bytes of a content that are asked for at once.
pub(super) const PIECE: u64 = 512 << 10;

/// What stands before every name.
const PREFIX: &str = "files";

/// How often a request is made again that did not reach the store, or that it could not answer, and for how long.
const RETRIES: usize = 4;
const PATIENCE: Duration = Duration::from_secs(20);

/// Which bucket, and what opens it.
#[derive(Clone, PartialEq, Eq)]
pub struct S3Config {
    /// The bucket, which must be there.
    pub bucket: String,
    /// The name of the key.
    pub access_key_id: String,
    /// The key.
    pub secret_access_key: String,
    /// The region; without it that of stores that have none.
    pub region: Option<String>,
    /// The address of the store; without it Amazon's.
    pub endpoint_url: Option<String>,
    /// How long one request may take, with its answer.
    pub time: Duration,
}

impl S3Config {
    /// How long a request may take where nothing else is said.
    pub const TIME: Duration = Duration::from_secs(60);
}

impl fmt::Debug for S3Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S3Config({})", self.bucket)
    }
}

/// A client of the bucket. Nothing is asked yet.
pub(super) fn open(config: &S3Config) -> Result<Arc<dyn ObjectStore>, StoreError> {
    let retry = RetryConfig { max_retries: RETRIES, retry_timeout: PATIENCE, ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&config.bucket)
        .with_access_key_id(&config.access_key_id)
        .with_secret_access_key(&config.secret_access_key)
        .with_retry(retry)
        .with_http_connector(Connector { time: config.time });
    if let Some(region) = &config.region {
        builder = builder.with_region(region);
    }
    if let Some(endpoint) = &config.endpoint_url {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    let bucket = builder.build().map_err(StoreError::blob)?;
    Ok(Arc::new(PrefixStore::new(bucket, PREFIX)))
}
