//! The shell of bastide.
#[cfg(test)]
mod show;
#[cfg(test)]
mod write;

fn main() {}
