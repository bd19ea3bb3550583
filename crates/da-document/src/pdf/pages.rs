//! The pages of a file: which number each has, and what stands on it.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::file::File;
use super::object::{Dict, Object};
use crate::DocumentError;

/// Numbers of pages, counted from 1, by the parts that they are and that stand on them.
#[derive(Debug, Default)]
pub(super) struct Pages {
    count: u32,
    of_page: HashMap<u32, u32>,
    of_widget: HashMap<u32, u32>,
}

/// A page as it stands in the file.
pub(super) struct Page<'p> {
    /// Its number, counted from 1.
    pub(super) count: u32,
    /// The part that it is.
    part: Option<u32>,
    pub(super) dict: &'p Dict,
    /// What it draws with, which may stand with pages above it: then it is the same for many.
    pub(super) resources: Rc<Object>,
}

/// Goes through the pages in their order.
pub(super) fn each(
    file: &mut File<'_>,
    catalog: &Dict,
    mut visit: impl FnMut(&mut File<'_>, &Page<'_>) -> Result<(), DocumentError>,
) -> Result<(), DocumentError> {
    let mut seen = HashSet::new();
    let mut count = 0;
    let top = catalog.get(&b"Pages"[..]).cloned().unwrap_or(Object::Null);
    let mut next = vec![(top, Rc::new(Object::Null))];
    while let Some((object, above)) = next.pop() {
        let part = object.as_reference();
        if part.is_some_and(|part| !seen.insert(part)) {
            continue;
        }
        let object = file.resolve(object)?;
        let Some(dict) = object.as_dict() else { continue };
        let resources = dict.get(&b"Resources"[..]).map_or(above, |own| Rc::new(own.clone()));
        if let Object::List(kids) = file.get(dict, b"Kids")? {
            next.extend(kids.into_iter().rev().map(|kid| (kid, Rc::clone(&resources))));
            continue;
        }
        count += 1;
        visit(file, &Page { count, part, dict, resources })?;
    }
    Ok(())
}

impl Pages {
    pub(super) fn read(file: &mut File<'_>, catalog: &Dict) -> Result<Pages, DocumentError> {
        let mut pages = Pages::default();
        each(file, catalog, |file, page| {
            pages.count = page.count;
            pages.of_page.extend(page.part.map(|part| (part, page.count)));
            if let Object::List(widgets) = file.get(page.dict, b"Annots")? {
                for widget in widgets.iter().filter_map(Object::as_reference) {
                    pages.of_widget.entry(widget).or_insert(page.count);
                }
            }
            Ok(())
        })?;
        Ok(pages)
    }

    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The number of the page that a widget says it is on, or that says it has the widget. The first one where neither does.
    pub(super) fn of(&self, page: Option<u32>, widget: Option<u32>) -> u32 {
        let said = page.and_then(|page| self.of_page.get(&page));
        said.or_else(|| widget.and_then(|widget| self.of_widget.get(&widget))).copied().unwrap_or(1)
    }
}
