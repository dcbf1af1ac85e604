//! What the readers of contracts find.

use super::{Note, note};

/// Sorted by name.
pub const NOTES: &[Note] = &[
    note(
        "contract-reference",
        "contract",
        "A `$ref` or an import of a contract that leads nowhere: the file or the part of it is missing, or it lies on \
         another host. Nothing is fetched while checking.",
        "Correct the path or the pointer; keep a copy of what lies elsewhere beside the contract.",
    ),
    note(
        "contract-syntax",
        "contract",
        "A contract that cannot be read: its text breaks the rules of JSON, YAML or its own language, has a key twice, \
         is nested too deep, or unfolds without end.",
        "Correct the text at the label.",
    ),
    note(
        "contract-unsupported",
        "contract",
        "A contract in a version or with a feature that is not read, so that comparing it would be guessing.",
        "Write it in a version the help line names, or leave the contract out of the gate.",
    ),
    note(
        "nothing-compared",
        "contract",
        "Two sides of a comparison of which nothing could be compared. A gate that looked at nothing is no pass.",
        "Name the same contract on both sides, and its format with `--kind`.",
    ),
];
