//! What differences do to others, as a table: node and field, what came of it, and the effect with its reason.

use super::{Difference, DifferenceKind, Effect};
use std::cmp::Ordering;

/// What must have happened for a line of the table to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// It came.
    Added,
    /// It went.
    Removed,
    /// It is another, came or went.
    Any,
    /// It is smaller, or a list lost one.
    Less,
    /// It is greater.
    More,
    /// A text of words lost one.
    Lost,
}

/// A line of the table: what it is about, what came of it, and what that does to others.
pub type Line = (&'static str, When, Effect, &'static str);

use Effect::{Breaking, Risky};
use When::{Added, Any, Less, Lost, More, Removed};

/// The first line that fits counts; what fits none is safe. Functions count as services, queues as topics.
const EFFECTS: &[Line] = &[
    ("environment", Removed, Breaking, "what runs there stops"),
    ("environment.platform", Any, Breaking, "everything there is started anew, elsewhere"),
    ("environment.namespace", Any, Breaking, "everything there is started anew, elsewhere"),
    ("environment.cluster", Any, Breaking, "everything there is started anew, elsewhere"),
    ("environment.registry", Any, Risky, "images are pulled from another place"),
    ("app", Any, Risky, "names of images and namespaces follow the app's"),
    ("app.images", Any, Risky, "images are pulled from another place"),
    ("service", Removed, Risky, "nobody does its work any more"),
    ("service.api", Removed, Breaking, "callers find nobody"),
    ("service.api.style", Any, Breaking, "callers speak another protocol"),
    ("service.api.from", Removed, Breaking, "who came from elsewhere finds it closed"),
    ("service.api.from", Any, Risky, "others may come, or may not any more"),
    ("service.api.port", Any, Risky, "who asks at the old port finds nobody until it is told the new one"),
    ("service.port", Removed, Risky, "whoever asks at it finds nobody"),
    ("service.port.number", Any, Risky, "who asks at the old port finds nobody until it is told the new one"),
    ("service.port.from", Removed, Breaking, "who came from elsewhere finds it closed"),
    ("service.port.from", Any, Risky, "others may come, or may not any more"),
    ("service.api.path", Any, Breaking, "callers ask for the old path"),
    ("service.api.version", Less, Breaking, "the version goes down"),
    ("service.api.version", Removed, Breaking, "its clients have no version to call"),
    ("service.api.version.deprecated", Added, Risky, "its clients are told to move"),
    ("service.api.version.sunset", Added, Risky, "its clients are told to move"),
    ("service.api.version.sunset", Less, Breaking, "its clients have less time than they were promised"),
    ("service.api.stability", Any, Risky, "clients may expect something else"),
    ("service.api.strategy", Any, Risky, "other versions run beside the newest"),
    ("service.volume", Removed, Breaking, "its data goes with it"),
    (
        "service.volume.name",
        Any,
        Breaking,
        "its data stay under the old name, and it starts with an empty folder",
    ),
    ("service.volume.size", Less, Breaking, "a volume cannot shrink"),
    ("service.volume.temporary", Any, Breaking, "what it holds is lost"),
    ("service.slo", Removed, Risky, "its callers have no promise any more"),
    ("service.slo.availability", Less, Risky, "a weaker promise to its callers"),
    ("service.slo.latency", More, Risky, "a weaker promise to its callers"),
    ("service.slo.at", Any, Risky, "another promise to its callers"),
    ("service.secret", Added, Risky, "it must be in the secret store before the release"),
    ("service.secret.from", Any, Risky, "it must be in the secret store before the release"),
    ("service.scale.min", Less, Risky, "less is left when an instance fails"),
    ("service.scale.max", Less, Risky, "less room under load"),
    ("service.resources.memory-limit", Less, Risky, "what needs more is killed"),
    ("service.session", Any, Risky, "users may have to sign in again"),
    ("service.session.store", Any, Risky, "users may have to sign in again"),
    ("service.subscribes", Removed, Risky, "nobody of it reads these messages any more"),
    (
        "service.subscribes.group",
        Any,
        Risky,
        "the new group begins where brokers begin, not where the old one was",
    ),
    ("service.publishes", Removed, Risky, "readers wait for messages that do not come"),
    ("service.sends", Removed, Risky, "readers wait for messages that do not come"),
    ("gateway", Removed, Breaking, "clients find nobody"),
    ("gateway.host", Removed, Breaking, "clients of the old name find nobody"),
    ("gateway.host", Less, Breaking, "clients of the old name find nobody"),
    ("gateway.publish.http", Any, Risky, "whoever asks at the old port finds nobody"),
    ("gateway.publish.https", Any, Risky, "whoever asks at the old port finds nobody"),
    ("gateway.tls", Any, Risky, "clients connect in another way"),
    ("gateway.tls.min", Added, Breaking, "clients of the older protocol version cannot connect"),
    ("gateway.tls.min", More, Breaking, "clients of the older protocol version cannot connect"),
    ("gateway.tls.issuer", Any, Risky, "clients must trust the issuer of the new certificate"),
    ("gateway.auth", Added, Breaking, "requests without a token are refused"),
    ("gateway.auth", Removed, Risky, "anybody may come in"),
    ("gateway.auth.issuer", Any, Breaking, "tokens of the old issuer are refused"),
    ("gateway.auth.audience", Any, Breaking, "tokens for the old audience are refused"),
    ("gateway.auth.jwks", Any, Risky, "tokens must be signed by the keys that are there"),
    ("gateway.auth.claim", Any, Breaking, "services are told another user"),
    ("gateway.cors", Removed, Breaking, "web pages of other origins may not call any more"),
    ("gateway.cors.origins", Lost, Breaking, "web pages of the old origin may not call any more"),
    ("gateway.cors.methods", Added, Risky, "web pages may use no other methods"),
    ("gateway.cors.methods", Lost, Breaking, "web pages may not use the old method any more"),
    ("gateway.cors.headers", Added, Risky, "web pages may send no other headers"),
    ("gateway.cors.headers", Lost, Breaking, "web pages may not send the old header any more"),
    ("gateway.cors.credentials", Removed, Breaking, "web pages may not send cookies any more"),
    ("gateway.cors.credentials", Less, Breaking, "web pages may not send cookies any more"),
    ("gateway.timeout", Added, Risky, "slower answers are cut off"),
    ("gateway.timeout", Less, Risky, "slower answers are cut off"),
    ("gateway.limit.burst", Less, Risky, "clients that ask more often are refused"),
    ("gateway.limit.by", Any, Risky, "clients are counted in another way"),
    ("gateway.limit", Added, Risky, "clients that ask more often are refused"),
    ("gateway.limit", Less, Risky, "clients that ask more often are refused"),
    ("gateway.body-limit", Added, Breaking, "larger requests are refused"),
    ("gateway.body-limit", Less, Breaking, "larger requests are refused"),
    ("gateway.route.public", Removed, Breaking, "clients without a token are refused"),
    ("gateway.route.public", Added, Risky, "anybody may come"),
    ("gateway.allow", Removed, Risky, "what is called there is out of reach"),
    ("topic", Removed, Breaking, "what is stored in it is lost, and its readers wait for ever"),
    ("topic.priority", Any, Risky, "messages are read in another order"),
    ("topic.dead-letter", Removed, Risky, "what fails is no longer set aside"),
    ("topic.dead-letter.after", Less, Risky, "what fails is set aside earlier"),
    ("topic.on", Any, Breaking, "what is stored on the old broker stays behind"),
    ("topic.address", Any, Breaking, "readers and writers outside look under the old name"),
    ("topic.key", Any, Breaking, "messages of one key lie in two partitions until the old ones are read"),
    ("topic.partitions", Less, Breaking, "a topic cannot lose partitions"),
    (
        "topic.partitions",
        More,
        Risky,
        "keys move to other partitions: their order holds only for what comes after",
    ),
    ("topic.retention", Less, Risky, "readers that are behind lose messages"),
    ("topic.compact", Any, Risky, "other messages are kept"),
    ("topic.delivery", Any, Risky, "readers meet repeated or missing messages"),
    ("topic.max-length", Any, Risky, "messages beyond it are refused"),
    ("topic.event", Less, Breaking, "the version goes down"),
    ("topic.event", Removed, Risky, "stored messages of this version have no schema any more"),
    ("topic.event.compatibility", Any, Risky, "another promise to readers and writers"),
    ("resource", Removed, Breaking, "its data goes with it"),
    ("resource.type", Any, Breaking, "another system: nothing of the old data is in it"),
    ("resource.version", Less, Breaking, "data of a newer version cannot be read"),
    ("resource.version", Any, Risky, "data and clients must fit the new version"),
    ("resource.storage", Less, Breaking, "a volume cannot shrink"),
    ("resource.replicas", Less, Risky, "less is left when a copy fails"),
    ("resource.replicas.replication", Any, Risky, "other data survives the loss of a copy"),
    ("resource.favors", Any, Risky, "it fails in another way"),
    ("resource.max-connections", Less, Risky, "clients may find no connection"),
    ("resource.backup", Removed, Risky, "nothing is left after the worst day"),
    ("resource.backup.keep", Less, Risky, "less is left after the worst day"),
    ("resource.external", Any, Breaking, "another system: nothing of the old data is in it"),
    ("external", Removed, Risky, "what is called there is out of reach"),
    ("external.url", Any, Risky, "another system answers"),
    ("saga.step", Removed, Risky, "sagas that have begun end in another way"),
    ("saga.order", Any, Risky, "sagas that have begun end in another way"),
];

