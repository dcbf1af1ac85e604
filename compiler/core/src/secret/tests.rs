//! Every format of the table, and texts that only look like secrets.

#![allow(clippy::print_stdout, reason = "it says how much it tried")]

use super::formats::FORMATS;
use super::literal::literals;
use super::{Known, MASK, find, mask};
use crate::kind::KINDS;
use crate::schema::{Arg, Schema};
use crate::spec::FREE;
use crate::tree::{At, Field, Item, Layer, Origin, Scalar};
use bastide_report::source::{FileId, Span};

#[test]
fn every_format_finds_its_example_alone_and_within_a_text() {
    for format in FORMATS {
        assert_eq!(format.keys.iter().find(|key| key.to_lowercase() != **key), None, "{}", format.name);
        for text in [
            format.example.to_string(),
            format!("see {}", format.example),
            format!("a\n{}\nb", format.example),
            format!("x='{}' # ü", format.example),
            format!("${{a.b}} {} ${{c}}", format.example),
        ] {
            let spots = find("", &text);
            assert!(!spots.is_empty(), "{}: {text}", format.name);
            let shown = mask(&text);
            assert!(shown.contains(MASK), "{shown}");
            for spot in spots {
                assert!(!shown.contains(&text[spot.at]), "{}: {shown}", format.name);
            }
            assert_eq!(mask(&shown), shown, "{}: what is masked is no secret", format.name);
        }
    }
    println!("{} formats, 5 texts each", FORMATS.len());
}

#[test]
fn names_that_speak_of_secrets() {
    let found = [
        ("STRIPE_API_KEY", "x-y"),
        ("password", "hunter2"),
        ("SECRET_KEY_BASE", "0f3c9a7be1d24856"),
        ("SMTP_PASS", "hunter2"),
        ("ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT", "hunter2"),
        ("dbPassword", "hunter"),
        ("spring.datasource.password", "hunter"),
        ("API_TOKEN", "pre-a1B2c3D4e5F6${x.y}"),
    ];
    for (name, value) in found {
        assert!(!find(name, value).is_empty(), "{name}");
    }
    assert_eq!(find("TOKEN", "swordfish")[0].at, 0..9);
}

