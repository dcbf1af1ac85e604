//! Edges: how one node needs another. `calls uses publishes subscribes sends receives`.

use super::workload::as_env;
use crate::form::name;
use crate::model::service::{After, Call, Publish, Subscribe, Use};
use crate::schema::{Schema, Type, check_only, names, prop, values};
use crate::tree::{At, Item};

const READS: Schema = values(
    "reads",
    Type::Text,
    "What this caller uses of the api, so that a change of the rest does not concern it: `GET \
     /orders/{id}#customer.email`, `Order.email`, `acme.Orders/Get`. Without it the caller uses \
     everything.",
)
.check_only();

/// `calls`.
pub const CALLS: Schema = names(
    "calls",
    Type::Ref("service external"),
    "A synchronous request to a service or an external. Several names share the properties.",
)
.parts(&[&READS])
.props(&[
    prop("version", Type::Range, "Versions of the callee's api this caller works with."),
    prop("api", Type::Text, "Which api of the callee, if it has several."),
    prop("timeout", Type::Duration, "Longest wait for one try."),
    prop("retries", Type::Int(0, 100), "Further tries after the first.").usual("0"),
    prop("idempotent", Type::Bool, "The request may be sent twice without harm, whatever its method."),
    prop("soft", Type::Bool, "The caller goes on without the answer."),
    prop("breaker", Type::Bool, "Stop asking while the callee fails; on by default."),
    check_only("rate", Type::Rate, "Expected requests."),
    check_only("budget", Type::Share(7), "Most retries, as a share of all requests."),
    check_only("parallel", Type::Bool, "Sent at the same time as the other calls that say so."),
    prop(
        "as",
        Type::Form(&name::VARIABLE),
        "Prefix of the injected variables, in place of the callee's name.",
    ),
]);

/// `uses`.
pub const USES: Schema = names(
    "uses",
    Type::Ref("resource"),
    "A backing service, attached. Its address and credentials are injected as `NAME_URL`.",
)
.props(&[
    check_only(
        "access",
        Type::Word("read write"),
        "What is done with it; `write` includes reading and is the default.",
    ),
    prop("soft", Type::Bool, "It works on without the resource."),
    prop(
        "as",
        Type::Form(&name::VARIABLE),
        "Prefix of the injected variables, in place of the resource's name.",
    ),
]);

/// `after`.
pub const AFTER: Schema = names(
    "after",
    Type::Ref("service resource"),
    "It starts after another one that it neither calls nor uses. This opens no way there, and sets no variable.",
)
.props(&[prop(
    "until",
    Type::Word("started healthy done"),
    "How far the other one has to be; `done`: its jobs that run before a release have ended. By default \
     `healthy`, or `started` where nobody asks for its health.",
)]);

/// `publishes`.
pub const PUBLISHES: Schema =
    names("publishes", Type::Ref("topic"), "Events this service announces on a topic.").props(&[
        check_only(
            "outbox",
            Type::Bool,
            "The event is stored with the data and sent from there, so both or neither happen.",
        ),
        check_only("version", Type::Version, "Version of the event it writes; the newest by default."),
    ]);

/// `subscribes`.
pub const SUBSCRIBES: Schema =
    names("subscribes", Type::Ref("topic"), "Events this service reads from a topic.").props(&[
        check_only(
            "idempotent-by",
            Type::Text,
            "Field that tells a repeated message, so that handling it twice does no harm.",
        ),
        prop("group", Type::Form(&name::WORD), "Consumer group; the service's name by default."),
        check_only("emits", Type::Ref("topic"), "Topic this handler publishes to."),
        check_only("version", Type::Range, "Versions of the event it can read."),
        check_only(
            "terminates-by",
            Type::Word("max-hops state-change different-key"),
            "What ends a loop through this handler.",
        ),
    ]);

/// `sends`.
pub const SENDS: Schema = names("sends", Type::Ref("queue"), "Commands this service puts into a queue.")
    .props(&[check_only("outbox", Type::Bool, "The message is stored with the data and sent from there.")]);