/// The safe way round what breaks, by the path of what differs; a longer path wins.
const HELP: &[(&str, &str)] = &[
    ("service.api", "keep the old version beside the new one until nobody calls it"),
    ("service.volume", "copy its data first; to mount it elsewhere, keep its name with `name=\"…\"`"),
    ("service.volume.name", "keep the old name; or copy the data first"),
    ("service.volume.size", "make a second volume, copy the data, and remove the first then"),
    ("gateway.host", "keep the old name until nobody asks for it"),
    ("gateway.cors", "keep what is allowed until no page calls from there"),
    ("gateway.route", "keep the old answer, at a path or host of its own, until clients have moved"),
    ("gateway.auth", "lead a second gateway or host to the services until clients have moved"),
    ("gateway.tls.min", "keep the older version until no client speaks it"),
    ("gateway.body-limit", "keep the larger limit until no client sends more"),
    ("topic", "stop its writers, let its readers finish, and remove it then"),
    (
        "topic.partitions",
        "declare a second topic, lead writers to it, read the old one empty, then remove it",
    ),
    ("topic.on", "declare a second topic there, lead writers to it, read the old one empty, then remove it"),
    ("topic.key", "declare a second topic, lead writers to it, read the old one empty, then remove it"),
    ("resource", "keep a copy of its data; make a second resource, and lead its users to it first"),
    (
        "resource.storage",
        "make a second resource with a smaller disk, copy the data, and lead its users to it",
    ),
    ("environment", "copy its data first"),
];

