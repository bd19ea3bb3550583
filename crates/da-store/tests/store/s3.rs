//! Contents in a bucket, when `DA_TEST_S3` has the address of a stand-in for S3 that takes any key.

use crate::place::note_the_use;
use da_store::{BlobName, Blobs, S3Config, StoreError};
use std::time::Duration;

/// A bucket of the test's own.
fn bucket() -> Option<S3Config> {
    let endpoint = std::env::var("DA_TEST_S3").ok()?;
    note_the_use("s3");
    let bucket = format!("da-test-{}", da_crypto::token::alphanumeric(20).unwrap().to_lowercase());
    let made = ureq::put(format!("{}/{bucket}", endpoint.trim_end_matches('/'))).send_empty().unwrap();
    assert_eq!(made.status(), 200);
    Some(S3Config {
        bucket,
        access_key_id: "the name".to_owned(),
        secret_access_key: "the key".to_owned(),
        region: None,
        endpoint_url: Some(endpoint),
    })
}

async fn write(blobs: &Blobs, pieces: &[&[u8]]) -> BlobName {
    let mut writer = blobs.create().unwrap();
    for piece in pieces {
        writer.write(piece).await.unwrap();
    }
    writer.finish().await.unwrap()
}

async fn read(blobs: &Blobs, name: &BlobName) -> Vec<u8> {
    let mut reader = blobs.read(name).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = reader.next().await.unwrap() {
        bytes.extend(piece);
    }
    bytes
}

#[tokio::test]
async fn contents_of_every_size_come_back_from_a_bucket_as_they_were() {
    let Some(config) = bucket() else { return };
    let blobs = Blobs::in_bucket(&config).unwrap();
    blobs.check().await.unwrap();
    let large: Vec<u8> = (0..20_000_003_u32).map(|number| number.to_le_bytes()[(number % 3) as usize]).collect();
    let pieces: Vec<&[u8]> = large.chunks(300_001).collect();
    let whole = [&b"one "[..], b"and two"];
    let written = [write(&blobs, &[]).await, write(&blobs, &whole).await, write(&blobs, &pieces).await];
    assert!(read(&blobs, &written[0]).await.is_empty());
    assert_eq!(read(&blobs, &written[1]).await, b"one and two");
    assert!(read(&blobs, &written[2]).await == large);
    let mut listed = blobs.older_than(Duration::ZERO).await.unwrap();
    listed.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    let mut names = written.to_vec();
    names.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    assert_eq!(listed, names);
    assert_eq!(blobs.older_than(Duration::from_secs(3600)).await.unwrap(), []);
    for name in &written {
        blobs.delete(name).await.unwrap();
        blobs.delete(name).await.unwrap();
        let gone = blobs.read(name).await.err().unwrap();
        assert!(matches!(gone, StoreError::NotFound("content of the file")), "{gone}");
    }
}

#[tokio::test]
async fn a_content_that_is_not_finished_does_not_appear_in_a_bucket() {
    let Some(config) = bucket() else { return };
    let blobs = Blobs::in_bucket(&config).unwrap();
    let mut small = blobs.create().unwrap();
    small.write(b"some").await.unwrap();
    drop(small);
    let mut large = blobs.create().unwrap();
    large.write(&vec![7; 9 << 20]).await.unwrap();
    drop(large);
    assert_eq!(blobs.older_than(Duration::ZERO).await.unwrap(), []);
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_named_and_its_keys_are_not() {
    let Some(config) = bucket() else { return };
    let wrong = S3Config { bucket: "da-test-no-such".to_owned(), ..config };
    assert_eq!(format!("{wrong:?}"), "S3Config(da-test-no-such)");
    let blobs = Blobs::in_bucket(&wrong).unwrap();
    let refused = blobs.check().await.unwrap_err().to_string();
    assert!(refused.starts_with("the contents of files cannot be reached: "), "{refused}");
    assert!(refused.contains("NoSuchBucket") && !refused.contains("the key"), "{refused}");
}

#[tokio::test]
async fn a_store_that_is_away_is_an_error_that_says_so() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let config = S3Config {
        bucket: "any".to_owned(),
        access_key_id: "the name".to_owned(),
        secret_access_key: "the key".to_owned(),
        region: Some("eu-central-1".to_owned()),
        endpoint_url: Some(format!("http://{free}")),
    };
    let away = Blobs::in_bucket(&config).unwrap().check().await.unwrap_err();
    assert!(matches!(away, StoreError::Blob(_)), "{away}");
}
