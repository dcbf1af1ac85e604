//! Data stay where they are: what holds them, and where clients find it, is named by what it is and never by its order.

use crate::support::{Folder, bastide, copy_of, tree};
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use bastide_syntax::Nodes;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Nodes whose parts mean something by their order.
const ORDERED: &[&str] = &["saga"];

/// Puts siblings into another order.
type Turn<'t> = &'t dyn Fn(&mut Vec<String>);

/// A spec with the parts of every node in another order.
fn permuted(text: &str, turn: Turn<'_>) -> String {
    let mut sources = Sources::default();
    let file = sources.add("bastide.kdl", text, Role::Spec);
    let document = bastide_syntax::parse(file, text, &mut Report::default());
    nodes(document.nodes(text), text, turn).concat()
}

fn nodes(all: Nodes<'_>, text: &str, turn: Turn<'_>) -> Vec<String> {
    let mut out = vec![];
    for node in all {
        let span = node.span();
        let block = node.block_span();
        let end = block.map_or(span.end, |block| block.start);
        let mut said = text[span.start as usize..end as usize].trim_end().to_string();
        if block.is_some() {
            let mut parts = nodes(node.children(), text, turn);
            if !ORDERED.contains(&node.name()) {
                turn(&mut parts);
            }
            let _ = write!(said, " {{\n{}}}", parts.concat());
        }
        out.push(said + "\n");
    }
    turn(&mut out);
    out
}

/// What was written: the lines of each file, sorted, and what is mounted together with its place.
fn lines(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let of = |bytes: Vec<u8>| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut lines: Vec<String> = vec![];
        for line in text.lines() {
            match lines.last_mut().filter(|_| line.trim_start().starts_with("mountPath:")) {
                Some(last) => *last += line.trim(),
                None => lines.push(line.trim().into()),
            }
        }
        lines.sort();
        lines
    };
    let platform = |path: &String| path.contains("/compose/") || path.contains("/kubernetes/");
    tree(folder).into_iter().filter(|(path, _)| platform(path)).map(|(path, it)| (path, of(it))).collect()
}

