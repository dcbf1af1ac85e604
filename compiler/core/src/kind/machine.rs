//! What a program needs of the machine it runs on, beyond processor time and memory: its kernel, its devices, its network,
//! and which machine of a cluster that is.

use crate::form::{self, machine, name, network, path};
use crate::model::service::{Device, Gpu, Machine, Toleration};
use crate::schema::{Schema, Type, flag, keyed, node, prop, required, value, values};
use crate::tree::Item;
use std::collections::BTreeMap;

/// Capabilities of Linux, without `CAP_` (capabilities(7)).
const CAPABILITIES: &str = "AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE \
    DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN \
    NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT \
    SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM";

/// `capabilities`.
pub const CAPABILITY: Schema = values(
    "capabilities",
    Type::Word(CAPABILITIES),
    "Capabilities of Linux that it gets, without `CAP_`, beside those it has: `capabilities \"NET_ADMIN\"`.",
);
/// `drop-capabilities`.
pub const DROP_CAPABILITIES: Schema = flag(
    "drop-capabilities",
    "It has no capabilities but those that `capabilities` names, and no way to others (`no-new-privileges`): so is what is \
     built here; a program that is run as its image is has those of the engine without it.",
);
/// `privileged`.
pub const PRIVILEGED: Schema = flag("privileged", "The container may do all that the machine may.");
/// `host-network`.
pub const HOST_NETWORK: Schema = flag(
    "host-network",
    "It has no network of its own, but that of the machine; its ports are the machine's.",
);
/// `host-pid`.
pub const HOST_PID: Schema = flag("host-pid", "It sees the processes of the machine.");
/// `hostname`.
pub const HOSTNAME: Schema = value(
    "hostname",
    Type::Form(&name::LABEL_OF_DNS),
    "What it takes its machine to be called; others reach it by the name of its service.",
);
/// `hosts`.
pub const HOSTS: Schema = node(
    "hosts",
    "Names that it finds at these addresses: `hosts { \"printer.lan\" \"192.168.1.7\" }`. In compose \
     `host-gateway` is the address of the machine.",
)
.free(prop("NAME", Type::Written(&network::ADDRESS), "Address of the name."));
/// `init`.
pub const INIT: Schema = flag(
    "init",
    "A small first process takes signals for it and buries its children: on by default, but for a program that \
     is run as its image is.",
);
/// `device`.
pub const DEVICE: Schema = keyed(
    "device",
    Type::Form(&path::MOUNT),
    "A device of the machine: `device \"/dev/ttyUSB0\"`.",
)
.props(&[
    prop("to", Type::Form(&path::MOUNT), "Its path in the container; the same by default."),
    prop("permissions", Type::Word("r w m rw rm wm rwm"), "Read, write, make nodes; `rwm` by default."),
]);
/// `gpu`.
pub const GPU: Schema = value("gpu", Type::Int(1, 64), "Graphics processors that it gets.").props(&[prop(
    "vendor",
    Type::Word("nvidia amd intel"),
    "Who made them; `nvidia` by default.",
)]);
/// `extended`.
pub const EXTENDED: Schema = node(
    "extended",
    "Other resources that plug-ins of the cluster hand out: `extended { \"example.com/fpga\" 1 }`.",
)
.free(prop("NAME", Type::Int(1, 1_000), "How many of it."));
/// `sysctls`.
pub const SYSCTLS: Schema = node(
    "sysctls",
    "Settings of the kernel: `sysctls { \"net.core.somaxconn\" 1024 }`.",
)
.free(prop("NAME", Type::Written(&form::LITERAL), "Value of the setting."));
/// `ulimits`.
pub const ULIMITS: Schema = node(
    "ulimits",
    "Limits of its processes: `ulimits { nofile 262144; nproc \"1024:2048\" }`.",
)
.free(prop("NAME", Type::Written(&machine::ULIMIT), "The limit, or the soft and the hard one; -1 is none."));
/// `shm-size`.
pub const SHM_SIZE: Schema = value("shm-size", Type::Size, "Space in `/dev/shm`, which counts as memory.");
/// `node-selector`.
pub const NODE_SELECTOR: Schema = node(
    "node-selector",
    "Labels that a machine of the cluster must have: `node-selector { disk \"ssd\" }`.",
)
.free(prop("KEY", Type::Written(&form::LITERAL), "Value of the label."));
/// `toleration`.
pub const TOLERATION: Schema =
    keyed("toleration", Type::Form(&name::LABEL_KEY), "A taint of machines that it bears.").props(&[
        prop("value", Type::Form(&name::LABEL), "Value of the taint; any by default."),
        required(
            "effect",
            Type::Word("no-schedule prefer-no-schedule no-execute"),
            "What the taint would do.",
        ),
    ]);
