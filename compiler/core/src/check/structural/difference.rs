//! What comparing two specs finds (`bastide diff`).

use super::{Note, note};
use bastide_report::finding::Level;

/// Sorted by name.
pub const NOTES: &[Note] = &[
    note(
        "breaking-difference",
        "difference",
        "Something of the old spec that others rely on is gone or means something else: a route, an api, a promise, data.",
        "Bring it back, or release it in two steps: first the new beside the old, then without the old once nobody uses it. `bastide plan` says the order.",
    ),
    Note {
        level: Level::Warn,
        ..note(
            "risky-difference",
            "difference",
            "A difference that others stand if somebody sees to it: a weaker promise, a secret that must be there first, a smaller limit.",
            "Read the reason, see to it, and tell those who are concerned.",
        )
    },
];
