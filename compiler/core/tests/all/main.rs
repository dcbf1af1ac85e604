//! The core by what it promises: rules and their pages, proofs against brute force, and every order of a rollout.

mod changes;
mod forms;
mod layers;
mod plan;
mod proofs;
mod rules;
mod tables;
mod templates;

/// Whether all is tried of which a plain run takes a part: `BASTIDE_WHOLE=1`.
fn whole_run() -> bool {
    std::env::var_os("BASTIDE_WHOLE").is_some()
}
