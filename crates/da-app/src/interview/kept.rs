//! The interviews that were read, the least recently used of which go first.
//!
//! An interview whose files changed is never given out, and one that could not be read is not kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use da_core::InterviewName;
use da_interview::source::Sources;
use da_interview::{Engine, Interview};

use crate::AppError;

/// A bounded number of interviews.
pub(crate) struct Interviews {
    most: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    clock: u64,
    by_name: HashMap<InterviewName, Entry>,
}

struct Entry {
    interview: Arc<Interview>,
    used: u64,
}

impl Interviews {
    pub(crate) fn new(most: usize) -> Self {
        Interviews { most: most.max(1), kept: Mutex::default() }
    }

    /// The interview as its files are now. The engine is asked for when it has to be read.
    pub(crate) fn get(
        &self,
        name: &InterviewName,
        engine: impl FnOnce() -> Result<Engine, AppError>,
        sources: &Arc<dyn Sources>,
    ) -> Result<Arc<Interview>, AppError> {
        if let Some(interview) = self.find(name)
            && interview.is_current(&**sources)
        {
            let present = Arc::clone(&interview).reading_from(sources);
            if !Arc::ptr_eq(&present, &interview) {
                self.keep(name, &present);
            }
            return Ok(present);
        }
        // Outside of the lock: reading one interview holds nobody else up.
        let interview = engine()?.load(name, sources)?;
        self.keep(name, &interview);
        Ok(interview)
    }

    /// Forgets all of them.
    pub(crate) fn clear(&self) {
        self.lock().by_name.clear();
    }

    fn find(&self, name: &InterviewName) -> Option<Arc<Interview>> {
        let mut kept = self.lock();
        kept.clock += 1;
        let now = kept.clock;
        let entry = kept.by_name.get_mut(name)?;
        entry.used = now;
        Some(Arc::clone(&entry.interview))
    }

    fn keep(&self, name: &InterviewName, interview: &Arc<Interview>) {
        let mut kept = self.lock();
        kept.clock += 1;
        let entry = Entry { interview: Arc::clone(interview), used: kept.clock };
        kept.by_name.insert(name.clone(), entry);
        if kept.by_name.len() > self.most {
            let oldest = kept.by_name.iter().min_by_key(|(_, entry)| entry.used).map(|(name, _)| name.clone());
            oldest.and_then(|name| kept.by_name.remove(&name));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::Packages;
    use std::fs;

    #[test]
    fn an_unchanged_interview_is_read_once_and_a_changed_one_again() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("docassemble/mine/data/questions");
        fs::create_dir_all(&folder).unwrap();
        let write = |title: &str| fs::write(folder.join("a.yml"), format!("metadata:\n  title: {title}\n")).unwrap();
        write("First");
        let packages: Arc<dyn Sources> = Arc::new(Packages::open(&[root.path().to_owned()]).unwrap());
        let (built, interviews) = (Engine::new().unwrap(), Interviews::new(1));
        let engine = || Ok(built.clone());
        let name = InterviewName::parse("docassemble.mine:a.yml").unwrap();
        let first = interviews.get(&name, engine, &packages).unwrap();
        assert!(Arc::ptr_eq(&first, &interviews.get(&name, engine, &packages).unwrap()));
        write("Second edition");
        let second = interviews.get(&name, engine, &packages).unwrap();
        assert_eq!(second.metadata().title(), Some("Second edition"));
        let other = InterviewName::parse("docassemble.base:examples/none.yml").unwrap();
        assert!(interviews.get(&other, engine, &packages).is_err());
        assert_eq!(interviews.lock().by_name.len(), 1);
    }
}
