//! Objectives: promises that can be kept, measured and alerted on.

pub mod bucket_misses_threshold;
pub mod fan_out_tail;
pub mod hundred_percent;
pub mod latency_budget_exceeded;
pub mod latency_slo_above_timeout;
pub mod low_traffic_burn;
pub mod no_slo_on_public_route;
pub mod retry_hides_errors;
pub mod slo_above_replicas;
pub mod slo_contradiction;
pub mod slo_infeasible_independent;
pub mod unreachable_burn_alert;
pub mod window_factor_mismatch;
