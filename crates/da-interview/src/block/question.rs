//! `question`: a screen, and how it is answered.

use da_core::Variety;
use da_markup::Template;

use super::attachment::Attachments;
use super::buttons::ActionButtons;
use super::choices::Choices;
use super::condition::Condition;
use super::fault::Fault;
use super::field::FieldItem;
use super::given::Given;
use super::going_on::GoingOn;
use super::interview::{HelpText, explanations};
use super::keys::Keys;
use super::list_collect::ListCollect;
use super::python::Python;
use super::reader::Reading;
use super::review::ReviewItem;
use super::{fields, review};
use crate::yaml::{Node, Scalar, Value};

/// A screen.
#[derive(Debug)]
pub struct Question {
    /// How it is answered.
    pub kind: QuestionKind,
    /// `question`.
    pub question: Template,
    /// The other texts of the screen.
    pub texts: Texts,
    /// `help`.
    pub help: Option<HelpText>,
    /// `terms` of this question.
    pub terms: Vec<(String, Template)>,
    /// `auto terms` of this question.
    pub auto_terms: Vec<(String, Template)>,
    /// `validation code`: statements, run when the screen is answered.
    pub validation_code: Option<Python>,
    /// `attachment`.
    pub attachments: Option<Attachments>,
    /// `action buttons`.
    pub action_buttons: Option<ActionButtons>,
    /// `email template`: what the mail says that a document may be sent with.
    pub email_template: Option<Python>,
    /// `back button`: whether there is a button to go back beside the one that goes on.
    pub back_button: Option<Condition>,
    /// `prevent going back`.
    pub prevents_going_back: Option<Condition>,
    /// Its button to go on, and what a page may set.
    pub going_on: GoingOn,
    /// `list collect`.
    pub list_collect: Option<ListCollect>,
    /// Directives that are given as they are: `decoration`, `audio`, `reload`, `tabular`, ...
    pub more: Vec<(String, Given)>,
}

/// Texts around the question.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// `subquestion`.
    pub subquestion: Option<Template>,
    /// `under`.
    pub under: Option<Template>,
    /// `right`.
    pub right: Option<Template>,
    /// `continue button label`.
    pub continue_label: Option<Template>,
    /// `resume button label`.
    pub resume_label: Option<Template>,
    /// `back button label`: of the button beside the continue button.
    pub back_label: Option<Template>,
    /// `corner back button label`.
    pub corner_back_label: Option<Template>,
    /// `css`.
    pub css: Option<Template>,
    /// `script`.
    pub script: Option<Template>,
    /// `css class`.
    pub css_class: Option<Template>,
    /// `table css class`.
    pub table_css_class: Option<Template>,
    /// Parts of the screen that the block sets for itself (`title`, `exit label`, `pre`, ...), by name.
    pub parts: Vec<(String, Template)>,
}

/// How a question is answered.
#[derive(Debug)]
pub enum QuestionKind {
    /// Not at all.
    Deadend,
    /// By a Continue button that sets a variable to True.
    SetTrue {
        /// The variable.
        variable: String,
    },
    /// By Yes, No and perhaps I don't know.
    YesNo {
        /// The variable.
        variable: String,
        /// Which buttons, and which way round.
        buttons: YesNo,
    },
    /// By a choice.
    MultipleChoice {
        /// How the choices are laid out.
        variety: Variety,
        /// The variable; none when every choice leads into a block.
        variable: Option<String>,
        /// The choices.
        choices: Choices,
        /// `shuffle`.
        shuffle: bool,
    },
    /// By a signature.
    Signature {
        /// The variable.
        variable: String,
        /// `required`: whether somebody has to sign; true where nothing is said.
        required: Option<Condition>,
    },
    /// By a form.
    Fields {
        /// Its lines.
        items: Vec<FieldItem>,
        /// `continue button field`.
        continue_variable: Option<String>,
    },
    /// By going back to earlier answers, or on.
    Review {
        /// Its lines.
        items: Vec<ReviewItem>,
        /// `field`: the variable that going on sets.
        continue_variable: Option<String>,
    },
}

/// The buttons of a yes or no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YesNo {
    /// Yes is True.
    YesNo,
    /// Yes is False.
    NoYes,
    /// Yes is True, and there is I don't know.
    YesNoMaybe,
    /// Yes is False, and there is I don't know.
    NoYesMaybe,
}

/// The parts of the screen that a block may set for itself.
const PARTS: [&str; 15] = [
    "title",
    "short title",
    "subtitle",
    "logo",
    "short logo",
    "navigation bar html",
    "pre",
    "post",
    "submit",
    "exit link",
    "exit label",
    "exit url",
    "help label",
    "continue button color",
    "resume button color",
];

/// Directives that are kept as they are given.
const MORE: &[&str] = &[
    "allow downloading",
    "allow emailing",
    "always include editable files",
    "attachment notice",
    "audio",
    "back button color",
    "breadcrumb",
    "check in",
    "decoration",
    "decoration alt text",
    "default",
    "describe file types",
    "download tab title",
    "email address default",
    "email body",
    "email subject",
    "ga id",
    "include attachment notice",
    "include download tab",
    "manual attachment list",
    "pen color",
    "question metadata",
    "reload",
    "required",
    "segment",
    "segment id",
    "skip undefined",
    "tabular",
    "track location",
    "video",
    "zip filename",
];

