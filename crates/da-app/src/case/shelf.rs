//! [`Shelf`]: a still world with files, for an engine that is walked alone. Nothing is kept aside: what is written is there,
//! in memory, and goes away with the walk.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use da_core::{FileNumber, Privilege, UserId};
use da_interview::{FileError, FileFacts, Files, NoWorld, World};

/// The world of one walk.
#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<BTreeMap<FileNumber, (FileFacts, Vec<u8>)>>);

impl Shelf {
    fn files(&self) -> MutexGuard<'_, BTreeMap<FileNumber, (FileFacts, Vec<u8>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn one<T>(&self, number: FileNumber, work: impl FnOnce(&mut (FileFacts, Vec<u8>)) -> T) -> Result<T, FileError> {
        self.files().get_mut(&number).map(work).ok_or(FileError::NotThere(number))
    }
}

impl World for Shelf {
    fn random(&self, bytes: &mut [u8]) {
        NoWorld.random(bytes);
    }

    fn log(&self, line: &str) {
        NoWorld.log(line);
    }

    fn files(&self) -> Option<&dyn Files> {
        Some(self)
    }

    fn time_is_up(&self) -> bool {
        false
    }
}

impl Files for Shelf {
    fn add(&self, name: &str) -> Result<FileNumber, FileError> {
        let mut files = Shelf::files(self);
        let number = FileNumber(files.keys().last().map_or(1, |last| last.0 + 1));
        let facts = FileFacts {
            name: name.to_owned(),
            size: 0,
            private: true,
            persistent: false,
            users: Vec::new(),
            privileges: Vec::new(),
        };
        files.insert(number, (facts, Vec::new()));
        Ok(number)
    }

    fn facts(&self, number: FileNumber) -> Result<FileFacts, FileError> {
        self.one(number, |(facts, content)| FileFacts { size: content.len() as u64, ..facts.clone() })
    }

    fn read(&self, number: FileNumber) -> Result<Vec<u8>, FileError> {
        self.one(number, |(_, content)| content.clone())
    }

    fn write(&self, number: FileNumber, content: Vec<u8>) -> Result<(), FileError> {
        self.one(number, |file| file.1 = content)
    }

    fn set(&self, number: FileNumber, facts: FileFacts) -> Result<(), FileError> {
        self.one(number, |file| file.0 = facts)
    }

    fn remove(&self, number: FileNumber) -> Result<(), FileError> {
        Shelf::files(self).remove(&number).map(drop).ok_or(FileError::NotThere(number))
    }

    fn user(&self, _number_or_address: &str) -> Result<Option<(UserId, String)>, FileError> {
        Ok(None)
    }

    fn is_privilege(&self, name: &str) -> Result<bool, FileError> {
        Ok(Privilege::BUILT_IN.contains(&name))
    }
}
