//! What is built in: `stdlib/` and `targets/` of the compiler, and how a project's own take their place.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