/// What ordinary specs hold.
const ORDINARY: &[(&str, &str)] = &[
    ("TOKEN_TTL", "3600"),
    ("DATABASE_URL", "${db.url}"),
    ("DATABASE_PASSWORD", "${db.password}"),
    ("API_TOKEN", "Bearer ${auth.token}"),
    ("DSN", "host=${db.host} password=${db.password} sslmode=require"),
    ("DSN", "postgres://app:${db.password}@${db.host}/app"),
    ("PASSWORD_FILE", "/run/secrets/x"),
    ("LOG_LEVEL", "info"),
    ("URL", "https://shop.example/a:b@c"),
    ("SENTRY_DSN", "https://0123456789abcdef0123456789abcdef@o12345.ingest.sentry.io/67890"),
    ("DIGEST", "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    ("COMMIT", "0123456789abcdef0123456789abcdef01234567"),
    ("ID", "12345678-abcd-4def-8abc-0123456789ab"),
    ("CLASS", "com-example-ShopCheckoutServiceFactory"),
    ("BLOB", "aG9wZTRUaGVCZXN0MTIzNDU2Nzg5"),
    ("REQUIRE_TOKEN", "true"),
    (
        "IMAGE",
        "registry.example.com:5000/a/b:1.2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    ),
    ("KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7Xy1Zb2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r you@host"),
    ("CERT", "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END CERTIFICATE-----"),
    ("PUBLIC", "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----"),
    ("HOST", "db-0123456789abcdef.eu-central-1.rds.amazonaws.com"),
    ("", "kubectl create secret generic a --from-file=password=/run/secrets/password"),
    ("", "psql --no-password -c 'select 1'"),
    ("", "mysqladmin --password=\"$(cat /run/secrets/a)\" ping"),
    ("", "redis-cli --pass $REDIS_PASSWORD ping"),
    ("", "migrate --token-file /run/secrets/token"),
    ("", "Basic authentication with a bearer token, and a password: see the page"),
    ("", "password: string"),
    ("", "token: required, secret: none, api key: ask the team"),
    ("", "claims.token == 'access' && has(claims.sub)"),
    ("", "sk-iceberg and risk-assessment-service-in-production"),
    ("", "npm_config_registry=https://registry.example"),
    ("", "secret \"SMTP_PASSWORD\" from=\"shop/smtp#password\""),
    ("", "/api/v1/tokens/{token}/keys?key=name"),
    ("", "kv/data/shop/production/payments#api-key"),
    ("", "max_connections=100 work_mem=4MB password_encryption=scram-sha-256"),
    ("", "default_pass = ${password}\nloopback_users = none\n"),
    ("", "user app on >${password} ~* &* +@all -@admin"),
    ("", "authorization { user: app, password: \"${password}\" }"),
    ("", "redis://cache:6379/0"),
    ("PROXY_PASS", "http://front"),
    ("PRIMARY_KEY", "id"),
    ("", "postgres://user:password@host/app"),
    ("", "key-value-store-of-the-shop"),
    ("", "https://accounts.example/.well-known/jwks.json?kid=0123456789abcdef"),
    ("", "request.auth.claims['https://shop.example/role']"),
    ("", "password = var.db_password"),
];

#[test]
fn ordinary_texts_are_no_secrets() {
    for (name, value) in ORDINARY {
        assert_eq!(find(name, value), [], "{name}: {value}");
    }
    println!("{} ordinary texts", ORDINARY.len());
}

/// Every place of the tables where a text may stand, as a node with this text there.
fn places(schema: &'static Schema, text: &str, each: &mut dyn FnMut(Item, String)) {
    let origin = Origin { layer: Layer::Spec, span: Span::new(FileId(0), 7, 9) };
    let field = |name| Field { name, at: At { value: Scalar::Text(text.into()), origin }, hidden: vec![] };
    let node = |schema, key: &str, fill: &dyn Fn(&mut Item)| {
        let mut item = Item::new(schema, key, origin);
        fill(&mut item);
        item
    };
    match schema.arg {
        Arg::None => {}
        Arg::Name | Arg::Key(_) | Arg::Names(_) => each(node(schema, text, &|_| {}), schema.node.into()),
        _ => each(node(schema, "", &|it| it.values.push(field(""))), schema.node.into()),
    }
    for prop in schema.props {
        let path = format!("{}.{}", schema.node, prop.name);
        each(node(schema, "key", &|it| it.fields.push(field(prop.name))), path);
    }
    if schema.free.is_some() {
        let entry = node(&FREE, "NAME", &|it| it.values.push(field("")));
        each(node(schema, "", &|it| it.parts.push(entry.clone())), format!("{}.NAME", schema.node));
    }
    for part in schema.parts {
        let mut below = |inner: Item, path: String| {
            each(node(schema, "key", &|it| it.parts.push(inner.clone())), format!("{}.{path}", schema.node));
        };
        places(part, text, &mut below);
    }
}

#[test]
fn every_format_is_found_in_every_field() {
    let (mut fields, mut tried) = (0, 0);
    let texts =
        FORMATS.iter().flat_map(|it| [it.example.to_string(), format!("see\n'{}' there", it.example)]);
    for (at, text) in texts.enumerate() {
        // Nodes that lie deep have many fields: one text in each, all texts in those of the first level.
        let mut number = 0;
        for kind in KINDS {
            let mut try_it = |item: Item, path: String| {
                number += 1;
                if path.matches('.').count() > 1 && number % (2 * FORMATS.len()) != at {
                    return;
                }
                let found = literals(std::slice::from_ref(&item), |_| false, |_| vec![]);
                assert!(!found.is_empty(), "{path}: {text}");
                assert!(
                    found.iter().all(|it| text.contains(&*it.text) && it.span.start == 7),
                    "{path}: {text}"
                );
                tried += 1;
            };
            places(kind, &text, &mut try_it);
        }
        fields = number;
    }
    println!("{} formats, {fields} fields, {tried} tried", FORMATS.len());
}

#[test]
fn known_secrets_are_masked_wherever_they_stand() {
    let mut known = Known::new();
    assert_eq!(known.mask("nothing is known"), None);
    ["hunter2", "hunter2-and-more", "b\"q", "*"].iter().for_each(|word| known.add(word));
    let masked = known.mask("hunter2-and-more, hunter2hunter2 b\"q **");
    assert_eq!(masked.as_deref(), Some("***, ****** *** **"), "the longer first, and the mask is none");
    known.add("nothing");
    assert_eq!(known.mask("nothing is known").as_deref(), Some("*** is known"), "one that came later");
}
