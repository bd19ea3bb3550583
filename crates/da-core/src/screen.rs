//! [`Screen`]: what a person is shown, before anybody makes JSON or HTML of it.
//!
//! All texts are Markdown after templates were evaluated, unless a field says otherwise. Names and
//! numbers are docassemble's.

use crate::{LogMessage, Plain};

/// A screen: a question with its fields, or the end of the road.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Screen {
    /// What kind of screen it is.
    pub kind: ScreenKind,
    /// The name of the block that it comes from: `Question_3` or `ID some id`.
    pub question_name: String,
    /// The block is mandatory: answering must mark it answered.
    pub mandatory: bool,
    /// The `id` of the block.
    pub id: Option<String>,
    /// The language of the block, `*` if it has none.
    pub language: String,
    /// The events (sought variables) that led here; empty if none did.
    pub event_list: Vec<String>,
    /// `question`.
    pub question: String,
    /// `subquestion`.
    pub subquestion: Option<String>,
    /// `under`.
    pub under: Option<String>,
    /// `right`.
    pub right: Option<String>,
    /// The label of the button that goes on.
    pub continue_label: String,
    /// Whether that button is there, and can be pressed.
    pub continue_button: ContinueButton,
    /// Label of the button that stores `True`.
    pub yes_label: Option<String>,
    /// Label of the button that stores `False`.
    pub no_label: Option<String>,
    /// Label of the button that stores `None`.
    pub maybe_label: Option<String>,
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// The list whose items the fields are, where it is asked for as a whole.
    pub list_collect: Option<ListCollect>,
    /// How a multiple choice question is laid out.
    pub variety: Option<Variety>,
    /// The variable of a `continue button field` beside fields.
    pub continue_variable: Option<String>,
    /// `help` of this question.
    pub help: Vec<HelpSection>,
    /// The label of the question's own help.
    pub help_label: Option<String>,
    /// Help for the whole interview.
    pub interview_help: Vec<HelpSection>,
    /// The label of the interview's help.
    pub interview_help_label: Option<String>,
    /// Terms and their explanations.
    pub terms: Vec<(String, String)>,
    /// Terms that are looked for without braces.
    pub auto_terms: Vec<(String, String)>,
    /// `action buttons`.
    pub action_buttons: Option<Vec<ActionButton>>,
    /// `attachment`: the documents that the screen offers.
    pub attachments: Vec<Attachment>,
    /// `menu_items`, as the interview made them.
    pub menu_items: Option<Plain>,
    /// Progress in percent.
    pub progress: Plain,
    /// Whether there is a step to go back to.
    pub can_go_back: bool,
    /// `prevent going back`: the person is not to go there.
    pub prevents_going_back: bool,
    /// The label of the Back button in the corner.
    pub corner_back_label: String,
    /// The label of a Back button beside the continue button, where the interview wants one.
    pub back_button: Option<String>,
    /// What the Back button says to those who point at it.
    pub back_title: String,
    /// Interview-wide validation messages.
    pub validation_messages: Vec<(String, String)>,
    /// CSS that goes with the question.
    pub css: Option<String>,
    /// Script that goes with the question.
    pub script: Option<String>,
    /// CSS class of the page.
    pub css_class: Option<String>,
    /// CSS class of its tables.
    pub table_css_class: Option<String>,
    /// Milliseconds after which the page loads itself again.
    pub reload: Option<i64>,
    /// The person's position is wanted.
    pub track_location: bool,
    /// `attributions` of pictures.
    pub attributions: Vec<String>,
    /// What a piece of work in the background ended with: its value, or the action to run.
    pub background: Option<Plain>,
    /// The picture beside the question.
    pub decoration: Option<Plain>,
    /// Keys of the question JSON that have no field here yet, by docassemble's name.
    pub more: Vec<(String, Plain)>,
    /// What stands around the question.
    pub frame: Frame,
}

impl Screen {
    /// Whether Back may be offered.
    pub fn offers_back(&self) -> bool {
        self.can_go_back && !self.prevents_going_back
    }
}

/// How the button that goes on is shown. It is for the eye alone: whoever sends a form goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContinueButton {
    /// It can be pressed.
    #[default]
    Shown,
    /// `hide continue button`.
    Hidden,
    /// `disable continue button`.
    Disabled,
}

/// What stands around every question of an interview.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    /// The title for the browser's tab.
    pub browser_title: String,
    /// The title.
    pub title: String,
    /// The title as it is shown.
    pub display_title: String,
    /// The title for narrow screens.
    pub short_title: String,
    /// The language of the interface: `en`.
    pub language: String,
    /// The number of this step; the first is 1.
    pub steps: i64,
    /// What the Exit link does: `leave`, `exit`, `logout`, ...
    pub exit_link: String,
    /// What the Exit link says.
    pub exit_label: String,
    /// Where Exit leads, if the interview says so.
    pub exit_url: Option<String>,
    /// The current section.
    pub section: Plain,
    /// The current section as it is shown.
    pub display_section: Plain,
    /// The sections of the interview.
    pub sections: Plain,
    /// `features`.
    pub features: Vec<(String, Plain)>,
    /// `dark` or `light`.
    pub navbar_variant: String,
    /// What the interview logged for the person.
    pub message_log: Vec<LogMessage>,
}

