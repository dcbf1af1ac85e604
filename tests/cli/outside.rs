//! A project that somebody hostile wrote: links, pipes, sockets and endless files in the place of everything that is read
//! or written. Nothing outside is read or written, and nothing hangs.

use crate::support::{Folder, Said, bastide, run, tree};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

/// Stands in the environment, and in all that lies outside.
const CANARY: &str = "canary-3f9c1e2d";

const SPEC: &str = r##"app "shop" version="1.0.0" {
    owner "team" contact="#team"
    images "registry.example.com/shop"
}
environment "dev" platform="compose"
environment "prod" platform="kubernetes" {
    target "plain"
    target "kubernetes" enabled=#false
}
include "one.kdl"
include "parts/*.kdl"
include "parts/**/deep*.kdl"
service "orders" {
    image "registry.example.com/shop/orders:2.1.0"
    api "orders" port=8080 from="cluster" contract="contracts/orders.openapi.yaml" { version "2.1.0" }
    api "store" port=9090 from="cluster" contract="contracts/proto/a.proto" { version "1.0.0" }
    file "/etc/app.conf" from="conf/app.conf"
    volume "/data" size="1Gi"
}
resource "kept" type="own"
"##;

const OPENAPI: &str = "openapi: 3.0.3
info: { title: orders, version: 2.1.0 }
paths:
  /orders:
    get:
      responses:
        '200':
          description: all
          content:
            application/json:
              schema: { $ref: 'schemas.yaml#/Order' }
";

fn ground() -> Folder {
    let folder = Folder::with(&[
        ("bastide.kdl", SPEC),
        ("one.kdl", "// one\n"),
        ("parts/a.kdl", "// a\n"),
        ("parts/b/deep.kdl", "// deep\n"),
        ("conf/app.conf", "level = info\n"),
        ("contracts/orders.openapi.yaml", OPENAPI),
        ("contracts/schemas.yaml", "Order: { type: object }\n"),
        ("contracts/proto/a.proto", "syntax = \"proto3\";\nimport \"b.proto\";\nmessage A { B b = 1; }\n"),
        ("contracts/proto/b.proto", "syntax = \"proto3\";\nmessage B { string id = 1; }\n"),
        ("bastide/targets/plain/target.kdl", crate::support::PACK),
        ("bastide/targets/plain/service.yaml.j2", crate::support::TEMPLATE),
        ("bastide/targets/plain/run.sh.j2", "#!/bin/sh\necho {{ app.name }}\n"),
    ]);
    bastide(&folder, &["new", "resource", "own"]).exits(0);
    bastide(&folder, &["build"]).exits(0);
    folder
        .put("deploy/bastide.other.lock", folder.get("deploy/bastide.lock").lines().next().expect("a head"));
    folder
}

/// What is read or written: files, and folders.
const FILES: [&str; 15] = [
    "bastide.kdl",
    "one.kdl",
    "parts/a.kdl",
    "conf/app.conf",
    "contracts/orders.openapi.yaml",
    "contracts/schemas.yaml",
    "contracts/proto/a.proto",
    "contracts/proto/b.proto",
    "bastide/stdlib/own.kdl",
    "bastide/targets/plain/target.kdl",
    "bastide/targets/plain/service.yaml.j2",
    "deploy/bastide.lock",
    "deploy/bastide.other.lock",
    "deploy/prod/plain/orders.yaml",
    "deploy/dev/compose/compose.yaml",
];
const FOLDERS: [&str; 14] = [
    "parts",
    "parts/b",
    "conf",
    "contracts",
    "contracts/proto",
    "bastide",
    "bastide/stdlib",
    "bastide/targets",
    "bastide/targets/plain",
    "deploy",
    "deploy/prod",
    "deploy/prod/plain",
    "deploy/dev",
    ".git",
];

/// What is put there; the first of each are tried in every run.
const WAYS: [&str; 10] =
    ["outside", "environ", "pipe", "endless", "zero", "socket", "root", "nowhere", "loop", "inside"];
const FIRST: usize = 4;

const COMMANDS: [&[&str]; 14] = [
    &["build", "--force"],
    &["check", "--fix"],
    &["check"],
    &["build", "--check"],
    &["why", "service.orders.scale.min"],
    &["why", "deploy/prod/plain/orders.yaml:1"],
    &["model", "-e", "prod"],
    &["graph"],
    &["target", "list"],
    &["target", "show", "plain"],
    &["new", "target", "fresh"],
    &["new", "resource", "fresh"],
    &["target", "eject", "compose", "mine"],
    &["contract", "diff", "contracts", "contracts/orders.openapi.yaml", "--kind", "openapi"],
];