/// `priority-class`.
pub const PRIORITY_CLASS: Schema =
    value("priority-class", Type::Form(&name::OBJECT), "PriorityClass of the cluster that its pods have.");
/// `runtime-class`.
pub const RUNTIME_CLASS: Schema =
    value("runtime-class", Type::Form(&name::OBJECT), "RuntimeClass of the cluster that runs its pods.");
/// `service-account`.
pub const SERVICE_ACCOUNT: Schema = value(
    "service-account",
    Type::Form(&name::OBJECT),
    "ServiceAccount that is there already; by default one of its own is written.",
);

/// Reads what a program needs of its machine.
pub fn read(item: &Item) -> Machine {
    let says = |name: &str| item.flag(name).filter(|at| at.value);
    let text = |name: &str| item.part(name).and_then(Item::value_text);
    let map = |name: &str| -> BTreeMap<String, String> {
        let parts = item.part(name).into_iter().flat_map(|part| &part.parts);
        parts.filter_map(|part| Some((part.key_text(), part.value_text()?))).collect()
    };
    let mut capabilities = item.part("capabilities").map(Item::values_at).unwrap_or_default();
    capabilities.sort_by(|left, right| left.value.cmp(&right.value));
    Machine {
        capabilities,
        dropped: item.flag("drop-capabilities").is_some_and(|at| at.value),
        privileged: says("privileged"),
        host_network: says("host-network"),
        host_pid: says("host-pid"),
        hostname: text("hostname"),
        hosts: map("hosts"),
        init: item.flag("init").map(|at| at.value),
        devices: item.all("device").map(read_device).collect(),
        gpu: item.part("gpu").and_then(read_gpu),
        extended: map("extended"),
        sysctls: map("sysctls"),
        ulimits: map("ulimits")
            .into_iter()
            .filter_map(|(name, text)| Some((name, read_limit(&text)?)))
            .collect(),
        shm_size: item.part("shm-size").and_then(Item::value_size).map(|at| at.value),
        node_selector: map("node-selector"),
        tolerations: item.all("toleration").filter_map(read_toleration).collect(),
        priority_class: text("priority-class"),
        runtime_class: text("runtime-class"),
        service_account: text("service-account"),
    }
}

fn read_limit(text: &str) -> Option<(i64, i64)> {
    let (soft, hard) = text.split_once(':').unwrap_or((text, text));
    Some((soft.parse().ok()?, hard.parse().ok()?))
}

fn read_device(part: &Item) -> Device {
    let path = part.key_text();
    Device {
        to: part.text("to").unwrap_or_else(|| path.clone()),
        permissions: part.text("permissions").unwrap_or_else(|| "rwm".into()),
        path,
    }
}

fn read_gpu(part: &Item) -> Option<Gpu> {
    let vendor = part.text("vendor").unwrap_or_else(|| "nvidia".into());
    let resource = match vendor.as_str() {
        "amd" => "amd.com/gpu",
        "intel" => "gpu.intel.com/i915",
        _ => "nvidia.com/gpu",
    };
    Some(Gpu { count: part.value_int()?.value, vendor, resource })
}

fn read_toleration(part: &Item) -> Option<Toleration> {
    let effect = match part.text("effect")?.as_str() {
        "no-schedule" => "NoSchedule",
        "prefer-no-schedule" => "PreferNoSchedule",
        _ => "NoExecute",
    };
    Some(Toleration { key: part.key_text(), value: part.text("value"), effect })
}
