//! The twelve factors: programs that can be started, stopped and moved.

pub mod command_in_one_word;
pub mod image_per_environment;
pub mod local_state;
pub mod log_to_file;
pub mod no_graceful_shutdown;
pub mod no_port_binding;
pub mod odd_secret_name;
