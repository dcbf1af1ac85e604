//! Kubernetes: what the cluster does with what is written.

pub mod beyond_own_objects;
pub mod closed_port;
pub mod double_autoscaler;
pub mod grace_too_short;
pub mod image_mutable;
pub mod job_without_volume;
pub mod label_refused;
pub mod namespace_twice;
pub mod no_resources;
pub mod node_port_twice;
pub mod open_egress;
pub mod patch_breaks_selector;
pub mod pdb_blocks_drain;
pub mod port_range_too_long;
pub mod privileged_or_root;
pub mod probe_missing;
pub mod readiness_cascade;
pub mod reserved_label;
pub mod rwo_with_rolling;
pub mod scale_from_zero;
pub mod single_replica;
pub mod size_missing;
pub mod stateful_autoscale;
