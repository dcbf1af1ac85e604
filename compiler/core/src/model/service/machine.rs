//! What a program needs of the machine it runs on.

use crate::tree::At;
use bastide_report::units::Size;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a program needs of the machine it runs on, beyond processor time and memory.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Machine {
    /// Capabilities of Linux, without `CAP_`, sorted.
    pub capabilities: Vec<At<String>>,
    /// It has no other capabilities, and no way to them.
    pub dropped: bool,
    /// The container may do all that the machine may.
    pub privileged: Option<At<bool>>,
    /// Its network is that of the machine.
    pub host_network: Option<At<bool>>,
    /// It sees the processes of the machine.
    pub host_pid: Option<At<bool>>,
    /// What it takes its machine to be called.
    pub hostname: Option<String>,
    /// Addresses of further names.
    pub hosts: BTreeMap<String, String>,
    /// A small first process stands before it, if somebody says so or not.
    pub init: Option<bool>,
    /// Devices.
    pub devices: Vec<Device>,
    /// Graphics processors.
    pub gpu: Option<Gpu>,
    /// Other resources that plug-ins hand out, and how many of each.
    pub extended: BTreeMap<String, String>,
    /// Settings of the kernel.
    pub sysctls: BTreeMap<String, String>,
    /// Limits of processes, soft and hard; -1 is none.
    pub ulimits: BTreeMap<String, (i64, i64)>,
    /// Space in `/dev/shm`.
    pub shm_size: Option<Size>,
    /// Labels of machines.
    pub node_selector: BTreeMap<String, String>,
    /// Taints that it bears.
    pub tolerations: Vec<Toleration>,
    /// PriorityClass.
    pub priority_class: Option<String>,
    /// RuntimeClass.
    pub runtime_class: Option<String>,
    /// ServiceAccount that is there already.
    pub service_account: Option<String>,
}

/// A device.
#[derive(Clone, Debug, Serialize)]
pub struct Device {
    /// Its path on the machine.
    pub path: String,
    /// Its path in the container.
    pub to: String,
    /// Of `r`, `w`, `m`.
    pub permissions: String,
}

/// Graphics processors.
#[derive(Clone, Debug, Serialize)]
pub struct Gpu {
    /// How many.
    pub count: i64,
    /// `nvidia`, `amd` or `intel`.
    pub vendor: String,
    /// Resource of a cluster that its maker's plug-in hands out, and the taint of machines that have it.
    pub resource: &'static str,
}

/// A taint that pods bear.
#[derive(Clone, Debug, Serialize)]
pub struct Toleration {
    /// Its key.
    pub key: String,
    /// Its value; none: any.
    pub value: Option<String>,
    /// `NoSchedule`, `PreferNoSchedule` or `NoExecute`, as Kubernetes writes it.
    pub effect: &'static str,
}

/// What the baseline of the Pod Security Standards lets containers add.
const BASELINE: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

impl Machine {
    /// The Pod Security Standard that lets it run, for a pod that is `confined` otherwise or not: `restricted`, `baseline` or
    /// `privileged` (kubernetes.io, Pod Security Standards).
    pub fn pod_security(&self, confined: bool) -> &'static str {
        let beyond = |it: &At<String>| !BASELINE.contains(&it.value.as_str());
        let host = self.privileged.is_some() || self.host_network.is_some() || self.host_pid.is_some();
        if host || self.capabilities.iter().any(beyond) {
            return "privileged";
        }
        let more = self.capabilities.iter().any(|it| it.value != "NET_BIND_SERVICE");
        if confined && !more { "restricted" } else { "baseline" }
    }
}
