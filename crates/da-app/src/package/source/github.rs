//! Repositories on GitHub, which gives out archives of their branches.
//!
//! No other host is asked, and no address with a password in it: it would be kept with the package.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::asker::Asker;

/// The servers from which GitHub hands out archives.
pub(super) const HOSTS: [&str; 4] =
    ["github.com", "codeload.github.com", "objects.githubusercontent.com", "release-assets.githubusercontent.com"];

/// What stays as it is in a part of a path.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The name of a branch has no more bytes.
const LONGEST_BRANCH: usize = 250;

/// A repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repository {
    owner: String,
    name: String,
    /// `#egg=`: what its package is called, if somebody says it.
    egg: Option<String>,
}

impl Repository {
    /// Reads an address in one of the ways in which people write it; what is wrong with it.
    pub(super) fn parse(address: &str) -> Result<Self, String> {
        let address = address.trim();
        let address = address.strip_prefix("git+").unwrap_or(address);
        let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
        let address = match address.strip_prefix("git@github.com:") {
            Some(path) => format!("https://github.com/{path}"),
            None => address.to_owned(),
        };
        let wanted = "https://github.com/OWNER/NAME";
        let url = Url::parse(&address).map_err(|_| format!("That is no address of a repository: {wanted} is one."))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("An address with a name or a password in it is not taken.".to_owned());
        }
        let host = url.host_str().unwrap_or_default();
        if !matches!(url.scheme(), "http" | "https") || !matches!(host, "github.com" | "www.github.com") {
            let what = if host.is_empty() { url.scheme() } else { host };
            return Err(format!("Packages are not fetched from {what}, only from GitHub: {wanted}."));
        }
        let path = url.path().trim_matches('/');
        let parts: Vec<&str> = path.strip_suffix(".git").unwrap_or(path).split('/').collect();
        let [owner, name] = parts[..] else {
            return Err(format!("The address of a repository on GitHub is {wanted}."));
        };
        if !is_name(owner) || !is_name(name) || url.port().is_some() {
            return Err(format!("The address of a repository on GitHub is {wanted}."));
        }
        let egg = fragment.split('&').find_map(|part| part.strip_prefix("egg=")).map(str::to_owned);
        Ok(Repository { owner: owner.to_owned(), name: name.to_owned(), egg: egg.filter(|egg| is_name(egg)) })
    }

    /// Its address as it is told.
    pub(super) fn address(&self) -> String {
        let egg = self.egg.as_ref().map(|egg| format!("#egg={egg}")).unwrap_or_default();
        format!("https://github.com/{}/{}{egg}", self.owner, self.name)
    }

    /// What its package is called: `docassemble-mine` has `docassemble.mine`.
    pub(super) fn package(&self) -> String {
        let name = self.egg.as_ref().unwrap_or(&self.name);
        name.strip_prefix("docassemble-").map_or_else(|| name.clone(), |rest| format!("docassemble.{rest}"))
    }

    /// The address of an archive.
    fn archive(&self, base: &str, of: &str) -> String {
        let of: Vec<String> = of.split('/').map(|part| utf8_percent_encode(part, PART).to_string()).collect();
        format!("{}/{}/{}/zip/{}", base.trim_end_matches('/'), self.owner, self.name, of.join("/"))
    }
}

/// Whether a text is the name of somebody or something on GitHub.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty() && text.len() <= 100 && text.chars().all(fits) && !matches!(text, "." | "..")
}

/// The name of a branch; none for the usual one, which clients call in several ways.
pub(super) fn branch(said: Option<&str>) -> Result<Option<String>, String> {
    let Some(said) = said.map(str::trim).filter(|said| !matches!(*said, "" | "None")) else { return Ok(None) };
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
    let has_sign = |c: char| c.is_control() || c.is_whitespace() || "\\?*[:^~".contains(c);
    let fits = said.len() <= LONGEST_BRANCH
        && said.split('/').all(is_part)
        && !said.contains("..")
        && !said.contains(has_sign)
        && !said.starts_with('-');
    if fits { Ok(Some(said.to_owned())) } else { Err(format!("No branch can be called {said:?}.")) }
}

