//! Keys and steps with turns made by hand: what opens a session, what does not, and what is left of it.

use std::sync::Arc;

use crate::EngineOnce;
use chrono::TimeDelta;
use da_core::{Answers, InterviewName, Keeping, Outcome, SessionId, StepNumber, Turn};
use da_crypto::{PasswordRule, ServerKey, SessionKey};
use da_store::{Beside, Blobs, DatabaseUrl, NewSession, SaveStep, SessionGuard, Store, StoreConfig, StoredStep, Wrap};

use super::{SessionAt, key};
use crate::app::Parts;
use crate::package::Packages;
use crate::{App, AppError, AppSettings, Fault, NoConfigurationFile, SystemClock};

pub(crate) struct Fixture {
    pub(crate) app: App,
    pub(crate) at: SessionAt,
    _folder: tempfile::TempDir,
}

fn turn(answers: &str, multi_user: bool) -> Turn {
    let answers = Answers(answers.as_bytes().to_vec());
    Turn {
        answers,
        changed: true,
        keeping: Keeping::Usual,
        multi_user,
        outcome: Outcome::Nothing,
        worked: None,
        effects: Vec::new(),
    }
}

impl Fixture {
    /// A session with one step, `first`.
    pub(crate) async fn new() -> Fixture {
        Fixture::with(AppSettings::default()).await
    }

    async fn with(settings: AppSettings) -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(StoreConfig::new(DatabaseUrl::Sqlite(folder.path().join("da.sqlite")))).unwrap();
        store.migrate().unwrap();
        let app = App::new(Parts {
            engine: EngineOnce::default(),
            store,
            blobs: Blobs::in_folder(&folder.path().join("files")).unwrap(),
            redis: None,
            server_key: ServerKey::generate().unwrap(),
            recovery_key: None,
            packages: Packages::default(),
            passwords: PasswordRule::with_rounds(1),
            configuration: Box::new(NoConfigurationFile),
            clock: Box::new(SystemClock),
            settings,
        });
        let interview = InterviewName::parse("docassemble.demo:a.yml").unwrap();
        let id = SessionId::parse("abcdefgh").unwrap();
        let at = SessionAt {
            interview: interview.clone(),
            id: id.clone(),
            secret: Some("a secret".to_owned()),
            device: Arc::default(),
        };
        let key = SessionKey::generate().unwrap();
        let now = app.0.moment();
        let sealed = app.0.seal(&key, at.place(now, StepNumber::FIRST, now), &turn("first", false).answers).unwrap();
        let wraps = vec![key::for_secret(&key, &id, "a secret").unwrap()];
        let beside = Beside::default();
        let new = NewSession { id, interview, encrypted: true, wraps, sealed, beside, by: None, now };
        app.0.store.create_session(new).await.unwrap();
        Fixture { app, at, _folder: folder }
    }

    pub(crate) async fn lock(&self) -> SessionGuard {
        self.app.0.store.lock(&self.at.id, self.app.0.settings.lock_patience).await.unwrap()
    }

    async fn add(&self, answers: &str, multi_user: bool) {
        let open = self.app.0.open_session(&self.at).unwrap();
        let save = self.app.0.seal_turn(&self.at, &open, &turn(answers, multi_user), true).unwrap();
        self.app.0.save(&self.lock().await, save).await.unwrap();
    }

    /// Puts a row in the place of step 2.
    async fn overwrite(&self, row: &StoredStep, wraps: Option<(Vec<Wrap>, bool)>) {
        let save = SaveStep {
            seen: StepNumber(2),
            append: false,
            sealed: row.sealed.clone(),
            resealed: Vec::new(),
            wraps,
            beside: Beside::default(),
            all_of: None,
            now: row.modified,
        };
        self.app.0.save(&self.lock().await, save).await.unwrap();
    }

    fn newest(&self, secret: Option<&str>) -> Result<String, AppError> {
        let at = SessionAt { secret: secret.map(str::to_owned), ..self.at.clone() };
        let open = self.app.0.open_session(&at)?;
        let answers = self.app.0.newest_answers(&at, &open)?;
        Ok(String::from_utf8(answers.0).unwrap())
    }

    fn step(&self, number: i64) -> Result<String, AppError> {
        let mut open = self.app.0.open_session(&self.at)?;
        while open.step().0 > number {
            self.app.0.turn_back(&self.at, &mut open)?;
        }
        let answers = self.app.0.newest_answers(&self.at, &open)?;
        Ok(String::from_utf8(answers.0).unwrap())
    }
}

