//! A draft of a question that makes a document of a template.

use da_document::{FieldKind, FormField};

use super::fields::TemplateFields;

/// What stands for a text that its author has to think of.
const SOMETHING: &str = "something";

/// Words that are no texts in YAML 1.1, which is what interviews are written in.
const NO_TEXTS: [&str; 11] = ["y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf"];

pub(super) fn question(fields: &TemplateFields, file: &str) -> Option<String> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let (directive, lines) = match fields {
        TemplateFields::Form(fields) => ("pdf template file", form(fields)),
        TemplateFields::Names(names) => {
            ("docx template file", names.iter().map(|name| format!("      {}: Something\n", quoted(name))).collect())
        }
    };
    if lines.is_empty() {
        return None;
    }
    let (name, file) = (plain_or_quoted(stem), plain_or_quoted(&template_name(file)));
    Some(format!(
        "---\nquestion: Here is your document.\nevent: some_event\nattachment:\n  - name: {name}\n    filename: {name}\n    \
         {directive}: {file}\n    fields:\n{lines}---"
    ))
}

/// The name that the file of a template gets: what is unusual in a name becomes an underscore.
fn template_name(file: &str) -> String {
    let mut name = String::with_capacity(file.len());
    for character in file.chars() {
        match character {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '_' | '.' | ' ' => name.push(character),
            // Several of them become one.
            _ if name.ends_with('/') => {}
            _ => name.push('/'),
        }
    }
    name.replace('/', "_")
}

/// A line for each name; a field that stands at several places has one.
fn form(fields: &[FormField]) -> String {
    let mut seen = std::collections::HashSet::new();
    let first = fields.iter().filter(|field| seen.insert(field.name.as_str()));
    first
        .map(|field| {
            format!(
                "      - {}: {}\n",
                quoted(&field.name),
                written(&default_value(field).unwrap_or_else(|| SOMETHING.to_owned()))
            )
        })
        .collect()
}

/// What stands in a field as long as nobody says anything else; nothing where its author has to think of it.
pub(super) fn default_value(field: &FormField) -> Option<String> {
    match field.kind {
        Some(FieldKind::Button) => {
            let on = export_value(field).unwrap_or_default();
            let is_on = field.value.as_deref().is_some_and(|value| value == on || value == "Yes");
            Some(if is_on { on } else { "No".to_owned() })
        }
        Some(FieldKind::Signature) => Some("${ user.signature }".to_owned()),
        _ => field.value.clone().filter(|value| !value.is_empty()),
    }
}

/// What a button stands for when it is on.
pub(super) fn export_value(field: &FormField) -> Option<String> {
    let is_button = field.kind == Some(FieldKind::Button);
    is_button.then(|| field.export_value.clone().unwrap_or_else(|| "Yes".to_owned()))
}

/// A text as the value of a key: as it is where that is the same text in YAML, otherwise below the key or in quotes.
fn written(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_plain = !text.contains(['#', '!', '?', ':', '\n', '"', '\'', '[', ']', '{', '}']);
    // A text that begins with a blank cannot stand below a key without saying so.
    if text.trim() != text || text.contains(|character: char| character.is_control() && character != '\n') {
        quoted(&text)
    } else if is_plain && !text.starts_with(['-', '*', '&', '%', '@', '`', '|', '>', ',', '=', '~']) {
        text
    } else {
        let lines: Vec<String> = text.lines().map(|line| format!("          {line}").trim_end().to_owned()).collect();
        format!("|\n{}", lines.join("\n"))
    }
}

fn plain_or_quoted(text: &str) -> String {
    let is_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.');
    let begins = text.starts_with(char::is_alphabetic);
    let is_plain = begins && text.chars().all(is_word) && !NO_TEXTS.contains(&text.to_lowercase().as_str());
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// A text in quotes, so that it is the same in YAML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            other if other.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(other))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, kind: FieldKind, value: Option<&str>) -> FormField {
        let (kind, value) = (Some(kind), value.map(str::to_owned));
        FormField { name: name.to_owned(), kind, value, export_value: None, page: 1, edges: Vec::new() }
    }

    #[test]
    fn a_form_becomes_a_question_with_a_line_for_each_name() {
        let fields = TemplateFields::Form(vec![
            field("Name", FieldKind::Text, None),
            field("Say \"hi\"", FieldKind::Text, Some("a: b\r\nc")),
            field("Name", FieldKind::Text, Some("once more")),
            field("Agrees", FieldKind::Button, None),
            FormField { export_value: Some("On".to_owned()), ..field("Is on", FieldKind::Button, Some("On")) },
            field("Signed", FieldKind::Signature, None),
            field("City", FieldKind::Choice, Some(" Bonn")),
        ]);
        let expected = "\
---
question: Here is your document.
event: some_event
attachment:
  - name: my_form
    filename: my_form
    pdf template file: my_form.pdf
    fields:
      - \"Name\": something
      - \"Say \\\"hi\\\"\": |
          a: b
          c
      - \"Agrees\": No
      - \"Is on\": On
      - \"Signed\": |
          ${ user.signature }
      - \"City\": \" Bonn\"
---";
        assert_eq!(question(&fields, "my_form.pdf").unwrap(), expected);
    }

    #[test]
    fn names_become_a_question_and_nothing_becomes_none() {
        let names = TemplateFields::Names(vec!["client".to_owned(), "y".to_owned()]);
        let expected = "\
---
question: Here is your document.
event: some_event
attachment:
  - name: \"2024-Zoë\"
    filename: \"2024-Zoë\"
    docx template file: \"2024-Zo_.docx\"
    fields:
      \"client\": Something
      \"y\": Something
---";
        assert_eq!(question(&names, "2024-Zoë.docx").unwrap(), expected);
        assert_eq!(question(&TemplateFields::Names(Vec::new()), "a.docx"), None);
        assert_eq!(question(&TemplateFields::Form(Vec::new()), "a.pdf"), None);
    }
}
