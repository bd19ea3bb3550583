//! Queries on sessions that are made up.

use super::*;
use da_core::{SessionId, UserId};
use proptest::prelude::*;

/// A session of Joe's, last written to on the fifth of April 2022, at noon.
fn of_joe() -> (Tie, User) {
    let noon = time("2022-04-05 12:00:00").unwrap();
    let tie = Tie {
        number: 7,
        session: SessionId::parse("abc").unwrap(),
        interview: "docassemble.a:data/questions/b.yml".to_owned(),
        encrypted: true,
        created: noon,
        modified: noon,
        user: Some(UserId(41)),
        email: Some("joe@abc.com".to_owned()),
        visitor: None,
    };
    let user = User {
        id: UserId(41),
        email: "joe@abc.com".to_owned(),
        first_name: "Joe".to_owned(),
        last_name: "O'Neill".to_owned(),
        country: "US".to_owned(),
        subdivision_first: "MA".to_owned(),
        subdivision_second: String::new(),
        subdivision_third: String::new(),
        organization: "100%".to_owned(),
        language: "en".to_owned(),
        timezone: "America/New_York".to_owned(),
        privileges: Vec::new(),
        active: true,
    };
    (tie, user)
}

fn fits(query: &str) -> bool {
    let (tie, user) = of_joe();
    SessionQuery::parse(query).unwrap_or_else(|bad| panic!("{query}: {bad}")).fits(&tie, Some(&user))
}

#[test]
fn the_examples_of_the_documentation_mean_what_it_says() {
    for query in [
        "DA.Sessions.modtime < '4/6/2022'",
        "DA.Sessions.user_id.In(1, 41)",
        "DA.Sessions.email == 'joe@abc.com'",
        "DA.Sessions.email.Like('%@abc.com') & DA.Sessions.modtime < '4/6/2022'",
        "DA.Sessions.first_name == 'Joseph' | DA.Sessions.first_name == 'Joe'",
        "DA.Sessions.first_name == 'Joseph' | (DA.Sessions.first_name == 'Joe' & DA.Sessions.last_name == \"O'Neill\")",
        "DA.Sessions.modtime >= '4/1/2022' & DA.Sessions.modtime < '5/1/2022'",
        "DA.And(DA.Sessions.modtime >= '4/1/2022', DA.Sessions.modtime < '5/1/2022')",
        "DA.Or(DA.Sessions.first_name == 'Joseph', DA.Sessions.first_name == 'Joe')",
        "~(DA.Sessions.first_name == 'Joseph')",
        "~DA.Sessions.first_name.like('Jos%')",
        "DA.Sessions.last_name.In('Smith', 'O\\'Neill')",
    ] {
        assert!(fits(query), "{query}");
        assert!(!fits(&format!("~({query})")), "{query}");
    }
}

#[test]
fn every_column_is_compared_as_what_it_is() {
    for (query, expected) in [
        ("DA.Sessions.indexno > 6 & DA.Sessions.indexno <= 7", true),
        ("DA.Sessions.modtime == '2022-04-05T12:00:00'", true),
        ("DA.Sessions.modtime > '2022-04-05'", true),
        ("DA.Sessions.modtime > '2022-04-05 12:00'", false),
        ("DA.Sessions.filename.Like('docassemble._:data/%.yml')", true),
        ("DA.Sessions.session != 'abc'", false),
        ("DA.Sessions.encrypted", true),
        ("DA.Sessions.encrypted == False", false),
        ("DA.Sessions.user_id < 41", false),
        ("DA.Sessions.country == 'US' & DA.Sessions.subdivisionfirst == 'MA'", true),
        ("DA.Sessions.subdivisionsecond == '' & DA.Sessions.subdivisionthird == ''", true),
        ("DA.Sessions.organization.Like('100_')", true),
        ("DA.Sessions.timezone >= 'America' & DA.Sessions.language.In(['en', 'es'])", true),
        ("DA.Sessions.language.Like('%n%n%')", false),
        ("DA.Sessions.organization.Like('100\\\\%')", true),
        ("DA.Sessions.organization.Like('10\\\\_%')", false),
        ("DA.Sessions.modtime == '2022-04-05T08:00:00-04:00'", true),
        ("DA.Sessions.modtime == '2022-04-05T12:00:00Z'", true),
        ("DA.Sessions.modtime == '2022-04-05 14:00:00.000000+02:00'", true),
    ] {
        assert_eq!(fits(query), expected, "{query}");
    }
}

