//! A file of a session as an answer: piece by piece, as it is opened. A content that was changed on the disk ends the
//! answer in the middle: a client never takes it for the whole. So does a client that takes too little for too long: what is
//! held for it is let go, whether its connection ends or not.

use std::io;
use std::time::Duration;

use actix_web::body::SizedStream;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, Charset, ContentDisposition,
    DispositionParam, DispositionType, ExtendedValue, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use da_app::OpenFile;
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::mpsc::{self, Sender};
use tokio::time::{Instant, timeout_at};

/// How long a client may take for a piece, and how many bytes it has to take each second on the whole beyond that: the slowest of
/// telephones takes more.
const PATIENCE: Duration = Duration::from_secs(60);
const SLOWEST: f64 = 2048.0;

/// Kinds of files that a browser would run something in.
const LIVELY: [&str; 4] = ["text/html", "image/svg+xml", "application/xml", "text/javascript"];

/// What such a file may do: nothing.
pub const STILL: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// The answer. `save`: whether a browser is to save it, instead of showing it.
pub fn send(file: OpenFile, save: bool) -> HttpResponse {
    let mut response = begin(file.media_type());
    if save {
        response.insert_header((CONTENT_DISPOSITION, attachment(&file.name)));
    }
    let size = file.size;
    let pieces = stream::try_unfold(file, |mut file| async {
        match file.next().await {
            Ok(piece) => Ok(piece.map(|piece| (Bytes::from(piece), file))),
            Err(error) => {
                tracing::error!(target: "files", "a file could not be sent to its end: {}", error.whole());
                Err(io::Error::other("the file cannot be read"))
            }
        }
    });
    let (sender, waiting) = mpsc::channel(1);
    actix_web::rt::spawn(hand_on(Box::pin(pieces), sender));
    let taken = stream::unfold(waiting, |mut waiting| async { Some((waiting.recv().await?, waiting)) });
    response.body(SizedStream::new(size, Box::pin(taken)))
}

/// Hands pieces on as they are taken, as long as they are.
async fn hand_on(mut pieces: impl Stream<Item = io::Result<Bytes>> + Unpin, taker: Sender<io::Result<Bytes>>) {
    let (begun, mut handed) = (Instant::now(), 0.0);
    while let Some(piece) = pieces.next().await {
        // Who was fast before may not stand still for longer.
        let until = (begun + PATIENCE + Duration::from_secs_f64(handed / SLOWEST)).min(Instant::now() + PATIENCE);
        handed += piece.as_ref().map_or(0.0, |piece| piece.len() as f64);
        match timeout_at(until, taker.send(piece)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return,
            Err(_) => {
                tracing::info!(target: "files", "a client took too little of a file");
                return;
            }
        }
    }
}

/// A whole content under its name.
pub fn send_whole(name: &str, content: Vec<u8>) -> HttpResponse {
    begin(da_core::media_type(name).unwrap_or("application/octet-stream")).body(content)
}

fn begin(kind: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, content_type(kind)))
        .insert_header((CACHE_CONTROL, "no-store, no-cache, must-revalidate, max-age=0"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if is_lively(kind) {
        response.insert_header((CONTENT_SECURITY_POLICY, STILL));
    }
    response
}

/// Whether a browser would run something in a file of this kind.
pub fn is_lively(kind: &str) -> bool {
    LIVELY.contains(&kind)
}

/// The media type, with the character set that every text of ours has.
pub fn content_type(kind: &str) -> String {
    if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind.to_owned() }
}

fn attachment(name: &str) -> ContentDisposition {
    let value = ExtendedValue { charset: Charset::Ext("UTF-8".to_owned()), language_tag: None, value: name.into() };
    let plain: String = name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(value)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endless(bytes: usize) -> impl Stream<Item = io::Result<Bytes>> + Unpin {
        stream::iter(std::iter::repeat_with(move || Ok(Bytes::from(vec![7; bytes]))))
    }

    /// For how long a client is handed pieces of so many bytes, of which it takes one every fifty seconds, at most twenty.
    async fn patience_with(bytes: usize) -> Duration {
        let (sender, mut waiting) = mpsc::channel(1);
        let (begun, handing) = (Instant::now(), hand_on(endless(bytes), sender));
        let mut handing = std::pin::pin!(handing);
        for _ in 0..20 {
            tokio::select! {
                () = &mut handing => return begun.elapsed(),
                piece = waiting.recv() => assert!(piece.is_some()),
            }
            tokio::time::advance(Duration::from_secs(50)).await;
        }
        handing.await;
        begun.elapsed()
    }

    #[actix_web::test]
    async fn a_client_that_takes_no_more_or_too_little_is_let_go() {
        tokio::time::pause();
        // One that is fast enough is let go a minute after it stops, however far ahead it was.
        let fast = patience_with(50 * 4096).await;
        assert!((20 * 50..=20 * 50 + 120).contains(&fast.as_secs()), "{fast:?}");
        let slow = patience_with(50 * 64).await;
        assert!(slow < Duration::from_secs(101), "{slow:?}");
    }

    #[actix_web::test]
    async fn a_client_that_is_gone_ends_the_reading() {
        let (sender, waiting) = mpsc::channel(1);
        drop(waiting);
        hand_on(endless(7), sender).await;
    }
}
