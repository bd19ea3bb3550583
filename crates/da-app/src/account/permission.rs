//! What a limited API key may be allowed, by docassemble's names.

/// The permissions that a key of an administrator may be limited to.
pub const PERMISSIONS: [&str; 20] = [
    "access_privileges",
    "access_sessions",
    "access_user_api_info",
    "access_user_info",
    "create_user",
    "delete_user",
    "demo_interviews",
    "edit_privileges",
    "edit_sessions",
    "edit_user_active_status",
    "edit_user_api_info",
    "edit_user_info",
    "edit_user_password",
    "edit_user_privileges",
    "interview_data",
    "log_user_in",
    "manage_packages",
    "playground_control",
    "read_packages",
    "template_parse",
];
