//! Answers made of several: what each part asks, and how long it may take.

use crate::model::gateway::{Part, Route};
use serde::Serialize;

/// An answer made of several.
#[derive(Clone, Debug, Serialize)]
pub struct Join {
    /// Answer even if a part is missing.
    pub partial: bool,
    /// The parts, as written.
    pub parts: Vec<Piece>,
}

/// One part of it.
#[derive(Clone, Debug, Serialize)]
pub struct Piece {
    /// Key in the answer.
    pub name: String,
    /// Service that answers.
    pub from: String,
    /// Port it is asked at.
    pub port: u16,
    /// Id of the destination.
    pub upstream: String,
    /// Path that is asked.
    pub path: String,
    /// Longest wait in ms, never past the route's; an equal share of that if the part says nothing.
    pub timeout_ms: u64,
}

/// The joined answer of a route whose whole request may take `timeout_ms`; `to` finds the port of a part and the id of its
/// destination.
pub fn join(route: &Route, timeout_ms: u64, to: impl Fn(&Part) -> (u16, String)) -> Option<Join> {
    let aggregate = route.aggregate.as_ref()?;
    let share = timeout_ms / (aggregate.parts.len() as u64).max(1);
    let piece = |part: &Part| {
        let (port, upstream) = to(part);
        Piece {
            name: part.name.clone(),
            from: part.from.value.clone(),
            port,
            upstream,
            path: part.path.clone(),
            timeout_ms: part.timeout.map_or(share, |at| at.value.0).clamp(1, timeout_ms.max(1)),
        }
    };
    Some(Join { partial: aggregate.partial, parts: aggregate.parts.iter().map(piece).collect() })
}
