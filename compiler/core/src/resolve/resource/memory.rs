//! Options of a resource that are memory of its container: it must have room for them.

use crate::model::service::Run;
use crate::tree::{At, Item, Scalar};
use bastide_report::finding::{Finding, Report};
use bastide_report::units::Size;

/// Units as programs write them: `1gb` is 1,024³ bytes, `1g` is 1,000³.
const UNITS: [(&str, u64); 7] = [
    ("kb", 1 << 10),
    ("mb", 1 << 20),
    ("gb", 1 << 30),
    ("k", 1_000),
    ("m", 1_000_000),
    ("g", 1_000_000_000),
    ("b", 1),
];

/// Makes room in a container for what options say it may hold. Room that the spec gives it by hand is held against them.
pub(super) fn grow(item: &Item, ty: &Item, run: &mut Run, report: &mut Report) {
    for option in ty.all("option").filter(|option| option.is("memory")) {
        let Some(default) = option.field("default").and_then(|at| bytes(&at.value)) else { continue };
        let set = item.all("option").find(|own| own.key == option.key).and_then(|own| own.field("value"));
        let Some(at) = set else { continue };
        let Some(wanted) = bytes(&at.value) else {
            report.push(unreadable(&option.key, at));
            continue;
        };
        let more = wanted.saturating_sub(default);
        let more = (more + more / 4).div_ceil(1 << 20) << 20;
        let by_hand = |name: &str| item.part("resources").is_some_and(|own| own.field(name).is_some());
        let size = &mut run.resources;
        if by_hand("memory") || by_hand("memory-limit") {
            // Without a limit there is room.
            if let Some(limit) = size.memory_limit.filter(|limit| wanted >= limit.value.0) {
                report.push(too_little(item, &option.key, at, limit));
            }
            continue;
        }
        let sizes = size.memory.iter_mut().chain(&mut size.memory_limit);
        sizes.for_each(|at| at.value.0 += more);
    }
}

fn bytes(value: &Scalar) -> Option<u64> {
    let text = value.print().to_ascii_lowercase();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = text.split_at(digits);
    let factor = if unit.is_empty() { 1 } else { UNITS.iter().find(|(name, _)| *name == unit)?.1 };
    count.parse::<u64>().ok()?.checked_mul(factor).filter(|bytes| *bytes <= 1 << 50)
}

fn unreadable(name: &str, at: &At<Scalar>) -> Finding {
    Finding::new("wrong-type", format!("`{}` is no amount of memory", at.value.print()))
        .label(at.span(), format!("the option `{name}`"))
        .help("write a whole number and its unit: `256mb`, `1gb`")
}

fn too_little(item: &Item, name: &str, at: &At<Scalar>, limit: At<Size>) -> Finding {
    Finding::new(
        "wrong-type",
        format!(
            "`{}` may hold {} of data, and its container has {}",
            item.key,
            at.value.print(),
            limit.value
        ),
    )
    .label(at.span(), format!("the option `{name}`"))
    .label(limit.span(), "the limit of the container")
    .help("write more `memory` in its `resources`, or none: then the container grows with the option")
}

#[cfg(test)]
mod tests {
    use super::bytes;
    use crate::tree::Scalar;

    #[test]
    fn amounts_are_read_as_the_program_reads_them() {
        let cases = [
            ("96mb", Some(96 << 20)),
            ("1gb", Some(1 << 30)),
            ("1GB", Some(1 << 30)),
            ("1g", Some(1_000_000_000)),
            ("500", Some(500)),
            ("0", Some(0)),
            ("1Gi", None),
            ("1 gb", None),
            ("mb", None),
            ("1.5gb", None),
            ("-1gb", None),
            ("99999999999999999999gb", None),
        ];
        for (text, expected) in cases {
            assert_eq!(bytes(&Scalar::Text(text.into())), expected, "{text}");
        }
    }
}