/// Puts something hostile in the place of a file or folder.
fn put(way: &str, place: &Path, outside: &Path, within: &str) {
    drop(fs::remove_dir_all(place).or_else(|_| fs::remove_file(place)));
    let link = |to: &Path| symlink(to, place).expect("a link");
    match way {
        "outside" => link(&outside.join(within)),
        "environ" => link(Path::new("/proc/self/environ")),
        "root" => link(Path::new("/")),
        "zero" => link(Path::new("/dev/zero")),
        "nowhere" => link(Path::new("nowhere")),
        "loop" => link(place),
        "inside" => link(Path::new("one.kdl")),
        "pipe" => assert!(Command::new("mkfifo").arg(place).status().is_ok_and(|it| it.success())),
        // Its name must not be long.
        "socket" => drop(UnixListener::bind(place)),
        "endless" => File::create(place).and_then(|file| file.set_len(1 << 40)).expect("a file with holes"),
        other => panic!("{other}"),
    }
}

fn told(folder: &Folder, args: &[&str]) -> Said {
    run(Command::new(env!("CARGO_BIN_EXE_bastide")).args(args).current_dir(&folder.0).env("CANARY", CANARY))
}

/// Every file that is one and is small, by its path; what else stands there by what it is.
fn seen(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut seen, mut waiting) = (BTreeMap::new(), vec![folder.to_path_buf()]);
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let (path, kind) = (entry.path(), entry.file_type().expect("a kind"));
            let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            let small = || entry.metadata().is_ok_and(|meta| meta.len() < 1 << 20);
            if kind.is_dir() {
                waiting.push(path.clone());
            }
            let bytes = if kind.is_file() && small() { fs::read(&path).unwrap_or_default() } else { vec![] };
            seen.insert(name, bytes);
        }
    }
    seen
}

#[test]
fn nothing_outside_is_read_or_written() {
    let full = crate::support::full();
    let (ground, outside) = (ground(), ground());
    for path in FILES {
        let text = outside.get(path);
        outside.put(path, format!("{text}{CANARY}\n"));
    }
    outside.put(".git/HEAD", CANARY);
    let before = seen(&outside.0);
    let ways = if full { &WAYS[..] } else { &WAYS[..FIRST] };
    let (mut tried, mut layouts) = (0, 0);
    for path in FILES.into_iter().chain(FOLDERS) {
        for way in ways {
            layouts += 1;
            let turns = [0, 1 + layouts % (COMMANDS.len() - 1)];
            for (at, args) in COMMANDS.iter().enumerate().filter(|(at, _)| full || turns.contains(at)) {
                let folder = Folder::in_memory();
                folder.copy(&ground.0);
                put(way, &folder.0.join(path), &outside.0, path);
                let said = told(&folder, args);
                tried += 1;
                let what = format!("{path} {way} {args:?} {at}");
                assert!(!said.out.contains(CANARY) && !said.err.contains(CANARY), "{what}\n{said:?}");
                let all = seen(&folder.0);
                let leaks = |(path, bytes): (&String, &Vec<u8>)| {
                    let text = String::from_utf8_lossy(bytes);
                    text.contains(CANARY) || path.contains(".bastide-")
                };
                assert!(!all.iter().any(leaks), "{what}: {:?}", all.iter().find(|it| leaks(*it)));
            }
        }
    }
    assert_eq!(seen(&outside.0), before);
    println!("{tried} runs over {layouts} hostile layouts of {} places", FILES.len() + FOLDERS.len());
}

/// What is refused is told by a finding at a place, not by a fault: a branch with such a file is a bad branch.
#[test]
fn what_is_not_read_is_a_finding() {
    let ground = ground();
    let mut tried = 0;
    for path in FILES.into_iter().filter(|path| !path.starts_with("deploy/")) {
        for (way, rules) in [
            ("environ", &["include-outside"][..]),
            ("pipe", &["unreadable-file", "missing-file", "include-nothing"][..]),
            ("endless", &["unreadable-file"]),
        ] {
            // Without a file at all there is no spec, and of `$ref` and `import` the reader of the format tells.
            let quiet = path.contains("schemas") || path.contains("b.proto");
            if (path == "bastide.kdl" && way == "pipe") || (quiet && way != "endless") {
                continue;
            }
            let folder = Folder::new();
            folder.copy(&ground.0);
            put(way, &folder.0.join(path), Path::new("/"), path);
            let args: &[&str] =
                if path.starts_with("contracts") { &["diff", "--baseline", ".", "."] } else { &["check"] };
            let said = told(&folder, &[args, &["--format", "json"]].concat()).exits(1);
            let found = said.findings();
            let told = found.iter().find(|it| rules.iter().any(|rule| it["rule"] == *rule));
            let told = told.unwrap_or_else(|| panic!("{path} {way}: {found:?}"));
            assert!(told["labels"][0]["file"].as_str().is_some_and(|it| !it.is_empty()), "{told:?}");
            tried += 1;
        }
    }
    println!("{tried} files that are refused by a finding");
}