/// Says the safe way, where something breaks and nobody has said it yet.
pub fn help(it: &mut Difference) {
    if it.effect != Breaking || !it.help.is_empty() {
        return;
    }
    let path = general(&it.kind);
    let longest = HELP.iter().filter(|(known, _)| path == *known || path.starts_with(&format!("{known}.")));
    it.help = longest.max_by_key(|(known, _)| known.len()).map_or("", |(_, help)| help).into();
}

/// A path of kinds as the tables have it.
fn general(path: &str) -> String {
    let path = path.replacen("function", "service", usize::from(path.starts_with("function")));
    path.replacen("queue", "topic", usize::from(path.starts_with("queue")))
}

/// The effect of a difference at a path of nodes and fields without their names (`service.scale.min`), and why. `order`
/// says whether the new value is smaller or greater than the old, where that has a meaning; `lost`, whether a word of a
/// text is gone.
pub fn of(path: &str, change: DifferenceKind, order: Option<Ordering>, lost: bool) -> (Effect, &'static str) {
    let path = general(path);
    let fits = |when: When| match when {
        Any => true,
        Added => change == DifferenceKind::Added,
        Removed => change == DifferenceKind::Removed,
        Less => change == DifferenceKind::Changed && order == Some(Ordering::Less),
        More => change == DifferenceKind::Changed && order == Some(Ordering::Greater),
        Lost => lost,
    };
    let line = |path: &str| EFFECTS.iter().find(|(known, when, ..)| *known == path && fits(*when));
    // What a route says of itself does to its clients what the gateway's word does to all.
    let common = || line(&format!("gateway.{}", path.strip_prefix("gateway.route.")?));
    line(&path).or_else(common).map_or((Effect::Safe, ""), |(_, _, effect, why)| (*effect, why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::KINDS;
    use crate::schema::Schema;

    /// A line that names nothing of the language would never hold.
    #[test]
    fn every_line_names_a_node_or_a_field() {
        for path in EFFECTS.iter().map(|line| line.0).chain(HELP.iter().map(|line| line.0)) {
            let (top, rest) = path.split_once('.').unwrap_or((path, ""));
            let tops = if top == "topic" { vec!["topic", "queue"] } else { vec![top] };
            let kinds = KINDS.iter().filter(|kind| tops.contains(&kind.node));
            assert!(kinds.into_iter().any(|kind| has(kind, rest)), "{path}");
        }
    }

    fn has(kind: &'static Schema, rest: &str) -> bool {
        let mut at: &Schema = kind;
        rest.split('.').filter(|step| !step.is_empty()).all(|step| match at.part(step) {
            Some(part) => {
                at = part;
                true
            }
            None => at.prop(step).is_some() || step == "order",
        })
    }

    #[test]
    fn smaller_and_greater_are_told_apart() {
        let of = |path, order| of(path, DifferenceKind::Changed, Some(order), false).0;
        assert_eq!(of("queue.partitions", Ordering::Less), Breaking);
        assert_eq!(of("topic.partitions", Ordering::Greater), Risky);
        assert_eq!(of("service.scale.max", Ordering::Greater), Effect::Safe);
    }
}
