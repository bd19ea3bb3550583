//! `attachment`: what a document says of itself. What goes into it is evaluated, so that it asks for what it needs;
//! no file is made of it.

use super::{Evaluation, Flow, Signal, to_plain};
use crate::block::{Attachment as Written, Attachments, BlockId, DocumentField, TemplateName};
use crate::functions::docx_text;
use da_core::{Attachment, Plain};
use da_python::machine::Value;

/// What a document is called that has no name.
const DOCUMENT: &str = "Document";

impl Evaluation<'_, '_> {
    /// The documents that a question offers. Those with a variable are kept in it.
    pub(super) fn attachments(&mut self, place: BlockId, attachments: &Attachments) -> Flow<Vec<Attachment>> {
        match attachments {
            Attachments::Listed(items) => {
                let mut documents = Vec::with_capacity(items.len());
                for item in items {
                    let document = self.document(place, item, None)?;
                    if let Some(variable) = &item.variable {
                        self.keep_document(place, variable, &document)?;
                    }
                    documents.push(document);
                }
                Ok(documents)
            }
            Attachments::Code(code) => {
                let value = self.expression(place, code)?;
                let members = self.members(place, value)?;
                members.into_iter().filter_map(|member| self.made_document(place, member).transpose()).collect()
            }
        }
    }

    /// Defines the variables of an `attachment` block: the one that is sought, with its name in the block and its
    /// real name, or all of them.
    pub(crate) fn make_documents(
        &mut self,
        place: BlockId,
        attachments: &Attachments,
        sought: Option<(&str, &str)>,
    ) -> Flow<()> {
        let Attachments::Listed(items) = attachments else { return Ok(()) };
        for item in items {
            let Some(variable) = &item.variable else { continue };
            let name = match sought {
                None => variable.as_str(),
                Some((written, name)) if crate::block::normal_name(variable) == written => name,
                Some(_) => continue,
            };
            let document = self.document(place, item, Some(name))?;
            self.keep_document(place, name, &document)?;
        }
        Ok(())
    }

    fn document(&mut self, place: BlockId, written: &Written, variable: Option<&str>) -> Flow<Attachment> {
        let name = self.text_of(place, written.name.as_ref())?;
        let name = name.map_or_else(|| DOCUMENT.to_owned(), |name| name.trim().to_owned());
        let filename = self.text_of(place, written.filename.as_ref())?;
        let filename = file_name(filename.as_deref().unwrap_or(&name).trim());
        let description = self.text_of(place, written.description.as_ref())?;
        let valid_formats = self.formats(place, written)?;
        self.evaluate_content(place, written)?;
        let own = variable.or(written.variable.as_deref()).map(str::to_owned);
        let variable = Some(own.unwrap_or_else(|| format!("_internal['docvar'][{}]", written.number)));
        Ok(Attachment { variable, name, description, filename, valid_formats })
    }

    fn formats(&mut self, place: BlockId, written: &Written) -> Flow<Vec<String>> {
        let Some(given) = &written.valid_formats else {
            return Ok(written.usual_formats.iter().map(|&format| format.to_owned()).collect());
        };
        Ok(texts_of(&self.given_plain(place, given)?))
    }

    /// Evaluates what goes into a document, for what it asks on the way.
    fn evaluate_content(&mut self, place: BlockId, written: &Written) -> Flow<()> {
        if !written.skips_undefined {
            return self.content(place, written);
        }
        self.host().probing += 1;
        let evaluated = self.content(place, written);
        self.host().probing -= 1;
        match evaluated {
            Err(Signal::Seek(_)) => Ok(()),
            other => other,
        }
    }

    fn content(&mut self, place: BlockId, written: &Written) -> Flow<()> {
        let mut fields = Vec::with_capacity(written.fields.len());
        for field in &written.fields {
            match field {
                DocumentField::Metadata(given) => drop(self.given(place, given)?),
                DocumentField::Texts(given) => {
                    let value = self.given(place, given)?;
                    self.entries_of(value, &mut fields);
                }
                DocumentField::Code(code) => {
                    let value = self.expression(place, code)?;
                    self.entries_of(value, &mut fields);
                }
                DocumentField::Named(name, code) => fields.push((name.clone(), self.expression(place, code)?)),
            }
        }
        for template in &written.templates {
            self.fill_in(place, template, &fields)?;
        }
        self.text_of(place, written.content.as_ref()).map(drop)
    }

