//! Names that only make sense with another node: the api of a call or route, and the name of a job with its service's.

use crate::model::Model;
use crate::model::service::{Api, Service};
use crate::tree::At;
use bastide_report::finding::{Finding, Report};
use bastide_report::suggest::did_you_mean;

/// Longest name of a scheduled job in Kubernetes, which adds eleven characters to it for each run.
const LONGEST: usize = 52;

/// Reports names that lead nowhere, and names that grow too long.
pub fn check(model: &Model, report: &mut Report) {
    for service in &model.services {
        for call in &service.calls {
            known_api(model, &call.to.value, call.api.as_ref(), report);
        }
        long_jobs(service, report);
    }
    for route in model.gateways.iter().flat_map(|gateway| &gateway.routes) {
        if let Some(to) = &route.to {
            known_api(model, &to.value, route.api.as_ref(), report);
        }
        for part in route.aggregate.iter().flat_map(|it| &it.parts) {
            known_api(model, &part.from.value, part.api.as_ref(), report);
        }
    }
}

fn known_api(model: &Model, service: &str, api: Option<&At<String>>, report: &mut Report) {
    let (Some(api), Some(service)) = (api, model.service(service)) else { return };
    let named = |it: &Api| it.name.value == api.value;
    if service.apis.iter().any(named) {
        return;
    }
    let names = service.apis.iter().map(|it| it.name.value.as_str());
    let name = &service.name.value;
    let help = did_you_mean(&api.value, names)
        .unwrap_or_else(|| format!("`{name}` has no `api` node: write none here"));
    Finding::new("unknown-reference", format!("`{name}` has no api `{}`", api.value))
        .label(api.span(), "no such api")
        .label(service.name.span(), "the service")
        .help(help)
        .add_to(report);
}

fn long_jobs(service: &Service, report: &mut Report) {
    for job in &service.jobs {
        let whole = service.name.value.len() + 1 + job.name.value.len();
        if whole > LONGEST {
            let name = format!("{}-{}", service.name.value, job.name.value);
            Finding::new(
                "bad-name",
                format!("`{name}` is {whole} characters long, and a job's name may have {LONGEST}"),
            )
            .label(job.name.span(), "the name of its service stands before it")
            .help(format!("shorten it by {} characters", whole - LONGEST))
            .add_to(report);
        }
    }
}
