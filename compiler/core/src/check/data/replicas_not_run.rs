//! `replicas-not-run`: copies that are asked for and nobody makes.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("replicas-not-run", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let environment = &ctx.model.environment;
    if environment.platform != "kubernetes" {
        return;
    }
    let alone = |it: &&crate::model::resource::Resource| {
        it.run.is_some() && it.provider.is_none() && it.external.is_none() && it.replicas.value > 1
    };
    for resource in ctx.model.resources.iter().filter(alone) {
        let (name, count, place) = (&resource.name.value, resource.replicas.value, &environment.name.value);
        let ty = &resource.ty.value;
        let operator = ctx.model.types.get(ty).and_then(|it| it.providers.first());
        let help = match operator {
            Some(operator) => format!(
                "write `target \"kubernetes\" {ty}=\"{operator}\"` in `{place}`, or `replicas 1` for it"
            ),
            None => format!("let somebody else run it (`external`), or write `replicas 1` for `{place}`"),
        };
        RULE.found(&resource.at, format!("`{name}` asks for {count} copies, and runs as one container"))
            .label(resource.replicas.span(), format!("{count} copies"))
            .label(resource.name.span(), "no operator runs it")
            .help(help)
            .add_to(found);
    }
}
