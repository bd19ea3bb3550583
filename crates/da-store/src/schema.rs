//! The tables, as diesel sees them. They are made by `migrations/`; both databases have the same.

diesel::table! {
    server_value (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    user (id) {
        id -> BigInt,
        email -> Text,
        email_key -> Text,
        password -> Nullable<Text>,
        active -> Bool,
        first_name -> Text,
        last_name -> Text,
        country -> Text,
        subdivision_first -> Text,
        subdivision_second -> Text,
        subdivision_third -> Text,
        organization -> Text,
        timezone -> Text,
        language -> Text,
        created -> Timestamp,
    }
}

diesel::table! {
    role (id) {
        id -> BigInt,
        name -> Text,
    }
}

diesel::table! {
    user_role (user_id, role_id) {
        user_id -> BigInt,
        role_id -> BigInt,
    }
}

diesel::table! {
    api_key (id) {
        id -> BigInt,
        user_id -> BigInt,
        name -> Text,
        hash -> Binary,
        last_four -> Text,
        created -> Timestamp,
        last_used -> Nullable<Timestamp>,
        method -> Text,
        allowed -> Text,
        permissions -> Text,
    }
}

diesel::table! {
    session (id) {
        id -> Text,
        interview -> Text,
        encrypted -> Bool,
        created -> Timestamp,
        modified -> Timestamp,
        used -> Timestamp,
    }
}

diesel::table! {
    session_wrap (session_id, holder) {
        session_id -> Text,
        holder -> Text,
        wrapped -> Binary,
    }
}

diesel::table! {
    session_tie (id) {
        id -> BigInt,
        session_id -> Text,
        user_id -> Nullable<BigInt>,
        visitor -> Nullable<Text>,
        interview -> Text,
    }
}

diesel::table! {
    code (hash) {
        hash -> Binary,
        sealed -> Binary,
        expires -> Timestamp,
        owner -> Nullable<Binary>,
    }
}

diesel::table! {
    user_secret (id) {
        id -> BigInt,
        user_id -> BigInt,
        locked -> Binary,
        is_present -> Bool,
        created -> Timestamp,
        recovery -> Nullable<Binary>,
    }
}

diesel::table! {
    step (session_id, number) {
        session_id -> Text,
        number -> BigInt,
        sealed -> Binary,
        modified -> Timestamp,
    }
}

diesel::table! {
    two_factor (user_id) {
        user_id -> BigInt,
        sealed -> Binary,
        last_step -> BigInt,
        created -> Timestamp,
    }
}

diesel::table! {
    recovery_code (user_id, hash) {
        user_id -> BigInt,
        hash -> Binary,
    }
}

diesel::table! {
    attempt (hash) {
        hash -> Binary,
        count -> BigInt,
        expires -> Timestamp,
    }
}

diesel::table! {
    kept_value (id) {
        id -> BigInt,
        scope -> Binary,
        name -> Binary,
        owner -> Binary,
        session_id -> Nullable<Text>,
        user_id -> Nullable<BigInt>,
        sealed_name -> Binary,
        sealed -> Binary,
        size -> BigInt,
        modified -> Timestamp,
        expires -> Nullable<Timestamp>,
    }
}

diesel::table! {
    kv_value (id) {
        id -> BigInt,
        scope -> Binary,
        name -> Binary,
        stamp -> Binary,
        sealed_name -> Binary,
        sealed -> Binary,
        size -> BigInt,
        expires -> Nullable<Timestamp>,
    }
}

diesel::table! {
    session_answer (id) {
        id -> BigInt,
        session_id -> Text,
        hash -> Binary,
        sealed -> Binary,
        created -> Timestamp,
    }
}

diesel::table! {
    file (number) {
        number -> BigInt,
        session -> Text,
        interview -> Text,
        name -> Text,
        private -> Bool,
        persistent -> Bool,
        size -> BigInt,
        content -> Nullable<Text>,
        wrapped_key -> Nullable<Binary>,
        created -> Timestamp,
        modified -> Timestamp,
    }
}

diesel::table! {
    file_user (file_number, user_id) {
        file_number -> BigInt,
        user_id -> BigInt,
        tag -> Nullable<Binary>,
    }
}

diesel::table! {
    file_role (file_number, role_id) {
        file_number -> BigInt,
        role_id -> BigInt,
        tag -> Nullable<Binary>,
    }
}

diesel::table! {
    package (name) {
        name -> Text,
        user_id -> Nullable<BigInt>,
        project -> Nullable<Text>,
        kind -> Text,
        version -> Text,
        origin -> Nullable<Text>,
        branch -> Nullable<Text>,
        file_number -> Nullable<BigInt>,
        installed_by -> Nullable<BigInt>,
        modified -> Timestamp,
    }
}

diesel::table! {
    package_content (hash) {
        hash -> Binary,
        needed -> Timestamp,
        sealed -> Binary,
    }
}

diesel::table! {
    package_file (package, path) {
        package -> Text,
        path -> Text,
        content -> Binary,
        size -> BigInt,
    }
}

diesel::table! {
    job (id) {
        id -> BigInt,
        session_id -> Text,
        task -> Text,
        sealed -> Binary,
        wrapped_key -> Binary,
        due -> Timestamp,
        token -> BigInt,
        attempts -> BigInt,
        is_first -> Bool,
        failures -> BigInt,
        instance -> Nullable<BigInt>,
    }
}

diesel::table! {
    job_result (session_id, task) {
        session_id -> Text,
        task -> Text,
        sealed -> Binary,
    }
}

diesel::table! {
    letter (id) {
        id -> BigInt,
        sealed -> Binary,
        attempts -> BigInt,
        due -> Timestamp,
    }
}

diesel::joinable!(file_role -> role (role_id));
diesel::joinable!(api_key -> user (user_id));
diesel::joinable!(user_role -> role (role_id));
diesel::joinable!(user_role -> user (user_id));
diesel::allow_tables_to_appear_in_same_query!(file_role, role);
diesel::allow_tables_to_appear_in_same_query!(api_key, user, user_role, role, session, session_wrap, session_tie, step);
diesel::allow_tables_to_appear_in_same_query!(job, session);
diesel::allow_tables_to_appear_in_same_query!(package_content, package_file);
diesel::allow_tables_to_appear_in_same_query!(server_value, session);
diesel::allow_tables_to_appear_in_same_query!(server_value, step);
