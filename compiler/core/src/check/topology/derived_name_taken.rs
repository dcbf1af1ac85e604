//! `derived-name-taken`: a name that is made from others is there already.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use crate::view::channel::Channel;
use crate::view::secret::made_files;
use bastide_report::source::Span;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::deny("derived-name-taken", check);

/// A name of something that runs, or of what is made for it.
struct Claim {
    /// What else must be alike; nothing for what runs.
    kind: &'static str,
    name: String,
    /// Path of the node it is made for.
    at: String,
    span: Span,
    /// What bears it, in words; none if it is written as it is.
    made: Option<String>,
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut taken: BTreeMap<(&str, String), Claim> = BTreeMap::new();
    let all = declared(ctx).into_iter().chain(made(ctx)).chain(keys(ctx));
    for claim in all.chain(objects(ctx)).chain(channels(ctx)) {
        let Some(first) = taken.get(&(claim.kind, claim.name.clone())) else {
            taken.insert((claim.kind, claim.name.clone()), claim);
            continue;
        };
        // Two that are declared under one name are told of where names are read.
        let Some(what) = &claim.made else { continue };
        let other = first.made.as_deref().unwrap_or("this");
        RULE.found(&claim.at, format!("`{}` is the name of two things", claim.name))
            .label(claim.span, format!("{what} is called so"))
            .label(first.span, format!("and {other} too"))
            .help("rename one of them")
            .add_to(found);
    }
}

fn declared(ctx: &Context<'_>) -> Vec<Claim> {
    let model = ctx.model;
    let services = model.services.iter().map(|it| (&it.name, &it.at));
    let resources = model.resources.iter().map(|it| (&it.name, &it.at));
    let gateways = model.gateways.iter().map(|it| (&it.name, &it.at));
    let externals = model.externals.iter().map(|it| (&it.name, &it.at));
    let one = |(name, at): (&crate::tree::At<String>, &String)| Claim {
        kind: "",
        name: name.value.clone(),
        at: at.clone(),
        span: name.span(),
        made: None,
    };
    services.chain(resources).chain(gateways).chain(externals).map(one).collect()
}

/// What is made: jobs, older versions, the second Service of a canary, containers beside others.
fn made(ctx: &Context<'_>) -> Vec<Claim> {
    let mut all: Vec<Claim> = ctx.model.services.iter().flat_map(jobs).collect();
    for workload in &ctx.views.workloads {
        let service = ctx.model.service(&workload.service).filter(|_| workload.kind != "resource");
        let resource = ctx.model.resource(&workload.service).filter(|_| workload.kind == "resource");
        let own = service.map(|it| it.name.span()).or_else(|| resource.map(|it| it.name.span()));
        let Some(own) = own else { continue };
        let mut claim = |name: String, span: Span, made: &str| {
            let made = Some(format!("{made} of `{}`", workload.service));
            all.push(Claim { kind: "", name, at: workload.at.clone(), span, made });
        };
        if !workload.newest {
            let version = service.and_then(|it| version(it, &workload.version)).unwrap_or(own);
            claim(workload.name.clone(), version, "this version");
        }
        if workload.controller == "rollout" {
            claim(format!("{}-canary", workload.name), own, "the canary");
        }
        for exposed in &workload.exposed {
            claim(exposed.name.clone(), own, "what opens ports");
        }
        if resource.is_some_and(|it| it.topics.is_some()) {
            claim(format!("{}-topics", workload.name), own, "what makes the topics");
        }
        if ctx.kubernetes() {
            continue;
        }
        // Compose knows containers alone: what is one pod elsewhere is several here.
        if !workload.volumes.is_empty() && !workload.owns_volumes {
            claim(format!("{}-volumes", workload.name), own, "what hands the volumes over");
        }
        for sidecar in &workload.sidecars {
            claim(format!("{}-{}", workload.name, sidecar.name), sidecar.origin.span, "this sidecar");
        }
    }
    all
}

/// Secrets of a service: those it names, and files that are secrets by what is in them.
fn keys(ctx: &Context<'_>) -> Vec<Claim> {
    let of = |service: &Service| -> Vec<Claim> {
        let claim = |key: &str, span: Span, made: Option<String>| Claim {
            kind: "key",
            name: format!("{}.{key}", service.name.value),
            at: service.at.clone(),
            span,
            made,
        };
        let named = service.run.secrets.iter().map(|it| claim(&it.name.value, it.name.span(), None));
        let files = made_files(ctx.model, &service.run)
            .map(|(key, file)| claim(&key, file.path.span(), Some("what is secret in this file".into())));
        named.chain(files).collect()
    };
    ctx.model.services.iter().flat_map(of).collect()
}

