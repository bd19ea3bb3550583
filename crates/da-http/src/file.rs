//! A file of a session as an answer: piece by piece, as it is opened. A content that was changed on the disk ends the
//! answer in the middle: a client never takes it for the whole. So does a client that takes no more for too long: what is
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
use tokio::time::timeout;

/// How long a client may take for a piece.
const PATIENCE: Duration = Duration::from_secs(60);

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
async fn hand_on<P>(mut pieces: impl Stream<Item = P> + Unpin, taker: Sender<P>) {
    while let Some(piece) = pieces.next().await {
        match timeout(PATIENCE, taker.send(piece)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return,
            Err(_) => {
                tracing::info!(target: "files", "a client took no more of a file");
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

    #[actix_web::test]
    async fn a_client_that_takes_no_more_is_let_go() {
        tokio::time::pause();
        let (sender, mut waiting) = mpsc::channel(1);
        let (begun, handing) = (tokio::time::Instant::now(), hand_on(stream::repeat(7), sender));
        let mut handing = std::pin::pin!(handing);
        for _ in 0..10 {
            tokio::select! {
                () = &mut handing => panic!("it is still taken"),
                piece = waiting.recv() => assert_eq!(piece, Some(7)),
            }
            tokio::time::advance(Duration::from_secs(50)).await;
        }
        handing.await;
        assert!(begun.elapsed() < Duration::from_secs(10 * 50 + 61));
    }

    #[actix_web::test]
    async fn a_client_that_is_gone_ends_the_reading() {
        let (sender, waiting) = mpsc::channel(1);
        drop(waiting);
        hand_on(stream::repeat(7), sender).await;
    }
}
