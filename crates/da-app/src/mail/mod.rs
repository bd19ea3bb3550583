//! Mail: kept until the server that the operator named has taken it.
//!
//! A letter is kept sealed under the server's key, in the database, so that no server that ends loses it and any server
//! sends it. Of an interview it is kept in the transaction of the answers that it is about, and leaves after that. What is in it, and who it goes to, stands in no log.

pub(crate) mod letter;
mod server;

use chrono::{NaiveDateTime, TimeDelta};
use da_core::Effect;
use da_store::StoredLetter;

use crate::app::Inner;
use crate::outbound::{NotSent, mail_send};
use crate::{App, AppError};

pub(crate) use letter::Letter;
pub use server::{MailServer, MailServers, MailTls, mail_server_checked};

const PURPOSE: &str = "letter";

/// Seconds after which a letter is tried again, after each attempt; then it is given up.
const PAUSES: [i64; 7] = [60, 5 * 60, 15 * 60, 3600, 3 * 3600, 6 * 3600, 12 * 3600];

/// So long nobody else tries a letter that is tried.
const CLAIM: i64 = 10 * 60;

/// So many letters are looked for at once.
const BATCH: i64 = 50;

impl Inner {
    /// The mail that an evaluation asks for, sealed.
    pub(crate) fn letters_of(&self, effects: &[Effect]) -> Result<Vec<Vec<u8>>, AppError> {
        let letters = effects.iter().filter_map(|effect| match effect {
            Effect::Mail(letter) => Some(Letter::of_interview(letter)),
            _ => None,
        });
        letters.map(|letter| self.letter_sealed(&letter)).collect()
    }

    fn letter_sealed(&self, letter: &Letter) -> Result<Vec<u8>, AppError> {
        let plain = serde_json::to_vec(letter).map_err(AppError::internal)?;
        Ok(self.server_key.seal(PURPOSE, &plain)?)
    }
}

impl App {
    /// Whether this server sends mail.
    pub fn sends_mail(&self) -> bool {
        !self.0.settings.mail.is_empty()
    }

    /// The address of one of our own pages, for a letter.
    pub(crate) fn page(&self, path: &str) -> String {
        let interview = &self.0.settings.interview;
        format!("{}{}{path}", interview.url_root, interview.root.trim_end_matches('/'))
    }

    /// Keeps letters, and begins to send them.
    pub(crate) async fn mail_keep(&self, letters: Vec<Letter>) -> Result<(), AppError> {
        let sealed = letters.iter().map(|letter| self.0.letter_sealed(letter)).collect::<Result<Vec<_>, _>>()?;
        let letters = self.0.store.add_letters(sealed, self.now()).await?;
        tokio::spawn(self.clone().letters_tried(letters));
        Ok(())
    }

    /// Begins to send letters that are kept.
    pub(crate) fn mail_begin(&self, sealed: Vec<Vec<u8>>) {
        if sealed.is_empty() {
            return;
        }
        let app = self.clone();
        tokio::spawn(async move {
            match app.read(move |store| Ok(store.letters_of(&sealed)?)).await {
                Ok(letters) => app.letters_tried(letters).await,
                Err(failed) => tracing::error!("letters wait: {}", failed.whole()),
            }
        });
    }

    async fn letters_tried(self, letters: Vec<StoredLetter>) {
        for letter in letters {
            self.letter_tried(letter).await;
        }
    }

    /// Sends what waits and is due; how many letters were tried.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn mail_send_due(&self) -> Result<usize, AppError> {
        if !self.sends_mail() {
            return Ok(0);
        }
        let now = self.now();
        let letters = self.read(move |store| Ok(store.letters_due(now, BATCH)?)).await?;
        let tried = letters.len();
        for letter in letters {
            self.letter_tried(letter).await;
        }
        Ok(tried)
    }

    /// Tries to send a letter, unless somebody else does. What fails is logged here, once.
    async fn letter_tried(&self, stored: StoredLetter) {
        let id = stored.id;
        if let Err(failed) = self.letter_try(stored).await {
            tracing::error!("letter {id} waits: {}", failed.whole());
        }
    }

    async fn letter_try(&self, stored: StoredLetter) -> Result<(), AppError> {
        let StoredLetter { id, sealed, attempts, .. } = stored;
        if !self.0.store.claim_letter(id, attempts, self.in_seconds_from_now(CLAIM)).await? {
            return Ok(());
        }
        let sent = match self.letter_opened(&sealed) {
            Ok(letter) => self.letter_sent(letter).await?,
            Err(why) => Err(NotSent { why, is_final: true }),
        };
        let NotSent { why, is_final } = match sent {
            Ok(()) => {
                tracing::info!("letter {id} was sent");
                return Ok(self.0.store.delete_letter(id).await?);
            }
            Err(not_sent) => not_sent,
        };
        let pause = usize::try_from(attempts).ok().and_then(|attempts| PAUSES.get(attempts)).filter(|_| !is_final);
        let Some(pause) = pause else {
            tracing::error!("letter {id} is given up after {} attempts: {why}", attempts + 1);
            return Ok(self.0.store.delete_letter(id).await?);
        };
        tracing::warn!("letter {id} was not sent and is tried again in {} minutes: {why}", pause / 60);
        Ok(self.0.store.put_off_letter(id, self.in_seconds_from_now(*pause)).await?)
    }

    fn letter_opened(&self, sealed: &[u8]) -> Result<Letter, String> {
        let plain = self.0.server_key.open(PURPOSE, sealed).map_err(|error| error.to_string())?;
        serde_json::from_slice(&plain).map_err(|_| "it is none that this version writes".to_owned())
    }

    async fn letter_sent(&self, letter: Letter) -> Result<Result<(), NotSent>, AppError> {
        let Some(server) = self.0.settings.mail.named(letter.config.as_deref()).cloned() else {
            let why = "the configuration has no `mail` of that name any more".to_owned();
            return Ok(Err(NotSent { why, is_final: false }));
        };
        let now = self.0.clock.now().into();
        let send = move || mail_send(&server, &letter, now);
        tokio::task::spawn_blocking(send).await.map_err(AppError::internal)
    }

    fn in_seconds_from_now(&self, seconds: i64) -> NaiveDateTime {
        self.now() + TimeDelta::seconds(seconds)
    }
}
