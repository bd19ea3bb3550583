//! `images` and `image sets`: pictures that have names.

use super::fault::Fault;
use super::reader::Reading;
use crate::yaml::Node;

/// A picture that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// What it is called.
    pub name: String,
    /// The package whose static files it is among.
    pub package: String,
    /// The name of its file.
    pub file: String,
    /// `attribution`: to whom it is owed.
    pub attribution: Option<String>,
}

impl Image {
    /// Reads the pictures of `images` (names and files, or one set), or of `image sets` (sets by their names).
    pub(super) fn read_all(reading: &Reading<'_>, key: &str, node: &Node) -> Result<Vec<Image>, Fault> {
        let Some(entries) = node.as_map() else {
            return Err(Fault::at(node, format!("The '{key}' section needs to be a dictionary.")));
        };
        if key == "images" {
            return Image::read_set(reading, node, None);
        }
        if node.get("images").is_some() && node.get("attribution").is_some() {
            return Image::read_described(reading, node);
        }
        let sets = entries.iter().map(|entry| match entry.value.as_map() {
            Some(_) => Image::read_described(reading, &entry.value),
            None => Err(Fault::at(&entry.value, "Each item in the 'image sets' section needs to be a dictionary.")),
        });
        Ok(sets.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// A set with `images` and `attribution`.
    fn read_described(reading: &Reading<'_>, set: &Node) -> Result<Vec<Image>, Fault> {
        let attribution = set.get("attribution").map(|node| node.key_text().trim().replace('\n', " "));
        set.get("images").map_or(Ok(Vec::new()), |images| Image::read_set(reading, images, attribution.as_deref()))
    }

    /// Names and files: a mapping, or a list of mappings and of names that are files.
    fn read_set(reading: &Reading<'_>, images: &Node, attribution: Option<&str>) -> Result<Vec<Image>, Fault> {
        let mut found = Vec::new();
        let mut add = |name: String, file: String| {
            let (package, attribution) = (reading.package().to_owned(), attribution.map(str::to_owned));
            found.push(Image { name, package, file, attribution });
        };
        for item in images.as_list().unwrap_or(std::slice::from_ref(images)) {
            match item.as_map() {
                Some(entries) => entries.iter().for_each(|entry| add(entry.key.key_text(), entry.value.key_text())),
                None if item.as_scalar().is_some() => add(item.key_text(), item.key_text()),
                None => return Err(Fault::at(item, "An 'images' section must be a dictionary or a list.")),
            }
        }
        Ok(found)
    }
}
