//! `file … from=`: files and folders of the project, of any bytes, with who may run them.

use crate::support::{Folder, bastide};

const SPEC: &str = r#"app "shop"
environment "dev" platform="compose"
environment "prod" platform="kubernetes"
service "web" { build "web"; api "http" port=8080 from="anywhere"; uses "db"; FILE }
resource "db" type="redis"
"#;

fn project(file: &str) -> Folder {
    let folder = Folder::new();
    folder.put("web/Dockerfile", "FROM scratch\n");
    folder.put("bastide.kdl", SPEC.replace("FILE", file));
    folder.put("conf/a.conf", "host ${db.host}\n");
    folder.put("conf/.hidden", "x\n");
    folder.put("conf/sub/logo.png", b"\x89PNG\xff\x00");
    folder.put("conf/zero", b"a\0b");
    folder.put("conf/run.sh", "#!/bin/sh\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.0.join("conf/run.sh");
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    }
    folder
}

#[test]
#[cfg(unix)]
fn a_folder_keeps_its_files() {
    let folder = project(r#"file "/etc/web" from="conf"; file "/etc/own" from="conf/a.conf" mode="0400""#);
    bastide(&folder, &["check"]).exits(0);
    bastide(&folder, &["build"]).exits(0);
    let compose = folder.get("deploy/dev/compose/compose.yaml");
    let map = folder.get("deploy/prod/kubernetes/web/configmap-files.yaml");
    let pod = folder.get("deploy/prod/kubernetes/web/deployment.yaml");
    for (text, what) in [
        (&compose, "web_etc-web-a-conf:\n    content: |\n      host db\n"),
        (&compose, "target: /etc/web/.hidden}"),
        (&compose, "target: /etc/web/run.sh, mode: \"0555\"}"),
        (&compose, "target: /etc/own, mode: \"0400\"}"),
        (
            &compose,
            "{type: bind, source: \"../../../conf/sub/logo.png\", target: /etc/web/sub/logo.png, read_only: true",
        ),
        (&compose, "source: \"../../../conf/zero\", target: /etc/web/zero"),
        (&map, "binaryData:\n  etc-web-sub-logo-png: iVBOR/8A\n  etc-web-zero: YQBi\n"),
        (&map, "  etc-web-a-conf: |\n    host db\n"),
        (&pod, "mountPath: /etc/web/sub/logo.png\n"),
        (&pod, "- key: etc-web-run-sh\n            path: etc-web-run-sh\n            mode: 365\n"),
        (&pod, "- key: etc-own\n            path: etc-own\n            mode: 256\n"),
    ] {
        assert!(text.contains(what), "{what} in {text}");
    }
    bastide(&folder, &["build", "--check"]).exits(0);
}

/// Files beside the spec.
type Beside = &'static [(&'static str, &'static [u8])];

#[test]
fn what_cannot_be_mounted_is_told() {
    let mode = |mode: &str| format!(r#"file "/x" from="conf/a.conf" mode="{mode}""#);
    let cases: [(String, Beside, &str); 11] = [
        (r#"file "/x" from="none""#.into(), &[], "missing-file"),
        (r#"file "/x" from="big""#.into(), &[("big/a", &[255; 1 << 20])], "platform-limit"),
        (
            r#"file "/x" from="big""#.into(),
            &[("big/a", &[b'a'; 600_000]), ("big/b", &[255; 600_000])],
            "platform-limit",
        ),
        (r#"file "/x" from="odd""#.into(), &[("odd/a:b", b"x")], "unreadable-file"),
        (r#"file "/x" from="conf"; file "/x/a.conf" text="y""#.into(), &[], "mount-twice"),
        (r#"file "/x" from="keys""#.into(), &[("keys/sub/a", b"AKIAIOSFODNN7EXAMPLR")], "secret-literal"),
        (mode("888"), &[], "wrong-type"),
        (mode("64"), &[], "wrong-type"),
        (mode("01644"), &[], "wrong-type"),
        (mode(""), &[], "wrong-type"),
        (r#"file "/x" mode="0644""#.into(), &[], "incomplete-node"),
    ];
    for (file, more, rule) in &cases {
        let folder = project(file);
        more.iter().for_each(|(path, bytes)| folder.put(path, bytes));
        let said = bastide(&folder, &["check", "--format", "json"]).exits(1);
        assert!(said.rules().contains(&rule.to_string()), "{file}: {:?}", said.rules());
    }
    let folder = project(r#"file "/x" from="many""#);
    (0..501).for_each(|at| folder.put(&format!("many/{at}"), "x"));
    bastide(&folder, &["check"]).exits(1).says("holds 501 files");
    std::fs::create_dir(folder.0.join("none")).expect("a folder");
    folder.put("bastide.kdl", SPEC.replace("FILE", r#"file "/x" from="none""#));
    bastide(&folder, &["check"]).exits(1).says("holds 0 files");
    println!("{} files that cannot be mounted", cases.len() + 2);
}

/// A file that is to change nothing has a name that stays, and a Secret that is read once is told or watched.
#[test]
fn what_changes_later() {
    let folder = project(
        r#"secret "KEY" from="a/b#c" as="env"; file "/etc/a" text="1" changed="nothing"; file "/etc/b" text="1""#,
    );
    let said = bastide(&folder, &["check"]).exits(0);
    let said = said.says("a pod keeps the value that its variable had at its start");
    said.says("nobody sends it a signal");
    bastide(&folder, &["build"]).exits(0);
    let pod = || folder.get("deploy/prod/kubernetes/web/deployment.yaml");
    let first = pod();
    assert!(first.contains("name: web-files-kept\n"), "{first}");
    folder.put(
        "bastide.kdl",
        folder.get("bastide.kdl").replace(r#""/etc/a" text="1""#, r#""/etc/a" text="2""#),
    );
    bastide(&folder, &["build"]).exits(0);
    assert_eq!(pod(), first, "nothing is done");
    folder.put(
        "bastide.kdl",
        folder.get("bastide.kdl").replace(r#""/etc/b" text="1""#, r#""/etc/b" text="2""#),
    );
    bastide(&folder, &["build"]).exits(0);
    assert_ne!(pod(), first, "its pods are replaced");
    let target = r#"platform="kubernetes" { target "kubernetes" reloader="stakater" }"#;
    folder.put("bastide.kdl", folder.get("bastide.kdl").replace(r#"platform="kubernetes""#, target));
    bastide(&folder, &["build"]).exits(0);
    assert!(pod().contains("secret.reloader.stakater.com/reload: web\n"), "{}", pod());
    let said = bastide(&folder, &["check"]).exits(0);
    assert!(!said.out.contains("a pod keeps the value"), "{}", said.out);
}
