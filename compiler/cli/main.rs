//! The shell of bastide.
#[cfg(test)]
mod show;
// mod write;

fn main() {}
