//! Data: where it lies, who may reach it, and what is left of it after the worst day.

pub mod cache_as_truth;
pub mod cap_mismatch;
pub mod contract_with_rolling;
pub mod even_quorum;
pub mod migration_in_initcontainer;
pub mod no_backup;
pub mod replicas_not_run;
pub mod resource_of_nobody;
pub mod rpo_not_met;
pub mod rto_not_met;
pub mod stand_in_in_cluster;
pub mod value_left_out;
pub mod variable_replaced;