impl Question {
    pub(super) fn read(reading: &mut Reading<'_>, keys: &Keys<'_>, question: &Node) -> Result<Question, Fault> {
        let mut more = Vec::new();
        for key in MORE {
            if let Some(node) = keys.get(key) {
                more.push(((*key).to_owned(), Given::read(reading, node)?));
            }
        }
        let attachments = match keys.first_of(&["attachment", "attachments", "attachment code", "attachments code"]) {
            None => None,
            Some(("attachment" | "attachments", node)) => Some(Attachments::read(reading, node)?),
            Some((_, node)) => Some(Attachments::Code(reading.expression(node)?)),
        };
        Ok(Question {
            kind: QuestionKind::read(reading, keys)?,
            question: reading.text(question)?,
            texts: Texts::read(reading, keys)?,
            help: keys.get("help").map(|node| HelpText::read(reading, node)).transpose()?,
            terms: keys.get("terms").map_or(Ok(Vec::new()), |node| explanations(reading, node))?,
            auto_terms: keys.get("auto terms").map_or(Ok(Vec::new()), |node| explanations(reading, node))?,
            validation_code: keys.get("validation code").map(|node| reading.script(node)).transpose()?,
            attachments,
            action_buttons: keys.get("action buttons").map(|node| ActionButtons::read(reading, node)).transpose()?,
            email_template: keys.get("email template").map(|node| reading.expression(node)).transpose()?,
            back_button: keys.get("back button").map(|node| Condition::read(reading, node)).transpose()?,
            prevents_going_back: keys
                .get("prevent going back")
                .map(|node| Condition::read(reading, node))
                .transpose()?,
            going_on: GoingOn::read(reading, keys)?,
            list_collect: ListCollect::read(reading, keys)?,
            more,
        })
    }
}

impl Question {
    /// A directive that is kept as it is given.
    pub fn more(&self, name: &str) -> Option<&Given> {
        self.more.iter().find(|(known, _)| known == name).map(|(_, given)| given)
    }
}

impl Texts {
    fn read(reading: &mut Reading<'_>, keys: &Keys<'_>) -> Result<Texts, Fault> {
        let mut text = |key: &str| keys.get(key).map(|node| reading.text(node)).transpose();
        let mut texts = Texts {
            subquestion: text("subquestion")?,
            under: text("under")?,
            right: text("right")?,
            continue_label: text("continue button label")?,
            resume_label: text("resume button label")?,
            back_label: text("back button label")?,
            corner_back_label: text("corner back button label")?,
            css: text("css")?,
            script: text("script")?,
            css_class: text("css class")?,
            table_css_class: text("table css class")?,
            parts: Vec::new(),
        };
        for key in PARTS {
            if let Some(part) = text(key)? {
                texts.parts.push((key.to_owned(), part));
            }
        }
        Ok(texts)
    }
}

impl QuestionKind {
    fn read(reading: &mut Reading<'_>, keys: &Keys<'_>) -> Result<QuestionKind, Fault> {
        let continue_variable = keys.get("continue button field").map(|node| used_name(reading, node)).transpose()?;
        if let Some(node) = keys.get("review") {
            return Ok(QuestionKind::Review { items: review::read(reading, node)?, continue_variable });
        }
        if let Some(node) = keys.get("fields") {
            return Ok(QuestionKind::Fields { items: fields::read(reading, node)?, continue_variable });
        }
        if let Some((key, node)) = keys.first_of(&["choices", "buttons", "dropdown", "combobox"]) {
            return multiple_choice(reading, keys, key, node);
        }
        for (key, buttons) in [
            ("yesno", YesNo::YesNo),
            ("noyes", YesNo::NoYes),
            ("yesnomaybe", YesNo::YesNoMaybe),
            ("noyesmaybe", YesNo::NoYesMaybe),
        ] {
            if let Some(node) = keys.get(key) {
                return Ok(QuestionKind::YesNo { variable: used_name(reading, node)?, buttons });
            }
        }
        if let Some(node) = keys.get("signature") {
            let required = keys.get("required").map(|node| Condition::read(reading, node)).transpose()?;
            return Ok(QuestionKind::Signature { variable: used_name(reading, node)?, required });
        }
        Ok(continue_variable.map_or(QuestionKind::Deadend, |variable| QuestionKind::SetTrue { variable }))
    }
}

fn multiple_choice(reading: &mut Reading<'_>, keys: &Keys<'_>, key: &str, node: &Node) -> Result<QuestionKind, Fault> {
    let variety = match key {
        "buttons" => Variety::Buttons,
        "dropdown" => Variety::Dropdown,
        "combobox" => Variety::Combobox,
        _ => Variety::Radio,
    };
    let variable = keys.get("field").map(|node| used_name(reading, node)).transpose()?;
    let choices = Choices::read(reading, node, true)?;
    let shuffle = keys
        .get("shuffle")
        .is_some_and(|node| !matches!(node.value, Value::Scalar(Scalar::Bool(false) | Scalar::Null)));
    Ok(QuestionKind::MultipleChoice { variety, variable, choices, shuffle })
}

fn used_name(reading: &mut Reading<'_>, node: &Node) -> Result<String, Fault> {
    let name = reading.name_of(node)?;
    reading.used.add(&name);
    Ok(name)
}
