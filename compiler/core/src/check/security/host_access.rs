//! `host-access`: a container that is hardly one.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use bastide_report::finding::Level;
use bastide_report::source::Span;

pub const RULE: Rule = Rule::warn("host-access", check);

/// Capabilities with which one leaves a container, or reads and stops what else runs there (capabilities(7)).
const WIDE: &[&str] = &[
    "BPF",
    "DAC_READ_SEARCH",
    "MAC_ADMIN",
    "PERFMON",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_MODULE",
    "SYS_PTRACE",
    "SYS_RAWIO",
];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for (span, what) in open(service) {
            RULE.found(&service.at, format!("`{}` {what}", service.name.value))
                .label(span, "whoever gets into it is on the machine, or near it")
                .help(format!(
                    "take it out, or say why: `lint \"{}\" level=\"allow\" because=\"…\"`",
                    RULE.name
                ))
                .add_to(found);
        }
        // A machine of a cluster has no folder of the project.
        let volumes = service.run.volumes.iter().filter(|_| ctx.kubernetes());
        for host in volumes.filter_map(|it| it.host.as_ref()).filter(|it| it.value.starts_with("./")) {
            RULE.found(&service.at, format!("`{}` of the project is on no machine of a cluster", host.value))
                .level(Level::Deny)
                .label(host.span(), "nothing would be mounted")
                .help("take it back there, such as `environment \"prod\" { service \"…\" { volume \"/path\" host=#null size=\"5Gi\" } }`; what does not change is a `file`")
                .add_to(found);
        }
    }
}

/// What opens the machine, and where it is said.
fn open(service: &Service) -> Vec<(Span, String)> {
    let machine = &service.run.machine;
    let flags = [
        (&machine.privileged, "may do all that its machine may"),
        (&machine.host_network, "listens and speaks as its machine"),
        (&machine.host_pid, "sees all processes of its machine"),
    ];
    let flags = flags.into_iter().filter_map(|(at, what)| Some((at.as_ref()?.span(), what.to_string())));
    let wide = machine.capabilities.iter().filter(|it| WIDE.contains(&it.value.as_str()));
    let wide = wide.map(|it| (it.span(), format!("gets `{}`, with which one leaves a container", it.value)));
    let root = service.run.user.filter(|at| at.value == 0).map(|at| (at.span(), "runs as root".to_string()));
    let paths = service.run.volumes.iter().filter_map(|it| Some((it.host.as_ref()?, it.read_only)));
    let paths = paths
        .filter(|(at, read_only)| !at.value.starts_with("./") && (!read_only || at.value.ends_with(".sock")));
    let paths = paths.map(|(at, _)| (at.span(), format!("changes `{}` of its machine", at.value)));
    flags.chain(wide).chain(root).chain(paths).collect()
}
