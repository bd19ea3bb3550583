//! A question becomes a screen.

use super::{Evaluation, Flow, Signal, to_plain};
use crate::block::{Control, ExitKind, Help, Question, Review, Text, When, YesNo};
use da_core::{Choice, ChoiceValue, Field, Frame, HelpSection, Outcome, Plain, Screen, ScreenKind, Variety};
use da_python::Value;

const CONTINUE: &str = "Continue";
const RESUME: &str = "Resume";
const BRAND: &str = "docassemble";

impl Evaluation<'_, '_> {
    /// Asks the question of a block. None when there was nothing to choose and its variables are
    /// defined by that.
    pub(crate) fn ask(&mut self, place: usize, sought: Option<&str>) -> Flow<Option<Outcome>> {
        let interview = self.interview;
        let block = &interview.blocks[place];
        let crate::block::Kind::Question(question) = &block.kind else {
            return Err(self.unsupported(place, "a block that is no question"));
        };
        self.prepare(place)?;
        let mut screen = self.texts(place, question)?;
        screen.question_name = block.name.clone();
        screen.mandatory = !matches!(block.mandatory, When::Sought);
        screen.id = block.id.clone();
        screen.language = block.language.clone();
        screen.event_list = sought.iter().map(|name| (*name).to_owned()).collect();
        if !self.controls(place, question, &mut screen)? {
            return Ok(None);
        }
        screen.help = self.help(place, question.help.as_ref())?;
        screen.help_label = match question.help.as_ref().and_then(|help| help.label.as_ref()) {
            Some(label) => Some(self.text(place, label)?),
            None => None,
        };
        if let Some(help) = &interview.whole.help {
            screen.interview_help = self.help(place, Some(help))?;
        }
        screen.terms = self.terms(place, &interview.whole.terms, &question.terms.plain)?;
        screen.auto_terms = self.terms(place, &interview.whole.auto_terms, &question.terms.auto)?;
        self.surroundings(place, question, &mut screen)?;
        Ok(Some(Outcome::Screen(Box::new(screen))))
    }

    fn texts(&mut self, place: usize, question: &Question) -> Flow<Screen> {
        let mut screen =
            Screen { question: self.text(place, &question.text)?.trim_end().to_owned(), ..Screen::default() };
        screen.subquestion = self.part(place, question, "subquestion")?;
        screen.under = self.part(place, question, "under")?;
        screen.right = self.part(place, question, "right")?;
        screen.css = self.part(place, question, "css")?;
        screen.script = self.part(place, question, "script")?;
        screen.css_class = self.part(place, question, "css class")?.map(trimmed);
        screen.table_css_class = self.part(place, question, "table css class")?.map(trimmed);
        let usual = if matches!(question.control, Control::Review(_)) { RESUME } else { CONTINUE };
        let label = self.part(place, question, "continue button label")?;
        let label = label.or(self.part(place, question, "resume button label")?);
        screen.continue_label = label.map_or_else(|| usual.to_owned(), trimmed);
        screen.back_button = self.part(place, question, "back button label")?.map(trimmed);
        Ok(screen)
    }

    /// One of the texts beside the question: the block's own, or the interview's usual one.
    fn part(&mut self, place: usize, question: &Question, name: &'static str) -> Flow<Option<String>> {
        let usual =
            self.interview.whole.screen_parts.iter().rev().find(|(known, _)| known == name).map(|(_, text)| text);
        self.text_of(place, question.part(name).or(usual))
    }

    fn help(&mut self, place: usize, help: Option<&Help>) -> Flow<Vec<HelpSection>> {
        let Some(help) = help else { return Ok(Vec::new()) };
        let heading = self.text_of(place, help.heading.as_ref())?;
        let content = self.text(place, &help.content)?.trim_end().to_owned();
        Ok(vec![HelpSection { heading, content }])
    }

    fn terms(
        &mut self,
        place: usize,
        general: &[(String, Text)],
        own: &[(String, Text)],
    ) -> Flow<Vec<(String, String)>> {
        let mut terms = Vec::new();
        for (term, definition) in general.iter().chain(own) {
            terms.push((term.clone(), self.text(place, definition)?));
        }
        Ok(terms)
    }

    /// The fields. False when there is nothing to choose.
    fn controls(&mut self, place: usize, question: &Question, screen: &mut Screen) -> Flow<bool> {
        match &question.control {
            Control::Nothing => screen.kind = ScreenKind::Deadend,
            Control::YesNo(yes_no) => self.yes_no(yes_no, screen)?,
            Control::Continue(variable) => {
                screen.kind = ScreenKind::SetTrue;
                let field = self.simple_field(variable)?;
                screen.fields.push(field);
            }
            Control::Signature(variable) => {
                screen.kind = ScreenKind::Signature;
                let field = self.simple_field(variable)?;
                screen.fields.push(field);
            }
            Control::Choice { variety, variable, choices } => {
                return self.multiple_choice(place, *variety, variable.as_deref(), choices, screen);
            }
            Control::Fields { list, variable } => {
                screen.kind = ScreenKind::Fields;
                let Some(fields) = self.fields(place, list)? else { return Ok(false) };
                screen.fields = fields;
                screen.continue_variable = variable.clone();
            }
            Control::Review(review) => self.review(place, review, screen)?,
        }
        Ok(true)
    }

