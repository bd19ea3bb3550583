//! `s3`: the bucket that the contents of files are in, with docassemble's names.
//!
//! The keys in it are never shown.

use da_app::S3Config;
use da_core::Plain;

use super::ConfigError;
use super::reader::Reader;

/// What it may say.
const KNOWN: [&str; 6] = ["enable", "bucket", "access key id", "secret access key", "region", "endpoint url"];

/// What docassemble can say and this server cannot.
const UNSUPPORTED: [&str; 1] = ["server side encryption"];

/// The bucket, unless contents are in the data folder.
pub(super) fn read(reader: &Reader) -> Result<Option<S3Config>, ConfigError> {
    let must = |what: &str| reader.must("s3", what);
    let Some(said) = reader.get("s3") else { return Ok(None) };
    if said.as_map().is_none() {
        return Err(must("a mapping with bucket, access key id and secret access key"));
    }
    if let Some(Plain::Bool(false)) = said.get("enable") {
        return Ok(None);
    }
    reader.only("s3", said, &KNOWN, &UNSUPPORTED)?;
    let text = |name: &str| match said.get(name) {
        None | Some(Plain::Null) => Ok(None),
        Some(Plain::Text(text)) if !text.is_empty() => Ok(Some(text.clone())),
        Some(_) => Err(must(&format!("a mapping in which `{name}` is a text"))),
    };
    let needed = |name: &str| text(name)?.ok_or_else(|| must(&format!("a mapping with `{name}`")));
    let endpoint_url = text("endpoint url")?;
    if endpoint_url.as_ref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
        return Err(must("a mapping in which `endpoint url` begins with https:// or http://"));
    }
    Ok(Some(S3Config {
        bucket: needed("bucket")?,
        access_key_id: needed("access key id")?,
        secret_access_key: needed("secret access key")?,
        region: text("region")?,
        endpoint_url,
        time: S3Config::TIME,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Option<S3Config>, String> {
        read(&Reader::new(text, "config.yml").unwrap()).map_err(|error| error.to_string())
    }

    const KEYS: &str = "s3:\n  access key id: AK\n  secret access key: SK\n";

    #[test]
    fn a_bucket_is_named_with_its_keys() {
        let text = format!("{KEYS}  enable: True\n  bucket: b\n  region: eu-west-1\n  endpoint url: http://h:9000\n");
        let config = of(&text).unwrap().unwrap();
        assert_eq!((config.bucket.as_str(), config.region.as_deref()), ("b", Some("eu-west-1")));
        assert_eq!((config.access_key_id.as_str(), config.secret_access_key.as_str()), ("AK", "SK"));
        assert_eq!(config.endpoint_url.as_deref(), Some("http://h:9000"));
        assert_eq!(of("s3:\n  enable: False\n  bucket: b\n"), Ok(None));
        assert_eq!(of("debug: True\n"), Ok(None));
    }

    #[test]
    fn what_cannot_be_used_is_named_and_no_key_is_shown() {
        let refused = |text: &str| of(text).unwrap_err();
        assert_eq!(refused(KEYS), "config.yml, line 1: `s3` must be a mapping with `bucket`");
        let encryption = format!("{KEYS}  bucket: b\n  server side encryption:\n    algorithm: AES256\n");
        let expected =
            "config.yml, line 1: `s3` must be without `server side encryption`, which this server does not support";
        assert_eq!(refused(&encryption), expected);
        let address = format!("{KEYS}  bucket: b\n  endpoint url: h:9000\n");
        let expected =
            "config.yml, line 1: `s3` must be a mapping in which `endpoint url` begins with https:// or http://";
        assert_eq!(refused(&address), expected);
        let mapping = "config.yml, line 1: `s3` must be a mapping with bucket, access key id and secret access key";
        assert_eq!(refused("s3: b\n"), mapping);
    }
}
