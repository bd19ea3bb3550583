//! Plain data as JSON text, in the layout of Python's `json.dumps(sort_keys=True, indent=2)`.
//!
//! Only for what an interview itself answers with; the question JSON is made elsewhere.

use da_core::Plain;
use std::fmt::Write;

/// The text, keys sorted.
pub(crate) fn sorted(plain: &Plain) -> String {
    let mut text = String::new();
    write(&mut text, plain, 0);
    text
}

/// The text on one line, as `json.dumps` writes it.
pub(crate) fn compact(plain: &Plain) -> String {
    match plain {
        Plain::List(items) => format!("[{}]", items.iter().map(compact).collect::<Vec<_>>().join(", ")),
        Plain::Map(entries) => {
            let entry =
                |(key, value): &(String, Plain)| format!("{}: {}", compact(&Plain::from(key.as_str())), compact(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        simple => sorted(simple),
    }
}

fn write(text: &mut String, plain: &Plain, indent: usize) {
    match plain {
        Plain::Null => text.push_str("null"),
        Plain::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Plain::Int(number) => _ = write!(text, "{number}"),
        Plain::BigInt(digits) => text.push_str(digits),
        Plain::Float(number) => text.push_str(&float(*number)),
        Plain::Text(words) => string(text, words),
        Plain::List(items) if items.is_empty() => text.push_str("[]"),
        Plain::List(items) => {
            let mut between = "[";
            for item in items {
                text.push_str(between);
                line(text, indent + 2);
                write(text, item, indent + 2);
                between = ",";
            }
            line(text, indent);
            text.push(']');
        }
        Plain::Map(entries) if entries.is_empty() => text.push_str("{}"),
        Plain::Map(entries) => {
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
            let mut between = "{";
            for (key, value) in sorted {
                text.push_str(between);
                line(text, indent + 2);
                string(text, key);
                text.push_str(": ");
                write(text, value, indent + 2);
                between = ",";
            }
            line(text, indent);
            text.push('}');
        }
    }
}

fn line(text: &mut String, indent: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
}

/// A number as Python's `repr` has it.
fn float(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let exponent = if number == 0.0 { 0.0 } else { number.abs().log10() };
    if (-4.0..16.0).contains(&exponent) {
        return format!("{number:?}");
    }
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, power)) => match power.strip_prefix('-') {
            Some(power) => format!("{digits}e-{power:0>2}"),
            None => format!("{digits}e+{power:0>2}"),
        },
        None => text,
    }
}

fn string(text: &mut String, words: &str) {
    text.push('"');
    for letter in words.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            ' '..='~' => text.push(letter),
            _ => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_that_of_python() {
        let plain = Plain::Map(vec![
            ("inhabitants".to_owned(), Plain::Int(3890)),
            ("final".to_owned(), Plain::Bool(true)),
            (
                "list".to_owned(),
                Plain::List(vec![Plain::Float(1.0), Plain::Float(1e20), "é😀\n".into(), Plain::List(Vec::new())]),
            ),
        ]);
        let expected = "{\n  \"final\": true,\n  \"inhabitants\": 3890,\n  \"list\": [\n    1.0,\n    1e+20,\n    \
                        \"\\u00e9\\ud83d\\ude00\\n\",\n    []\n  ]\n}";
        assert_eq!(sorted(&plain), expected);
    }
}
