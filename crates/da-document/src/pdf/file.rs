//! [`File`]: a PDF file that is opened, from which parts are taken by their numbers.
//!
//! A part is read each time that it is asked for, and each time it is paid for: whatever refers to itself ends with the budget.

use std::collections::HashMap;
use std::rc::Rc;

use super::budget::Budget;
use super::object::{Dict, Object};
use super::parse::{NoObject, Parser};
use super::stream::Unpacked;
use super::{scan, stream, table};
use crate::DocumentError;

/// The mark of a PDF file stands among the first bytes.
const HEAD: usize = 1024;

/// References that lead to references are followed this far.
const LONGEST_CHAIN: usize = 16;

/// Parts that are needed to read a part are followed this far.
const DEEPEST: usize = 8;

/// Where a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nowhere: it was deleted.
    Nowhere,
    /// In the file.
    At(usize),
    /// In the stream of this number, packed with others.
    Within(u32),
}

/// Parts that are packed together.
#[derive(Debug)]
pub(super) struct Packed {
    bytes: Vec<u8>,
    pub(super) places: HashMap<u32, usize>,
}

/// An opened file.
#[derive(Debug)]
pub(super) struct File<'f> {
    pub(super) bytes: &'f [u8],
    pub(super) places: HashMap<u32, Place>,
    pub(super) trailer: Dict,
    pub(super) budget: &'f mut Budget,
    /// Whether a part is not where it should be.
    is_damaged: bool,
    packed: HashMap<u32, Rc<Packed>>,
    depth: usize,
}

impl<'f> File<'f> {
    /// Opens a file by its table of parts, or by a search for them where the table is lost.
    pub(super) fn open(bytes: &'f [u8], budget: &'f mut Budget) -> Result<File<'f>, DocumentError> {
        let head = &bytes[..bytes.len().min(HEAD)];
        let start = head.windows(5).position(|word| word == b"%PDF-").ok_or(DocumentError::NoPdf)?;
        let mut file = File {
            bytes: &bytes[start..],
            places: HashMap::new(),
            trailer: Dict::new(),
            budget,
            is_damaged: false,
            packed: HashMap::new(),
            depth: 0,
        };
        let is_read = table::read(&mut file)?;
        if !is_read || file.catalog()?.is_none() {
            file.search()?;
        }
        if file.trailer.contains_key(&b"Encrypt"[..]) {
            return Err(DocumentError::Encrypted);
        }
        Ok(file)
    }

    /// Looks for the parts themselves. Whether that was not done before.
    pub(super) fn search_if_damaged(&mut self) -> Result<bool, DocumentError> {
        let is_damaged = std::mem::take(&mut self.is_damaged);
        if is_damaged {
            self.search()?;
        }
        Ok(is_damaged)
    }

    fn search(&mut self) -> Result<(), DocumentError> {
        self.places.clear();
        self.packed.clear();
        self.trailer.clear();
        scan::read(self)?;
        self.is_damaged = false;
        Ok(())
    }

    /// The dictionary that everything else is reached from.
    pub(super) fn catalog(&mut self) -> Result<Option<Dict>, DocumentError> {
        let trailer = std::mem::take(&mut self.trailer);
        let catalog = self.get(&trailer, b"Root");
        self.trailer = trailer;
        Ok(catalog?.as_dict().cloned())
    }

    /// An entry of a dictionary, wherever it stands.
    pub(super) fn get(&mut self, dict: &Dict, name: &[u8]) -> Result<Object, DocumentError> {
        match dict.get(name) {
            Some(object) => self.resolve(object.clone()),
            None => Ok(Object::Null),
        }
    }

    /// What an object stands for.
    pub(super) fn resolve(&mut self, mut object: Object) -> Result<Object, DocumentError> {
        for _ in 0..LONGEST_CHAIN {
            match object {
                Object::Reference(number) => object = self.load(number)?,
                object => return Ok(object),
            }
        }
        Ok(Object::Null)
    }

    /// The part of a number. What is not there, or is broken, is nothing.
    pub(super) fn load(&mut self, number: u32) -> Result<Object, DocumentError> {
        self.budget.object()?;
        match self.places.get(&number) {
            None | Some(Place::Nowhere) => Ok(Object::Null),
            Some(&Place::At(at)) => {
                let mut parser = Parser::new(self.bytes, at);
                let head = parser.head();
                parser.pay(self.budget)?;
                if head != Some(number) {
                    self.is_damaged = true;
                    return Ok(Object::Null);
                }
                let read = parser.object(self.budget);
                self.whole(read)
            }
            Some(&Place::Within(container)) => {
                let Some(packed) = self.packed(container)? else { return Ok(Object::Null) };
                let Some(&at) = packed.places.get(&number) else { return Ok(Object::Null) };
                let read = Parser::new(&packed.bytes, at).object(self.budget);
                self.whole(read)
            }
        }
    }

    fn whole(&mut self, read: Result<Object, NoObject>) -> Result<Object, DocumentError> {
        match read {
            Ok(object) => Ok(object),
            Err(NoObject::Limit(error)) => Err(error),
            Err(NoObject::Broken) => {
                self.is_damaged = true;
                Ok(Object::Null)
            }
        }
    }

    /// The bytes of a stream, unpacked.
    pub(super) fn unpack(&mut self, dict: &Dict, start: usize) -> Result<Vec<u8>, DocumentError> {
        if self.depth == DEEPEST {
            return Err(DocumentError::TooDeep);
        }
        self.depth += 1;
        let bytes = stream::unpacked(self, dict, start);
        self.depth -= 1;
        bytes
    }

    /// The bytes of a stream that is a picture.
    pub(super) fn unpack_picture(&mut self, dict: &Dict, start: usize) -> Result<Unpacked, DocumentError> {
        stream::unpacked_but_jpeg(self, dict, start)
    }

    /// The parts that are packed together in a stream.
    pub(super) fn packed(&mut self, container: u32) -> Result<Option<Rc<Packed>>, DocumentError> {
        if let Some(packed) = self.packed.get(&container) {
            return Ok(Some(Rc::clone(packed)));
        }
        // A stream is in none itself.
        let Some(&Place::At(_)) = self.places.get(&container) else { return Ok(None) };
        let Object::Stream(dict, start) = self.load(container)? else { return Ok(None) };
        let first = self.get(&dict, b"First")?.as_size().unwrap_or_default();
        let count = self.get(&dict, b"N")?.as_size().unwrap_or_default();
        let bytes = self.unpack(&dict, start)?;
        let mut places = HashMap::new();
        let mut parser = Parser::new(&bytes, 0);
        for _ in 0..count {
            self.budget.object()?;
            let (Some(number), Some(offset)) = (parser.whole(), parser.whole()) else { break };
            let at = usize::try_from(offset).ok().and_then(|offset| offset.checked_add(first));
            if let (Ok(number), Some(at)) = (u32::try_from(number), at) {
                places.entry(number).or_insert(at);
            }
        }
        parser.pay(self.budget)?;
        let packed = Rc::new(Packed { bytes, places });
        self.packed.insert(container, Rc::clone(&packed));
        Ok(Some(packed))
    }
}
