//! Every row's example shows it, and pairs that are equal or differ as said.

use crate::contract::testing::{compare, examples};
use crate::contract::{Bump, Comparison};

fn diff(old: &str, new: &str) -> Comparison {
    compare(&super::FORMAT, ("old.graphql", old), ("new.graphql", new))
}

#[test]
fn every_row_has_an_example_that_shows_it() {
    examples(&super::FORMAT);
}