    /// The names and values of a dictionary, or of a list of dictionaries.
    fn entries_of(&mut self, value: Value, fields: &mut Vec<(String, Value)>) {
        self.vm.root(value);
        let items = self.vm.as_sequence(value).map_or_else(|| vec![value], <[Value]>::to_vec);
        for item in items {
            let entries: Vec<(Value, Value)> = match self.vm.as_dict(item) {
                Some(dict) => dict.iter().map(|entry| (entry.key, entry.value)).collect(),
                None => continue,
            };
            for (name, value) in entries {
                if let Some(name) = self.vm.text(name).map(|name| name.to_string()) {
                    fields.push((name, self.vm.root(value)));
                }
            }
        }
    }

    /// Evaluates what stands in a DOCX template, for what it asks on the way.
    fn fill_in(&mut self, place: BlockId, template: &TemplateName, fields: &[(String, Value)]) -> Flow<()> {
        let names = match template {
            TemplateName::Text(text) => vec![self.text(place, text)?],
            TemplateName::Code(code) => {
                let value = self.expression(place, code)?;
                let plain = to_plain(&mut self.vm, value);
                texts_of(&self.flow(plain, place)?)
            }
        };
        let package = self.block(place).package().to_owned();
        for name in names {
            let said = docx_text(&mut self.vm, &package, name.trim(), fields);
            self.flow(said, place)?;
        }
        Ok(())
    }

    /// Stores a document as the object that its author's code works with.
    fn keep_document(&mut self, place: BlockId, name: &str, document: &Attachment) -> Flow<()> {
        let text = |text: &str| Plain::from(text);
        let info = Plain::Map(vec![
            ("name".to_owned(), text(&document.name)),
            ("filename".to_owned(), text(&document.filename)),
            ("description".to_owned(), text(document.description.as_deref().unwrap_or_default())),
            (
                "valid_formats".to_owned(),
                document.valid_formats.iter().map(|format| text(format)).collect::<Vec<_>>().into(),
            ),
            ("orig_variable_name".to_owned(), document.variable.as_deref().map_or(Plain::Null, text)),
        ]);
        let info = super::from_plain(&mut self.vm, &info);
        let info = self.flow(info, place)?;
        self.vm.root(info);
        self.made_by("_document_of_block", place, name, |name| vec![name, info])
    }

    /// What a document that is there already says of itself.
    fn made_document(&mut self, place: BlockId, value: Value) -> Flow<Option<Attachment>> {
        let info = self.vm.get_attr_opt(value, "info");
        let Some(info) = self.flow(info, place)? else { return Ok(None) };
        let info = to_plain(&mut self.vm, info);
        let info = self.flow(info, place)?;
        let text = |key: &str| info.get(key).and_then(Plain::as_text).map(str::to_owned);
        Ok(Some(Attachment {
            variable: text("orig_variable_name"),
            name: text("name").unwrap_or_else(|| DOCUMENT.to_owned()),
            description: text("description").filter(|said| !said.is_empty()),
            filename: text("filename").unwrap_or_else(|| DOCUMENT.to_owned()),
            valid_formats: info.get("valid_formats").map(texts_of).unwrap_or_default(),
        }))
    }
}

fn texts_of(plain: &Plain) -> Vec<String> {
    let items = plain.as_list().unwrap_or(std::slice::from_ref(plain));
    items.iter().filter_map(Plain::as_text).map(|text| text.trim().to_owned()).collect()
}

/// A name as files may have it: blanks become underscores, and what is not ASCII goes.
fn file_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join("_").chars().filter(|letter| letter.is_ascii_alphanumeric() || "_-.".contains(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_name_has_no_blanks_and_no_letters_beyond_ascii() {
        assert_eq!(file_name("fruit declaration Zoë"), "fruit_declaration_Zo");
    }
}
