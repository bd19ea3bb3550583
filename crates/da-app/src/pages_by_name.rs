//! The pages that have a name, by which `url_of` and links find them.

/// docassemble's names, and the paths below the server's root.
const PAGES: &[(&str, &str)] = &[
    ("change_password", "/user/change-password"),
    ("config", "/config"),
    ("configuration", "/config"),
    ("create_playground_package", "/create_playground_package"),
    ("dispatch", "/list"),
    ("exit", "/exit"),
    ("exit_logout", "/exit_logout"),
    ("interview", "/interview"),
    ("interview_list", "/interviews"),
    ("interviews", "/interviews"),
    ("leave", "/leave"),
    ("login", "/user/sign-in"),
    ("logout", "/user/sign-out"),
    ("manage", "/user/manage"),
    ("new_session", "/new_session"),
    ("playground", "/playground"),
    ("playgroundfiles", "/playgroundfiles"),
    ("playgroundmodules", "/playgroundfiles?section=modules"),
    ("playgroundpackages", "/playgroundpackages"),
    ("playgroundsources", "/playgroundfiles?section=sources"),
    ("playgroundstatic", "/playgroundfiles?section=static"),
    ("playgroundtemplate", "/playgroundfiles?section=template"),
    ("profile", "/user/profile"),
    ("register", "/user/register"),
    ("restart", "/restart"),
    ("root", "/"),
    ("signin", "/user/sign-in"),
];

/// The path of a page, by the name that `url_of` has for it.
///
/// ```
/// assert_eq!(da_app::page_by_name("playground"), Some("/playground"));
/// assert_eq!(da_app::page_by_name("https://example.com"), None);
/// ```
pub fn page_by_name(name: &str) -> Option<&'static str> {
    PAGES.iter().find(|(known, _)| *known == name).map(|(_, path)| *path)
}
