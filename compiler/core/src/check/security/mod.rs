//! Security: secrets, encryption and permissions.

pub mod clear_text_refused;
pub mod debug_port_public;
pub mod host_access;
pub mod least_topic_acl;
pub mod mtls_gap;
pub mod pii_plaintext;
pub mod pii_retention;
pub mod published_to_all;
pub mod secret_fanout;
pub mod secret_literal;
