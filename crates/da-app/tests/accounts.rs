//! Accounts and keys over a database of their own.

use da_app::{App, CameFrom, Fault, FirstAccount, NewAccount, Parts, ServerKey, Store, StoreConfig};
use da_core::{Caller, Profile};
use da_testkit::{Place, parts};

fn app(place: &Place) -> App {
    App::new(parts(place, &place.url()))
}

#[tokio::test]
async fn the_first_start_opens_one_account_and_no_later_start_does() {
    let place = Place::new();
    let app = app(&place);
    let opened = app.account_first(FirstAccount::default()).await.unwrap().unwrap();
    assert_eq!((opened.email.as_str(), opened.password.len(), opened.api_key.len()), ("admin@example.com", 20, 32));
    assert!(app.account_first(FirstAccount::default()).await.unwrap().is_none());
    let caller = app.caller_by_key(&opened.api_key, &CameFrom::default()).await.unwrap();
    let user = caller.user().unwrap();
    assert_eq!((user.email.as_str(), caller.has_privilege(&["admin"])), ("admin@example.com", true));
    assert_eq!(app.user_info(&caller, user.id).await.unwrap().email, "admin@example.com");
}

#[tokio::test]
async fn the_operator_may_bring_the_first_account() {
    let place = Place::new();
    let app = app(&place);
    let wanted = |key: &str| FirstAccount {
        email: Some("me@example.com".to_owned()),
        password: Some("correct horse".to_owned()),
        api_key: Some(key.to_owned()),
    };
    let opened = app.account_first(wanted("0123456789abcdef")).await.unwrap().unwrap();
    assert_eq!((opened.email.as_str(), opened.password.as_str()), ("me@example.com", "correct horse"));
    assert!(app.caller_by_key("0123456789abcdef", &CameFrom::default()).await.is_ok());
}

#[tokio::test]
async fn a_first_account_that_cannot_be_leaves_nothing_behind() {
    let place = Place::new();
    let app = app(&place);
    for key in ["short", "with a space in it", "0123456789abcd\u{e9}f"] {
        let wanted = FirstAccount { api_key: Some(key.to_owned()), ..FirstAccount::default() };
        let refused = app.account_first(wanted).await.err().unwrap();
        let text = "An API key has 16 to 1024 characters: letters, digits and signs of ASCII.";
        assert_eq!((refused.fault, refused.public()), (Fault::BadAccount, text));
    }
    assert!(app.account_first(FirstAccount::default()).await.unwrap().is_some());
}

#[tokio::test]
async fn the_last_use_of_a_key_costs_no_write_and_is_written_when_the_server_ends() {
    let place = Place::new();
    let app = app(&place);
    let key = app.account_first(FirstAccount::default()).await.unwrap().unwrap().api_key;
    let before = app.counted().commits;
    app.caller_by_key(&key, &CameFrom::default()).await.unwrap();
    app.caller_by_key(&key, &CameFrom::default()).await.unwrap();
    assert_eq!(app.counted().commits, before);
    app.close().await.unwrap();
    assert_eq!(app.counted().commits, before + 1);
    let store = Store::open(StoreConfig::new(place.url())).unwrap();
    assert!(store.key_last_used(1).unwrap().is_some());
}

#[tokio::test]
async fn an_unknown_key_is_refused() {
    let place = Place::new();
    let app = app(&place);
    for key in ["", "nobody's key", &"x".repeat(2000)] {
        assert_eq!(app.caller_by_key(key, &CameFrom::default()).await.unwrap_err().fault, Fault::NoAccess);
    }
}

#[tokio::test]
async fn accounts_and_keys_that_cannot_be_are_refused() {
    let place = Place::new();
    let app = app(&place);
    let add = async |email: &str, password: &str, privilege: &str| {
        let privileges = vec![privilege.to_owned()];
        let new = NewAccount {
            email: email.to_owned(),
            password: Some(password.to_owned()),
            privileges,
            profile: Profile::default(),
        };
        app.user_add(new).await.map_err(|error| (error.fault, error.public().to_owned()))
    };
    assert!(add("a@example.com", "long enough", "developer").await.is_ok());
    let refused = |fault, text: &str| Err((fault, text.to_owned()));
    let taken = refused(Fault::Taken, "That e-mail address is already being used.");
    assert_eq!(add("A@example.com", "long enough", "user").await, taken);
    let short = refused(Fault::BadAccount, "Password too short or too long");
    assert_eq!(add("b@example.com", "abc", "user").await, short);
    let privilege = refused(Fault::NoPrivilege, "emperor");
    assert_eq!(add("b@example.com", "long enough", "emperor").await, privilege);
    let address = refused(Fault::BadAccount, "\"b example\" is not an e-mail address.");
    assert_eq!(add("b example", "long enough", "user").await, address);
    let key = app.api_key_add("a@example.com", "one").await.unwrap();
    assert_eq!(key.len(), 32);
    assert_eq!(
        app.api_key_add("a@example.com", "one").await.unwrap_err().public(),
        "There is already a key named one."
    );
    assert_eq!(app.api_key_add("c@example.com", "one").await.unwrap_err().fault, Fault::NoUser);
}

#[tokio::test]
async fn a_server_that_comes_with_another_key_is_told_so() {
    let place = Place::new();
    app(&place).server_key_check().await.unwrap();
    app(&place).server_key_check().await.unwrap();
    let another = ServerKey::from_text("the text of another key").unwrap();
    let other = App::new(Parts { server_key: another, ..parts(&place, &place.url()) });
    assert_eq!(other.server_key_check().await.unwrap_err().fault, Fault::Internal);
}

#[tokio::test]
async fn whoever_has_no_account_is_kept_from_guessing_by_the_address_alone() {
    let place = Place::new();
    let app = app(&place);
    app.account_first(FirstAccount::default()).await.unwrap();
    let tried = async |visitor: &str, address: &str| {
        let caller = Caller::Anonymous { visitor: visitor.to_owned(), address: address.to_owned() };
        app.user_secret(&caller, "admin@example.com", "wrong").await.unwrap_err().fault
    };
    for number in 0..20 {
        assert_eq!(tried(&format!("visitor {number}"), "192.0.2.7").await, Fault::WrongPassword);
    }
    assert_eq!(tried("another visitor", "192.0.2.7").await, Fault::TooMany);
    assert_eq!(tried("visitor 0", "192.0.2.8").await, Fault::WrongPassword);
}
