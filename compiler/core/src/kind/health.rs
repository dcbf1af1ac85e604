//! `health`: how a program is asked whether it lives and is ready.

use crate::form::{command, http};
use crate::model::service::Health;
use crate::schema::{Schema, Type, clash, names, node, prop};
use crate::tree::{Item, Layer};
use bastide_report::units::Duration;

const ONE_QUESTION: &str = "it is asked in one way";
const ASKS: Schema =
    names("asks", Type::Ref("service resource external"), "What it asks before it calls itself ready.")
        .check_only();

/// `health`.
pub const SCHEMA: Schema = node("health", "How to ask whether it lives and is ready.")
    .parts(&[&ASKS])
    .props(&[
        prop("live", Type::UrlPath, "Path that fails only when a restart would help."),
        prop("ready", Type::UrlPath, "Path that fails while no requests should come."),
        prop("host", Type::Host, "Host that HTTP is asked for, if the program looks at it."),
        prop("header", Type::Form(&http::HEADER), "A header to send along: `X-Forwarded-Proto: https`."),
        prop("interval", Type::Lasting, "Time between two questions; `5s` by default, `10s` for liveness."),
        prop("timeout", Type::Lasting, "Longest wait for an answer; `2s` by default, `3s` for a command."),
        prop("retries", Type::Int(1, 1_000), "Questions in a row that may fail.").usual("3"),
        prop("startup", Type::Lasting, "Longest time a start may take.").usual("5m"),
        prop("port", Type::Int(1, 65_535), "Port that answers, if not that of the api."),
        prop("grpc", Type::Bool, "Ask by the gRPC health protocol."),
        prop("tcp", Type::Bool, "Only open a connection."),
        prop(
            "command",
            Type::Form(&command::COMMAND),
            "Command to run in the container; words separated by spaces, held together by quotes.",
        ),
    ])
    .clashes(&[
        clash("grpc", "tcp command live ready host header", ONE_QUESTION),
        clash("tcp", "command live ready host header", ONE_QUESTION),
        clash("command", "live ready port host header", ONE_QUESTION),
    ]);

/// Reads how a program is asked.
pub fn read(item: &Item) -> Health {
    let part = item.part("health");
    let text = |name: &str| part.and_then(|part| part.text(name));
    let command = part.map(|part| part.command("command")).unwrap_or_default();
    // Programs that ask databases and brokers take longer to start than an answer over HTTP.
    let usual = Duration(if command.is_empty() { 2_000 } else { 3_000 });
    let kind = match part {
        None => "none",
        _ if !command.is_empty() => "command",
        Some(part) if part.is("grpc") => "grpc",
        Some(part) if part.is("tcp") => "tcp",
        Some(_) if text("live").or_else(|| text("ready")).is_some() => "http",
        Some(part) if part.field("port").is_some() => "tcp",
        // How long it may take to start, or how often it is asked, is no question.
        Some(_) => "none",
    };
    let by_hand = |name: &str| {
        part.and_then(|part| part.field(name)).is_some_and(|at| at.origin.layer > Layer::Default)
    };
    Health {
        kind: kind.into(),
        asked: by_hand("live") || by_hand("ready"),
        ready: text("ready").or_else(|| text("live")),
        live: text("live"),
        host: text("host"),
        header: text("header"),
        interval: part.and_then(|part| part.duration("interval")).map(|at| at.value),
        timeout: part.and_then(|part| part.duration("timeout")).map_or(usual, |at| at.value),
        retries: part.and_then(|part| part.int("retries")).map_or(3, |at| at.value),
        startup: part.and_then(|part| part.duration("startup")).map_or(Duration(300_000), |at| at.value),
        port: part.and_then(|part| part.int("port")).map(|at| at.value as u16),
        command,
        asks: part.iter().flat_map(|part| part.all("asks")).map(Item::name).collect(),
    }
}
