//! What an interview is told of the device that asks: the real address, and what the program says of itself.

use actix_web::test::TestRequest;
use da_testkit::{Session, TestApp, User};

const INTERVIEW: &str = "\
mandatory: True
question: ${ device(ip=True) }
subquestion: |
  ${ device() } ${ device() and device().is_mobile } ${ language_from_browser() } ${ language_from_browser('en', 'es') }
";

const TELEPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                         Version/17.2 Mobile/15E148 Safari/604.1";

#[actix_web::test]
async fn an_interview_knows_the_address_that_the_proxy_saw_and_the_browser() {
    let mut app = TestApp::with_interviews(&[("a.yml", INTERVIEW)]).await;
    app.http.behind_proxy = true;
    let user = app.administrator();
    let session = Session::begin(&user, "docassemble.mine:data/questions/a.yml", "").await;
    let shown = async |headers: &[(&'static str, &str)]| {
        let request = TestRequest::get().uri(&format!("/api/session/question?{}", session.query()));
        let request = headers.iter().fold(request, |request, header| request.insert_header(*header));
        let shown = user.send(request).await.json();
        format!("{} {}", shown["questionText"].as_str().unwrap(), shown["subquestionText"].as_str().unwrap().trim())
    };
    let headers = [
        ("X-Forwarded-For", "198.51.100.66, 192.0.2.7"),
        ("User-Agent", TELEPHONE),
        ("Accept-Language", "fr-CH, es;q=0.9, en;q=0.8"),
    ];
    assert_eq!(shown(&headers).await, "192.0.2.7 iPhone / iOS 17.2 / Mobile Safari 17.2 True fr es");
    assert_eq!(shown(&headers[..1]).await, "192.0.2.7 None None None None");
}
