//! Gateways: routes, limits and what stands open.

pub mod body_limit_above_memory;
pub mod body_limit_missing;
pub mod cached_private_response;
pub mod cors_wildcard_credentials;
pub mod feature_not_expressible;
pub mod field_above_profile;
pub mod gateway_not_written;
pub mod host_in_two_environments;
pub mod host_twice;
pub mod internal_exposed;
pub mod local_limit_times_replicas;
pub mod no_rate_limit_public;
pub mod partial_capture;
pub mod plaintext_public_listener;
pub mod public_route_without_auth;
pub mod published_twice;
pub mod route_conflict;
pub mod route_shadowed;
pub mod split_above_whole;
pub mod sticky_without_store;
pub mod streaming_with_timeout;
pub mod user_limit_without_user;
pub mod way_out_twice;
pub mod wildcard_in_route;
