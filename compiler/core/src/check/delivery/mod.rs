//! Delivery: how a release comes about and is taken back.

pub mod canary_too_short;
pub mod env_parity;
pub mod gate_without_command;
pub mod gate_without_stack;
pub mod gate_without_work;
pub mod image_of_nobody;
pub mod rollback_blocked;
pub mod rollout_not_written;
pub mod stage_missing;
