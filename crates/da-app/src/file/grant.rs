//! Who is named as a reader of a file, bound to the file: a row that was not written here lets nobody in.

use da_core::{FileNumber, Privilege, UserId};
use da_crypto::AssociatedData;
use da_store::{Grant, StoredFile};

use super::Contents;

const PURPOSE: &str = "reader of a file";

/// Somebody who may be named.
pub(super) trait Reader: Clone {
    /// What the tag is made of, beside the file.
    fn bound(&self, file: AssociatedData) -> AssociatedData;
}

impl Reader for UserId {
    fn bound(&self, file: AssociatedData) -> AssociatedData {
        file.text("user").number(self.0)
    }
}

impl Reader for Privilege {
    fn bound(&self, file: AssociatedData) -> AssociatedData {
        file.text("privilege").text(&self.0)
    }
}

impl Contents {
    /// Names somebody as a reader of a file.
    pub(super) fn grant<T: Reader>(&self, file: FileNumber, to: T) -> Grant<T> {
        let tag = self.server_key.mac(PURPOSE, bound(file, &to).as_ref()).to_vec();
        Grant { to, tag }
    }

    /// The users whom this server named as readers of a file.
    pub(super) fn users_of(&self, file: &StoredFile) -> Vec<UserId> {
        self.genuine(file.number, &file.users)
    }

    /// The privileges that this server named.
    pub(super) fn privileges_of(&self, file: &StoredFile) -> Vec<Privilege> {
        self.genuine(file.number, &file.privileges)
    }

    fn genuine<T: Reader>(&self, file: FileNumber, grants: &[Grant<T>]) -> Vec<T> {
        let is_genuine = |grant: &&Grant<T>| {
            let tag = self.server_key.verify_mac(PURPOSE, bound(file, &grant.to).as_ref(), &grant.tag);
            if tag.is_err() {
                tracing::error!(
                    "a row says of file {file} who may read it that this server did not write: it lets nobody in"
                );
            }
            tag.is_ok()
        };
        grants.iter().filter(is_genuine).map(|grant| grant.to.clone()).collect()
    }
}

fn bound<T: Reader>(file: FileNumber, to: &T) -> AssociatedData {
    to.bound(AssociatedData::new("file").number(file.0))
}
