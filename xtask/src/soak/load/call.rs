//! What a client does, and how often.

/// What a client does, and how often of a hundred.
pub(super) const CALLS: [(Call, u64); 11] = [
    (Call::Post, 30),
    (Call::Add, 12),
    (Call::Variables, 12),
    (Call::Question, 14),
    (Call::File, 5),
    (Call::Stash, 5),
    (Call::Resume, 4),
    (Call::Sessions, 5),
    (Call::List, 3),
    (Call::Own, 7),
    (Call::User, 3),
];

/// One of them; the order is that of [`CALLS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    /// `POST /api/session` with a variable that nobody else posts.
    Post,
    /// `POST /api/session/action`, which adds one to what everybody adds to; with a name, so that it may be sent again.
    Add,
    /// `GET /api/session`, compared with what was acknowledged.
    Variables,
    /// `GET /api/session/question`.
    Question,
    /// `POST /api/session` with a file, which is read back.
    File,
    /// `POST /api/stash_data`, which is read back.
    Stash,
    /// `POST /api/resume_url`, and what the link shows.
    Resume,
    /// A page of `GET /api/interviews` or `/api/user/interviews`, with a filter or without.
    Sessions,
    /// `GET /api/list`.
    List,
    /// A session of one's own: begun, answered, taken back, deleted.
    Own,
    /// `GET /api/user`.
    User,
}

impl Call {
    pub(super) fn name(self) -> &'static str {
        match self {
            Call::Post => "POST session",
            Call::Add => "action",
            Call::Variables => "GET session",
            Call::Question => "question",
            Call::File => "POST session with a file, GET file",
            Call::Stash => "stash_data, retrieve_stashed_data",
            Call::Resume => "resume_url, launch",
            Call::Sessions => "a page of interviews",
            Call::List => "list",
            Call::Own => "new, POST, back, DELETE",
            Call::User => "user",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_the_calls_are_of_a_hundred_and_each_stands_at_its_place() {
        assert_eq!(CALLS.iter().map(|(_, share)| share).sum::<u64>(), 100);
        for (place, (call, _)) in CALLS.into_iter().enumerate() {
            assert_eq!(call as usize, place);
        }
    }
}
