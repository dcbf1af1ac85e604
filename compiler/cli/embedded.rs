//! The files of `stdlib/` and `targets/`, as `build.rs` puts them in.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
