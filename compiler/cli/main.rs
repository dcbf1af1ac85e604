//! The shell of bastide.
fn main() {}