/// The kinds of screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum ScreenKind {
    /// A text with no way on.
    #[default]
    Deadend,
    /// A form.
    Fields,
    /// Two buttons, True and False.
    YesNo,
    /// Two buttons, False and True.
    NoYes,
    /// Three buttons.
    YesNoMaybe,
    /// Three buttons, the other way round.
    NoYesMaybe,
    /// A choice.
    MultipleChoice,
    /// A Continue button that sets a variable.
    SetTrue,
    /// A list of earlier answers.
    Review,
    /// A signature.
    Signature,
    /// The end: the session is deleted.
    Exit,
    /// The end: the person is logged out.
    Logout,
    /// The end: deleted and logged out.
    ExitLogout,
    /// Starts over.
    Restart,
    /// The end: the session is kept.
    Leave,
    /// Loads the page again.
    Refresh,
    /// Asks the person to log in.
    SignIn,
    /// Asks the person to register.
    Register,
    /// A new session of the same interview.
    NewSession,
    /// Something is under way.
    Wait,
    /// Leads elsewhere.
    Redirect,
    /// A piece of work in the background is over; nobody is shown this.
    BackgroundResponse,
    /// A piece of work in the background is over, and an action is to change the answers.
    BackgroundResponseAction,
}

impl ScreenKind {
    /// docassemble's word for it, which is the API's `questionType`.
    pub fn as_str(self) -> &'static str {
        match self {
            ScreenKind::Deadend => "deadend",
            ScreenKind::Fields => "fields",
            ScreenKind::YesNo => "yesno",
            ScreenKind::NoYes => "noyes",
            ScreenKind::YesNoMaybe => "yesnomaybe",
            ScreenKind::NoYesMaybe => "noyesmaybe",
            ScreenKind::MultipleChoice => "multiple_choice",
            ScreenKind::SetTrue => "settrue",
            ScreenKind::Review => "review",
            ScreenKind::Signature => "signature",
            ScreenKind::Exit => "exit",
            ScreenKind::Logout => "logout",
            ScreenKind::ExitLogout => "exit_logout",
            ScreenKind::Restart => "restart",
            ScreenKind::Leave => "leave",
            ScreenKind::Refresh => "refresh",
            ScreenKind::SignIn => "signin",
            ScreenKind::Register => "register",
            ScreenKind::NewSession => "new_session",
            ScreenKind::Wait => "wait",
            ScreenKind::Redirect => "redirect",
            ScreenKind::BackgroundResponse => "backgroundresponse",
            ScreenKind::BackgroundResponseAction => "backgroundresponseaction",
        }
    }
}

/// How a multiple choice question is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variety {
    /// Radio buttons.
    Radio,
    /// A button for each choice.
    Buttons,
    /// A drop-down list.
    Dropdown,
    /// A drop-down list that also takes text.
    Combobox,
}

impl Variety {
    /// docassemble's word for it, which is the API's `questionVariety`.
    pub fn as_str(self) -> &'static str {
        match self {
            Variety::Radio => "radio",
            Variety::Buttons => "buttons",
            Variety::Dropdown => "dropdown",
            Variety::Combobox => "combobox",
        }
    }
}

/// `list collect`: a list that is asked for on one screen. The fields of an item stand between two fields without
/// a variable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListCollect {
    /// The variable of the list.
    pub list: String,
    /// How many items are shown; fields of rows beyond are for items that are added.
    pub length: usize,
    /// The least number of items.
    pub minimum: usize,
    /// Whether the list is complete after the screen.
    pub is_final: bool,
    /// The number of items is known beforehand, instead of there being another or not.
    pub asks_number: bool,
    /// Items can be added.
    pub allow_append: bool,
    /// Items can be deleted.
    pub allow_delete: bool,
    /// What the button says that adds an item.
    pub add_another_label: Option<String>,
    /// What stands above the fields of each row, in Markdown.
    pub messages: Vec<String>,
}

/// The type of the data of a field, by docassemble's name (`text`, `integer`, `checkboxes`, a custom
/// datatype, ...).
pub type Datatype = String;

/// The kind of control, by docassemble's name (`area`, `radio`, `yesnowide`, ...).
pub type InputType = String;

