//! [`Contract`]: what the API's document says, and whether an answer is what it says. [`TestApp`](crate::TestApp) holds every
//! answer of the API against it, so that neither can change without the other.
//!
//! It never passes over a word of JSON Schema that it does not know.

use std::sync::OnceLock;

use da_api::Edition;
use serde_json::{Map, Value};

use crate::Answer;

/// The words that say nothing about what is right.
const REMARKS: [&str; 2] = ["description", "contentMediaType"];

/// The document of an edition.
pub struct Contract(Value);

impl Contract {
    /// The document of an edition, made once.
    pub fn of(edition: Edition) -> &'static Contract {
        static ALL: [OnceLock<Contract>; 2] = [OnceLock::new(), OnceLock::new()];
        let place = usize::from(edition == Edition::Later);
        ALL[place].get_or_init(|| Contract(da_api::openapi::document(edition)))
    }

    /// Every method, path and status of a success that there are.
    pub fn successes(&self) -> Vec<(String, String, u16)> {
        let paths = self.0["paths"].as_object().unwrap();
        let mut all = Vec::new();
        for (path, item) in paths {
            for (method, operation) in item.as_object().unwrap() {
                let statuses =
                    operation["responses"].as_object().unwrap().keys().filter_map(|status| status.parse().ok());
                let good = statuses.filter(|status: &u16| *status < 300);
                all.extend(good.map(|status| (method.to_uppercase(), path.clone(), status)));
            }
        }
        all
    }

    /// The path of the document that an address is of.
    pub fn path_of(&self, address: &str) -> Option<&str> {
        let address: Vec<&str> = address.split('?').next().unwrap_or_default().split('/').collect();
        let fits = |path: &&String| {
            let parts: Vec<&str> = path.split('/').collect();
            parts.len() == address.len()
                && parts.iter().zip(&address).all(|(part, said)| part.starts_with('{') || part == said)
        };
        // A path that is spelled out goes before one with a number in it.
        let paths = self.0["paths"].as_object().unwrap().keys().filter(fits);
        paths.min_by_key(|path| path.matches('{').count()).map(String::as_str)
    }

    /// What an answer has that the document does not say.
    ///
    /// # Errors
    /// The first such thing.
    pub fn check(&self, method: &str, address: &str, answer: &Answer) -> Result<(), String> {
        let Some(path) = self.path_of(address) else { return Ok(()) };
        let operation = &self.0["paths"][path][method.to_lowercase()];
        if operation.is_null() {
            return Ok(());
        }
        let responses = &operation["responses"];
        let told = responses.get(answer.status.to_string()).or_else(|| responses.get("default"));
        let told = told.ok_or_else(|| format!("the status {} is not told of", answer.status))?;
        let Some(content) = told.get("content") else {
            return if answer.body.is_empty() { Ok(()) } else { Err("there is a body".to_owned()) };
        };
        let kind = answer.header("Content-Type").split(';').next().unwrap_or_default();
        let body = content.get(kind).or_else(|| content.get("*/*"));
        let body = body.ok_or_else(|| format!("the media type `{kind}` is not told of"))?;
        match body.get("schema") {
            Some(schema) if kind == "application/json" => {
                let value = serde_json::from_str(&answer.body).map_err(|_| "the body is not JSON".to_owned())?;
                self.fits(&value, schema, "the body")
            }
            _ => Ok(()),
        }
    }

    fn fits(&self, value: &Value, schema: &Value, place: &str) -> Result<(), String> {
        for (word, said) in schema.as_object().unwrap() {
            match word.as_str() {
                "$ref" => self.fits(value, self.0.pointer(&said.as_str().unwrap()[1..]).unwrap(), place)?,
                "type" if !is_of_type(value, said) => return Err(format!("{place} is not of type {said}: {value}")),
                "enum" if !said.as_array().unwrap().contains(value) => {
                    return Err(format!("{place} is none of {said}: {value}"));
                }
                "anyOf" => self.fits_one(value, said.as_array().unwrap(), place)?,
                "if" if self.fits(value, said, place).is_ok() => self.fits(value, &schema["then"], place)?,
                "items" => {
                    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.fits(item, said, &format!("{place}[{number}]"))?;
                    }
                }
                "required" => {
                    let object = value.as_object();
                    let missing = said.as_array().unwrap().iter().find(|key| lacks(object, key));
                    missing.map_or(Ok(()), |key| Err(format!("{place} has no {key}: {value}")))?;
                }
                "properties" => {
                    for (key, schema) in said.as_object().unwrap() {
                        let there = value.get(key);
                        there.map_or(Ok(()), |value| self.fits(value, schema, &format!("{place}.{key}")))?;
                    }
                }
                "additionalProperties" if *said == false => {
                    let known = schema["properties"].as_object().unwrap();
                    let more = value.as_object().into_iter().flatten().find(|(key, _)| !known.contains_key(*key));
                    more.map_or(Ok(()), |(key, _)| Err(format!("{place} has a key `{key}`: {value}")))?;
                }
                "type" | "enum" | "if" | "then" => {}
                word => assert!(REMARKS.contains(&word), "nobody checks `{word}`"),
            }
        }
        Ok(())
    }

    fn fits_one(&self, value: &Value, schemas: &[Value], place: &str) -> Result<(), String> {
        let tried: Vec<_> = schemas.iter().map(|schema| self.fits(value, schema, place)).collect();
        if tried.iter().any(Result::is_ok) {
            return Ok(());
        }
        let reasons: Vec<String> = tried.into_iter().filter_map(Result::err).collect();
        Err(reasons.join("; or "))
    }
}