#[test]
fn of_a_visitor_nothing_is_said_either_way() {
    let (tie, _) = of_joe();
    let tie = Tie { user: None, email: None, ..tie };
    let fits = |query: &str| SessionQuery::parse(query).unwrap().fits(&tie, None);
    for query in ["DA.Sessions.first_name == 'Joe'", "~(DA.Sessions.first_name == 'Joe')", "~DA.Sessions.user_id.In(1)"]
    {
        assert!(!fits(query), "{query}");
    }
    assert!(fits("DA.Sessions.first_name == 'Joe' | DA.Sessions.encrypted"));
    assert!(!fits("~(DA.Sessions.first_name == 'Joe' | DA.Sessions.encrypted)"));
    assert!(fits("~(DA.Sessions.first_name == 'Joe' & ~DA.Sessions.encrypted)"));
}

#[test]
fn accounts_are_read_only_where_a_query_asks_for_them() {
    let asks = |query: &str| SessionQuery::parse(query).unwrap().asks_for_users();
    assert!(!asks("DA.Sessions.user_id == 1 & DA.Sessions.email == 'a' | ~DA.Sessions.encrypted"));
    assert!(asks("DA.Sessions.user_id == 1 & ~(DA.Sessions.country == 'US')"));
}

#[test]
fn what_is_no_query_is_refused_with_its_reason() {
    use BadQuery::{BadTime, LastLogin, Malformed, NoColumn, TooLong};
    for (query, reason) in [
        ("", Malformed),
        ("DA.Sessions", Malformed),
        ("DA.Sessions.shoe_size == 1", NoColumn),
        ("DA.Sessions.last_login > '2022-01-01'", LastLogin),
        ("DA.Sessions.modtime < 'yesterday'", BadTime),
        ("DA.Sessions.modtime < 3", BadTime),
        ("DA.Sessions.modtime >= '4/5/22'", BadTime),
        ("DA.Sessions.modtime >= '22-04-05'", BadTime),
        ("DA.Sessions.modtime >= '+2022-04-05'", BadTime),
        ("~DA.Sessions.user_id", Malformed),
        ("DA.Sessions.email & DA.Sessions.encrypted", Malformed),
        ("DA.Sessions.user_id == '1'", Malformed),
        ("DA.Sessions.user_id == -", Malformed),
        ("DA.Sessions.user_id == 99999999999999999999", Malformed),
        ("DA.Sessions.email == 'a' DA.Sessions.email == 'b'", Malformed),
        ("DA.Sessions.email == 'a", Malformed),
        ("DA.Sessions.email == 'a\nb'", Malformed),
        ("(DA.Sessions.encrypted", Malformed),
        ("DA.Sessions.email.upper()", Malformed),
        ("DA.And()", Malformed),
        ("__import__('os').system('ls')", Malformed),
        ("\u{e9}", Malformed),
    ] {
        assert_eq!(SessionQuery::parse(query), Err(reason), "{query}");
    }
    for deep in ["~".repeat(100), "(".repeat(100), "DA.Or(".repeat(100), " ".repeat(4001)] {
        assert_eq!(SessionQuery::parse(&deep), Err(TooLong));
    }
}

#[test]
fn a_pattern_that_could_take_for_ever_does_not() {
    let (text, pattern) = ("a".repeat(20_000), "%a".repeat(40) + "b");
    assert!(!is_like(&text, &pattern));
    assert!(is_like("", "%") && is_like("abc", "a%c") && !is_like("abc", "a%d") && !is_like("", "_"));
}

proptest! {
    #[test]
    fn whatever_is_asked_is_answered(query in "((DA\\.(Sessions\\.)?)?(email|modtime|In|Like|Or)?|[ .~&|(),<=>'\"0-9]|\\PC){0,30}") {
        if let Ok(query) = SessionQuery::parse(&query) {
            let (tie, user) = of_joe();
            query.fits(&tie, Some(&user));
        }
    }
}
