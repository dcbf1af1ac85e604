//! What targets, templates and the writer find.

use super::{Note, note};
use bastide_report::finding::Level;

const fn warn(note: Note) -> Note {
    Note { level: Level::Warn, ..note }
}

const fn info(note: Note) -> Note {
    Note { level: Level::Info, ..note }
}

/// Sorted by name.
pub const NOTES: &[Note] = &[
    warn(note(
        "edited-leftover",
        "output",
        "A generated file the plan no longer has, changed by hand since it was written. It is left alone.",
        "Delete it, or take it over: then it is yours.",
    )),
    note(
        "edited-output",
        "output",
        "A generated file that was changed by hand. The next build would lose the change.",
        "Say the change in the spec, as a `patch`, or in a target of your own; or build with `--force` to lose it.",
    ),
    note(
        "foreign-output",
        "output",
        "A file in the place of an output that was not written by this tool.",
        "Move it away, or build with `--force` to replace it.",
    ),
    note(
        "lock-unreadable",
        "output",
        "A `bastide.lock` that cannot be read, so nobody knows which files are generated.",
        "Restore it from version control, or remove it and build again.",
    ),
    info(note(
        "not-covered",
        "target",
        "What the spec says and no target of the environment writes down: one finding for each environment, with `build --strict` one error for each field.",
        "Add a target that covers it, remove it from the spec, or allow it with a reason.",
    )),
    note(
        "output-path",
        "output",
        "An output path that leads out of the output folder, or that not every file system can hold.",
        "Correct `to=` of the target's `emit`.",
    ),
    note(
        "output-path-twice",
        "output",
        "Two outputs with one path.",
        "Make `to=` of the target's `emit` tell them apart.",
    ),
    note(
        "patch-meets-nothing",
        "target",
        "A `patch` of an object that no target of the environment writes.",
        "Correct `Kind/name`; the help line names what is near.",
    ),
    note(
        "stale-output",
        "output",
        "With `build --check`: a generated file that is not what the spec now says.",
        "Run `bastide build` and commit the result.",
    ),
    note(
        "template-error",
        "target",
        "A template that cannot be read, or asks for what the model does not hold.",
        "Correct the template at the label.",
    ),
    note(
        "template-glue",
        "target",
        "Text glued to an interpolation inside a scalar: the scalar's quotes would be wrong for some values.",
        "Make it one interpolation: `{{ \"svc-\" ~ name }}`.",
    ),
    note(
        "template-unsafe",
        "target",
        "A value the format of the output cannot hold.",
        "Change the value, or write it in another place.",
    ),
    note(
        "unknown-path",
        "target",
        "A path, given to a command or a patch, that leads to nothing.",
        "Correct it; the help line names what is near.",
    ),
    note(
        "unknown-target",
        "target",
        "A target no pack is known for, or a pipeline no target writes.",
        "Choose one of those the help line names, or make a folder `bastide/targets/NAME`.",
    ),
];
