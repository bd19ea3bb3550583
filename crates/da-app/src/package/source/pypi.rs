//! Packages of PyPI, which tells about them as JSON and gives them out as wheels and as source.
//!
//! Only packages of docassemble's are fetched, and none of what they need.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use da_crypto::Digest;
use pep440_rs::{Version, VersionSpecifiers};
use serde::Deserialize;
use url::Url;

use super::asker::Asker;

/// The servers from which PyPI hands out packages.
pub(super) const HOSTS: [&str; 2] = ["pypi.org", "files.pythonhosted.org"];

/// What was asked for has no more characters.
const LONGEST: usize = 300;

/// What `pip` is told: a name, and which versions of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Requirement {
    name: String,
    versions: VersionSpecifiers,
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let versions = self.versions.to_string().replace(' ', "");
        write!(f, "{}{versions}", self.name)
    }
}

impl Requirement {
    /// Reads it; what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err("The name of a package is not so long.".to_owned());
        }
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')));
        let (name, versions) = text.split_at(end.unwrap_or(text.len()));
        let versions = versions.trim();
        let versions = versions.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(versions);
        let versions = VersionSpecifiers::from_str(versions).map_err(|_| {
            format!("{versions:?} does not say which versions of a package are wanted: ==1.2 and >=1.2,<2 do.")
        })?;
        let rest = ["docassemble.", "docassemble-", "docassemble_"].iter().find_map(|start| {
            let (own, rest) = name.split_at_checked(start.len())?;
            own.eq_ignore_ascii_case(start).then_some(rest)
        });
        match rest {
            Some(rest) if rest.starts_with(|first: char| first.is_ascii_alphanumeric()) => {
                Ok(Requirement { name: format!("docassemble.{rest}"), versions })
            }
            _ => Err(format!("{name:?} is not a docassemble package; only those (docassemble.NAME) are installed.")),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// What PyPI tells about a package.
#[derive(Debug, Deserialize)]
struct Project {
    info: Info,
    #[serde(default)]
    releases: BTreeMap<String, Vec<Release>>,
    /// The files of the version that is told about.
    #[serde(default)]
    urls: Vec<Release>,
}

#[derive(Debug, Deserialize)]
struct Info {
    version: String,
}

/// A file of a version.
#[derive(Debug, Clone, Deserialize)]
struct Release {
    url: String,
    packagetype: String,
    filename: String,
    #[serde(default)]
    yanked: bool,
    #[serde(default)]
    digests: Digests,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Digests {
    sha256: Option<String>,
}

impl Release {
    fn is_wheel(&self) -> bool {
        self.packagetype == "bdist_wheel" && self.filename.ends_with("-none-any.whl")
    }

    fn is_source(&self) -> bool {
        self.packagetype == "sdist" && [".tar.gz", ".tgz", ".zip"].iter().any(|end| self.filename.ends_with(end))
    }
}

/// The archive of the newest version that is wanted: the source for the whole of it, a wheel otherwise, or the other where
/// there is but one.
pub(super) fn fetch(asker: &Asker<'_>, base: &str, wanted: &Requirement, whole: bool) -> Result<Vec<u8>, String> {
    let base = base.trim_end_matches('/');
    let answer = asker.get(&format!("{base}/{}/json", wanted.name))?;
    match answer.head.status {
        200 => {}
        404 => return Err(format!("PyPI has no package {}.", wanted.name)),
        status => return Err(format!("PyPI answered with the status {status}.")),
    }
    let project: Project =
        serde_json::from_slice(&answer.body).map_err(|_| "PyPI told nothing that can be read.".to_owned())?;
    let release = choose(project, wanted, whole)?;
    let told = Url::parse(&answer.head.url).and_then(|told| Ok((told.join(&release.url)?, told)));
    let (url, told) = told.map_err(|_| "PyPI gave no address for the package.".to_owned())?;
    let unsealed = || format!("PyPI tells no SHA-256 sum of {}, without which nothing is installed.", release.filename);
    let sum = release.digests.sha256.as_deref().filter(|sum| !sum.is_empty()).ok_or_else(unsealed)?;
    asker.follow(&told, &url)?;
    let archive = asker.get(url.as_str())?;
    if archive.head.status != 200 {
        return Err(format!("PyPI answered with the status {}.", archive.head.status));
    }
    if !sum.eq_ignore_ascii_case(&Digest::of(&archive.body).to_hex()) {
        return Err(format!("{} is not what PyPI says that it is.", release.filename));
    }
    Ok(archive.body)
}

fn choose(mut project: Project, wanted: &Requirement, whole: bool) -> Result<Release, String> {
    let newest = project.info.version.clone();
    if !project.urls.is_empty() {
        project.releases.insert(newest.clone(), std::mem::take(&mut project.urls));
    }
    let is_pinned = wanted.versions.iter().any(|one| one.operator().to_string().starts_with("=="));
    let usable = |files: Vec<Release>| -> Vec<Release> {
        let fits = |file: &Release| (file.is_wheel() || file.is_source()) && (is_pinned || !file.yanked);
        files.into_iter().filter(fits).collect()
    };
    let mut versions: Vec<(Version, Vec<Release>)> = project
        .releases
        .into_iter()
        .filter_map(|(text, files)| Some((Version::from_str(&text).ok()?, files)))
        .filter(|(version, _)| wanted.versions.contains(version))
        .map(|(version, files)| (version, usable(files)))
        .filter(|(_, files)| !files.is_empty())
        .collect();
    // Versions that are not finished are for those who ask for them, and where there is no other.
    if !wanted.versions.iter().any(|one| one.any_prerelease())
        && versions.iter().any(|(version, _)| version.is_stable())
    {
        versions.retain(|(version, _)| version.is_stable());
    }
    let best = versions.into_iter().max_by(|one, other| one.0.cmp(&other.0));
    let (_, mut files) = best.ok_or_else(|| {
        format!("PyPI has no version of {} that is wanted ({wanted}) and can be installed.", wanted.name)
    })?;
    let first = files.iter().position(|file| if whole { file.is_source() } else { file.is_wheel() });
    Ok(files.swap_remove(first.unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_is_a_name_with_or_without_versions() {
        for (text, expected) in [
            ("docassemble.mine", "docassemble.mine"),
            ("docassemble-mine", "docassemble.mine"),
            (" Docassemble_Mine ", "docassemble.Mine"),
            ("docassemble.mine==1.2", "docassemble.mine==1.2"),
            ("docassemble.mine >= 1.0, < 2", "docassemble.mine>=1.0,<2"),
            ("docassemble.mine (~=1.4.2)", "docassemble.mine~=1.4.2"),
        ] {
            let read = Requirement::parse(text).unwrap();
            assert_eq!(read.to_string(), expected);
            assert_eq!(Requirement::parse(expected), Ok(read));
        }
    }

    #[test]
    fn what_is_no_package_of_docassembles_is_refused() {
        for text in ["jsmin", "docassemble", "docassemble.", "docassemblex", "x.docassemble.y", "", "../x"] {
            let name = text.split('/').next().unwrap_or_default();
            let why = format!("{name:?} is not a docassemble package; only those (docassemble.NAME) are installed.");
            let refused = Requirement::parse(text).unwrap_err();
            assert!(refused == why || refused.contains("which versions"), "{text}: {refused}");
        }
        for versions in ["=>1", "==", "[extra]", " @ https://x.example/a.zip", "; python_version < '3'", "1.0"] {
            let refused = Requirement::parse(&format!("docassemble.mine {versions}")).unwrap_err();
            assert!(refused.contains("does not say which versions"), "{versions}: {refused}");
        }
    }

    fn chosen(requirement: &str, whole: bool) -> Result<String, String> {
        let file = |name: &str, kind: &str, yanked: bool| serde_json::json!({"url": name, "filename": name, "packagetype": kind, "yanked": yanked, "size": 1});
        let project = serde_json::json!({
            "info": {"version": "1.10", "name": "x"},
            "releases": {
                "1.9": [file("a-1.9.tar.gz", "sdist", false)],
                "1.10": [file("a-1.10.tar.gz", "sdist", false), file("a-1.10-py3-none-any.whl", "bdist_wheel", false)],
                "1.11": [file("a-1.11.tar.gz", "sdist", true)],
                "1.12": [file("a-1.12-cp312-cp312-linux_x86_64.whl", "bdist_wheel", false)],
                "2.0rc1": [file("a-2.0rc1.tar.gz", "sdist", false)],
                "not a version": [file("b", "sdist", false)],
            },
        });
        let project = serde_json::from_value(project).unwrap();
        choose(project, &Requirement::parse(requirement).unwrap(), whole).map(|release| release.filename)
    }

    #[test]
    fn the_newest_version_that_is_wanted_finished_and_not_withdrawn_is_chosen() {
        for (wanted, whole, file) in [
            ("docassemble.a", false, "a-1.10-py3-none-any.whl"),
            ("docassemble.a", true, "a-1.10.tar.gz"),
            ("docassemble.a<1.10", false, "a-1.9.tar.gz"),
            ("docassemble.a==1.11", false, "a-1.11.tar.gz"),
            ("docassemble.a>=2.0rc1", false, "a-2.0rc1.tar.gz"),
            ("docassemble.a>1.12", false, "a-2.0rc1.tar.gz"),
            ("docassemble.a!=1.10,>1", false, "a-1.9.tar.gz"),
        ] {
            assert_eq!(chosen(wanted, whole).as_deref(), Ok(file), "{wanted}");
        }
        let none = "PyPI has no version of docassemble.a that is wanted (docassemble.a==1.12) and can be installed.";
        assert_eq!(chosen("docassemble.a==1.12", false), Err(none.to_owned()));
    }
}
