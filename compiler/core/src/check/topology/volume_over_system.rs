//! `volume-over-system`: an empty folder over what a system needs.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("volume-over-system", check).believes(&[Belief::TEMPORARY]);

/// Folders without which no program of an image starts.
const FOLDERS: &str = "/ /bin /boot /etc /lib /lib32 /lib64 /sbin /usr /usr/bin /usr/lib /usr/sbin /var";
/// Folders that the runtime fills, with all that is below them.
const RUNTIME: &str = "/proc /sys /dev";
/// What is a file or a socket in every system, or is made by the runtime.
const FILES: &str = "/etc/group /etc/hostname /etc/hosts /etc/localtime /etc/machine-id /etc/nsswitch.conf /etc/passwd \
    /etc/resolv.conf /etc/shadow /etc/timezone /var/run/docker.sock /run/docker.sock /run/containerd/containerd.sock";
/// Folders that begin empty anyway: in memory they are as they always were.
const PASSING: &str = "/dev/shm /run /tmp /var/run /var/tmp";

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for volume in service.run.volumes.iter().filter(|it| it.host.is_none()) {
            let path = volume.path.value.trim_end_matches('/');
            let path = if path.is_empty() { "/" } else { path };
            let is = |list: &str| list.split_whitespace().any(|it| it == path);
            let below = RUNTIME.split(' ').any(|it| path == it || path.starts_with(&format!("{it}/")));
            let passing = is(PASSING) && (!volume.keeps() || path != "/dev/shm");
            let (what, help) = match () {
                () if passing => continue,
                () if is(FILES) => (
                    "a file of every system, and a volume is a folder",
                    format!("mount that of the machine: `volume \"{path}\" host=\"{path}\" read-only=#true`"),
                ),
                () if below || is(FOLDERS) => (
                    "what every program needs, and a volume hides it",
                    "mount it at a folder of the program's own, such as `/data`".into(),
                ),
                () => continue,
            };
            RULE.found(&service.at, format!("at `{path}` of `{}` stands {what}", service.name.value))
                .label(volume.path.span(), "lies over it")
                .help(help)
                .add_to(found);
        }
    }
}
