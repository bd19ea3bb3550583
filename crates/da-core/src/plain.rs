//! [`Plain`]: the values that cross the border of the engine.
//!
//! It never holds a Python object, and it never knows how it is written on a wire.

/// A value made of nothing but data: what a [`Screen`](crate::Screen) shows and what an
/// [`Answer`](crate::Answer) brings.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Plain {
    /// Python's `None`, JSON's `null`.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number that fits 64 bits.
    Int(i64),
    /// A whole number that does not, in decimal digits.
    BigInt(String),
    /// A binary floating point number.
    Float(f64),
    /// Text.
    Text(String),
    /// An ordered list.
    List(Vec<Plain>),
    /// A mapping that keeps the order in which its keys came.
    Map(Vec<(String, Plain)>),
}

impl Plain {
    /// The text, if this is text.
    ///
    /// ```
    /// use da_core::Plain;
    /// assert_eq!(Plain::from("a").as_text(), Some("a"));
    /// assert_eq!(Plain::Null.as_text(), None);
    /// ```
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Plain::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text that stands for this in a form, as Python's `str()` writes it; nothing for a list or a mapping.
    ///
    /// ```
    /// use da_core::Plain;
    /// assert_eq!(Plain::Bool(true).form_text(), "True");
    /// assert_eq!(Plain::Null.form_text(), "None");
    /// assert_eq!(Plain::from(7).form_text(), "7");
    /// ```
    pub fn form_text(&self) -> String {
        match self {
            Plain::Null => "None".to_owned(),
            Plain::Bool(true) => "True".to_owned(),
            Plain::Bool(false) => "False".to_owned(),
            Plain::Int(number) => number.to_string(),
            Plain::Float(number) => number.to_string(),
            Plain::Text(text) | Plain::BigInt(text) => text.clone(),
            Plain::List(_) | Plain::Map(_) => String::new(),
        }
    }

    /// The value of `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Plain> {
        match self {
            Plain::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The items, if this is a list.
    pub fn as_list(&self) -> Option<&[Plain]> {
        match self {
            Plain::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, if this is a mapping.
    pub fn as_map(&self) -> Option<&[(String, Plain)]> {
        match self {
            Plain::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// Whether this is [`Plain::Null`].
    pub fn is_null(&self) -> bool {
        matches!(self, Plain::Null)
    }
}

impl From<bool> for Plain {
    fn from(value: bool) -> Self {
        Plain::Bool(value)
    }
}

impl From<i64> for Plain {
    fn from(value: i64) -> Self {
        Plain::Int(value)
    }
}

impl From<f64> for Plain {
    fn from(value: f64) -> Self {
        Plain::Float(value)
    }
}

impl From<&str> for Plain {
    fn from(value: &str) -> Self {
        Plain::Text(value.to_owned())
    }
}

impl From<String> for Plain {
    fn from(value: String) -> Self {
        Plain::Text(value)
    }
}

impl<T: Into<Plain>> From<Option<T>> for Plain {
    fn from(value: Option<T>) -> Self {
        value.map_or(Plain::Null, Into::into)
    }
}

impl<T: Into<Plain>> From<Vec<T>> for Plain {
    fn from(value: Vec<T>) -> Self {
        Plain::List(value.into_iter().map(Into::into).collect())
    }
}
