//! The server's key: from `secretkey`, else from a file that only its owner may read.
//!
//! The key is never printed and never put anywhere else.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::process;

use da_app::ServerKey;

/// The name of the file in the data folder.
pub(crate) const NAME: &str = "server.key";

/// The server's key; made, when there is none and the database was not `begun` with one.
pub(crate) fn server_key(secretkey: Option<&str>, data: &Path, begun: bool) -> Result<ServerKey, String> {
    if let Some(text) = secretkey {
        return ServerKey::from_text(text)
            .map_err(|error| format!("secretkey: {error}; it has 16 characters at least, random ones"));
    }
    let path = data.join(NAME);
    let refused = |why: String| format!("the key file {}: {why}", path.display());
    if !path.try_exists().map_err(|error| refused(error.to_string()))? {
        if begun {
            return Err(refused(
                "it is not there, and the database was begun with a key: put that file back, or name another folder with \
                 `--data`, or set the `secretkey` of the configuration if it was one"
                    .to_owned(),
            ));
        }
        make(data, &path).map_err(|error| refused(error.to_string()))?;
    }
    read(&path).map_err(refused)
}

/// Where the server's key comes from, as an operator looks for it.
pub(crate) fn source(secretkey: Option<&str>, data: &Path) -> String {
    match secretkey {
        Some(_) => "the `secretkey` of the configuration".to_owned(),
        None => format!("in the key file {} (`--data` names another folder)", data.join(NAME).display()),
    }
}

/// Makes the file whole or not at all: a start that is cut off leaves no half of a key behind. When two programs
/// start at once, the first one's key stays.
fn make(data: &Path, path: &Path) -> io::Result<()> {
    let key = ServerKey::generate().map_err(io::Error::other)?;
    let draft = data.join(format!("{NAME}.{}", process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(&key.to_bytes()[..])?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => fs::File::open(data)?.sync_all(),
    }
}

fn read(path: &Path) -> Result<ServerKey, String> {
    let mode = fs::metadata(path).map_err(|error| error.to_string())?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(format!("its mode is {:o}, others may read it; make it 600", mode & 0o777));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| error.to_string())?;
    file.take(1024).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    ServerKey::from_bytes(&bytes).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_its_file_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let first = server_key(None, folder.path(), false).unwrap();
        assert_eq!(server_key(None, folder.path(), true).unwrap().check_value(), first.check_value());
        let path = folder.path().join(NAME);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let error = server_key(None, folder.path(), false).unwrap_err();
        let expected = format!("the key file {}: its mode is 644, others may read it; make it 600", path.display());
        assert_eq!(error, expected);
        assert!(server_key(Some("a text of one's own"), folder.path(), true).is_ok());
        let files = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect::<Vec<_>>();
        assert_eq!(files, [NAME]);
    }
}
