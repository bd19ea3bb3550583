//! `action buttons`, evaluated.

use super::{Evaluation, Flow, to_plain};
use crate::block::{ActionButtons, BlockId};
use crate::functions::action_link;
use da_core::{ActionButton, Plain};

impl Evaluation<'_, '_> {
    /// The action buttons of a question; none where it does not speak of them.
    pub(super) fn action_buttons(
        &mut self,
        place: BlockId,
        buttons: Option<&ActionButtons>,
    ) -> Flow<Option<Vec<ActionButton>>> {
        let Some(ActionButtons(items)) = buttons else { return Ok(None) };
        let mut shown = Vec::new();
        for item in items {
            if let Some(condition) = &item.show_if
                && !self.is_true(place, condition)?
            {
                continue;
            }
            let value = self.given(place, &item.given)?;
            let plain = to_plain(&mut self.vm, value);
            match self.flow(plain, place)? {
                Plain::List(several) => shown.extend(several.iter().map(|one| self.action_button(one))),
                one => shown.push(self.action_button(&one)),
            }
        }
        Ok(Some(shown))
    }

    fn action_button(&mut self, given: &Plain) -> ActionButton {
        let text = |key: &str| given.get(key).and_then(Plain::as_text).map(|text| text.trim().to_owned());
        let action = text("action").unwrap_or_default();
        let forget_prior = given.get("forget prior") == Some(&Plain::Bool(true));
        let arguments = given.get("arguments").cloned().unwrap_or_else(|| Plain::Map(Vec::new()));
        ActionButton {
            action: self.link_of(action, arguments, forget_prior),
            label: text("label").unwrap_or_default(),
            color: text("color").unwrap_or_else(|| "primary".to_owned()),
            icon: text("icon"),
            placement: text("placement"),
            css_class: text("css class"),
            forget_prior,
            target: text("new window").or_else(|| text("target")),
        }
    }

    /// The address behind a button: one that is written as such, or the one that runs the action.
    fn link_of(&mut self, action: String, arguments: Plain, forget_prior: bool) -> String {
        if action.starts_with("https://") || action.starts_with("http://") {
            return action;
        }
        if !forget_prior {
            return action_link(&mut self.vm, &action, arguments);
        }
        let inner = vec![("_action".to_owned(), Plain::Text(action)), ("_arguments".to_owned(), arguments)];
        action_link(&mut self.vm, "_da_priority_action", Plain::Map(inner))
    }
}
