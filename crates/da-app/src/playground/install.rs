//! Packages that are taken into a project, and projects that are given out as packages.
//!
//! What is known about a package besides its files stands in the folder `packages`, as JSON, and goes where the package goes.

use std::io::{Cursor, Write};

use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Playground, PlaygroundFolder};
use crate::app::Inner;
use crate::package::{Archive, BadArchive, Description, Incoming, NewFiles, Packed};
use crate::{App, AppError, Fault, Sent, clean_name};

/// The folders below `data` that files are taken from.
const DATA: [PlaygroundFolder; 4] =
    [PlaygroundFolder::Questions, PlaygroundFolder::Templates, PlaygroundFolder::Static, PlaygroundFolder::Sources];

/// What is known about a package of a Playground.
#[derive(Debug, Default, Serialize, Deserialize)]
struct About {
    version: String,
    description: String,
    author: String,
    author_email: String,
    license: String,
    url: String,
    dependencies: Vec<String>,
    readme: String,
    /// The paths of its files in the project.
    files: Vec<String>,
    /// Where it was pulled from.
    #[serde(flatten)]
    pulled: Pulled,
}

/// Where a package of a Playground was pulled from: docassemble's words.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Pulled {
    pub(super) github_url: Option<String>,
    pub(super) github_branch: Option<String>,
    pub(super) pypi_package_name: Option<String>,
}

impl App {
    /// Takes the files of packages into a project: interviews, templates, static files, sources and modules.
    ///
    /// # Errors
    /// [`Fault::NoPackage`] for an archive that is no package of docassemble's, [`Fault::BadPackage`] for one that cannot be
    /// read, [`Fault::NotKept`] for more than a project may have.
    pub async fn playground_install(&self, at: &Playground, sent: Vec<Sent>) -> Result<(), AppError> {
        for one in sent {
            let _place = self.package_place(&self.0.archive_places).await?;
            let packed = one.packed().await?;
            self.playground_take(at, packed, Pulled::default()).await?;
        }
        Ok(())
    }

    /// Takes the files of a package into a project.
    pub(super) async fn playground_take(
        &self,
        at: &Playground,
        packed: Packed,
        pulled: Pulled,
    ) -> Result<(), AppError> {
        let files = self.work(move |_| files_of(packed, pulled)).await?;
        self.playground_put(at, files, Vec::new()).await
    }

    /// A package of a project as an archive: the name of the file, and its content; none where there is none.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn playground_package(&self, at: &Playground, name: &str) -> Result<Option<(String, Vec<u8>)>, AppError> {
        let package = at.package();
        let name = clean_name(name).trim_start_matches("docassemble.").to_owned();
        self.work(move |app| packed(app, &package, &name)).await
    }
}

fn files_of(packed: Packed, pulled: Pulled) -> Result<Incoming, AppError> {
    let bad = |error| match error {
        BadArchive::NoPackage => AppError::new(Fault::NoPackage, "Not a docassemble package."),
        other => AppError::new(Fault::BadPackage, other.to_string()),
    };
    let archive = Archive::read(packed).map_err(bad)?;
    let description = Description::of(archive.texts());
    let mut files: Vec<String> = archive.files.keys().filter_map(|path| place(path)).collect();
    files.sort();
    files.dedup();
    let name = description.name.replace('-', ".");
    let name = clean_name(name.strip_prefix("docassemble.").unwrap_or(&name));
    let about = About {
        readme: archive.text("README.md").unwrap_or_default().to_owned(),
        files,
        version: description.version,
        description: description.description,
        author: description.author,
        author_email: description.author_email,
        license: description.license,
        url: description.url,
        dependencies: description.dependencies,
        pulled,
    };
    let about = serde_json::to_vec_pretty(&about).map_err(AppError::internal)?;
    let about = NewFiles::from([(format!("{}docassemble.{name}", PlaygroundFolder::Packages.prefix()), about)]);
    Ok(Incoming::new(archive.unpack().map_err(bad)?, Box::new(place), about))
}