fn fault(result: Result<String, AppError>) -> Fault {
    result.unwrap_err().fault
}

#[tokio::test]
async fn the_secret_opens_a_session_and_nothing_else_does() {
    let session = Fixture::new().await;
    session.add("second", false).await;
    assert_eq!(session.newest(Some("a secret")).unwrap(), "second");
    assert_eq!(session.step(1).unwrap(), "first");
    assert_eq!(fault(session.newest(Some("another"))), Fault::Sealed);
    assert_eq!(fault(session.newest(None)), Fault::Sealed);
    let nowhere = SessionAt { id: SessionId::parse("other").unwrap(), ..session.at.clone() };
    assert_eq!(session.app.0.open_session(&nowhere).err().unwrap().fault, Fault::NoSession);
    let elsewhere =
        SessionAt { interview: InterviewName::parse("docassemble.demo:b.yml").unwrap(), ..session.at.clone() };
    assert_eq!(session.app.0.open_session(&elsewhere).err().unwrap().fault, Fault::NoSession);
}

#[tokio::test]
async fn multi_user_opens_a_session_to_everybody_and_back_again_it_has_a_new_key() {
    let session = Fixture::new().await;
    session.add("open", true).await;
    assert_eq!(session.newest(None).unwrap(), "open");
    assert_eq!(session.step(1).unwrap(), "first");
    let known = session.app.0.open_session(&session.at).unwrap();
    session.add("closed", false).await;
    assert_eq!(fault(session.newest(None)), Fault::Sealed);
    assert_eq!(session.newest(Some("a secret")).unwrap(), "closed");
    assert_eq!(session.step(1).unwrap(), "first");
    assert_eq!(session.step(2).unwrap(), "open");
    // Whoever kept the old key reads nothing any more, not even the old steps.
    for number in 1..=3 {
        let step = session.app.0.store.step(&session.at.id, StepNumber(number)).unwrap();
        let place = session.at.place(known.created, step.number, step.modified);
        assert!(super::payload::open(&known.key, place, &step.sealed).is_err(), "step {number}");
    }
}

#[tokio::test]
async fn without_a_secret_a_session_that_should_be_closed_stays_open() {
    let mut session = Fixture::new().await;
    session.add("open", true).await;
    session.at.secret = None;
    session.add("still open", false).await;
    assert_eq!(session.newest(None).unwrap(), "still open");
}

#[tokio::test]
async fn a_damaged_step_is_refused_and_the_earlier_ones_stay_readable() {
    let session = Fixture::new().await;
    session.add("second", false).await;
    let step = session.app.0.store.step(&session.at.id, StepNumber(2)).unwrap();
    let mut sealed = step.sealed.clone();
    sealed[40] ^= 1;
    let later = step.modified + TimeDelta::microseconds(1);
    for damaged in [StoredStep { sealed, ..step.clone() }, StoredStep { modified: later, ..step.clone() }] {
        session.overwrite(&damaged, None).await;
        let error = session.newest(Some("a secret")).unwrap_err();
        assert_eq!((error.fault, error.public()), (Fault::Sealed, "Step 2 of the session cannot be opened."));
        assert_eq!(session.step(1).unwrap(), "first");
    }
    session.overwrite(&step, None).await;
    assert_eq!(session.newest(Some("a secret")).unwrap(), "second");
}

