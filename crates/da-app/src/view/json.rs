//! [`Plain`] and JSON.
//!
//! Whole numbers of any size keep their digits in both directions; what JSON cannot say (an infinite
//! number) becomes null.

use da_core::Plain;
use serde_json::{Number, Value};

/// A plain value as JSON.
pub fn to_json(plain: &Plain) -> Value {
    match plain {
        Plain::Null => Value::Null,
        Plain::Bool(value) => Value::Bool(*value),
        Plain::Int(value) => Value::from(*value),
        Plain::BigInt(digits) => digits.parse::<Number>().map_or(Value::Null, Value::Number),
        Plain::Float(value) => Number::from_f64(*value).map_or(Value::Null, Value::Number),
        Plain::Text(text) => Value::from(text.as_str()),
        Plain::List(items) => items.iter().map(to_json).collect(),
        Plain::Map(entries) => entries.iter().map(|(key, value)| (key.clone(), to_json(value))).collect(),
    }
}

/// JSON as a plain value.
pub fn from_json(value: &Value) -> Plain {
    match value {
        Value::Null => Plain::Null,
        Value::Bool(value) => Plain::Bool(*value),
        Value::Number(number) => from_number(number),
        Value::String(text) => Plain::Text(text.clone()),
        Value::Array(items) => Plain::List(items.iter().map(from_json).collect()),
        Value::Object(entries) => {
            Plain::Map(entries.iter().map(|(key, value)| (key.clone(), from_json(value))).collect())
        }
    }
}

fn from_number(number: &Number) -> Plain {
    let digits = number.as_str();
    if digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return digits.parse().map_or_else(|_| Plain::BigInt(digits.to_owned()), Plain::Int);
    }
    Plain::Float(digits.parse().unwrap_or(f64::NAN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_kind_and_their_digits() {
        let text = r#"{"b":1,"a":1.0,"big":123456789012345678901234567890,"neg":-2,"e":1e3,"list":[true,null,"x"]}"#;
        let plain = from_json(&serde_json::from_str(text).unwrap());
        assert_eq!(plain.get("b"), Some(&Plain::Int(1)));
        assert_eq!(plain.get("a"), Some(&Plain::Float(1.0)));
        assert_eq!(plain.get("e"), Some(&Plain::Float(1000.0)));
        assert_eq!(plain.get("big"), Some(&Plain::BigInt("123456789012345678901234567890".to_owned())));
        let again =
            r#"{"b":1,"a":1.0,"big":123456789012345678901234567890,"neg":-2,"e":1000.0,"list":[true,null,"x"]}"#;
        assert_eq!(to_json(&plain).to_string(), again);
        assert_eq!(to_json(&Plain::Float(f64::INFINITY)), Value::Null);
    }
}