fn lacks(object: Option<&Map<String, Value>>, key: &Value) -> bool {
    object.is_some_and(|object| !object.contains_key(key.as_str().unwrap()))
}

fn is_of_type(value: &Value, said: &Value) -> bool {
    match said {
        Value::Array(types) => types.iter().any(|said| is_of_type(value, said)),
        said => match said.as_str().unwrap() {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "string" => value.is_string(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            unknown => panic!("there is no type {unknown}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
    use serde_json::json;

    fn said_of(method: &str, address: &str, status: u16, kind: &'static str, body: &str) -> Result<(), String> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        Contract::of(Edition::Documented).check(method, address, &Answer { status, headers, body: body.to_owned() })
    }

    #[test]
    fn what_the_document_says_passes_and_everything_else_is_named() {
        let started = json!({"encrypted": true, "i": "a", "session": "b"});
        let said = |status, kind, body: &Value| said_of("GET", "/api/session/new?i=a", status, kind, &body.to_string());
        assert_eq!(said(200, "application/json", &started), Ok(()));
        assert_eq!(said(400, "application/json", &json!("Parameter i is required")), Ok(()));
        let mut more = started.clone();
        more["extra"] = json!(1);
        let less = json!({"encrypted": true, "i": "a"});
        for (status, kind, body, words) in [
            (201, "application/json", &started, "the status 201 is not told of"),
            (200, "text/html", &started, "the media type `text/html` is not told of"),
            (200, "application/json", &less, r#"the body has no "session": {"encrypted":true,"i":"a"}"#),
            (
                200,
                "application/json",
                &more,
                r#"the body has a key `extra`: {"encrypted":true,"i":"a","session":"b","extra":1}"#,
            ),
            (200, "application/json", &json!([]), r#"the body is not of type "object": []"#),
            (400, "application/json", &json!({}), r#"the body is not of type "string": {}"#),
        ] {
            assert_eq!(said(status, kind, body), Err(words.to_owned()));
        }
        let screen = said_of("GET", "/api/session/question", 200, "application/json", r#"{"questionType":"fields"}"#);
        assert!(screen.unwrap_err().starts_with(r#"the body has no "#));
        let own = said_of("GET", "/api/session/question", 200, "application/json", "[7]");
        assert_eq!(own, Ok(()));
        assert_eq!(said_of("DELETE", "/api/session", 204, "", "x"), Err("there is a body".to_owned()));
        assert_eq!(said_of("GET", "/interview", 200, "text/html", "x"), Ok(()));
    }

    #[test]
    fn a_path_that_is_spelled_out_goes_before_a_number() {
        let contract = Contract::of(Edition::Later);
        let paths = ["/api/user/new?x=/", "/api/user/7", "/api/user/7/api", "/api/nothing"];
        let found = paths.map(|path| contract.path_of(path));
        assert_eq!(found, [Some("/api/user/new"), Some("/api/user/{user_id}"), Some("/api/user/{user_id}/api"), None]);
    }
}
