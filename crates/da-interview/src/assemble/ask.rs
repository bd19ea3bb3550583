//! A question becomes a screen: its texts, and what stands around it.

use super::seek::Sought;
use super::{Evaluation, Flow, to_plain};
use crate::block::{BlockId, BlockKind, Given, HelpText, LanguageParts, Question, QuestionKind, Switch};
use crate::names::Variant;
use da_core::{HelpSection, Outcome, Plain, Screen};
use da_markup::Template;

pub(super) const CONTINUE: &str = "Continue";
pub(super) const BACK: &str = "Back";
pub(super) const BACK_TITLE: &str = "Go back to the previous question";
const RESUME: &str = "Resume";

/// Parts of the screen that are made and not shown.
const UNSEEN: [&str; 7] = ["pre", "post", "submit", "footer", "short logo", "subtitle", "navigation bar html"];

impl<'e> Evaluation<'e, '_> {
    /// Asks the question of a block. None when there was nothing to choose and its variables are
    /// defined by that.
    pub(crate) fn ask(&mut self, place: BlockId, sought: Option<Sought<'_>>) -> Flow<Option<Outcome>> {
        let block = self.block(place);
        let BlockKind::Question(question) = &block.kind else {
            return Err(self.unsupported(place, "a block that is no question"));
        };
        self.host().attributions.clear();
        match sought {
            Some(sought) => self.prepare_question(place, sought.variant)?,
            None => self.prepare_question(place, &Variant::default())?,
        }
        let mut screen = self.texts(place, question)?;
        self.leave_crumb(place, question, &screen.question)?;
        self.texts_unseen(place, question)?;
        screen.question_name = block.name.clone();
        screen.mandatory = !matches!(block.modifiers.mandatory, Switch::Off);
        screen.id = block.modifiers.id.clone();
        screen.language = block.modifiers.language.clone();
        screen.event_list = sought.iter().map(|sought| sought.name.to_owned()).collect();
        self.going_on(place, &question.going_on, &mut screen)?;
        if !self.controls(place, question, &mut screen)? {
            return Ok(None);
        }
        screen.action_buttons = self.action_buttons(place, question.action_buttons.as_ref())?;
        if let Some(attachments) = &question.attachments {
            self.mail_of_documents(place, question)?;
            screen.attachments = self.attachments(place, attachments)?;
        }
        self.all_help(place, question, &mut screen)?;
        self.all_terms(place, question, &mut screen)?;
        self.surroundings(place, question, &mut screen)?;
        self.illustrations(place, question, &mut screen)?;
        self.owners(&screen)?;
        self.check_role(place)?;
        if let (QuestionKind::Review { continue_variable: None, .. }, Some(sought)) = (&question.kind, sought) {
            self.push_event(sought.name)?;
        }
        self.finish(place)?;
        Ok(Some(Outcome::Screen(Box::new(screen))))
    }

    /// What the interview says for all its screens: for any language, and then for the present one.
    pub(super) fn usual(&mut self) -> impl DoubleEndedIterator<Item = &'e LanguageParts> + use<'e> {
        let language = self.host().language.clone();
        self.interview.program.parts.up_to(&language)
    }

    fn texts(&mut self, place: BlockId, question: &Question) -> Flow<Screen> {
        let own = &question.texts;
        let mut screen =
            Screen { question: self.text(place, &question.question)?.trim_end().to_owned(), ..Screen::default() };
        screen.subquestion = self.part(place, own.subquestion.as_ref(), "subquestion")?;
        screen.under = self.part(place, own.under.as_ref(), "under")?;
        screen.right = self.part(place, own.right.as_ref(), "right")?;
        screen.css = self.part(place, own.css.as_ref(), "css")?;
        screen.script = self.part(place, own.script.as_ref(), "script")?;
        screen.css_class = self.part(place, own.css_class.as_ref(), "css class")?.map(trimmed);
        screen.table_css_class = self.part(place, own.table_css_class.as_ref(), "table css class")?.map(trimmed);
        let usual = if matches!(question.kind, QuestionKind::Review { .. }) { RESUME } else { CONTINUE };
        let label = self.part(place, own.continue_label.as_ref(), "continue button label")?;
        let label = label.or(self.part(place, own.resume_label.as_ref(), "resume button label")?);
        screen.continue_label = label.map_or_else(|| usual.to_owned(), trimmed);
        if self.has_back_button(place, question)? {
            let label = self.part(place, own.back_label.as_ref(), "back button label")?;
            screen.back_button = Some(label.map_or_else(|| BACK.to_owned(), trimmed));
        }
        let corner = self.part(place, own.corner_back_label.as_ref(), "corner back button label")?;
        screen.corner_back_label = corner.map_or_else(|| BACK.to_owned(), trimmed);
        Ok(screen)
    }

    /// Whether there is a button to go back beside the one that goes on.
    fn has_back_button(&mut self, place: BlockId, question: &Question) -> Flow<bool> {
        match &question.back_button {
            Some(condition) => self.holds(place, condition),
            None => Ok(self.has_feature("question back button")),
        }
    }

    /// Whether a feature of the interview is on.
    pub(super) fn has_feature(&self, name: &str) -> bool {
        let features = &self.interview.program.parts.features;
        features.iter().any(|(known, value)| known == name && *value == Plain::Bool(true))
    }

    /// What there is to see and to hear beside the question.
    fn illustrations(&mut self, place: BlockId, question: &Question, screen: &mut Screen) -> Flow<()> {
        if let Some(given) = question.more("decoration") {
            screen.decoration = self.decoration(place, given)?;
        }
        for kind in ["audio", "video"] {
            if let Some(given) = question.more(kind)
                && let Some(recordings) = self.recordings(place, given, kind)?
            {
                screen.more.push((kind.to_owned(), recordings));
            }
        }
        screen.attributions = self.host().take_attributions();
        Ok(())
    }

    /// Evaluates the mail that documents may be sent with, for what it asks on the way.
    fn mail_of_documents(&mut self, place: BlockId, question: &Question) -> Flow<()> {
        for name in ["email address default", "email subject", "email body"] {
            if let Some(given) = question.more(name) {
                self.given_text(place, given)?;
            }
        }
        if let Some(template) = &question.email_template {
            let template = self.expression(place, template)?;
            for part in ["subject", "content"] {
                let said = self.vm.get_attr_opt(template, part);
                self.flow(said, place)?;
            }
        }
        Ok(())
    }

    /// Texts around the question that no screen shows yet. They are made all the same: they may ask for something.
    fn texts_unseen(&mut self, place: BlockId, question: &Question) -> Flow<()> {
        for name in UNSEEN {
            let own = question.texts.parts.iter().find(|(known, _)| known == name).map(|(_, text)| text);
            self.part(place, own, name)?;
        }
        Ok(())
    }

    /// One of the texts beside the question: the block's own, or the interview's usual one.
    fn part(&mut self, place: BlockId, own: Option<&Template>, name: &str) -> Flow<Option<String>> {
        match own {
            Some(text) => self.text(place, text).map(Some),
            None => self.usual_part(name),
        }
    }

    fn all_help(&mut self, place: BlockId, question: &Question, screen: &mut Screen) -> Flow<()> {
        if let Some(help) = &question.help {
            let section = self.help(place, help)?;
            if !section.content.trim().is_empty() || !section.recordings.is_empty() {
                screen.help = vec![section];
                screen.help_label = self.part(place, help.label.as_ref(), "help label")?.map(trimmed);
            }
        }
        let general: Vec<&HelpText> = self.usual().flat_map(|parts| &parts.help).collect();
        for help in general {
            let section = self.help(place, help)?;
            if let (true, Some(label)) = (screen.interview_help.is_empty(), &help.label) {
                screen.interview_help_label = Some(self.text(place, label)?.trim().to_owned());
            }
            screen.interview_help.push(section);
        }
        Ok(())
    }

    fn help(&mut self, place: BlockId, help: &HelpText) -> Flow<HelpSection> {
        let heading = self.text_of(place, help.heading.as_ref())?;
        let content = self.text_of(place, help.content.as_ref())?.unwrap_or_default().trim_end().to_owned();
        let mut recordings = Vec::new();
        for (kind, given) in &help.more {
            if let Some(told) = self.recordings(place, given, kind)? {
                recordings.push((kind.clone(), told));
            }
        }
        Ok(HelpSection { heading, content, recordings })
    }

    fn all_terms(&mut self, place: BlockId, question: &Question, screen: &mut Screen) -> Flow<()> {
        let (mut terms, mut auto_terms): (Vec<&(String, Template)>, Vec<_>) = (Vec::new(), Vec::new());
        for parts in self.usual() {
            terms.extend(&parts.terms);
            auto_terms.extend(&parts.auto_terms);
        }
        screen.terms = self.terms(place, terms.into_iter().chain(&question.terms))?;
        screen.auto_terms = self.terms(place, auto_terms.into_iter().chain(&question.auto_terms))?;
        Ok(())
    }

    fn terms<'t>(
        &mut self,
        place: BlockId,
        terms: impl Iterator<Item = &'t (String, Template)>,
    ) -> Flow<Vec<(String, String)>> {
        terms.map(|(term, definition)| Ok((term.clone(), self.text(place, definition)?))).collect()
    }

    /// What stands around every question.
    fn surroundings(&mut self, place: BlockId, question: &Question, screen: &mut Screen) -> Flow<()> {
        let steps = self.steps();
        let offset = self.internal("steps_offset").and_then(|offset| self.vm.as_int(offset)).unwrap_or(0);
        screen.can_go_back = steps.saturating_sub(offset) > 1;
        if let Some(condition) = &question.prevents_going_back {
            screen.prevents_going_back = self.holds(place, condition)?;
        }
        screen.back_title = BACK_TITLE.to_owned();
        screen.validation_messages = self.usual().flat_map(|parts| parts.validation_messages.clone()).collect();
        screen.track_location = self.tracks_location(place)?;
        screen.progress = match self.internal("progress") {
            Some(value) => {
                let plain = to_plain(&mut self.vm, value);
                self.flow(plain, place)?
            }
            None => Plain::Int(0),
        };
        self.marks(place, question, screen)?;
        if let Some(reload) = question.more("reload") {
            screen.reload = self.reload(place, reload)?;
        }
        if let Some(items) = self.vm.dict_get_str(self.variables, "menu_items") {
            let items = to_plain(&mut self.vm, items);
            screen.menu_items = Some(self.flow(items, place)?);
        }
        screen.frame = self.frame(steps)?;
        if screen.language != "*" {
            screen.frame.language.clone_from(&screen.language);
        }
        Ok(())
    }

    /// Whether the person's position is wanted: the variable `track_location` says so.
    fn tracks_location(&mut self, place: BlockId) -> Flow<bool> {
        let Some(wanted) = self.vm.dict_get_str(self.variables, "track_location") else { return Ok(false) };
        let wanted = self.vm.truth(wanted);
        self.flow(wanted, place)
    }

    /// `reload`: milliseconds after which the page loads itself again, four seconds at least.
    fn reload(&mut self, place: BlockId, given: &Given) -> Flow<Option<i64>> {
        let text = self.given_text(place, given)?;
        Ok(match text.trim() {
            "False" | "false" | "None" | "none" | "null" | "Null" => None,
            "True" | "true" => Some(10_000),
            seconds => {
                let digits: String = seconds.chars().filter(char::is_ascii_digit).collect();
                Some(digits.parse::<i64>().unwrap_or(10).clamp(4, 1_000_000) * 1000)
            }
        })
    }
}

fn trimmed(text: String) -> String {
    text.trim().to_owned()
}
