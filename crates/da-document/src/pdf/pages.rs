//! The pages of a file: which number each has, and what stands on it.

use std::collections::{HashMap, HashSet};

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

impl Pages {
    pub(super) fn read(file: &mut File<'_>, catalog: &Dict) -> Result<Pages, DocumentError> {
        let mut pages = Pages::default();
        let mut seen = HashSet::new();
        let mut next = vec![catalog.get(&b"Pages"[..]).cloned().unwrap_or(Object::Null)];
        while let Some(object) = next.pop() {
            let number = object.as_reference();
            if number.is_some_and(|number| !seen.insert(number)) {
                continue;
            }
            let object = file.resolve(object)?;
            let Some(dict) = object.as_dict() else { continue };
            if let Object::List(kids) = file.get(dict, b"Kids")? {
                next.extend(kids.into_iter().rev());
                continue;
            }
            pages.count += 1;
            let count = pages.count;
            pages.of_page.extend(number.map(|number| (number, count)));
            if let Object::List(widgets) = file.get(dict, b"Annots")? {
                for widget in widgets.iter().filter_map(Object::as_reference) {
                    pages.of_widget.entry(widget).or_insert(count);
                }
            }
        }
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