/// Objects of Kubernetes whose names are made of two: claims of volumes, and what is made for routes.
fn objects(ctx: &Context<'_>) -> Vec<Claim> {
    let mut all = vec![];
    if !ctx.kubernetes() {
        return all;
    }
    for workload in &ctx.views.workloads {
        let Some(service) = ctx.model.service(&workload.service) else { continue };
        for volume in workload.volumes.iter().filter(|_| workload.scale.max == 1) {
            let own = service.run.volumes.iter().find(|it| it.path.value == volume.path);
            all.push(Claim {
                kind: "claim",
                name: format!("{}-{}", workload.name, volume.name),
                at: workload.at.clone(),
                span: own.map_or(service.name.span(), |it| it.path.span()),
                made: Some(format!("this volume of `{}`", workload.service)),
            });
        }
    }
    all.extend(ctx.model.volumes.iter().filter(|it| it.claim.is_none()).map(|it| Claim {
        kind: "claim",
        name: it.name.value.clone(),
        at: it.at.clone(),
        span: it.name.span(),
        made: Some("the shared volume".into()),
    }));
    all.extend(ctx.views.secrets.iter().map(|secret| {
        let service = ctx.model.service(&secret.name).map(|it| it.name.span());
        let resource = ctx.model.resource(&secret.name).map(|it| it.name.span());
        let span = service.or(resource).unwrap_or_else(|| ctx.model.environment.name.span());
        let made = Some(format!("the Secret of `{}`", secret.name));
        Claim { kind: "secret", name: secret.name.clone(), at: secret.at.clone(), span, made }
    }));
    all.extend(ctx.model.gateways.iter().filter(|it| it.tls.is_some()).map(|it| Claim {
        kind: "secret",
        name: format!("{}-tls", it.name.value),
        at: it.at.clone(),
        span: it.name.span(),
        made: Some(format!("the certificate of `{}`", it.name.value)),
    }));
    for gateway in &ctx.model.gateways {
        let Some(table) = ctx.views.table(&gateway.name.value) else { continue };
        let mut groups: BTreeMap<&str, Span> = BTreeMap::new();
        for rule in &table.rules {
            let route = gateway.routes.get(rule.item as usize);
            groups.entry(&rule.group).or_insert(route.map_or(gateway.name.span(), |it| it.path.span()));
        }
        all.extend(groups.into_iter().map(|(group, span)| Claim {
            kind: "route",
            name: format!("{}-{group}", gateway.name.value),
            at: gateway.at.clone(),
            span,
            made: Some(format!("this route of `{}`", gateway.name.value)),
        }));
    }
    all
}

/// What brokers hold: topics and queues by their address, what a group reads, and what was set aside.
fn channels(ctx: &Context<'_>) -> Vec<Claim> {
    let one = |it: &Channel| {
        let topic = ctx.model.topic(&it.topic)?;
        let tools = ctx.model.resource(&it.broker).and_then(|broker| broker.topics.as_deref());
        let made = match (it.role.as_str(), &it.group) {
            ("dead-letter", _) => format!("what is set aside of `{}`", it.topic),
            (_, Some(group)) => format!("what `{group}` reads of `{}`", it.topic),
            _ => format!("`{}`", it.topic),
        };
        Some(Claim {
            // A topic of RabbitMQ is an exchange, and those have names of their own.
            kind: if it.role == "topic" && tools == Some("rabbitmq") { "exchange" } else { "channel" },
            name: format!("{}/{}", it.broker, it.name),
            at: it.at.clone(),
            span: topic.name.span(),
            made: Some(made),
        })
    };
    ctx.views.channels.iter().filter_map(one).collect()
}

fn jobs(service: &Service) -> impl Iterator<Item = Claim> {
    service.jobs.iter().map(|job| Claim {
        kind: "",
        name: format!("{}-{}", service.name.value, job.name.value),
        at: job.at.clone(),
        span: job.name.span(),
        made: Some(format!("this job of `{}`", service.name.value)),
    })
}

fn version(service: &Service, version: &str) -> Option<Span> {
    service.apis.iter().find_map(|api| api.version(version)).map(|it| it.version.span())
}
