//! Topology: who depends on whom.

pub mod call_chain_too_deep;
pub mod derived_name_taken;
pub mod direct_datastore_access;
pub mod egress_contradiction;
pub mod god_service;
pub mod host_refused;
pub mod layer_violation;
pub mod mount_twice;
pub mod orphan_service;
pub mod port_range_mismatch;
pub mod port_twice;
pub mod reference_without_edge;
pub mod shared_database;
pub mod start_order_cycle;
pub mod sync_between_contexts;
pub mod sync_cycle;
pub mod too_many_networks;
pub mod udp_only;
pub mod undeclared_egress;
pub mod variable_twice;
pub mod volume_name_clash;
pub mod volume_not_shared;
pub mod volume_over_system;
pub mod waits_for_nothing;
