//! What the reader and the resolver find.

use super::{Note, note};
use bastide_report::finding::Level;

/// Sorted by name.
pub const NOTES: &[Note] = &[
    note(
        "bad-name",
        "language",
        "A name that cannot be the name of a host, and so not of what runs under it.",
        "Use lower-case letters, digits and `-`, beginning with a letter, at most 40 characters.",
    ),
    note(
        "expired-waiver",
        "waiver",
        "A `lint … level=\"allow\" until=…` whose day has come. What it allowed is reported again.",
        "Mend what it allowed and remove the waiver, or give it a new day.",
    ),
    Note {
        level: Level::Warn,
        ..note(
            "idle-waiver",
            "waiver",
            "A `lint … level=\"allow\"` that allows nothing: what it was for is mended, or it stands in another node.",
            "Remove it: one day it would hide a new fault.",
        )
    },
    note(
        "include-nothing",
        "language",
        "An `include` whose pattern matches no file.",
        "Correct the pattern, which is relative to the file it stands in, or make the file.",
    ),
    note(
        "include-outside",
        "language",
        "A path that leads out of the project: what is built must not depend on what lies beside it.",
        "Move the file into the folder of `bastide.kdl`.",
    ),
    note(
        "kdl-syntax",
        "language",
        "Text that is not KDL 2.0.",
        "Read the label: it names what was expected. <https://kdl.dev> has the grammar on one page.",
    ),
    note(
        "kdl-version-1",
        "language",
        "Text that was right in KDL 1 and means something else in KDL 2.0.",
        "Write `#true`, `#false`, `#null`, and raw strings as `#\"…\"#`.",
    ),
    note(
        "like-cycle",
        "language",
        "An archetype or environment that is, over some steps, like itself.",
        "Remove one `like=` of the circle.",
    ),
    note(
        "missing-file",
        "language",
        "A file or folder the spec names and the project does not have.",
        "Make it, or correct the path, which is relative to the folder of `bastide.kdl`.",
    ),
    note(
        "missing-node",
        "language",
        "A spec without an `app`, or without an `environment`: there is nothing to check, or nowhere to run it.",
        "Write what the help line shows.",
    ),
    note(
        "missing-property",
        "language",
        "A node without a property it cannot do without, in any of its layers.",
        "Write the property the label names.",
    ),
    note(
        "missing-value",
        "language",
        "A node without the name or value that must follow it.",
        "Write it behind the node: `timeout \"2s\"`.",
    ),
    note(
        "nesting-too-deep",
        "language",
        "Blocks in blocks, deeper than the language ever needs.",
        "Look for a brace that is never closed.",
    ),
    note(
        "not-utf8",
        "language",
        "A file of the spec, of a pack, or to be mounted, that holds bytes which are no UTF-8 text.",
        "Save it as UTF-8.",
    ),
    note(
        "policy-error",
        "waiver",
        "A `policy` whose expression cannot be read or evaluated, or names a field that does not exist.",
        "Correct the expression; `bastide model` prints the fields of every node.",
    ),
    note(
        "repeated-name",
        "language",
        "Two nodes of one name where a name must tell them apart.",
        "Rename one, or merge the two.",
    ),
    note(
        "repeated-property",
        "language",
        "A property that stands twice in one node. KDL would silently keep the last.",
        "Keep one.",
    ),
    note(
        "unexpected-argument",
        "language",
        "A value behind a node that takes none, or one more than it takes.",
        "Remove it, or name it as a property.",
    ),
    note(
        "unknown-environment",
        "language",
        "A name given with `--env` that no `environment` has.",
        "Choose one of those the help line names.",
    ),
    note(
        "unknown-node",
        "language",
        "A node the language does not have at this place.",
        "Correct the spelling, or move it where it belongs; the help line says which.",
    ),
    note(
        "unknown-option",
        "language",
        "An option the resource type or target does not have.",
        "Choose one of those the help line names.",
    ),
    note(
        "unknown-property",
        "language",
        "A property the node does not have.",
        "Correct the spelling, or write it as a node between the braces; the help line says which.",
    ),
    note(
        "unknown-provider",
        "language",
        "A form of a resource type the type does not offer.",
        "Choose one of those the help line names; `container` is always there.",
    ),
    note(
        "unknown-reference",
        "language",
        "A name that nothing in this environment bears, or something of another kind.",
        "Correct the spelling, or declare it.",
    ),
    note(
        "unknown-rule",
        "waiver",
        "A `lint` for a rule that does not exist: it weighs nothing.",
        "Correct the spelling; `bastide explain` lists all rules.",
    ),
    note(
        "unknown-version",
        "language",
        "A version of a resource for which its type knows no image.",
        "Choose one the type knows, or add it in `bastide/stdlib/`.",
    ),
    note(
        "waiver-without-reason",
        "waiver",
        "A `lint … level=\"allow\"` without `because=`: nobody will know whether it still holds.",
        "Write `because=\"…\"`.",
    ),
    note(
        "wrong-type",
        "language",
        "A value that is not of the kind its place takes.",
        "Write what the help line shows.",
    ),
];
