//! What a list tells about one session.

use std::sync::Arc;

use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use da_core::{Caller, Command, InterviewName, Outcome, Plain};
use da_interview::Interview;
use da_store::{Tie, Wrap};

use super::{ListedSession, Look};
use crate::AppError;
use crate::app::Inner;
use crate::session::{SessionAt, key};

const NOT_FOUND: &str = "Error: interview not found and answers could not be decrypted";
const NOT_DECRYPTED: &str = " - interview answers cannot be decrypted";
const UNTITLED: &str = "Untitled";

/// What marks the numbers of visitors off from everything else that is signed.
const VISITOR: &str = "number of a visitor";

impl Inner {
    pub(super) fn tell(
        &self,
        caller: &Caller,
        tie: &Tie,
        interview: Option<&Arc<Interview>>,
        (look, wraps, clock): (&Look, Option<&Vec<Wrap>>, Tz),
    ) -> Result<ListedSession, AppError> {
        let dictionary = match interview {
            Some(interview) if look.dictionary => self.dictionary(caller, tie, interview, look)?,
            _ => None,
        };
        let opens = match (look.dictionary, look.tries_secret) {
            (true, _) => dictionary.is_some(),
            (false, true) => self.opens(tie, wraps, look),
            (false, false) => true,
        };
        let said = |name: &str| dictionary.as_ref()?.get("_internal")?.get(name)?.as_text().map(str::to_owned);
        let of_interview = interview.map(|interview| interview.metadata());
        let own = said("title").or_else(|| of_interview?.title().map(|title| title.trim_end().to_owned()));
        let title = match (interview, opens) {
            (None, _) => NOT_FOUND.to_owned(),
            (Some(_), true) => own.unwrap_or_else(|| UNTITLED.to_owned()),
            (Some(_), false) => own.unwrap_or_else(|| UNTITLED.to_owned()) + NOT_DECRYPTED,
        };
        let subtitle = said("subtitle").or_else(|| of_interview?.subtitle().map(|text| text.trim_end().to_owned()));
        let time = |time: NaiveDateTime| (time, local(time, clock));
        Ok(ListedSession {
            filename: tie.interview.clone(),
            session: tie.session.clone(),
            title,
            subtitle,
            tags: own_tags(dictionary.as_ref())
                .unwrap_or_else(|| of_interview.map(|metadata| metadata.tags()).unwrap_or_default()),
            metadata: of_interview.map(|metadata| metadata.entries().to_vec()).unwrap_or_default(),
            valid: interview.is_some() && opens,
            encrypted: tie.encrypted,
            started: time(tie.created),
            modified: time(tie.modified),
            user: tie.user,
            email: tie.email.clone(),
            visitor: tie.visitor.as_ref().map(|visitor| self.visitor_number(visitor)),
            dictionary: look.dictionary.then(|| dictionary.unwrap_or(Plain::Map(Vec::new()))),
        })
    }

    /// Whether the session opens with what the caller brings.
    fn opens(&self, tie: &Tie, wraps: Option<&Vec<Wrap>>, look: &Look) -> bool {
        let Some(wraps) = wraps else { return false };
        key::unwrap(wraps, tie.encrypted, &tie.session, look.secret.as_deref(), &self.server_key).is_ok()
    }

    /// The variables of a session that opens.
    fn dictionary(
        &self,
        caller: &Caller,
        tie: &Tie,
        interview: &Interview,
        look: &Look,
    ) -> Result<Option<Plain>, AppError> {
        let Ok(name) = InterviewName::parse(&tie.interview) else { return Ok(None) };
        let at =
            SessionAt { interview: name, id: tie.session.clone(), secret: look.secret.clone(), device: Arc::default() };
        let opened = self.open_session(&at).and_then(|open| Ok((self.newest_answers(&at, &open)?, open)));
        let (answers, open) = match opened {
            Ok(opened) => opened,
            Err(failed) if failed.fault == crate::Fault::Busy => return Err(failed),
            Err(_) => return Ok(None),
        };
        let desk = self.desk(&at, caller);
        let told =
            self.evaluate(interview, (caller, &at, &open.key), (Some(&answers), None), Command::Variables, &desk);
        Ok(match told.map(|told| told.turn.outcome) {
            Ok(Outcome::Variables(variables)) => Some(variables),
            _ => None,
        })
    }

    /// A number for a visitor that says nothing about the cookie, and that a reader of JSON keeps exactly.
    fn visitor_number(&self, visitor: &str) -> i64 {
        let mac = self.server_key.mac(VISITOR, visitor.as_bytes());
        mac.iter().take(6).fold(0, |number, byte| number << 8 | i64::from(*byte))
    }
}

/// The tags that a session gave itself.
fn own_tags(dictionary: Option<&Plain>) -> Option<Vec<String>> {
    let tags = dictionary?.get("_internal")?.get("tags")?.as_list()?;
    Some(tags.iter().filter_map(|tag| tag.as_text().map(str::to_owned)).collect())
}

/// A time as the American locale of the original writes it.
fn local(time: NaiveDateTime, clock: Tz) -> String {
    clock.from_utc_datetime(&time).format("%m/%d/%Y %I:%M:%S %p").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_time_is_that_of_the_zone_with_its_summer() {
        let time = |month| chrono::NaiveDate::from_ymd_opt(2027, month, 15).unwrap().and_hms_opt(13, 5, 9).unwrap();
        assert_eq!(local(time(1), Tz::America__New_York), "01/15/2027 08:05:09 AM");
        assert_eq!(local(time(7), Tz::Europe__Berlin), "07/15/2027 03:05:09 PM");
    }
}
