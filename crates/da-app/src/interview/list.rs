//! The interviews that this server advertises: `dispatch`, or the compiled-in demonstration.

use da_core::{Caller, InterviewName, Plain};

use crate::app::Inner;
use crate::package::Packages;
use crate::{App, AppError};

const DEMONSTRATION: &str = "docassemble.demo";

/// An interview in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Advertised {
    /// The short name under which `dispatch` has it.
    pub short_name: String,
    /// The interview.
    pub filename: String,
    /// Its package.
    pub package: String,
    /// Its title.
    pub title: String,
    /// Its subtitle.
    pub subtitle: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Everything that it says about itself.
    pub metadata: Vec<(String, Plain)>,
    /// Whether it cannot be read.
    pub has_error: bool,
}

impl App {
    /// The advertised interviews that the caller may see, in the order of their short names; those with `tag` if one is given.
    ///
    /// # Errors
    /// When the server is too busy.
    pub async fn interview_list(&self, caller: &Caller, tag: Option<String>) -> Result<Vec<Advertised>, AppError> {
        let caller = caller.clone();
        self.work(move |app| {
            let mut list: Vec<Advertised> =
                app.dispatch().into_iter().filter_map(|(short, name)| app.advertised(&caller, short, &name)).collect();
            // What is compiled in without a title is for programs to try, not for people.
            let has_title = |interview: &Advertised| interview.metadata.iter().any(|(key, _)| key == "title");
            list.retain(|interview| app.settings.dispatch.is_some() || interview.has_error || has_title(interview));
            if let Some(tag) = tag.filter(|tag| !tag.is_empty()) {
                list.retain(|interview| interview.tags.contains(&tag));
            }
            Ok(list)
        })
        .await
    }
}

impl App {
    /// The entries of `dispatch` that name no interview that is there: short name and file.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn interviews_missing(&self) -> Result<Vec<(String, String)>, AppError> {
        let sources = self.0.packages.sources()?;
        let is_there = |file: &str| {
            InterviewName::parse(file).is_ok_and(|name| sources.version(name.package(), name.path()).is_some())
        };
        let named = self.0.settings.dispatch.iter().flatten();
        Ok(named.filter(|(_, file)| !is_there(file)).cloned().collect())
    }
}

impl App {
    /// The interview that `dispatch` has under a short name.
    pub fn interview_named(&self, short: &str) -> Option<String> {
        self.0.dispatch().into_iter().find(|(name, _)| name == short).map(|(_, interview)| interview)
    }
}

impl Inner {
    fn dispatch(&self) -> Vec<(String, String)> {
        let mut entries = self.settings.dispatch.clone().unwrap_or_else(|| {
            let short = |path: &str| {
                let file = path.rsplit('/').next().unwrap_or(path);
                if file == "questions.yml" { "demo".to_owned() } else { file.trim_end_matches(".yml").to_owned() }
            };
            let paths = Packages::compiled_questions(DEMONSTRATION);
            paths.map(|path| (short(path), format!("{DEMONSTRATION}:{path}"))).collect()
        });
        entries.sort();
        entries
    }

    fn advertised(&self, caller: &Caller, short_name: String, filename: &str) -> Option<Advertised> {
        let interview = InterviewName::parse(filename).ok().and_then(|name| self.interview(&name).ok());
        let package = filename.split(':').next().unwrap_or_default().to_owned();
        let Some(interview) = interview else {
            return Some(Advertised {
                title: filename.to_owned(),
                short_name,
                filename: filename.to_owned(),
                package,
                subtitle: None,
                tags: Vec::new(),
                metadata: Vec::new(),
                has_error: true,
            });
        };
        let metadata = interview.metadata();
        let needed = metadata.required_privileges_for_listing();
        let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
        if metadata.is_unlisted() || !(needed.is_empty() || caller.has_privilege(&needed)) {
            return None;
        }
        Some(Advertised {
            title: metadata.title().map_or_else(|| short_name.clone(), |title| title.trim_end().to_owned()),
            short_name,
            filename: filename.to_owned(),
            package,
            subtitle: metadata.subtitle().map(|subtitle| subtitle.trim_end().to_owned()),
            tags: metadata.tags(),
            metadata: metadata.entries().to_vec(),
            has_error: false,
        })
    }
}
