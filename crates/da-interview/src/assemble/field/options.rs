//! Directives of a field that are passed on, under the names that the question JSON has for them.

use super::super::{Evaluation, Flow};
use crate::block::{BlockField as Written, BlockId, Grid, GridPart};
use da_core::{Field, Plain};

/// Directives that are passed on, and their names in the question JSON.
const OPTIONS: [(&str, &str); 19] = [
    ("accept", "accept"),
    ("address autocomplete", "address_autocomplete"),
    ("check others", "check_others"),
    ("css class", "css class"),
    ("currency symbol", "currency symbol"),
    ("disable others", "disable_others"),
    ("field metadata", "field metadata"),
    ("file css class", "file css class"),
    ("floating label", "floating_label"),
    ("image upload type", "image_type"),
    ("inline", "inline"),
    ("inline width", "inline width"),
    ("label above field", "label_above_field"),
    ("maximum image size", "max_image_size"),
    ("pen color", "pen color"),
    ("rows", "rows"),
    ("scale", "scale"),
    ("uncheck others", "uncheck_others"),
    ("under text", "under_text"),
];

impl Evaluation<'_, '_> {
    /// Adds what is passed on.
    pub(super) fn options(&mut self, place: BlockId, written: &Written, field: &mut Field) -> Flow<()> {
        for (name, given) in &written.more {
            let Some((_, shown)) = OPTIONS.iter().find(|(known, _)| known == name) else { continue };
            let value = match *shown {
                "scale" | "currency symbol" => Plain::Text(self.given_text(place, given)?),
                // Which other fields it is about is for the page; what is told is that there are some.
                "disable_others" | "uncheck_others" | "check_others" if given.is(false) => continue,
                "disable_others" | "uncheck_others" | "check_others" => Plain::Bool(true),
                _ => self.given_plain(place, given)?,
            };
            field.more.push(((*shown).to_owned(), value));
        }
        self.learning(place, written, field)?;
        for (name, grid) in [("grid", &written.grid), ("item grid", &written.item_grid)] {
            if let Some(grid) = grid {
                let place_in_grid = self.place_in_grid(place, grid)?;
                field.more.push((name.to_owned(), place_in_grid));
            }
        }
        if written.shuffle {
            field.more.push(("shuffle".to_owned(), Plain::Bool(true)));
        }
        Ok(())
    }

    /// What a field says about the examples that answers become: their group, and whether they are kept to learn from.
    fn learning(&mut self, place: BlockId, written: &Written, field: &mut Field) -> Flow<()> {
        let mut said = Vec::new();
        for (name, shown) in [("using", "group_id"), ("keep for training", "train")] {
            let Some(given) = written.more(name).filter(|_| field.datatype.as_deref() == Some("ml")) else { continue };
            let value = match name {
                "using" => Plain::Text(self.given_text(place, given)?),
                _ => self.given_plain(place, given)?,
            };
            said.push((shown.to_owned(), value));
        }
        if !said.is_empty() {
            field.more.push(("ml_info".to_owned(), Plain::Map(said)));
        }
        Ok(())
    }

    fn place_in_grid(&mut self, place: BlockId, grid: &Grid) -> Flow<Plain> {
        let mut parts = Vec::with_capacity(grid.0.len());
        for (name, part) in &grid.0 {
            let value = match part {
                GridPart::Fixed(scalar) => Plain::from(scalar),
                GridPart::Breakpoint(text) => Plain::Text(self.text(place, text)?.trim().to_owned()),
                GridPart::Code(code) => {
                    let value = self.expression(place, code)?;
                    let plain = super::super::to_plain(&mut self.vm, value);
                    self.flow(plain, place)?
                }
            };
            parts.push((name.clone(), value));
        }
        Ok(Plain::Map(parts))
    }
}

pub(crate) fn is_file(datatype: Option<&str>) -> bool {
    matches!(datatype, Some("file" | "files" | "camera" | "user" | "environment" | "microphone" | "camcorder"))
}