/// `receives`.
pub const RECEIVES: Schema =
    names("receives", Type::Ref("queue"), "Commands this service takes from a queue.").props(&[
        check_only("idempotent-by", Type::Text, "Field that tells a repeated message."),
        check_only("emits", Type::Ref("topic"), "Topic this handler publishes to."),
    ]);

/// Variable prefix made from a name: `orders-db` is `ORDERS_DB`.
pub fn prefix(name: &str) -> String {
    name.chars().map(|c| if c == '-' { '_' } else { c.to_ascii_uppercase() }).collect()
}

fn read_all<T>(
    item: &Item,
    nodes: &[&str],
    one: impl Fn(&Item) -> T,
    key: impl Fn(&T) -> &At<String>,
) -> Vec<T> {
    let mut list: Vec<T> =
        item.parts.iter().filter(|part| nodes.contains(&part.schema.node)).map(one).collect();
    list.sort_by(|left, right| key(left).value.cmp(&key(right).value));
    // Most have one or two edges, and a list begins with room for four.
    list.shrink_to_fit();
    list
}

fn reads(part: &Item) -> impl Iterator<Item = At<String>> {
    part.values.iter().map(|field| At { value: field.at.value.print(), origin: field.at.origin })
}

/// Reads the requests a service makes.
pub fn read_calls(item: &Item, at: &str) -> Vec<Call> {
    let one = |part: &Item| Call {
        at: part.path_in(at),
        to: part.name(),
        version: part.text_at("version"),
        range: part.text("version").and_then(|text| bastide_report::version::range(&text)),
        api: part.text_at("api"),
        reads: part.all("reads").flat_map(reads).collect(),
        timeout: part.duration("timeout"),
        retries: part.int("retries"),
        idempotent: part.is("idempotent"),
        soft: part.is("soft"),
        breaker: part.field("breaker").is_none() || part.is("breaker"),
        rate: part.rate("rate"),
        budget: part.share("budget"),
        parallel: part.is("parallel"),
        prefix: part.text("as").unwrap_or_else(|| prefix(&part.key)),
    };
    read_all(item, &["calls"], one, |it| &it.to)
}

/// Reads its backing services.
pub fn read_uses(item: &Item, at: &str) -> Vec<Use> {
    let one = |part: &Item| Use {
        at: part.path_in(at),
        resource: part.name(),
        as_env: as_env(part),
        read_only: part.text("access").as_deref() == Some("read"),
        soft: part.is("soft"),
        prefix: part.text("as").filter(|_| as_env(part).is_none()).unwrap_or_else(|| prefix(&part.key)),
    };
    read_all(item, &["uses"], one, |it| &it.resource)
}

/// Reads what it waits for.
pub fn read_after(item: &Item, at: &str) -> Vec<After> {
    let one = |part: &Item| After { at: part.path_in(at), to: part.name(), until: part.text_at("until") };
    read_all(item, &["after"], one, |it| &it.to)
}

/// Reads the topics and queues it writes.
pub fn read_publishes(item: &Item, at: &str) -> Vec<Publish> {
    let one = |part: &Item| Publish {
        at: part.path_in(at),
        topic: part.name(),
        outbox: part.is("outbox"),
        version: part.text_at("version"),
    };
    read_all(item, &["publishes", "sends"], one, |it| &it.topic)
}

/// Reads the topics and queues it reads.
pub fn read_subscribes(item: &Item, at: &str) -> Vec<Subscribe> {
    let one = |part: &Item| Subscribe {
        at: part.path_in(at),
        topic: part.name(),
        group: part.text("group").unwrap_or_else(|| item.key_text()),
        idempotent_by: part.text_at("idempotent-by"),
        emits: part.text_at("emits"),
        terminates_by: part.text("terminates-by"),
        version: part.text_at("version"),
    };
    read_all(item, &["subscribes", "receives"], one, |it| &it.topic)
}
