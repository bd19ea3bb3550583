//! What stands around a screen whatever it asks: titles, exit link, sections. Each part comes from `set_parts`,
//! else from `default screen parts`, else from `metadata`.

use super::{Evaluation, Flow, render, to_plain};
use da_core::{Frame, Plain};

const BRAND: &str = "docassemble";
const SHORT_BRAND: &str = "doc";

impl Evaluation<'_, '_> {
    /// The frame of a screen.
    pub(crate) fn frame(&mut self, steps: i64) -> Flow<Frame> {
        let own_title = self.usual_part("title")?;
        let title = own_title.clone().unwrap_or_else(|| self.configured("default title", BRAND));
        let short_title = match self.usual_part("short title")?.or(own_title) {
            Some(title) => title,
            None => self.configured("default short title", SHORT_BRAND),
        };
        let [section, display_section, sections] = self.where_in_sections()?;
        Ok(Frame {
            browser_title: self.usual_part("tab title")?.unwrap_or_else(|| title.clone()),
            display_title: self.usual_part("logo")?.unwrap_or_else(|| title.clone()),
            short_title,
            title,
            language: self.context.settings.language.clone(),
            steps,
            exit_link: self.usual_part("exit link")?.unwrap_or_else(|| "leave".to_owned()),
            exit_label: self.usual_part("exit label")?.unwrap_or_else(|| "Exit".to_owned()),
            exit_url: self.usual_part("exit url")?,
            section,
            display_section,
            sections,
            features: self.interview.program.parts.features.clone(),
            navbar_variant: "dark".to_owned(),
            message_log: std::mem::take(&mut self.host().messages),
        })
    }

    /// What the configuration says, or what holds without it.
    fn configured(&mut self, directive: &str, usual: &str) -> String {
        self.host().configuration.get(directive).and_then(Plain::as_text).unwrap_or(usual).to_owned()
    }

    /// A part of the screen as the interview has it, wherever it says so.
    pub(crate) fn usual_part(&mut self, name: &str) -> Flow<Option<String>> {
        if let Some(said) = self.set_part(name)? {
            return Ok(Some(said));
        }
        let usual = {
            let mut parts = self.usual().rev().flat_map(|parts| parts.screen_parts.iter().rev());
            parts.find(|(known, _)| known == name).map(|(_, text)| text)
        };
        if let Some(template) = usual {
            let said = render(&mut self.vm, template, self.variables);
            return self.flow_anywhere(said).map(|said| Some(said.trim().to_owned()));
        }
        let language = self.host().language.clone();
        let said = match self.interview.program.metadata.get(name) {
            Some(Plain::Map(by_language)) => {
                let own = by_language.iter().find(|(known, _)| *known == language);
                own.or(by_language.first()).and_then(|(_, said)| said.as_text())
            }
            said => said.and_then(Plain::as_text),
        };
        Ok(said.map(|said| said.trim().to_owned()))
    }

    /// What `set_parts` said.
    fn set_part(&mut self, name: &str) -> Flow<Option<String>> {
        let Some(value) = self.internal(name).filter(|value| !value.is_none()) else { return Ok(None) };
        let said = self.vm.to_str(value);
        self.flow_anywhere(said).map(|said| Some(said.trim().to_owned()))
    }

    /// The current section, its title, and all sections.
    fn where_in_sections(&mut self) -> Flow<[Plain; 3]> {
        let nothing = [Plain::Null, Plain::Null, Plain::List(Vec::new())];
        if !self.has_sections() {
            return Ok(nothing);
        }
        let Some(find) = self.own_function("_where") else { return Ok(nothing) };
        let found = self.vm.call(find, &[self.variables]);
        let found = self.flow_anywhere(found)?;
        let plain = to_plain(&mut self.vm, found);
        let Plain::List(parts) = self.flow_anywhere(plain)? else { return Ok(nothing) };
        Ok(<[Plain; 3]>::try_from(parts).unwrap_or(nothing))
    }

    /// Whether the sections stand in `nav`.
    pub(super) fn has_sections(&self) -> bool {
        let nav = self.vm.dict_get_str(self.variables, "nav").and_then(|nav| self.vm.as_instance(nav));
        let sections = nav.and_then(|nav| self.vm.dict_get_str(nav.attributes, "sections"));
        sections.is_some_and(|sections| !sections.is_none())
    }
}
