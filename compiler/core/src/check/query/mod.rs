//! What rules ask of an environment.

pub mod calls;
pub mod channels;
pub mod contracts;
pub mod deadline;
pub mod load;
pub mod matches;
pub mod origin;
pub mod patches;
pub mod routes;
pub mod sizes;
pub mod versions;

use bastide_report::visible::in_a_row;

/// `a`, `b` and `c`.
pub fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    in_a_row(&quoted)
}
