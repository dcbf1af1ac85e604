//! Capacity: whether what is there carries what is asked.

pub mod callee_undersized;
pub mod db_connections;
pub mod load_margin;
pub mod min_above_max;
pub mod quota_exceeded;
pub mod rate_limit_above_capacity;
pub mod replicas_below_peak;
