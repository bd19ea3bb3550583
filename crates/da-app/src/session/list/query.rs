//! Session queries, by which a list is narrowed down (docassemble's "session query string"):
//! `DA.Sessions.email.Like('%@abc.com') & DA.Sessions.modtime < '4/5/2022'`.
//!
//! A query is data from the first byte on: it is parsed into conditions and never run. As in docassemble's documentation, and other
//! than in Python, comparisons bind more tightly than `&` and `|`. What is not known (the name of a visitor without an account)
//! fits no condition and no negated one, as in a database.

mod parse;

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use da_core::User;
use da_store::Tie;
use thiserror::Error;

/// A query that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionQuery(Condition);

/// Why a query was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{}", self.hint())]
pub enum BadQuery {
    /// It is no query.
    Malformed,
    /// It asks for what sessions do not have.
    NoColumn,
    /// It asks for the last login, which is not kept.
    LastLogin,
    /// It compares a time with what is none.
    BadTime,
    /// It is too long, or nested too deeply.
    TooLong,
}

impl BadQuery {
    /// What to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            BadQuery::Malformed => {
                "A query is made of conditions such as DA.Sessions.modtime < '4/5/2022', joined by & and |, or negated by ~"
            }
            BadQuery::NoColumn => {
                "DA.Sessions has indexno, modtime, filename, session, encrypted, user_id, email, first_name, last_name, country, \
                 subdivisionfirst, subdivisionsecond, subdivisionthird, organization, timezone and language"
            }
            BadQuery::LastLogin => "This server does not keep when somebody logged in last",
            BadQuery::BadTime => "A time is written as 2022-04-05, 2022-04-05T13:30:00 or 4/5/2022",
            BadQuery::TooLong => "The query is too long",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compared(Column, Comparison, Value),
    Like(Column, String),
    In(Column, Vec<Value>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    Modified,
    Filename,
    Session,
    Encrypted,
    UserId,
    Email,
    FirstName,
    LastName,
    Country,
    SubdivisionFirst,
    SubdivisionSecond,
    SubdivisionThird,
    Organization,
    Timezone,
    Language,
}

/// What a column holds, and what it is compared with.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
enum Value {
    Bool(bool),
    Number(i64),
    Text(String),
    Time(NaiveDateTime),
}

impl SessionQuery {
    /// Reads a query.
    ///
    /// ```
    /// use da_app::{BadQuery, SessionQuery};
    ///
    /// SessionQuery::parse("DA.Sessions.user_id.In(1, 41) | ~(DA.Sessions.filename == 'docassemble.a:data/questions/b.yml')")?;
    /// assert_eq!(SessionQuery::parse("DA.Sessions.shoe_size > 40"), Err(BadQuery::NoColumn));
    /// assert_eq!(SessionQuery::parse("__import__('os')"), Err(BadQuery::Malformed));
    /// # Ok::<(), BadQuery>(())
    /// ```
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<SessionQuery, BadQuery> {
        parse::query(text).map(SessionQuery)
    }

    /// Whether a session fits. `user` is who it is tied to, if that is somebody with an account.
    pub(crate) fn fits(&self, tie: &Tie, user: Option<&User>) -> bool {
        self.0.holds(&|column| column.of(tie, user)) == Some(true)
    }

    /// Whether it asks for what stands in accounts alone.
    pub(crate) fn asks_for_users(&self) -> bool {
        self.0.columns().any(Column::is_of_user)
    }
}

impl Condition {
    /// Whether it holds; nothing where that cannot be said.
    fn holds(&self, value: &dyn Fn(Column) -> Option<Value>) -> Option<bool> {
        match self {
            Condition::All(all) => all.iter().try_fold(Some(true), |so_far, one| match (so_far, one.holds(value)) {
                (_, Some(false)) => Err(Some(false)),
                (Some(true), Some(true)) => Ok(Some(true)),
                _ => Ok(None),
            }),
            Condition::Any(any) => any.iter().try_fold(Some(false), |so_far, one| match (so_far, one.holds(value)) {
                (_, Some(true)) => Err(Some(true)),
                (Some(false), Some(false)) => Ok(Some(false)),
                _ => Ok(None),
            }),
            Condition::Not(inside) => return inside.holds(value).map(|holds| !holds),
            Condition::Compared(column, comparison, with) => return comparison.holds(&value(*column)?, with),
            Condition::Like(column, pattern) => {
                let Value::Text(text) = value(*column)? else { return None };
                return Some(is_like(&text, pattern));
            }
            Condition::In(column, values) => return value(*column).map(|value| values.contains(&value)),
        }
        .unwrap_or_else(|decided| decided)
    }

    fn columns(&self) -> Box<dyn Iterator<Item = Column> + '_> {
        match self {
            Condition::All(all) | Condition::Any(all) => Box::new(all.iter().flat_map(Condition::columns)),
            Condition::Not(inside) => inside.columns(),
            Condition::Compared(column, ..) | Condition::Like(column, _) | Condition::In(column, _) => {
                Box::new(std::iter::once(*column))
            }
        }
    }
}

