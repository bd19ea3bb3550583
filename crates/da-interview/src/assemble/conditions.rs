//! When a field is shown.

use super::{Evaluation, Flow};
use crate::block::Condition;
use da_core::{Plain, ShowIf};

impl Evaluation<'_, '_> {
    /// Whether the field is shown as far as code decides, and the condition for the browser.
    pub(crate) fn conditions(&mut self, place: usize, conditions: &[Condition]) -> Flow<(bool, Option<ShowIf>)> {
        let (mut active, mut show_if) = (true, None);
        for condition in conditions {
            match condition {
                Condition::Code { expression, sign } => {
                    active = active && self.condition(place, expression)? == *sign;
                }
                Condition::Value { variable, value, sign } => {
                    let value = Plain::Text(self.text(place, value)?);
                    show_if = Some(ShowIf::Value { variable: variable.clone(), value, sign: *sign });
                }
                Condition::Script { expression, sign, disables } => {
                    let expression = self.text(place, expression)?.trim().to_owned();
                    let variables = variables_of_script(&expression);
                    show_if = Some(ShowIf::Script { expression, variables, sign: *sign, mode: i64::from(*disables) });
                }
            }
        }
        Ok((active, show_if))
    }
}

/// The variables that `val("...")` reads in a JavaScript expression.
fn variables_of_script(expression: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in expression.split("val(").skip(1) {
        let piece = piece.trim_start();
        let Some(quote) = piece.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { continue };
        let Some((name, _)) = piece[1..].split_once(quote) else { continue };
        if !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variables_of_a_script_are_those_that_val_reads() {
        let script = r#"val("fruit") == "apple" && (val( 'a.b' ) || val("fruit"))"#;
        assert_eq!(variables_of_script(script), ["fruit", "a.b"]);
        assert_eq!(variables_of_script("val(name)"), Vec::<String>::new());
    }
}
