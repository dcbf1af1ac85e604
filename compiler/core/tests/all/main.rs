//! The core by what it promises: rules and their pages, proofs against brute force, and every order of a rollout.

mod changes;
mod forms;
mod layers;
mod plan;
mod proofs;
mod rules;
mod tables;
mod templates;
