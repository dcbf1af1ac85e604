//! Workloads: what runs, once per living version, with everything a platform needs to know of it.

use crate::model::Model;
use crate::model::resource::Resource;
use crate::model::service::{File, Port, Run, Service, Volume};
use crate::resolve::wiring::{Piece, split};
use crate::tree::At;
use crate::view::secret::holds_secret;
use bastide_report::units::{Duration, Size};
use std::collections::BTreeMap;

mod access;
mod env;
mod exposed;
mod names;
mod network;
mod published;
mod running;
mod shape;
mod start;
#[cfg(test)]
mod tests;
mod topics;
mod wire;

pub use env::{Env, EnvAt, Var};
pub use exposed::Exposed;
pub use network::{Network, networks};
pub use published::{Published, publish, said};
pub use running::{Running, accepts, answering, called, reached, running, served, versions};
pub use shape::{
    FileView, HealthView, JobRun, MountView, PortView, ScaleView, SecretUse, VolumeView, Workload,
};
pub use start::{asked, first_jobs, job_calls};
pub use wire::Clash;

/// All workloads of services and resources, by name.
pub fn workloads(model: &Model, runs: &[Running<'_>]) -> Vec<Workload> {
    let access = access::Access::of(model, runs);
    let count = runs.len() + model.resources.iter().filter(|it| it.run.is_some()).count();
    let mut all: Vec<Workload> = Vec::with_capacity(count);
    all.extend(runs.iter().map(|run| service_workload(model, run, &access)));
    all.extend(model.resources.iter().filter_map(|resource| resource_workload(model, resource, &access)));
    // A stable sort takes room for half of the list.
    all.sort_unstable_by(|left, right| left.name.cmp(&right.name));
    start::open_rings(&mut all);
    all
}

/// All jobs, by name.
pub fn jobs(model: &Model, runs: &[Running<'_>]) -> Vec<JobRun> {
    let mut all = vec![];
    for run in runs.iter().filter(|run| run.newest) {
        for job in &run.service.jobs {
            let access = access::Access::of_job(model, run.service, job);
            let mut workload = service_workload(model, run, &access);
            workload.name = format!("{}-{}", run.name, job.name.value);
            workload.component = "job".into();
            workload.controller = if job.run == "on-schedule" { "cronjob" } else { "job" };
            workload.command = texts(&job.command);
            workload.ports.clear();
            (workload.consumes, workload.produces, workload.counted) = (vec![], vec![], false);
            let used = |group: &String| run.service.uses.iter().any(|it| it.resource.value == *group);
            workload.secret_files.retain(|it| it.group == run.service.name.value || used(&it.group));
            workload.depends = start::job_needs(model, run.service, job);
            workload.env = wire::job_env(&workload.env, run.service);
            workload.env_at = EnvAt::new(&run.service.at, &workload.env);
            all.push(JobRun {
                at: job.at.clone(),
                name: workload.name.clone(),
                job: job.name.value.clone(),
                service: run.name.clone(),
                run: job.run.clone(),
                schedule: job.schedule.as_ref().map(|at| at.value.clone()),
                timeout_s: job.timeout.seconds_up(),
                workload,
            });
        }
    }
    all.sort_by(|left, right| left.name.cmp(&right.name));
    all
}

fn service_workload(model: &Model, run: &Running<'_>, access: &access::Access<'_>) -> Workload {
    let service = run.service;
    let mut wired = wire::service(model, run);
    let ports = service_ports(service);
    let component = match (&service.function, service.apis.is_empty()) {
        (Some(_), _) => "function",
        (None, true) => "worker",
        (None, false) => "api",
    };
    let mut workload = base(&service.run, model, &run.name, ports);
    if let Some(limit) = service.function.as_ref().and_then(|it| it.limit) {
        // What began before the signal may run to its limit.
        workload.grace_s = workload.grace_s.max(limit.value.seconds_up() + 5);
    }
    workload.at.clone_from(&service.at);
    workload.service.clone_from(&service.name.value);
    workload.kind = if service.function.is_some() { "function" } else { "service" }.into();
    workload.component = component.into();
    workload.version.clone_from(&run.version);
    workload.newest = run.newest;
    workload.controller = controller(model, service, &workload);
    workload.owner = if service.owner.is_empty() { model.app.owner.clone() } else { service.owner.clone() };
    workload.tier = service.tier.map(|at| at.value);
    workload.image = run.image(model);
    workload.build.clone_from(&run.build);
    workload.env = wired.env();
    workload.env_at = EnvAt::new(&service.at, &workload.env);
    workload.clashes = wired.clashes;
    workload.secret_env = wired.secret_env;
    workload.secret_files = wired.secret_files;
    workload.consumes = if run.consumes { topics::consumed(model, service) } else { vec![] };
    workload.counted = workload.consumes.iter().any(|read| read.counted);
    workload.produces = topics::produced(model, service);
    workload.scale = scale(service);
    let single = workload.scale.max == 1 || workload.controller == "cronjob";
    workload.claims = (single && !workload.volumes.is_empty()).then(|| workload.name.clone());
    workload.claims_shared = workload.claims.is_some() && !service.jobs.is_empty();
    workload.scaled_by = scaled_by(&workload);
    workload.depends = start::service_needs(model, run);
    workload.inbound = access.inbound(&service.name.value);
    workload.outbound = access.outbound(&service.name.value);
    if run.newest {
        workload.exposed = exposed::exposed(&run.name, &service.run, &workload.ports);
    }
    workload.networks = access.networks(&service.name.value);
    workload.metrics_port = service.metrics.port;
    workload.metrics_path.clone_from(&service.metrics.path);
    workload.session = service.session.as_ref().map_or_else(|| "none".into(), |it| it.kind.value.clone());
    workload.tmp = own_tmp(&workload);
    workload
}

fn resource_workload(model: &Model, resource: &Resource, access: &access::Access<'_>) -> Option<Workload> {
    let run = resource.run.as_ref()?;
    let name = &resource.name.value;
    let port = PortView { name: resource.ty.value.clone(), ..port_view("", resource.port, "tcp") };
    let mut ports = vec![port];
    ports.extend(run.ports.iter().map(port_of));
    names::ports(&mut ports);
    let secret = |(key, env): &(String, Option<String>)| SecretUse {
        env: env.clone(),
        ..wire::secret_use(Some(resource), name, key, &resource.at)
    };
    let mut workload = base(run, model, name, ports);
    workload.at.clone_from(&resource.at);
    workload.service.clone_from(name);
    workload.kind = "resource".into();
    workload.folder = format!("resources/{name}");
    workload.owns_volumes |= resource.owns_volumes;
    workload.component.clone_from(&resource.class);
    workload.version.clone_from(&resource.version.value);
    workload.owner.clone_from(&model.app.owner);
    workload.image = run.image.as_ref().map(|at| at.value.clone()).unwrap_or_default();
    workload.stateful = resource.stateful;
    workload.controller = if resource.stateful { "statefulset" } else { "deployment" };
    let env: BTreeMap<&str, &str> =
        run.env.iter().map(|(name, at)| (name.as_str(), at.value.as_str())).collect();
    let var = |(name, value): (&str, &str)| Var { name: name.into(), value: value.into(), at: None };
    workload.env = Env(env.into_iter().map(var).collect());
    workload.env_at = EnvAt::new(&format!("resource-type.{}.runs", resource.ty.value), &workload.env);
    workload.secret_files = resource.secret_files.iter().map(secret).collect();
    workload.claims = (!workload.volumes.is_empty()).then(|| name.clone());
    workload.inbound = access.inbound(name);
    workload.networks = access.networks(name);
    workload.ty = Some(resource.ty.value.clone());
    workload.tmp = own_tmp(&workload);
    Some(workload)
}

/// What keeps a service running.
fn controller(model: &Model, service: &Service, workload: &Workload) -> &'static str {
    let clocked = service.function.as_ref().is_some_and(|function| function.schedule.is_some());
    match (clocked, workload.stateful) {
        (true, _) => "cronjob",
        (_, true) => "statefulset",
        _ if workload.component == "api" && workload.newest && stepwise(model) => "rollout",
        _ => "deployment",
    }
}

/// Whether releases go out step by step: the delivery asks for it, and the platform's target names who does it.
fn stepwise(model: &Model) -> bool {
    let rollout = model.delivery.rollout.as_ref().map(|at| at.value.as_str());
    let by = model.environment.platform_option("rollout");
    matches!(rollout, Some("canary" | "blue-green")) && by.is_some_and(|(_, by)| by != "rolling")
}

/// What follows from `Run` and the ports alone.
fn base(run: &Run, model: &Model, name: &str, ports: Vec<PortView>) -> Workload {
    let volume = |it: &Volume| VolumeView {
        path: it.path.value.clone(),
        name: it.name.value.clone(),
        size: it.size,
        class: it.class.clone(),
        memory: it.memory,
    };
    let kept = run.volumes.iter().filter(|it| it.keeps()).map(volume).collect();
    let temporary: Vec<VolumeView> = run.volumes.iter().filter(|it| it.temporary).map(volume).collect();
    Workload {
        name: name.into(),
        folder: name.into(),
        newest: true,
        entrypoint: texts(&run.entrypoint),
        command: texts(&run.command),
        user: run.user.map(|at| at.value),
        group: run.group,
        confined: run.user.is_some_and(|at| at.value != 0),
        init: run.machine.init.unwrap_or(run.user.is_some_and(|at| at.value != 0)),
        workdir: run.workdir.as_ref().map(|at| at.value.clone()),
        writable: run.writable,
        stateful: run.volumes.iter().any(Volume::keeps),
        mounts: run.volumes.iter().filter_map(|it| mount(model, it)).collect(),
        controller: "deployment",
        health: health(run, &ports),
        ports,
        owns_volumes: run.user.is_none(),
        files: files(run, model),
        scratch: Size(temporary.iter().map(|it| it.size.0).sum()),
        volumes: kept,
        temporary,
        cpu: run.resources.cpu.map(|at| at.value.to_string()),
        cpu_limit: run.resources.cpu_limit.map(|at| at.value.to_string()),
        memory: run.resources.memory.map(|at| at.value),
        memory_limit: run.resources.memory_limit.map(|at| at.value),
        scale: ScaleView { min: 1, max: 1, ..ScaleView::default() },
        scaled_by: "none",
        grace_s: run.shutdown.grace.value.seconds_up(),
        delay_s: run.shutdown.delay.seconds_up(),
        signal: run.shutdown.signal.clone(),
        annotations: run.annotations.iter().map(|(name, at)| (name.clone(), at.value.clone())).collect(),
        labels: run.labels.iter().map(|(name, at)| (name.clone(), at.value.clone())).collect(),
        machine: run.machine.clone(),
        pod_security: match run.volumes.iter().any(|it| it.host.is_some()) {
            true => "privileged",
            false => run.machine.pod_security(run.user.is_some_and(|at| at.value != 0)),
        },
        sidecars: run.sidecars.clone(),
        session: "none".into(),
        ..Workload::default()
    }
}

/// Whether it gets a `/tmp`. An image of somebody else that may write has its own.
fn own_tmp(workload: &Workload) -> bool {
    let ours = workload.build.is_some() || workload.kind == "resource";
    let needed = workload.confined && ours || !workload.writable;
    needed && workload.temporary.iter().all(|it| it.path != "/tmp")
}

/// What it mounts of others: a shared volume, or a path of the machine.
fn mount(model: &Model, it: &Volume) -> Option<MountView> {
    let shared = it.from.as_ref().and_then(|at| model.volume(&at.value));
    let (kind, source) = match (shared, &it.host) {
        (Some(volume), _) => ("shared", &volume.name.value),
        (None, Some(host)) => ("host", &host.value),
        (None, None) => return None,
    };
    Some(MountView {
        path: it.path.value.clone(),
        name: if shared.is_some() { format!("shared-{source}") } else { it.name.value.clone() },
        kind,
        source: source.clone(),
        claim: shared.and_then(|volume| volume.claim.clone()).unwrap_or_else(|| source.clone()),
        one: shared.is_some_and(|volume| volume.claim.is_none() && volume.access == "ReadWriteOnce"),
        read_only: it.read_only || shared.is_some_and(|volume| volume.access == "ReadOnlyMany"),
        sub_path: it.sub_path.clone(),
    })
}

fn texts(list: &[At<String>]) -> Vec<String> {
    list.iter().map(|at| at.value.clone()).collect()
}

pub(super) fn slug(path: &str) -> String {
    let letters = path.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    letters.collect::<String>().trim_matches('-').to_string()
}

fn files(run: &Run, model: &Model) -> Vec<FileView> {
    let mut files: Vec<FileView> = run
        .files
        .iter()
        .filter(|file| !holds_secret(model, run, file))
        .map(|file| file_view(run, file, model))
        .collect();
    names::files(&mut files);
    files
}

fn file_view(run: &Run, file: &File, model: &Model) -> FileView {
    let from = file.from.as_ref().and_then(|at| model.texts.get(&at.value)).cloned();
    let plain = |piece: Piece| match piece {
        Piece::Text(text) => text,
        Piece::Secret { .. } | Piece::Own(_) => String::new(),
    };
    let wired = |at: &At<String>| split(model, run, &at.value).into_iter().map(plain).collect();
    let binary = file.from.as_ref().and_then(|at| model.binaries.get(&at.value));
    let text = file.text.as_ref().map(wired).or(from).or(binary.cloned()).unwrap_or_default();
    let executable = file.from.as_ref().is_some_and(|at| model.executables.contains(&at.value));
    let mode = file.mode.or(executable.then_some(0o555));
    FileView {
        name: slug(&file.path.value),
        path: file.path.value.clone(),
        text,
        binary: binary.is_some(),
        executable,
        mode,
        changed: file.changed.clone(),
        octal: mode.map(|mode| format!("{mode:04o}")),
        from: file.from.as_ref().filter(|_| file.text.is_none()).map(|at| at.value.clone()),
    }
}

/// Ports of a service: its apis first, then its own, then the one that answers for its health.
fn service_ports(service: &Service) -> Vec<PortView> {
    let mut ports: Vec<PortView> = vec![];
    for api in &service.apis {
        let protocol = if api.style == "grpc" { "grpc" } else { "http" };
        let taken = ports.iter().any(|port| port.name == protocol);
        let name = if taken { api.name.value.clone() } else { protocol.to_string() };
        if !ports.iter().any(|port| i64::from(port.number) == api.port.value) {
            ports.push(port_view(&name, api.port.value as u16, protocol));
        }
    }
    ports.extend(service.run.ports.iter().map(port_of));
    let health = service.run.health.port.unwrap_or(8_080);
    let asked = !matches!(service.run.health.kind.as_str(), "command" | "none")
        && (!ports.iter().any(answers) || service.run.health.port.is_some());
    if asked && !ports.iter().any(|port| port.number == health) {
        ports.push(port_view("health", health, "http"));
    }
    ports.shrink_to_fit();
    names::ports(&mut ports);
    ports
}

fn port_view(name: &str, number: u16, protocol: &str) -> PortView {
    let app_protocol = match protocol {
        "http" => Some("http".to_string()),
        "grpc" => Some("kubernetes.io/h2c".to_string()),
        _ => None,
    };
    let transport = crate::model::service::transport(protocol);
    PortView { name: name.into(), number, to: number, protocol: protocol.into(), transport, app_protocol }
}

fn port_of(port: &Port) -> PortView {
    PortView { to: port.last(), ..port_view(&port.name, port.number, &port.protocol) }
}

/// Whether a connection can be opened to it, so that it can be asked for its health.
fn answers(port: &PortView) -> bool {
    port.transport == "TCP"
}

fn health(run: &Run, ports: &[PortView]) -> HealthView {
    let health = &run.health;
    let own = health.port.and_then(|number| ports.iter().find(|port| port.number == number && answers(port)));
    let port = own.or_else(|| ports.iter().find(|port| answers(port))).or(ports.first());
    // HTTP asked of a gRPC server is an error every time: the protocol of the port decides.
    let spoken = port.map(|it| it.protocol.as_str());
    let kind = match (health.kind.as_str(), spoken) {
        ("http", Some("grpc")) => "grpc",
        // Nobody says that it answers HTTP, and its port is declared to speak something else.
        ("http", Some("tcp")) if !health.asked => "tcp",
        (kind, _) => kind,
    };
    HealthView {
        kind: kind.into(),
        port: port.map_or(8_080, |it| it.number),
        port_name: port.map_or_else(|| "health".into(), |it| it.name.clone()),
        live: health.live.clone(),
        ready: health.ready.clone(),
        host: health.host.clone(),
        header: health
            .header
            .as_ref()
            .and_then(|it| it.split_once(':'))
            .map(|(name, value)| (name.trim().into(), value.trim().into())),
        interval_s: health.interval.map_or(5, Duration::seconds_up),
        live_interval_s: health.interval.map_or(10, Duration::seconds_up),
        timeout_s: health.timeout.seconds_up(),
        retries: health.retries,
        startup_s: health.startup.seconds_up(),
        startup_failures: health
            .startup
            .seconds_up()
            .div_ceil(health.interval.map_or(5, Duration::seconds_up).max(1))
            .max(1),
        command: texts(&health.command),
    }
}

fn scale(service: &Service) -> ScaleView {
    let scale = &service.scale;
    ScaleView {
        min: scale.min.value,
        max: scale.max.value,
        cpu: scale.cpu.map(|at| crate::model::service::whole_percent(at.value)),
        lag: scale.lag.map(|at| at.value),
        auto: scale.max.value > scale.min.value,
    }
}

/// What the number of instances follows: how far a reader is behind, where it says so and others can count that.
fn scaled_by(workload: &Workload) -> &'static str {
    let asked = workload.scale.lag.is_some() || workload.kind == "function";
    let told = workload.consumes.iter().any(|read| read.unread.is_some());
    match workload.scale.auto && workload.controller != "cronjob" {
        true if asked && told => "messages",
        true => "cpu",
        false => "none",
    }
}
