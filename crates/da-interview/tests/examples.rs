//! The examples, compiled as an embedder would, and run.

#[path = "../examples/walk.rs"]
mod walk;

#[test]
fn an_interview_is_answered_to_its_end_in_less_than_forty_lines() {
    let variables = walk::walked().unwrap();
    let value = |name: &str| variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    assert_eq!((value("name"), value("legs")), (Some("Ann".into()), Some(2.into())));
    walk::main().unwrap();
    assert!(include_str!("../examples/walk.rs").lines().count() < 40);
}
