//! Every row's example shows it.

use crate::contract::testing::examples;

#[test]
fn every_row_has_an_example_that_shows_it() {
    examples(&super::FORMAT);
}
