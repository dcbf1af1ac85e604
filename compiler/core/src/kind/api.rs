//! `api`: what a service offers, and the versions of it that live.

use super::port::{FROM, PUBLISH, read_publish};
use crate::form::image::IMAGE;
use crate::model::service::{Api, ApiVersion};
use crate::schema::{Schema, Type, check_only, clash, keyed, named, prop};
use crate::tree::{At, Item};

const VERSION: Schema = keyed(
    "version",
    Type::Version,
    "A living version. Majors older than the newest run beside it until their sunset.",
)
.props(&[
    check_only("contract", Type::File, "Its contract, if not the api's own."),
    prop(
        "image",
        Type::Form(&IMAGE),
        "Image that serves it; by default the service's image with this version as tag.",
    ),
    prop("build", Type::File, "Folder its image is built from."),
    prop("deprecated", Type::Date, "Day from which clients are told to move."),
    prop("sunset", Type::Date, "Day from which it is gone."),
    prop(
        "consumes",
        Type::Bool,
        "This version also reads topics and queues; only the newest does by default.",
    ),
])
.clashes(&[clash("image", "build", "an image that is named is not built here")])
.new_by("contract image build");

/// The node.
pub const SCHEMA: Schema =
    named("api", "What the service offers to others, with its contract and living versions.")
        .parts(&[&VERSION])
        .props(&[
            prop(
                "style",
                Type::Word("rest grpc graphql websocket"),
                "Kind of interface; read from the contract's file name by default.",
            ),
            check_only("contract", Type::File, "OpenAPI, protobuf, GraphQL or AsyncAPI file."),
            prop("port", Type::Int(1, 65_535), "Port it listens on; 9090 of gRPC by default, else 8080."),
            FROM,
            PUBLISH,
            prop("path", Type::UrlPath, "Path all its operations begin with; none by default."),
            check_only(
                "keep-alive",
                Type::Lasting,
                "How long it keeps an idle connection open; gateways must close theirs before.",
            ),
            prop("stability", Type::Word("stable beta alpha"), "What clients may expect.").usual("stable"),
            prop(
                "strategy",
                Type::Word("compatible point-to-point knot"),
                "Who pays for a change; `compatible` by default.",
            ),
            check_only(
                "keep-fields",
                Type::Bool,
                "An optional field or header that goes from answers, or gets another name, takes a major number; else only where somebody `reads` it.",
            )
            .usual("`#false`"),
        ])
        .new_by("contract style version");

/// Reads an api; its versions newest first.
pub fn read(item: &Item, parent: &str) -> Api {
    let at = item.path_in(parent);
    let contract = item.text_at("contract");
    let style =
        item.text("style").unwrap_or_else(|| style_of(contract.as_ref().map(|it| it.value.as_str())).into());
    let mut versions: Vec<ApiVersion> =
        item.all("version").filter_map(|part| read_version(part, &at)).collect();
    versions.sort_by(|left, right| right.semver.cmp(&left.semver));
    versions.shrink_to_fit();
    let port = if style == "grpc" { 9_090 } else { 8_080 };
    Api {
        name: item.name(),
        style,
        contract,
        port: item.int("port").unwrap_or(At { value: port, origin: item.origin.derived() }),
        from: item.text("from"),
        publish: read_publish(item),
        path: item
            .text("path")
            .map(|path| path.trim_end_matches('/').to_string())
            .filter(|path| !path.is_empty()),
        keep_alive: item.duration("keep-alive"),
        stability: item.text("stability").unwrap_or_else(|| "stable".into()),
        strategy: item.text("strategy").unwrap_or_else(|| "compatible".into()),
        versions,
        keep_fields: item.bool_at("keep-fields").is_some_and(|at| at.value),
        at,
    }
}

fn style_of(contract: Option<&str>) -> &'static str {
    let ends = |ends: &[&str]| contract.is_some_and(|file| ends.iter().any(|end| file.ends_with(end)));
    if ends(&[".proto"]) {
        "grpc"
    } else if ends(&[".graphql", ".graphqls", ".gql"]) {
        "graphql"
    } else if ends(&[".asyncapi.yaml", ".asyncapi.yml", ".asyncapi.json"]) {
        "websocket"
    } else {
        "rest"
    }
}

fn read_version(part: &Item, parent: &str) -> Option<ApiVersion> {
    Some(ApiVersion {
        at: part.path_in(parent),
        semver: bastide_report::version::parse(&part.key)?,
        version: part.name(),
        contract: part.text_at("contract"),
        image: part.text_at("image"),
        build: part.text_at("build"),
        deprecated: part.date("deprecated"),
        sunset: part.date("sunset"),
        consumes: part.bool_at("consumes").map(|at| at.value),
    })
}
