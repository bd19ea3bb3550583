//! The server's own key.
//!
//! One key per installation; what is done with it is done under keys derived from it, one per
//! purpose, so that a signature never helps against a seal. Only the key file sees its bytes.

use std::fmt;

use zeroize::Zeroizing;

use crate::derive::{Key32, hkdf, mac, same};
use crate::{AssociatedData, CryptoError, random, seal};

const SALT: &[u8] = b"da server key 1";

/// The server's key. Wiped when dropped.
pub struct ServerKey {
    master: Key32,
    api_keys: Key32,
    macs: Key32,
    wraps: Key32,
    file_wraps: Key32,
    check: Key32,
}

/// Bytes that a text has at least from which a key is made.
const SHORTEST_TEXT: usize = 16;

impl ServerKey {
    /// The key that the configuration's `secretkey` stands for.
    ///
    /// The text is not stretched: it should be random, 32 characters or so.
    ///
    /// ```
    /// use da_crypto::ServerKey;
    /// let key = ServerKey::from_text("28ASflwjerop2923kfjs0923")?;
    /// assert_eq!(key.check_value(), ServerKey::from_text("28ASflwjerop2923kfjs0923")?.check_value());
    /// assert_ne!(key.check_value(), ServerKey::from_text("another text of this length")?.check_value());
    /// assert!(ServerKey::from_text("secret").is_err());
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::ShortKey`] for a text of less than 16 bytes, which could be guessed.
    pub fn from_text(secretkey: &str) -> Result<Self, CryptoError> {
        if secretkey.len() < SHORTEST_TEXT {
            return Err(CryptoError::ShortKey(secretkey.len()));
        }
        Self::from_master(hkdf(secretkey.as_bytes(), SALT, b"secretkey")?)
    }

    /// The key that a key file holds: 32 random bytes.
    ///
    /// ```
    /// use da_crypto::ServerKey;
    /// let first = ServerKey::generate()?;
    /// let again = ServerKey::from_bytes(&first.to_bytes()[..])?;
    /// assert_eq!(first.check_value(), again.check_value());
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::ShortKey`] for anything but 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CryptoError> {
        let bytes: &[u8; 32] = bytes.try_into().map_err(|_| CryptoError::ShortKey(bytes.len()))?;
        Self::from_master(Zeroizing::new(*bytes))
    }

    /// A new random key.
    ///
    /// ```
    /// let key = da_crypto::ServerKey::generate()?;
    /// assert_eq!(format!("{key:?}"), "ServerKey(..)");
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn generate() -> Result<Self, CryptoError> {
        let mut master = Key32::default();
        random::fill(master.as_mut())?;
        Self::from_master(master)
    }

    /// The bytes for the key file, and for nothing else.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.master.clone()
    }

    fn from_master(master: Key32) -> Result<Self, CryptoError> {
        let derive = |label: &[u8]| hkdf(master.as_ref(), SALT, label);
        Ok(ServerKey {
            api_keys: derive(b"api keys")?,
            macs: derive(b"macs")?,
            wraps: derive(b"session key wraps")?,
            file_wraps: derive(b"file key wraps")?,
            check: derive(b"check value")?,
            master,
        })
    }

    /// A text that servers with the same key share and that says nothing about the key: 32
    /// hexadecimal digits. Kept in the database, it shows a server that it came with another key.
    #[must_use]
    pub fn check_value(&self) -> String {
        self.check[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The hash under which an API key is stored and looked up. Keyed, so that a stolen table
    /// cannot be searched without the server's key.
    ///
    /// ```
    /// let server = da_crypto::ServerKey::generate()?;
    /// assert_eq!(server.api_key_hash("H3PLMKJKIVATLDPWHJH3AGWEJPFU5GRT").len(), 32);
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    #[must_use]
    pub fn api_key_hash(&self, api_key: &str) -> [u8; 32] {
        mac(&self.api_keys, api_key.as_bytes())
    }

    /// Signs `bytes` for one purpose (`"csrf"`, `"device"`).
    ///
    /// ```
    /// let server = da_crypto::ServerKey::generate()?;
    /// let tag = server.mac("csrf", b"form 1");
    /// assert!(server.verify_mac("csrf", b"form 1", &tag).is_ok());
    /// assert!(server.verify_mac("cookie", b"form 1", &tag).is_err());
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    #[must_use]
    pub fn mac(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        mac(&self.macs, AssociatedData::new(purpose).bytes(bytes).as_ref())
    }

    /// Checks a signature of [`ServerKey::mac`], in constant time.
    ///
    /// # Errors
    /// [`CryptoError::Tampered`] when it is not the signature of these bytes for this purpose.
    pub fn verify_mac(&self, purpose: &str, bytes: &[u8], tag: &[u8]) -> Result<(), CryptoError> {
        if same(&self.mac(purpose, bytes), tag) { Ok(()) } else { Err(CryptoError::Tampered) }
    }

    /// Seals `plain` for one purpose (a cookie, a stored connection): it opens for that purpose alone.
    ///
    /// ```
    /// let server = da_crypto::ServerKey::generate()?;
    /// let sealed = server.seal("cookie", b"the session's secret")?;
    /// assert_eq!(server.open("cookie", &sealed)?, b"the session's secret");
    /// assert!(server.open("flash", &sealed).is_err());
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
        seal::seal(&self.sealing_key(purpose)?, purpose.as_bytes(), plain)
    }

    /// Opens what [`ServerKey::seal`] made.
    ///
    /// # Errors
    /// [`CryptoError::Tampered`] or [`CryptoError::UnknownFormat`].
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
        seal::open(&self.sealing_key(purpose)?, purpose.as_bytes(), sealed)
    }

    fn sealing_key(&self, purpose: &str) -> Result<Key32, CryptoError> {
        hkdf(self.master.as_ref(), SALT, AssociatedData::new("seal").text(purpose).as_ref())
    }

    pub(crate) fn wrapping_key(&self) -> &Key32 {
        &self.wraps
    }

    pub(crate) fn file_wrapping_key(&self) -> &Key32 {
        &self.file_wraps
    }
}

impl fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerKey(..)")
    }
}
