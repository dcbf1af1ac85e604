//! The kinds of change, by subject.

pub mod answer;
pub mod body;
pub mod callback;
pub mod kinds;
pub mod life;
pub mod operation;
pub mod parameter;
pub mod property;
mod request_choice;
mod request_kind;
mod request_limit;
mod request_list;
mod request_object;
mod response_choice;
mod response_kind;
mod response_limit;
mod response_list;
mod response_object;
pub mod security;
pub mod words;

use crate::Row;

/// All of them.
pub const ALL: &[&[Row]] = &[
    operation::ROWS,
    life::ROWS,
    security::ROWS,
    parameter::ROWS,
    body::ROWS,
    answer::ROWS,
    callback::ROWS,
    property::ROWS,
    request_kind::ROWS,
    response_kind::ROWS,
    request_limit::ROWS,
    response_limit::ROWS,
    request_list::ROWS,
    response_list::ROWS,
    request_object::ROWS,
    response_object::ROWS,
    request_choice::ROWS,
    response_choice::ROWS,
    words::ROWS,
];
