//! `resources`: how much of a machine a container takes.

use crate::model::service::Resources;
use crate::schema::{Schema, Type, node, prop};
use crate::tree::{At, Item, Layer};
use bastide_report::units::Size;

/// `resources`.
pub const SCHEMA: Schema = node(
    "resources",
    "Processor time and memory per instance. What `#null` takes away is not reserved, or has no limit.",
)
.props(&[
    prop("cpu", Type::Cpu, "Processor time to reserve."),
    prop("cpu-limit", Type::Cpu, "Processor time it may not exceed; none by default."),
    prop("memory", Type::Size, "Memory to reserve, and the limit when none is given."),
    prop("memory-limit", Type::Size, "Memory it may not exceed; `memory` by default, and none with `#null`.")
        .follows("memory"),
]);

/// Reads what a node says of its size.
pub fn read(item: &Item) -> Resources {
    let part = item.part("resources");
    let (cpu, size) = (|name| part?.cpu(name), |name| part?.size(name));
    let taken = ["cpu", "memory", "memory-limit"];
    let taken = taken.into_iter().filter_map(|name| Some((name, item.null_in("resources", name)?)));
    let taken: Vec<_> = taken.collect();
    let memory = size("memory");
    let same = memory.map(|at| At { value: at.value, origin: at.origin.derived() });
    let same = same.filter(|_| taken.iter().all(|(name, _)| *name != "memory-limit"));
    let memory_limit = size("memory-limit").or(same);
    Resources { cpu: cpu("cpu"), cpu_limit: cpu("cpu-limit"), memory, memory_limit, taken }
}

/// Reads that of a helper. The usual limit of a helper is for its usual memory: the memory that it says itself is its limit too.
pub fn read_helper(item: &Item) -> Resources {
    let mut size = read(item);
    let usual = |at: &At<Size>| at.origin.layer == Layer::Default;
    if let (Some(memory), Some(limit)) = (size.memory, &mut size.memory_limit)
        && usual(limit)
        && !usual(&memory)
    {
        *limit = At { value: memory.value, origin: memory.origin.derived() };
    }
    size
}
