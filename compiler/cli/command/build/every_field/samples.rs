//! Two values of each type, and names of the ground.

use bastide_core::schema::{Type, words};

/// Two values of a type, so that a change from one to the other is a change of meaning. Texts with a form of their own
/// are found by the field's name.
pub fn samples(field: &str, ty: Type) -> [String; 2] {
    let text = |one: &str, two: &str| [format!("\"{one}\""), format!("\"{two}\"")];
    if let Some((_, one, two)) =
        SAMPLES.iter().find(|(name, ..)| field == *name || field.ends_with(&format!(".{name}")))
    {
        return [(*one).into(), (*two).into()];
    }
    match ty {
        Type::Text | Type::Wired | Type::Any | Type::Form(_) | Type::Written(_) => text("alpha", "beta"),
        Type::Word(list) => {
            let first = words(list).next().expect("a word");
            text(first, words(list).nth(1).unwrap_or(first))
        }
        Type::Bool => ["#true".into(), "#false".into()],
        Type::Int(least, most) => [(least + 1).to_string(), (least + 3).min(most).to_string()],
        Type::Duration | Type::Lasting => text("11s", "12s"),
        Type::Size => text("2Gi", "3Gi"),
        Type::Cpu => text("300m", "400m"),
        Type::Rate => text("50/s", "60/s"),
        Type::Share(_) | Type::Percent => text("40%", "60%"),
        Type::OneOf(numbers) => [numbers[0].to_string(), numbers[1].to_string()],
        Type::SizeTo(_) => text("2Mi", "3Mi"),
        Type::Date => text("2027-03-01", "2027-04-01"),
        Type::Cron => text("1 4 * * *", "2 5 * * *"),
        Type::Version => text("1.0.0", "1.1.0"),
        Type::Range => text("^1", "^1.0"),
        Type::File => text("contracts/a.yaml", "contracts/b.yaml"),
        Type::Url => text("https://one.example.com", "https://two.example.com"),
        Type::UrlPath => text("/one", "/two"),
        Type::Host => text("one.example.com", "two.example.com"),
        Type::Ref(kinds) => {
            let of = |kind: &str| words(kinds).any(|it| it == kind);
            let (_, one, two) = NAMES.iter().find(|(kind, ..)| of(kind)).expect("a name of the kind");
            text(one, two)
        }
    }
}

/// Names of the ground.
const NAMES: &[(&str, &str, &str)] = &[
    ("service", "stock", "shop"),
    ("external", "bank", "bank"),
    ("resource", "ledger", "wares"),
    ("topic", "payments", "shipments"),
    ("queue", "emails", "labels"),
    ("volume", "media", "attic"),
    ("environment", "dev", "plain"),
    ("archetype", "worker", "api"),
    ("resource-type", "postgres", "mysql"),
    ("api", "shop", "stock"),
];

/// Values of fields whose text has a form.
const SAMPLES: &[(&str, &str, &str)] = &[
    ("file", "\"/one\"", "\"/two\""),
    ("workdir", "\"/one\"", "\"/two\""),
    ("volume.host", "\"/one\"", "\"/two\""),
    ("volume.sub-path", "\"one\"", "\"two\""),
    ("volume", "\"/one\"", "\"/two\""),
    ("schedule.time-zone", "\"Etc/UTC\"", "\"Europe/Berlin\""),
    ("rollout.steps", "\"5% 50%\"", "\"10% 60%\""),
    ("port.to", "60", "70"),
    ("port.publish", "\"8053\"", "\"8054\""),
    ("api.publish", "\"8053\"", "\"8054\""),
    ("port.sources", "\"10.0.0.0/8\"", "\"10.1.0.0/16\""),
    ("egress", "\"any\"", "\"10.0.0.0/8\""),
    ("service.session", "\"store\"", "\"sticky\""),
    ("topic.on", "\"events\"", "\"jobs\""),
    ("queue.on", "\"jobs\"", "\"bus\""),
    ("slo.rate", "\"1/h\"", "\"100/s\""),
    ("calls.api", "\"stock\"", "\"shop\""),
    ("route.api", "\"shop\"", "\"shop-admin\""),
    ("part.api", "\"shop\"", "\"shop-admin\""),
    ("secret.from", "\"a/b#c\"", "\"a/b#d\""),
    ("cors.origins", "\"https://one.example.com\"", "\"https://two.example.com\""),
    ("cors.methods", "\"GET\"", "\"POST\""),
    ("route.method", "\"GET\"", "\"POST\""),
    ("route.header", "\"X-One: a\"", "\"X-One: b\""),
    ("route.query", "\"one=a\"", "\"one=b\""),
    ("redirect", "\"/one\"", "\"/two\""),
    ("redirect.status", "302", "307"),
    ("device", "\"/dev/one\"", "\"/dev/two\""),
    ("device.to", "\"/dev/one\"", "\"/dev/two\""),
    ("ulimits.ALPHA", "1024", "2048"),
    ("hosts.ALPHA", "\"192.0.2.1\"", "\"192.0.2.2\""),
    ("hostname", "\"one\"", "\"two\""),
    ("health.header", "\"X-One: 1\"", "\"X-One: 2\""),
    ("metrics.buckets", "\"0.1 0.5\"", "\"0.1 0.6\""),
    ("backup.to", "\"s3://one/a\"", "\"s3://one/b\""),
    ("patch", "\"Deployment/shop\"", "\"Deployment/stock\""),
    ("set", "\"spec.minReadySeconds\"", "\"spec.revisionHistoryLimit\""),
    ("file.mode", "\"0644\"", "\"0755\""),
    ("file.from", "\"contracts/a.yaml\"", "\"contracts/b.yaml\""),
    ("build", "\"app\"", "\"events\""),
    ("build.language", "\"go\"", "\"python\""),
    ("image", "\"example.com/one:1\"", "\"example.com/one:2\""),
];
