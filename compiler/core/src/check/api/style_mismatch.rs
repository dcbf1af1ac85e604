//! `style-mismatch`: a contract of another kind of interface.

use crate::check::{Context, Found, Rule};
use crate::model::service::Api;
use crate::tree::At;

pub const RULE: Rule = Rule::deny("style-mismatch", check);

/// What describes a style, and how the names of files end that surely do not.
const STYLES: [(&str, &str, &[&str]); 4] = [
    ("rest", "OpenAPI", &["proto", "graphql", "graphqls", "gql", "avsc", "asyncapi"]),
    ("grpc", "Protocol Buffers (`.proto`)", &["yaml", "yml", "json", "graphql", "graphqls", "gql", "avsc"]),
    ("graphql", "GraphQL (`.graphql`)", &["yaml", "yml", "proto", "avsc"]),
    ("websocket", "AsyncAPI", &["proto", "graphql", "graphqls", "gql", "avsc", "openapi"]),
];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for api in &service.apis {
            let versions = api.versions.iter().filter_map(|version| version.contract.as_ref());
            for contract in api.contract.iter().chain(versions) {
                tell(api, contract, found);
            }
        }
    }
}

fn tell(api: &Api, contract: &At<String>, found: &mut Vec<Found>) {
    let Some((style, format, others)) = STYLES.iter().find(|(style, ..)| *style == api.style) else { return };
    let file = contract.value.rsplit('/').next().unwrap_or(&contract.value);
    // `orders.asyncapi.yaml` says what it is in the middle.
    let mut ends = file.rsplit('.').take(2);
    if !ends.any(|end| end != file && others.contains(&end)) {
        return;
    }
    let message =
        format!("`{}` is {style}, and `{}` describes something else", api.name.value, contract.value);
    RULE.found(&api.at, message)
        .label(contract.span(), format!("not {format}"))
        .label(api.name.span(), format!("`style=\"{style}\"`"))
        .help(format!("name a contract in {format}, or correct `style=`"))
        .add_to(found);
}
