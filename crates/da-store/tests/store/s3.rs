//! Contents in a bucket, when `DA_TEST_S3` has the address of a stand-in for S3 that takes any key.

use crate::place::note_the_use;
use da_store::{BlobName, Blobs, S3Config, StoreError, Subject};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
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
        time: S3Config::TIME,
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
        assert!(matches!(gone, StoreError::NotFound(Subject::FileContent)), "{gone}");
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
        time: S3Config::TIME,
    };
    let away = Blobs::in_bucket(&config).unwrap().check().await.unwrap_err();
    assert!(matches!(away, StoreError::Blob(_)), "{away}");
}

/// A stand-in for S3 that has one content, and stops in the middle of an answer when it is told to.
struct StandIn {
    address: SocketAddr,
    content: Arc<Vec<u8>>,
    stops: Arc<AtomicBool>,
}

impl StandIn {
    fn start(content: Vec<u8>) -> StandIn {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, content, stops) =
            (listener.local_addr().unwrap(), Arc::new(content), Arc::<AtomicBool>::default());
        let (content_too, stops_too) = (Arc::clone(&content), Arc::clone(&stops));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (content, stops) = (Arc::clone(&content_too), Arc::clone(&stops_too));
                thread::spawn(move || answer_all(stream.unwrap(), &content, &stops));
            }
        });
        StandIn { address, content, stops }
    }

    fn blobs(&self, time: Duration) -> Blobs {
        let config = S3Config {
            bucket: "any".to_owned(),
            access_key_id: "the name".to_owned(),
            secret_access_key: "the key".to_owned(),
            region: None,
            endpoint_url: Some(format!("http://{}", self.address)),
            time,
        };
        Blobs::in_bucket(&config).unwrap()
    }
}

/// Answers requests for a range of the content, one after another.
fn answer_all(mut stream: TcpStream, content: &[u8], stops: &AtomicBool) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    loop {
        let (mut range, mut asked) = (None, false);
        while let Some(line) = lines.next().and_then(Result::ok).filter(|line| !line.is_empty()) {
            asked = true;
            let line = line.to_lowercase();
            range = range.or_else(|| line.strip_prefix("range: bytes=").map(str::to_owned));
        }
        if !asked {
            return;
        }
        let (from, to) = range.as_deref().and_then(|range| range.split_once('-')).unwrap_or(("0", "99999999"));
        let from: usize = from.parse().unwrap();
        let to = content.len().min(to.parse::<usize>().unwrap() + 1);
        let head = format!(
            "HTTP/1.1 206 Partial Content\r\nContent-Length: {}\r\nContent-Range: bytes {from}-{}/{}\r\nETag: \"x\"\r\n\
             Last-Modified: Fri, 27 Nov 2026 00:00:00 GMT\r\n\r\n",
            to - from,
            to - 1,
            content.len()
        );
        let body = if stops.load(Ordering::Relaxed) { &content[from..to - 1] } else { &content[from..to] };
        // Who asked may have gone.
        if stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).is_err() {
            return;
        }
    }
}

/// A name as it is stored. Every name has the content of the stand-in.
async fn any_name(blobs: &Blobs) -> BlobName {
    write(blobs, &[b"x"]).await
}

#[test]
fn those_who_read_slowly_hold_no_thread() {
    let content: Vec<u8> = (0..3_000_000_u32).map(|number| number.to_le_bytes()[0]).collect();
    let store = StandIn::start(content);
    let runtime = tokio::runtime::Builder::new_multi_thread().max_blocking_threads(2).enable_all().build().unwrap();
    let reading = async {
        let blobs = store.blobs(S3Config::TIME);
        let name = any_name(&blobs).await;
        let mut slow = Vec::new();
        for _ in 0..20 {
            let mut reader = blobs.read(&name).await.unwrap();
            let first = reader.next().await.unwrap().unwrap();
            slow.push((reader, first));
        }
        assert!(read(&blobs, &name).await == *store.content);
        for (mut reader, mut bytes) in slow {
            while let Some(piece) = reader.next().await.unwrap() {
                bytes.extend(piece);
            }
            assert!(bytes == *store.content);
        }
    };
    runtime.block_on(async { tokio::time::timeout(Duration::from_secs(60), reading).await }).unwrap();
}

#[tokio::test]
async fn a_store_that_stops_in_the_middle_of_a_content_is_given_up() {
    let store = StandIn::start(vec![7; 2_000_000]);
    let blobs = store.blobs(Duration::from_millis(200));
    let name = any_name(&blobs).await;
    let mut reader = blobs.read(&name).await.unwrap();
    let first = reader.next().await.unwrap().unwrap();
    store.stops.store(true, Ordering::Relaxed);
    let late = tokio::time::timeout(Duration::from_secs(60), reader.next()).await.unwrap().unwrap_err();
    assert!(matches!(late, StoreError::Blob(_)), "{late}");
    // It answers again, and what was begun goes on.
    store.stops.store(false, Ordering::Relaxed);
    let mut length = first.len();
    while let Some(piece) = reader.next().await.unwrap() {
        length += piece.len();
    }
    assert_eq!(length, 2_000_000);
}