#[tokio::test]
async fn a_row_that_was_moved_or_relabelled_is_refused() {
    let session = Fixture::new().await;
    session.add("second", false).await;
    let first = session.app.0.store.step(&session.at.id, StepNumber(1)).unwrap();
    let second = session.app.0.store.step(&session.at.id, StepNumber(2)).unwrap();
    let write = async |step: &StoredStep, wraps| {
        session.overwrite(step, wraps).await;
        session.newest(Some("a secret")).map_err(|error| (error.fault, error.public().to_owned()))
    };
    let refused = |text: &str| Err((Fault::Sealed, text.to_owned()));
    assert_eq!(write(&first, None).await, refused("Step 2 of the session cannot be opened."));
    assert_eq!(write(&second, None).await, Ok("second".to_owned()));
    // Said to be open to the server, which holds no key of it.
    let wraps = session.app.0.open_session(&session.at).unwrap().wraps;
    assert_eq!(write(&second, Some((wraps.clone(), false))).await, refused("The session cannot be opened."));
    assert_eq!(write(&second, Some((wraps, true))).await, Ok("second".to_owned()));
    // With all its rows under the name of another session, it does not open either.
    let id = SessionId::parse("other").unwrap();
    let wraps = session.app.0.open_session(&session.at).unwrap().wraps;
    let interview = session.at.interview.clone();
    let copy = NewSession {
        id: id.clone(),
        interview,
        encrypted: true,
        wraps,
        sealed: first.sealed,
        beside: Beside::default(),
        by: None,
        now: first.modified,
    };
    session.app.0.store.create_session(copy).await.unwrap();
    let there = SessionAt { id, ..session.at.clone() };
    assert_eq!(session.app.0.open_session(&there).err().unwrap().fault, Fault::Sealed);
}

#[test]
fn every_bit_of_a_wrapped_key_counts() {
    let id = SessionId::parse("abcdefgh").unwrap();
    let server = ServerKey::generate().unwrap();
    let wrap = key::for_secret(&SessionKey::generate().unwrap(), &id, "a secret").unwrap();
    let opens = |wrap: &Wrap| {
        key::unwrap(std::slice::from_ref(wrap), true, &id, Some("a secret"), &server).map_err(|error| error.fault)
    };
    assert!(opens(&wrap).is_ok());
    for bit in 0..wrap.key.len() * 8 {
        let mut changed = wrap.clone();
        changed.key[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(opens(&changed).err(), Some(Fault::Sealed), "bit {bit}");
    }
}

#[tokio::test]
async fn what_a_store_cannot_take_now_is_busy() {
    for error in [da_store::StoreError::Busy, da_store::StoreError::Closed, da_store::StoreError::LockTimeout] {
        assert_eq!(AppError::from(error).fault, Fault::Busy);
    }
}

#[tokio::test]
async fn a_session_that_nobody_wrote_to_for_long_goes_and_a_younger_one_stays() {
    let session = Fixture::with(AppSettings { session_days: Some(30), ..AppSettings::default() }).await;
    let aged = |days: i64| StoredStep {
        number: StepNumber(2),
        sealed: b"old".to_vec(),
        modified: session.app.0.moment() - TimeDelta::days(days),
    };
    session.add("second", false).await;
    session.overwrite(&aged(29), None).await;
    assert_eq!(session.app.sessions_expire().await.unwrap(), 0);
    session.overwrite(&aged(31), None).await;
    assert_eq!(session.app.sessions_expire().await.unwrap(), 1);
    assert_eq!(fault(session.newest(Some("a secret"))), Fault::NoSession);
}

#[test]
fn what_a_failed_save_needs_stays_where_it_may_have_been_saved() {
    use da_store::{StoreError, Subject};
    let lost = may_stand(StoreError::Unreachable("the connection was lost".to_owned()));
    assert!(lost && may_stand(StoreError::Closed));
    for certain in [StoreError::Conflict(Subject::Step), StoreError::LockLost, StoreError::Busy, StoreError::FirstStep]
    {
        assert!(!may_stand(certain));
    }
}

fn may_stand(error: da_store::StoreError) -> bool {
    AppError::from(error).may_stand()
}