/// The order of what a spec says changes no name, no mount and no published port.
#[test]
fn order_moves_nothing() {
    let mut tried = 0;
    for example in ["examples/hello", "examples/polyglot", "examples/shop", "tests/judges/stores"] {
        let folder = copy_of(example);
        bastide(&folder, &["build"]).exits(0);
        let (spec, before) = (folder.get("bastide.kdl"), lines(&folder.0.join("deploy")));
        let turns: [Turn<'_>; 3] =
            [&|it| it.reverse(), &|it| (0..it.len() / 2).for_each(|at| it.swap(2 * at, 2 * at + 1)), &|it| {
                it.sort()
            }];
        for turn in turns {
            let other = permuted(&spec, turn);
            assert_ne!(other, spec);
            folder.put("bastide.kdl", &other);
            bastide(&folder, &["build"]).exits(0);
            let after = lines(&folder.0.join("deploy"));
            assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{example}");
            for (path, lines) in &before {
                assert_eq!(*lines, after[path], "{example}: {path}");
            }
            tried += before.len();
        }
    }
    println!("{tried} files compared");
    assert!(tried > 500);
}

const HEAD: &str = r#"app "x" version="1.0.0" { owner "me" }
environment "dev" platform="compose"
environment "prod" platform="kubernetes"
"#;

/// A part of a spec that comes before another, the other, and a line of the output that must stay.
const STAY: &[(&str, &str, &[&str])] = &[
    (
        r#"volume "/cache""#,
        r#"volume "/var/lib/ledger""#,
        &[
            "source: p_var-lib-ledger, target: /var/lib/ledger",
            "- name: var-lib-ledger\nmountPath: /var/lib/ledger",
        ],
    ),
    (
        r#"volume "/a" name="a""#,
        r#"volume "/var/lib/ledger" name="data""#,
        &["source: p_data, target: /var/lib/ledger", "claimName: p-data"],
    ),
    (r#"volume "/files""#, r#"volume "/data""#, &["claimName: p-data", "source: p_data, target: /data"]),
];

#[test]
fn what_comes_before_moves_no_volume() {
    for (first, then, stays) in STAY {
        for parts in [then.to_string(), format!("{first}; {then}"), format!("{then}; {first}")] {
            let spec = format!(
                "{HEAD}service \"p\" {{\n image \"a/b:1\"; api \"w\" port=80; scale min=1 max=1\n {parts}\n}}\n"
            );
            let folder = Folder::with(&[("bastide.kdl", &spec)]);
            bastide(&folder, &["build"]).exits(0);
            let all: String = tree(&folder.0.join("deploy"))
                .into_values()
                .map(|it| String::from_utf8_lossy(&it).into_owned())
                .collect();
            let plain = all.lines().map(str::trim).collect::<Vec<_>>().join("\n");
            stays.iter().for_each(|line| assert!(plain.contains(line), "{spec}: {line}"));
        }
    }
}

#[test]
fn another_gateway_moves_no_port() {
    let gateway = |name: &str, more: &str| {
        format!(
            "gateway \"{name}\" {{ host \"{name}.example\"; limit \"9/s\"; body-limit \"1Mi\"; {more}; route \"/\" to=\"p\" {{ public }} }}\n"
        )
    };
    let ports = |gateways: &str| {
        let spec = format!(
            "{HEAD}service \"p\" like=\"built\" {{ image \"a/b:1\"; api \"w\" port=80; slo availability=\"99%\" }}\n{gateways}"
        );
        let folder = Folder::with(&[("bastide.kdl", &spec)]);
        bastide(&folder, &["build", "-e", "dev"]).exits(0);
        let compose = folder.get("deploy/dev/compose/compose.yaml");
        compose
            .lines()
            .filter(|line| line.contains("127.0.0.1:$"))
            .map(|it| it.trim().to_string())
            .collect::<Vec<_>>()
    };
    for name in ["public", "edge", "way-in"] {
        let alone = ports(&gateway(name, "tls min=\"1.3\""));
        assert_eq!(alone.len(), 2);
        for other in ["admin", "zone"] {
            let both = ports(&(gateway(other, "compress") + &gateway(name, "tls min=\"1.3\"")));
            assert!(both.len() == 3 && alone.iter().all(|port| both.contains(port)), "{alone:?} {both:?}");
        }
    }
    let said = ports(&gateway("edge", "publish http=9090"));
    assert_eq!(said, ["- 127.0.0.1:${EDGE_HTTP_PORT:-9090}:8080"]);
}

/// A job finds what its service keeps, on both platforms; on the node that has the claim.
#[test]
fn a_job_sees_the_volumes_of_its_service() {
    let spec = format!(
        "{HEAD}service \"a\" like=\"built\" {{ image \"a/b:1\"; volume \"/data\" size=\"2Gi\"; scale min=1 max=1\n job \"cron\" schedule=\"*/5 * * * *\" command=\"tidy\"; job \"migrate\" run=\"before-release\" command=\"migrate\" }}\n"
    );
    let folder = Folder::with(&[("bastide.kdl", &spec)]);
    bastide(&folder, &["build"]).exits(0);
    for file in ["cronjob-cron.yaml", "job-migrate.yaml", "statefulset.yaml"] {
        let text = folder.get(&format!("deploy/prod/kubernetes/a/{file}"));
        for line in ["claimName: a-data", "mountPath: /data", "bastide.dev/volumes: a"] {
            assert!(text.contains(line), "{file}: {line}");
        }
        assert_eq!(text.contains("podAffinity:"), file != "statefulset.yaml", "{file}");
    }
    let compose = folder.get("deploy/dev/compose/compose.yaml");
    assert_eq!(compose.matches("source: a_data, target: /data").count(), 4);
}

/// What was defined before follows the spec: partitions grow, retention and lengths are set anew.
#[test]
fn topics_that_are_there_follow() {
    let spec = format!(
        "{HEAD}resource \"bus\" type=\"kafka\"\nresource \"n\" type=\"nats\"\ntopic \"t\" on=\"bus\" {{ partitions 12; retention \"1d\"; event \"1.0.0\"; outside }}\ntopic \"u\" on=\"n\" {{ retention \"1d\"; event \"1.0.0\"; outside }}\nservice \"p\" like=\"built\" {{ image \"a/b:1\"; publishes \"t\" \"u\" }}\n"
    );
    let folder = Folder::with(&[("bastide.kdl", &spec)]);
    bastide(&folder, &["build"]).exits(0);
    let read = |path: &str| folder.get(&format!("deploy/{path}"));
    let both = read("prod/kubernetes/resources/bus/job-topics.yaml")
        + &read("prod/kubernetes/resources/n/job-topics.yaml");
    for text in [read("dev/compose/compose.yaml"), both] {
        for part in [
            "--alter --topic",
            "--partitions",
            "configs --alter --entity-type topics",
            "stream edit",
            "consumer edit",
            "topic t 12 delete 86400000",
        ] {
            assert!(text.contains(part), "{part}");
        }
    }
}

/// A spec with a database in an environment, its form, and what `no-backup` says of it.
const BACKED_UP: &[(&str, &str, &str, Option<&str>)] = &[
    ("compose", "", "type=\"postgres\"", None),
    ("compose", "", "type=\"mysql\" { backup schedule=\"0 3 * * *\" }", None),
    ("kubernetes", "", "type=\"mysql\"", Some("warn")),
    ("kubernetes", "", "type=\"mysql\" { backup schedule=\"0 3 * * *\" }", Some("warn")),
    ("kubernetes", "", "type=\"minio\" { backup schedule=\"0 3 * * *\" }", Some("warn")),
    ("kubernetes", "", "type=\"postgres\"", Some("warn")),
    ("kubernetes", "", "type=\"postgres\" { backup schedule=\"0 3 * * *\" }", Some("warn")),
    ("kubernetes", "postgres=\"cloudnative-pg\"", "type=\"postgres\"", Some("warn")),
    ("kubernetes", "postgres=\"cloudnative-pg\"", "type=\"postgres\" { backup keep=\"7h\" }", None),
];

#[test]
fn a_backup_counts_where_somebody_writes_it() {
    for (platform, options, resource, level) in BACKED_UP {
        let target =
            if options.is_empty() { String::new() } else { format!("target \"kubernetes\" {options}") };
        let spec = format!(
            "app \"x\" version=\"1.0.0\" {{ owner \"me\" contact=\"#x\"; images \"r.example/x\" }}\nenvironment \"e\" platform=\"{platform}\" {{ {target} }}\nresource \"db\" {resource}\nservice \"a\" like=\"built\" {{ image \"a/b:1\"; uses \"db\" }}\n"
        );
        let folder = Folder::with(&[("bastide.kdl", &spec)]);
        let json = bastide(&folder, &["check", "--format", "json"]).json();
        let findings = json["findings"].as_array().expect("findings");
        let found = findings.iter().find(|it| it["rule"] == "no-backup").map(|it| it["level"].clone());
        assert_eq!(found, level.map(Into::into), "{spec}");
        // A fix promises only what somebody carries out.
        bastide(&folder, &["check", "--fix"]);
        let promises = !resource.contains("backup") && folder.get("bastide.kdl").contains("backup schedule");
        assert_eq!(promises, !options.is_empty() && level.is_some(), "{spec}");
        if level.is_none() && *platform == "kubernetes" {
            bastide(&folder, &["build"]).exits(0);
            let read = |file: &str| folder.get(&format!("deploy/e/kubernetes/resources/db/{file}"));
            assert!(read("scheduledbackup.yaml").contains("schedule: 0 0 3 * * *"));
            assert!(read("objectstore.yaml").contains("retentionPolicy: 1d"));
        }
    }
}

/// Names of an earlier release, or of an earlier spec, are not left without a word; one word keeps them.
#[test]
fn a_name_that_is_left_is_told() {
    let spec = |volume: &str| {
        format!(
            "{HEAD}service \"p\" like=\"built\" {{ image \"a/b:1\"; api \"w\" port=80; scale min=1 max=1; volume \"/var/lib/p\" {volume} }}\n"
        )
    };
    let folder = Folder::with(&[("bastide.kdl", &spec("name=\"data\""))]);
    bastide(&folder, &["build"]).exits(0);
    folder.put("bastide.kdl", spec(""));
    let said = bastide(&folder, &["build"]).exits(0).says("`p-data` is no longer written").says("`p_data`");
    said.says("write `name=\"data\"` on the volume");
    folder.put("bastide.kdl", spec("name=\"data\""));
    bastide(&folder, &["build"]).exits(0).says("`p-var-lib-p` is no longer written");
    let said = bastide(&folder, &["build"]).exits(0);
    assert!(!said.out.contains("no longer written") && !said.err.contains("no longer written"));
}