    /// A field with nothing but a variable.
    fn simple_field(&mut self, variable: &str) -> Flow<Field> {
        self.owners(variable)?;
        Ok(Field {
            number: "0".to_owned(),
            variable: Some(variable.to_owned()),
            active: true,
            required: Some(true),
            default: self.present_value(variable)?,
            validation_messages: required(super::field::required_message("text", None)),
            ..Field::default()
        })
    }

    /// The value that a variable had before Back, or has now.
    pub(crate) fn present(&mut self, variable: &str) -> Flow<Option<Value>> {
        if let Some(previous) = self.previous {
            let now = std::mem::replace(&mut self.variables, previous);
            let before = self.value_of(variable);
            self.variables = now;
            if let Some(value) = before? {
                return Ok(Some(value));
            }
        }
        self.value_of(variable)
    }

    fn present_value(&mut self, variable: &str) -> Flow<Option<Plain>> {
        let Some(value) = self.present(variable)?.filter(|value| !value.is_none()) else { return Ok(None) };
        let plain = to_plain(&mut self.vm, value);
        self.flow_anywhere(plain).map(Some)
    }

    fn yes_no(&mut self, yes_no: &YesNo, screen: &mut Screen) -> Flow<()> {
        screen.kind = match (yes_no.inverted, yes_no.maybe) {
            (false, false) => ScreenKind::YesNo,
            (true, false) => ScreenKind::NoYes,
            (false, true) => ScreenKind::YesNoMaybe,
            (true, true) => ScreenKind::NoYesMaybe,
        };
        let (yes, no) = if yes_no.inverted { ("No", "Yes") } else { ("Yes", "No") };
        screen.yes_label = Some(yes.to_owned());
        screen.no_label = Some(no.to_owned());
        screen.maybe_label = yes_no.maybe.then(|| "I don't know".to_owned());
        let mut field = self.simple_field(&yes_no.variable)?;
        field.datatype = Some(if yes_no.maybe { "threestate" } else { "boolean" }.to_owned());
        field.sign = Some(if yes_no.inverted { -1 } else { 1 });
        if !yes_no.inverted {
            field.boolean_labels = Some([Some(yes.to_owned()), Some(no.to_owned()), screen.maybe_label.clone()]);
        }
        screen.fields.push(field);
        Ok(())
    }

    fn multiple_choice(
        &mut self,
        place: usize,
        variety: Variety,
        variable: Option<&str>,
        choices: &crate::block::Choices,
        screen: &mut Screen,
    ) -> Flow<bool> {
        screen.kind = ScreenKind::MultipleChoice;
        screen.variety = Some(variety);
        let offered = self.choices(place, choices)?;
        if let (true, Some(variable)) = (offered.is_empty(), variable) {
            let target = self.target(variable)?;
            self.assign(&target, Value::None)?;
            return Ok(false);
        }
        let own = format!("_internal[\"answers\"]['{}']", self.extended_name(place));
        let is_boolean = !offered.is_empty() && offered.iter().all(|option| matches!(option.value, Plain::Bool(_)));
        let mut shown: Vec<Choice> = Vec::with_capacity(offered.len());
        for option in offered {
            let mut choice = option.choice;
            if variable.is_none() {
                choice.value = ChoiceValue::Own { variable: own.clone(), value: option.value };
            }
            shown.push(choice);
        }
        let mut field = match variable {
            Some(variable) => self.simple_field(variable)?,
            None => Field { number: "0".to_owned(), active: true, required: Some(true), ..Field::default() },
        };
        field.field_type = Some("multiple_choice".to_owned());
        field.datatype = (is_boolean && variable.is_some()).then(|| "boolean".to_owned());
        if variable.is_some() && variety != Variety::Buttons && !is_boolean {
            let message = match variety {
                Variety::Combobox => "You need to select one or type in a new value.",
                _ => "You need to select one.",
            };
            field.validation_messages = required(message);
        }
        field.choices = Some(shown);
        screen.fields.push(field);
        Ok(true)
    }

    /// Earlier answers: an item is shown when all that it needs is defined.
    fn review(&mut self, place: usize, review: &Review, screen: &mut Screen) -> Flow<()> {
        screen.kind = ScreenKind::Review;
        screen.continue_variable = review.variable.clone();
        for (number, item) in review.items.iter().enumerate() {
            let mut shown = true;
            for need in &item.needs {
                shown = shown && self.can_evaluate(place, need)?;
            }
            for condition in item.show_if.iter() {
                shown = shown && self.can_evaluate(place, condition)? && self.condition(place, condition)?;
            }
            if !shown {
                continue;
            }
            let mut field = Field { number: number.to_string(), active: true, ..Field::default() };
            let text = self.text_of(place, item.text.as_ref())?;
            match &item.label {
                Some(label) => {
                    field.datatype = Some("button".to_owned());
                    field.label = Some(self.text(place, label)?);
                    field.help = text;
                }
                None if item.is_html => field.html = text,
                None => {
                    field.datatype = Some("note".to_owned());
                    field.note = text.map(|text| text.trim_end().to_owned());
                }
            }
            screen.fields.push(field);
        }
        Ok(())
    }

