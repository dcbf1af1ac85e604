//! `broker-guarantee-mismatch`: asked of a broker that does not do it.

use crate::check::query::listed;
use crate::check::{Context, Found, Rule};
use crate::model::messaging::Topic;
use crate::model::resource::ResourceType;

pub const RULE: Rule = Rule::deny("broker-guarantee-mismatch", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for topic in &ctx.model.topics {
        let Some(broker) = ctx.model.resource(&topic.on.value) else { continue };
        let Some(ty) = ctx.model.type_of(broker) else { continue };
        found.extend(delivery(topic, ty));
        found.extend(order(topic, ty));
        found.extend(copies(topic, ty));
    }
}

fn delivery(topic: &Topic, ty: &ResourceType) -> Option<Found> {
    let asked = &topic.delivery;
    if ty.delivery.is_empty() || ty.delivery.contains(&asked.value) {
        return None;
    }
    let (name, offers) =
        (&topic.name.value, listed(&ty.delivery.iter().map(String::as_str).collect::<Vec<_>>()));
    let finding = RULE
        .found(&topic.at, format!("`{name}` asks for {} and {} has {offers}", asked.value, ty.name.value))
        .label_value(asked, topic.name.span(), "not to be had")
        .label(topic.on.span(), format!("a {}", ty.name.value));
    Some(finding.help(format!("write one of {offers}, and let readers tell repetitions by `idempotent-by=`")))
}

fn order(topic: &Topic, ty: &ResourceType) -> Option<Found> {
    let key = topic.key.as_ref().filter(|_| ty.order == "none")?;
    let finding = RULE
        .found(
            &topic.at,
            format!(
                "`{}` is ordered by `{}`, and {} keeps no order",
                topic.name.value, key.value, ty.name.value
            ),
        )
        .label(key.span(), "asks for order")
        .label(topic.on.span(), format!("a {}", ty.name.value));
    Some(finding.help("remove `key`, or choose a broker that orders by key"))
}

fn copies(topic: &Topic, ty: &ResourceType) -> Option<Found> {
    let (asked, most) = (topic.replicas?, ty.max_replicas?);
    if asked.value <= most {
        return None;
    }
    let finding = RULE
        .found(
            &topic.at,
            format!(
                "`{}` asks for {} copies, and {} has at most {most}",
                topic.name.value, asked.value, ty.name.value
            ),
        )
        .label(asked.span(), "not to be had")
        .label(topic.on.span(), format!("a {}", ty.name.value));
    Some(finding.edit(asked.span(), most.to_string()).help(format!("write `replicas {most}`")))
}