/// The archive of a branch, or of whatever else is called so: a tag, a commit.
pub(super) fn fetch(
    asker: &Asker<'_>,
    base: &str,
    repository: &Repository,
    branch: Option<&str>,
) -> Result<Vec<u8>, String> {
    let asked = match branch {
        None => vec!["HEAD".to_owned()],
        Some(branch) => vec![format!("refs/heads/{branch}"), branch.to_owned()],
    };
    for of in asked {
        let answer = asker.get(&repository.archive(base, &of))?;
        match answer.head.status {
            200 => return Ok(answer.body),
            404 => {}
            status => return Err(format!("GitHub answered with the status {status}.")),
        }
    }
    let Repository { owner, name, .. } = repository;
    Err(match branch {
        None => format!("GitHub has no repository {owner}/{name} that everybody may read."),
        Some(branch) => {
            format!("GitHub has no branch {branch} of a repository {owner}/{name} that everybody may read.")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_however_it_is_written() {
        for address in [
            "https://github.com/jane/docassemble-mine",
            " https://github.com/jane/docassemble-mine/ ",
            "http://www.github.com/jane/docassemble-mine.git",
            "git+https://github.com/jane/docassemble-mine.git",
            "git@github.com:jane/docassemble-mine.git",
        ] {
            let repository = Repository::parse(address).unwrap();
            assert_eq!(repository.address(), "https://github.com/jane/docassemble-mine", "{address}");
            assert_eq!(repository.package(), "docassemble.mine", "{address}");
        }
        let named = Repository::parse("https://github.com/jane/x#egg=docassemble.y&subdirectory=z").unwrap();
        assert_eq!(
            (named.package().as_str(), Repository::parse(&named.address())),
            ("docassemble.y", Ok(named.clone()))
        );
    }

    #[test]
    fn what_is_no_repository_on_github_is_refused_by_name_and_no_password_is_told() {
        let refused = |address: &str| Repository::parse(address).unwrap_err();
        let elsewhere = |what: &str| {
            format!("Packages are not fetched from {what}, only from GitHub: https://github.com/OWNER/NAME.")
        };
        assert_eq!(refused("https://gitlab.com/jane/x"), elsewhere("gitlab.com"));
        assert_eq!(refused("https://github.com.evil.example/jane/x"), elsewhere("github.com.evil.example"));
        assert_eq!(refused("ssh://github.com/jane/x"), elsewhere("github.com"));
        assert_eq!(refused("file:///etc"), elsewhere("file"));
        let secret = "https://t0ken:x-oauth-basic@github.com/jane/x";
        assert_eq!(refused(secret), "An address with a name or a password in it is not taken.");
        for address in ["https://github.com/jane", "https://github.com/a/b/tree/main", "https://github.com:8080/a/b"] {
            assert_eq!(refused(address), "The address of a repository on GitHub is https://github.com/OWNER/NAME.");
        }
        assert_eq!(refused("mine"), "That is no address of a repository: https://github.com/OWNER/NAME is one.");
    }

    #[test]
    fn a_branch_stays_in_its_place_in_the_path() {
        assert_eq!(branch(None), Ok(None));
        assert_eq!(branch(Some("None")), Ok(None));
        let repository = Repository::parse("https://github.com/a/b").unwrap();
        let odd = branch(Some("feature/ä#1%")).unwrap().unwrap();
        assert_eq!(repository.archive("https://x.example/", &odd), "https://x.example/a/b/zip/feature/%C3%A4%231%25");
        for wrong in ["../../x/y", "a b", "a..b", "-x", "/a", "a//b", ".hidden", "a?b", "x\n"] {
            let refused = branch(Some(wrong));
            assert!(refused.is_err() || wrong.trim() != wrong, "{wrong}: {refused:?}");
        }
    }
}