impl Comparison {
    fn holds(self, own: &Value, with: &Value) -> Option<bool> {
        // Values of two kinds are never compared: what a column is compared with is read as the kind that it has.
        let order = own.partial_cmp(with)?;
        Some(match self {
            Comparison::Equal => order.is_eq(),
            Comparison::Unequal => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::LessOrEqual => order.is_le(),
            Comparison::Greater => order.is_gt(),
            Comparison::GreaterOrEqual => order.is_ge(),
        })
    }
}

impl Column {
    /// The column of a name.
    fn named(name: &str) -> Result<Column, BadQuery> {
        Ok(match name {
            "indexno" => Column::Number,
            "modtime" => Column::Modified,
            "filename" => Column::Filename,
            "session" => Column::Session,
            "encrypted" => Column::Encrypted,
            "user_id" => Column::UserId,
            "email" => Column::Email,
            "first_name" => Column::FirstName,
            "last_name" => Column::LastName,
            "country" => Column::Country,
            "subdivisionfirst" => Column::SubdivisionFirst,
            "subdivisionsecond" => Column::SubdivisionSecond,
            "subdivisionthird" => Column::SubdivisionThird,
            "organization" => Column::Organization,
            "timezone" => Column::Timezone,
            "language" => Column::Language,
            "last_login" => return Err(BadQuery::LastLogin),
            _ => return Err(BadQuery::NoColumn),
        })
    }

    fn is_of_user(self) -> bool {
        use Column::{Email, Encrypted, Filename, Modified, Number, Session, UserId};
        !matches!(self, Number | Modified | Filename | Session | Encrypted | UserId | Email)
    }

    fn of(self, tie: &Tie, user: Option<&User>) -> Option<Value> {
        let text = |text: &str| Value::Text(text.to_owned());
        let of_user = |text: fn(&User) -> &String| user.map(|user| Value::Text(text(user).clone()));
        match self {
            Column::Number => Some(Value::Number(tie.number)),
            Column::Modified => Some(Value::Time(tie.modified)),
            Column::Filename => Some(text(&tie.interview)),
            Column::Session => Some(text(tie.session.as_str())),
            Column::Encrypted => Some(Value::Bool(tie.encrypted)),
            Column::UserId => tie.user.map(|user| Value::Number(user.0)),
            Column::Email => tie.email.as_deref().map(text),
            Column::FirstName => of_user(|user| &user.first_name),
            Column::LastName => of_user(|user| &user.last_name),
            Column::Country => of_user(|user| &user.country),
            Column::SubdivisionFirst => of_user(|user| &user.subdivision_first),
            Column::SubdivisionSecond => of_user(|user| &user.subdivision_second),
            Column::SubdivisionThird => of_user(|user| &user.subdivision_third),
            Column::Organization => of_user(|user| &user.organization),
            Column::Timezone => of_user(|user| &user.timezone),
            Column::Language => of_user(|user| &user.language),
        }
    }
}

/// A time as people and programs write one, in UTC where it says no zone. A year has four digits: two could mean any century.
fn time(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    let has_year = |digits: &str| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((_, year)) = text.rsplit_once('/') {
        let day = NaiveDate::parse_from_str(text, "%m/%d/%Y").ok().filter(|_| has_year(year));
        return day.and_then(|day| day.and_hms_opt(0, 0, 0));
    }
    if !has_year(text.split('-').next().unwrap_or_default()) {
        return None;
    }
    let zoned = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z"];
    let plain = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let zoned = zoned.iter().find_map(|format| DateTime::parse_from_str(text, format).ok());
    zoned
        .map(|time| time.naive_utc())
        .or_else(|| plain.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok()))
        .or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))
}

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `%`: any text.
    Any,
    /// `_`: any letter.
    One,
    Letter(char),
}

/// The parts of a pattern, as PostgreSQL reads them: behind a backslash every letter is itself.
fn parts(pattern: &str) -> Vec<Part> {
    let mut letters = pattern.chars();
    let mut parts = Vec::new();
    while let Some(letter) = letters.next() {
        parts.push(match letter {
            '%' => Part::Any,
            '_' => Part::One,
            '\\' => Part::Letter(letters.next().unwrap_or('\\')),
            other => Part::Letter(other),
        });
    }
    parts
}

/// Whether a text is like a pattern.
fn is_like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<Part>) = (text.chars().collect(), parts(pattern));
    // Where to go on when a letter does not fit: behind the last `%`, with one more letter in it.
    let (mut at, mut in_pattern, mut again) = (0, 0, None);
    while at < text.len() {
        match pattern.get(in_pattern) {
            Some(Part::Any) => {
                in_pattern += 1;
                again = Some((in_pattern, at));
            }
            Some(wanted) if *wanted == Part::One || *wanted == Part::Letter(text[at]) => {
                in_pattern += 1;
                at += 1;
            }
            _ => {
                let Some((behind, taken)) = again else { return false };
                again = Some((behind, taken + 1));
                (in_pattern, at) = (behind, taken + 1);
            }
        }
    }
    pattern[in_pattern..].iter().all(|rest| *rest == Part::Any)
}

#[cfg(test)]
mod tests;