/// Links that a branch commits, in the place of what commands write, and what they would have written through them.
#[test]
fn commands_that_start_files_write_through_no_link() {
    let mut tried = 0;
    for (link, args) in [
        ("bastide", &["new", "target", "fresh"][..]),
        ("bastide/targets", &["new", "target", "fresh"]),
        ("bastide/targets/fresh", &["new", "target", "fresh"]),
        ("bastide/targets/fresh/target.kdl", &["new", "target", "fresh"]),
        ("bastide/stdlib", &["new", "resource", "fresh"]),
        ("bastide/stdlib/fresh.kdl", &["new", "resource", "fresh"]),
        ("bastide/targets", &["target", "eject", "compose", "mine"]),
        ("bastide/targets/mine", &["target", "eject", "compose", "mine"]),
        ("bastide/targets/compose", &["target", "eject", "compose"]),
        ("sub/bastide.kdl", &["init", "sub"]),
        ("sub/.gitattributes", &["init", "sub"]),
        ("compiler/core/src/check/api/mod.rs", &["new", "rule", "fresh", "--group", "api"]),
        ("compiler/core/src/check/api", &["new", "rule", "fresh", "--group", "api"]),
        ("compiler/core/src/check/api/fresh.rs", &["new", "rule", "fresh", "--group", "api"]),
    ] {
        let (folder, outside) = (Folder::with(&[("bastide.kdl", crate::support::SPEC)]), Folder::new());
        folder.put("compiler/core/src/check/api/mod.rs", "pub mod a;\n");
        outside.put("mod.rs", "pub mod mine;\n");
        let place = folder.0.join(link);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        let is_file = link.contains('.');
        drop(fs::remove_dir_all(&place).or_else(|_| fs::remove_file(&place)));
        symlink(if is_file { outside.0.join("mod.rs") } else { outside.0.clone() }, &place).expect("a link");
        let before = tree(&outside.0);
        let said = bastide(&folder, args);
        assert_eq!(tree(&outside.0), before, "{link} {args:?}");
        assert!(said.code == 2 || link.ends_with(".gitattributes"), "{link} {args:?}: {said:?}");
        assert!(fs::symlink_metadata(&place).is_ok_and(|it| it.is_symlink()), "{link}");
        assert!(folder.tree("").keys().all(|path| !path.contains(".bastide-")), "{link}");
        tried += 1;
    }
    println!("{tried} links in the place of what is started");
}

/// A fix writes where the spec lies, never through a link that leads out, and a link inside the project stays one.
#[test]
fn a_fix_writes_inside_only() {
    let spec = crate::support::SPEC.replace("from=\"cluster\"", "from=\"clustr\"");
    for outside in [false, true] {
        let (folder, other) = (crate::support::project(), Folder::with(&[("x.kdl", &spec)]));
        folder.put("real.kdl", &spec);
        fs::remove_file(folder.0.join("bastide.kdl")).expect("it is there");
        let to = if outside { other.0.join("x.kdl") } else { "real.kdl".into() };
        symlink(to, folder.0.join("bastide.kdl")).expect("a link");
        let said = bastide(&folder, &["check", "--fix"]);
        assert_eq!(other.get("x.kdl"), spec);
        assert_eq!(said.code, i32::from(outside), "{said:?}");
        assert_eq!(folder.get("real.kdl") != spec, !outside);
        assert!(fs::symlink_metadata(folder.0.join("bastide.kdl")).is_ok_and(|it| it.is_symlink()));
    }
}

/// Folders that nobody may read are told as such; to take them for empty would remove what they made.
#[test]
fn folders_that_cannot_be_read_are_told() {
    let mut tried = 0;
    for path in [
        "parts",
        "parts/b",
        "conf",
        "contracts",
        "bastide/stdlib",
        "bastide/targets",
        "bastide/targets/plain",
        "deploy",
        "deploy/prod/plain",
    ] {
        let folder = Folder::new();
        folder.copy(&ground().0);
        assert!(
            Command::new("chmod").args(["-R", "a+rwX"]).arg(&folder.0).status().is_ok_and(|it| it.success())
        );
        assert!(
            Command::new("chmod").arg("0").arg(folder.0.join(path)).status().is_ok_and(|it| it.success())
        );
        let Some(mut nobody) = crate::support::nobody(env!("CARGO_BIN_EXE_bastide")) else {
            return println!("skipped: needs a user that is not root");
        };
        let said = run(nobody.args(["build"]).current_dir(&folder.0));
        assert!(
            Command::new("chmod").arg("755").arg(folder.0.join(path)).status().is_ok_and(|it| it.success())
        );
        said.exits(2).says("ermission denied");
        tried += 1;
    }
    println!("{tried} folders that cannot be read");
}