/// A field of a screen, or a piece of text among the fields.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Field {
    /// Its number among the fields, as text: `0`, or `2_1` for the second field of the third row of
    /// a list collect.
    pub number: String,
    /// Its row in a list collect.
    pub row: Option<usize>,
    /// The variable as the interview writes it (`fruit[i]`); none for notes.
    pub variable: Option<String>,
    /// The type of the data; none for a bare multiple choice.
    pub datatype: Option<Datatype>,
    /// The control, where it is not the one that the type implies.
    pub input_type: Option<InputType>,
    /// `fieldtype`, which multiple choice questions have.
    pub field_type: Option<String>,
    /// Whether it is shown, as far as show-if code decides.
    pub active: bool,
    /// Whether it must be answered.
    pub required: Option<bool>,
    /// 1, or -1 for the kinds whose box means False.
    pub sign: Option<i64>,
    /// The label.
    pub label: Option<String>,
    /// What stands in the control.
    pub default: Option<Plain>,
    /// Whether what stands in the control is a date or a time that the interview has, not a text of its author.
    pub default_is_moment: bool,
    /// The grey text in an empty control.
    pub hint: Option<String>,
    /// Help behind the label.
    pub help: Option<String>,
    /// The choices, if it has any.
    pub choices: Option<Vec<Choice>>,
    /// A note (Markdown) that stands where a field would.
    pub note: Option<String>,
    /// HTML that stands where a field would.
    pub html: Option<String>,
    /// Where a line of `review` leads: an address that asks again. The question JSON does not tell it.
    pub link: Option<String>,
    /// The smallest value, as the interview writes it.
    pub min: Option<Plain>,
    /// The largest value.
    pub max: Option<Plain>,
    /// The least number of characters.
    pub min_length: Option<Plain>,
    /// The largest number of characters.
    pub max_length: Option<Plain>,
    /// The step of a number.
    pub step: Option<Plain>,
    /// Labels of True, False and None.
    pub boolean_labels: Option<[Option<String>; 3]>,
    /// The condition in the browser under which it is shown.
    pub show_if: Option<ShowIf>,
    /// `none of the above`: whether there is such a choice, or its label.
    pub none_of_the_above: Option<Plain>,
    /// `all of the above`.
    pub all_of_the_above: Option<Plain>,
    /// Messages for each way in which the value can be wrong.
    pub validation_messages: Vec<(String, String)>,
    /// Keys of the question JSON that have no field here yet, by docassemble's name.
    pub more: Vec<(String, Plain)>,
    /// What the datatype of a package says about the control.
    pub own: Option<Box<OwnControl>>,
}

/// How a page shows the control of a datatype that a package defines. The question JSON does not tell it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnControl {
    /// The type of the input, in HTML's words.
    pub input_type: String,
    /// CSS classes of the input.
    pub input_class: String,
    /// CSS classes of what stands around it.
    pub container_class: String,
    /// The parameters of the field, for attributes `data-...`.
    pub data: Vec<(String, String)>,
    /// The text that stands in the control, where the class makes one of the value.
    pub default: Option<String>,
}

/// A condition on another field of the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum ShowIf {
    /// The field is shown if `variable` has `value` (`sign` true), or if it has not.
    Value {
        /// The other field's variable.
        variable: String,
        /// Its value, as text.
        value: Plain,
        /// Shown on equality, or on inequality.
        sign: bool,
    },
    /// The field is shown if a JavaScript expression says so.
    Script {
        /// The expression.
        expression: String,
        /// The variables that it reads.
        variables: Vec<String>,
        /// Shown if true, or if false.
        sign: bool,
        /// 0 hides, 1 disables.
        mode: i64,
    },
}

/// A choice of a field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choice {
    /// What it says, in HTML.
    pub label: String,
    /// What it stores.
    pub value: ChoiceValue,
    /// Chosen unless the person says otherwise.
    pub selected: Option<Plain>,
    /// `default` of the choice.
    pub default: Option<Plain>,
    /// Help behind the label, in Markdown.
    pub help: Option<String>,
    /// The colour of its button.
    pub color: Option<String>,
    /// A CSS class.
    pub css_class: Option<String>,
    /// The address of its picture; null where that is not known.
    pub image: Option<Plain>,
    /// The group in a drop-down list.
    pub group: Option<String>,
}

/// What a choice stores.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ChoiceValue {
    /// Only a label (`none of the above`).
    #[default]
    None,
    /// This value, into the field's variable.
    Value(Plain),
    /// This value, into a variable of the choice's own (checkboxes, choices with code behind them).
    Own {
        /// The variable.
        variable: String,
        /// The value.
        value: Plain,
    },
}

/// A section of help.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HelpSection {
    /// Its heading.
    pub heading: Option<String>,
    /// Its text, in Markdown.
    pub content: String,
    /// What there is to hear (`audio`) and to see (`video`): lists of addresses with their media types.
    pub recordings: Vec<(String, Plain)>,
}

/// A document that a screen offers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attachment {
    /// The variable that it is kept in.
    pub variable: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it is, in Markdown.
    pub description: Option<String>,
    /// The name of its files, without an extension.
    pub filename: String,
    /// The formats that its author allows, by docassemble's names; `*` for the usual ones.
    pub valid_formats: Vec<String>,
}

/// One of the `action buttons` of a screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActionButton {
    /// The address that runs the action.
    pub action: String,
    /// What it says.
    pub label: String,
    /// The colour.
    pub color: String,
    /// An icon's name.
    pub icon: Option<String>,
    /// `before` or after the others.
    pub placement: Option<String>,
    /// CSS class.
    pub css_class: Option<String>,
    /// Forget the actions before it.
    pub forget_prior: bool,
    /// The target of the link.
    pub target: Option<String>,
}
