//! `gate-without-command`: a gate of the source of a service that says in no way how its source is checked.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;

pub const RULE: Rule = Rule::deny("gate-without-command", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let delivery = &ctx.model.delivery;
    if delivery.ci.is_none() {
        return;
    }
    for gate in &delivery.gates {
        let command = |service: &Service| match gate.value.as_str() {
            "lint" => Some(service.lint.is_some()),
            "test" => Some(service.test.is_some()),
            _ => None,
        };
        for service in &ctx.model.services {
            let Some(build) = &service.run.build else { continue };
            let file = build.file();
            let Some(known) = ctx.model.dockerfiles.get(&file) else { continue };
            if command(service) != Some(false) || known.has(&gate.value) {
                continue;
            }
            let (name, gate_name) = (&service.name.value, &gate.value);
            RULE.found(&service.at, format!("the gate `{gate_name}` has nothing to run for `{name}`"))
                .label(build.context.span(), format!("no `ci {{ {gate_name} \"…\" }}`, and `{file}` has no stage `{gate_name}`"))
                .label(gate.span(), "asked for here")
                .help(format!("write `ci {{ {gate_name} \"COMMAND\" }}` in the service, or a stage `{gate_name}` in its Dockerfile"))
                .add_to(found);
        }
    }
}
