//! A line of the contract: what a route takes, and what it answers with. Tests hold the contract against the code.

const CONTRACT: &str = include_str!("../../../../fixtures/contract/routes.tsv");

/// A parameter of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) is_needed: bool,
}

/// A route, as the contract has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) parameters: Vec<Parameter>,
    pub(super) successes: Vec<&'static str>,
    pub(super) refusals: Vec<&'static str>,
}

impl Line {
    /// The line of a route. One that the contract does not have takes nothing, and a test finds it.
    pub(super) fn find(method: &'static str, path: &'static str) -> Line {
        let wanted = path.replace('{', "<").replace('}', ">");
        let columns = CONTRACT.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let found = columns.filter(|columns| columns.len() == 6).find(|columns| {
            let (of_method, of_path) = (columns[0], columns[1]);
            of_method == method && of_path == wanted
        });
        let words = |column: usize| -> Vec<&'static str> {
            let text = found.as_ref().map_or("-", |columns| columns[column]);
            text.split_whitespace().filter(|word| *word != "-").collect()
        };
        let parameter =
            |word: &'static str| Parameter { name: word.trim_end_matches('?'), is_needed: !word.ends_with('?') };
        let parameters = words(3).into_iter().map(parameter).collect();
        Line { method, path, parameters, successes: words(4), refusals: words(5) }
    }

    /// The names in braces.
    pub(super) fn in_path(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
    }

    /// A name for programs: `get_user_list`.
    pub(super) fn operation_id(&self) -> String {
        let path = self.path.trim_start_matches("/api").trim_start_matches('/');
        let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.fold(self.method.to_lowercase(), |name, word| format!("{name}_{word}"))
    }

    /// What it is about: the first word of its path.
    pub(super) fn tag(&self) -> &'static str {
        self.path.trim_start_matches("/api").trim_start_matches('/').split(['/', '_', '.']).next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_into_its_parts() {
        let line = Line::find("GET", "/api/user/{user_id}/api");
        assert_eq!(line.parameters[0], Parameter { name: "name", is_needed: false });
        assert_eq!((line.in_path().collect::<Vec<_>>(), line.tag()), (vec!["user_id"], "user"));
        assert_eq!(line.operation_id(), "get_user_user_id_api");
        assert_eq!(line.successes, ["200"]);
        assert!(line.refusals.contains(&"NoKey"));
    }
}
