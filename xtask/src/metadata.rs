//! What `cargo metadata` says: packages, licences, who depends on whom.
//! It must never guess: a field that is not there is an error that names it.

use crate::run;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// How one package needs another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// In what is shipped, or while building it.
    Normal,
    /// In tests and examples alone.
    Dev,
}

#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) licence: Option<String>,
    pub(crate) features: BTreeSet<String>,
    pub(crate) is_member: bool,
}

/// Packages by cargo's id, and the edges between them as resolved.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) packages: BTreeMap<String, Package>,
    pub(crate) edges: BTreeMap<String, BTreeSet<(String, Kind)>>,
    pub(crate) target: PathBuf,
}

/// How much to ask cargo for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The members alone, without looking at the lock file.
    Members,
    /// All packages for all platforms.
    Everything,
    /// What this machine's platform builds.
    ThisPlatform,
}

impl Metadata {
    pub(crate) fn load(scope: Scope) -> Result<Self, String> {
        let mut command = run::cargo();
        command.args(["metadata", "--format-version", "1", "--quiet"]);
        match scope {
            Scope::Members => command.arg("--no-deps"),
            Scope::Everything => command.arg("--locked"),
            Scope::ThisPlatform => command.args(["--locked", "--filter-platform", &host()?]),
        };
        let text = run::capture(&mut command)?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| format!("cargo metadata is not JSON: {error}"))?;
        let members: BTreeSet<&str> = list(&value, "workspace_members")?.iter().filter_map(Value::as_str).collect();
        let mut metadata = Self { target: PathBuf::from(text_of(&value, "target_directory")?), ..Self::default() };
        for package in list(&value, "packages")? {
            let id = text_of(package, "id")?;
            let features = package.get("features").and_then(Value::as_object);
            metadata.packages.insert(
                id.to_owned(),
                Package {
                    name: text_of(package, "name")?.to_owned(),
                    version: text_of(package, "version")?.to_owned(),
                    licence: package.get("license").and_then(Value::as_str).map(str::to_owned),
                    features: features.map(|all| all.keys().cloned().collect()).unwrap_or_default(),
                    is_member: members.contains(id),
                },
            );
        }
        if let Some(resolve) = value.get("resolve").filter(|resolve| !resolve.is_null()) {
            metadata.read_edges(resolve)?;
        }
        Ok(metadata)
    }

    fn read_edges(&mut self, resolve: &Value) -> Result<(), String> {
        for node in list(resolve, "nodes")? {
            let edges = self.edges.entry(text_of(node, "id")?.to_owned()).or_default();
            for dep in list(node, "deps")? {
                let target = text_of(dep, "pkg")?;
                for kind in list(dep, "dep_kinds")? {
                    let is_dev = kind.get("kind").and_then(Value::as_str) == Some("dev");
                    edges.insert((target.to_owned(), if is_dev { Kind::Dev } else { Kind::Normal }));
                }
            }
        }
        Ok(())
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &Package)> {
        self.packages.iter().filter(|(_, package)| package.is_member).map(|(id, package)| (id.as_str(), package))
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Package> {
        self.members().map(|(_, package)| package).find(|package| package.name == name)
    }

    /// What a package needs directly.
    pub(crate) fn needs(&self, id: &str) -> impl Iterator<Item = (&str, &Package, Kind)> {
        let edges = self.edges.get(id).into_iter().flatten();
        edges.filter_map(|(target, kind)| self.packages.get(target).map(|package| (target.as_str(), package, *kind)))
    }
}

/// The platform that this machine builds for.
pub(crate) fn host() -> Result<String, String> {
    let text = run::capture(std::process::Command::new("rustc").arg("-vV"))?;
    text.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "rustc -vV names no host".to_owned())
}

fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>, String> {
    value.get(key).and_then(Value::as_array).ok_or_else(|| format!("cargo metadata has no list `{key}`"))
}

fn text_of<'a>(value: &'a Value, key: &str) -> Result<&'a str, String> {
    value.get(key).and_then(Value::as_str).ok_or_else(|| format!("cargo metadata has no text `{key}`"))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A graph from lines such as `da-api -> tokio` or `da-api => insta` (for tests); names that start with `da-` are members.
    pub(crate) fn graph(lines: &[&str]) -> Metadata {
        let mut metadata = Metadata::default();
        for line in lines {
            let (from, to, kind) = match line.split_once(" -> ") {
                Some((from, to)) => (from, to, Kind::Normal),
                None => line.split_once(" => ").map(|(from, to)| (from, to, Kind::Dev)).unwrap(),
            };
            for id in [from, to] {
                let (name, version) = id.split_once('@').unwrap_or((id, "1.0.0"));
                let package = Package {
                    name: name.to_owned(),
                    version: version.to_owned(),
                    licence: Some("MIT".to_owned()),
                    features: BTreeSet::new(),
                    is_member: name.starts_with("da-"),
                };
                metadata.packages.insert(id.to_owned(), package);
            }
            metadata.edges.entry(from.to_owned()).or_default().insert((to.to_owned(), kind));
        }
        metadata
    }

    #[test]
    fn packages_and_edges_are_read_from_what_cargo_prints() {
        let text = r#"{"packages": [
            {"id": "a", "name": "da-a", "version": "0.1.0", "license": "MIT", "features": {"gc-stress": []}},
            {"id": "b", "name": "bee", "version": "2.0.0", "license": null, "features": {}}],
          "workspace_members": ["a"], "target_directory": "t",
          "resolve": {"nodes": [
            {"id": "a", "deps": [{"pkg": "b", "dep_kinds": [{"kind": null}, {"kind": "dev"}]}]},
            {"id": "b", "deps": []}]}}"#;
        let metadata = Metadata::parse(text).unwrap();
        assert!(metadata.member("da-a").unwrap().features.contains("gc-stress"));
        assert!(metadata.member("bee").is_none());
        let needs: Vec<_> = metadata.needs("a").map(|(_, package, kind)| (package.name.as_str(), kind)).collect();
        assert_eq!(needs, [("bee", Kind::Normal), ("bee", Kind::Dev)]);
    }

    #[test]
    fn a_missing_field_is_named() {
        assert_eq!(Metadata::parse("{}").unwrap_err(), "cargo metadata has no list `workspace_members`");
    }
}