    /// Whether an expression has a value without asking for anything.
    fn can_evaluate(&mut self, place: usize, expression: &crate::block::Expression) -> Flow<bool> {
        self.host().probing += 1;
        let value = self.expression(place, expression);
        self.host().probing -= 1;
        match value {
            Ok(_) => Ok(true),
            Err(Signal::Seek(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// What stands around every question.
    fn surroundings(&mut self, place: usize, question: &Question, screen: &mut Screen) -> Flow<()> {
        let interview = self.interview;
        let steps = self.steps();
        let offset = self.internal("steps_offset").and_then(|offset| self.vm.as_int(offset)).unwrap_or(0);
        screen.can_go_back = steps - offset > 1 && !question.prevents_going_back;
        screen.back_title = "Go back to the previous question".to_owned();
        let corner = self.part(place, question, "corner back button label")?;
        screen.corner_back_label = corner.map_or_else(|| "Back".to_owned(), trimmed);
        screen.validation_messages = interview.whole.validation_messages.clone();
        screen.track_location = question.tracks_location;
        screen.progress = match self.internal("progress") {
            Some(value) => {
                let plain = to_plain(&mut self.vm, value);
                self.flow(plain, place)?
            }
            None => Plain::Int(0),
        };
        if let Some(reload) = &question.reload {
            let seconds = self.expression(place, reload)?;
            screen.reload = self.vm.as_int(seconds).map(|seconds| seconds.max(4) * 1000);
        }
        if let Some(items) = self.vm.dict_get_str(self.variables, "menu_items") {
            let items = to_plain(&mut self.vm, items);
            screen.menu_items = Some(self.flow(items, place)?);
        }
        screen.frame = self.frame(steps);
        Ok(())
    }

    fn frame(&mut self, steps: i64) -> Frame {
        let metadata = &self.interview.metadata;
        let title = metadata.title().map_or(BRAND, str::trim).to_owned();
        let short = metadata.short_title().map_or_else(|| title.clone(), |short| short.trim().to_owned());
        Frame {
            browser_title: title.clone(),
            display_title: title.clone(),
            short_title: short,
            title,
            language: self.host().language.clone(),
            steps,
            exit_link: metadata.get("exit link").and_then(Plain::as_text).unwrap_or("leave").to_owned(),
            exit_label: metadata.get("exit label").and_then(Plain::as_text).unwrap_or("Exit").to_owned(),
            exit_url: metadata.get("exit url").and_then(Plain::as_text).map(str::to_owned),
            section: Plain::Null,
            display_section: Plain::Null,
            sections: Plain::List(Vec::new()),
            features: self.interview.whole.features.clone(),
            navbar_variant: "dark".to_owned(),
            message_log: std::mem::take(&mut self.host().messages),
        }
    }

    /// The end that an exit button leads to; `continue` means that the question is passed over.
    pub(crate) fn exit(&mut self, outer: usize, chosen: usize, kind: ExitKind, url: Option<String>) -> Flow<Outcome> {
        let kind = match kind {
            ExitKind::Continue => {
                self.mark_answered(outer)?;
                return Err(Signal::StartOver);
            }
            ExitKind::Exit => ScreenKind::Exit,
            ExitKind::Logout => ScreenKind::Logout,
            ExitKind::ExitLogout => ScreenKind::ExitLogout,
            ExitKind::Leave => ScreenKind::Leave,
            ExitKind::Restart => ScreenKind::Restart,
            ExitKind::Refresh => ScreenKind::Refresh,
            ExitKind::Signin => ScreenKind::SignIn,
            ExitKind::Register => ScreenKind::Register,
            ExitKind::NewSession => ScreenKind::NewSession,
        };
        let name = self.interview.blocks[chosen].name.clone();
        Ok(Outcome::Screen(Box::new(self.end(kind, name, url.unwrap_or_default()))))
    }

    /// A screen that ends the interview or leads elsewhere.
    pub(crate) fn end(&mut self, kind: ScreenKind, question_name: String, url: String) -> Screen {
        let steps = self.steps();
        Screen {
            kind,
            question_name,
            language: "*".to_owned(),
            question: url,
            continue_label: CONTINUE.to_owned(),
            can_go_back: steps > 1,
            back_title: "Go back to the previous question".to_owned(),
            corner_back_label: "Back".to_owned(),
            progress: Plain::Int(0),
            frame: self.frame(steps),
            ..Screen::default()
        }
    }
}

fn required(text: &str) -> Vec<(String, String)> {
    vec![("required".to_owned(), text.to_owned())]
}

fn trimmed(text: String) -> String {
    text.trim().to_owned()
}
