//! Resilience: timeouts, retries and what a failure pulls along.

pub mod hard_dep_without_fallback;
pub mod keepalive_race;
pub mod missing_timeout;
pub mod no_circuit_breaker;
pub mod no_retry_budget;
pub mod non_idempotent_retry;
pub mod retry_amplification;
pub mod retry_does_not_fit;
pub mod retry_owner_conflict;
pub mod timeout_inversion;
pub mod timeout_too_long;
