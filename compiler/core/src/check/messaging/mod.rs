//! Messages: topics, queues, sagas, and who reads and writes.

pub mod broker_guarantee_mismatch;
pub mod broker_lacks_field;
pub mod consumers_exceed_partitions;
pub mod dual_write;
pub mod event_loop;
pub mod min_insync_equals_rf;
pub mod missing_dlq;
pub mod non_idempotent_consumer;
pub mod order_vs_parallel;
pub mod retention_below_rto;
pub mod rf_exceeds_brokers;
pub mod saga_step_uncompensated;
pub mod schema_compat_none;
pub mod schema_incompatible;
pub mod sync_call_in_saga;
pub mod topic_moved;
pub mod topic_without_broker;
pub mod topic_without_consumer;
pub mod topic_without_producer;
pub mod unbounded_queue;