/// Where a file of a package goes in a project.
fn place(path: &str) -> Option<String> {
    let (_, inner) = path.strip_prefix("docassemble/")?.split_once('/')?;
    let (folder, name) = inner.rsplit_once('/').unwrap_or(("", inner));
    if let Some(data) = DATA.iter().find(|data| data.prefix().trim_end_matches('/') == folder) {
        // The name as it is: the package's interviews know it by that.
        return (name != "README.md").then(|| format!("{}{name}", data.prefix()));
    }
    let is_test = folder.split('/').any(|part| part == "tests" || part == "data");
    (name.ends_with(".py") && name != "__init__.py" && !is_test).then(|| name.to_owned())
}

fn packed(app: &Inner, package: &str, name: &str) -> Result<Option<(String, Vec<u8>)>, AppError> {
    let present = app.packages.present()?;
    let entry = format!("{}docassemble.{name}", PlaygroundFolder::Packages.prefix());
    let Some(about) = present.content(package, &entry)? else { return Ok(None) };
    let about: About = serde_json::from_slice(&about).map_err(AppError::internal)?;
    let mut files = vec![
        ("README.md".to_owned(), about.readme.clone().into_bytes()),
        ("pyproject.toml".to_owned(), project(name, &about).into_bytes()),
        (
            format!("docassemble/{name}/__init__.py"),
            format!("__version__ = '{}'\n", plain(&about.version)).into_bytes(),
        ),
    ];
    for path in &about.files {
        // A file that was taken away since then is not in the package any more.
        if let Some(content) = present.content(package, path)? {
            files.push((format!("docassemble/{name}/{path}"), content));
        }
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (path, content) in files {
        writer.start_file(format!("docassemble-{name}/{path}"), options).map_err(AppError::internal)?;
        writer.write_all(&content).map_err(AppError::internal)?;
    }
    let archive = writer.finish().map_err(AppError::internal)?.into_inner();
    Ok(Some((format!("docassemble-{name}.zip"), archive)))
}

/// The `pyproject.toml` of a package.
fn project(name: &str, about: &About) -> String {
    let mut project = toml::Table::new();
    let mut put = |key: &str, value: &str| {
        if !value.is_empty() {
            project.insert(key.to_owned(), value.into());
        }
    };
    put("name", &format!("docassemble.{name}"));
    put("version", if about.version.is_empty() { "0.0.1" } else { &about.version });
    put("description", &about.description);
    put("license", &about.license);
    let mut author = toml::Table::new();
    author.insert("name".to_owned(), about.author.clone().into());
    author.insert("email".to_owned(), about.author_email.clone().into());
    if !about.author.is_empty() || !about.author_email.is_empty() {
        project.insert("authors".to_owned(), toml::Value::Array(vec![author.into()]));
    }
    project.insert("dependencies".to_owned(), about.dependencies.clone().into());
    let mut build = toml::Table::new();
    build.insert("requires".to_owned(), vec!["setuptools>=80".to_owned()].into());
    build.insert("build-backend".to_owned(), "setuptools.build_meta".into());
    let mut all = toml::Table::new();
    all.insert("build-system".to_owned(), build.into());
    all.insert("project".to_owned(), project.into());
    all.to_string()
}

/// What can stand in quotes in a line of Python.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | '_')).collect()
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn files_of_a_package_have_their_places_in_a_project() {
        let of = |path: &str| place(path).unwrap_or_default();
        assert_eq!(of("docassemble/a/data/questions/x.yml"), "data/questions/x.yml");
        assert_eq!(of("docassemble/a/data/static/my pic.svg"), "data/static/my pic.svg");
        assert_eq!(of("docassemble/a/tools.py"), "tools.py");
        assert_eq!(of("docassemble/a/deep/tools.py"), "tools.py");
        let nowhere = [
            "docassemble/a/__init__.py",
            "docassemble/a/tests/t.py",
            "setup.py",
            "docassemble/a/data/static/README.md",
        ];
        assert!(nowhere.iter().all(|path| place(path).is_none()));
    }
}
