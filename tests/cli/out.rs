//! `build --out`: what is written elsewhere still finds the files of the project.

use crate::support::{Folder, bastide, run};
use std::process::{Command, Stdio};

const SPEC: &str = r##"app "shop" version="1.0.0" { images "registry.example.com/shop" }
environment "dev" platform="compose"
delivery { ci "github"; gate "test" }
service "orders" {
    build "services/$orders" dockerfile="My.Dockerfile"
    api "orders" port=8080 contract="contracts/orders.openapi.yaml" { version "1.0.0" }
    file "/etc/greeting" from="greeting.txt"
    secret "TOKEN" from="shop/orders#token"
}
"##;

/// A project in `apps/shop` of a folder, built with `--out` set to another folder there.
fn built(out: &str) -> Folder {
    let folder = Folder::with(&[
        ("apps/shop/bastide.kdl", SPEC),
        ("apps/shop/services/$orders/My.Dockerfile", "FROM scratch AS test\n"),
        ("apps/shop/greeting.txt", "hello\n"),
        (
            "apps/shop/contracts/orders.openapi.yaml",
            "openapi: 3.1.0\ninfo: {title: orders, version: 1.0.0}\npaths: {}\n",
        ),
    ]);
    bastide(&folder, &["build", "apps/shop", "--quiet", "--out", out]).exits(0);
    folder
}

/// What stands behind the first `key` of a file.
fn value(text: &str, key: &str) -> String {
    let line =
        text.lines().find_map(|line| line.trim().strip_prefix(key)).unwrap_or_else(|| panic!("{text}"));
    line.trim_matches(['"', '\'']).to_string()
}

#[test]
fn build_contexts_lead_to_the_project() {
    for (out, way) in
        [("apps/shop", ""), (".", "apps/shop/"), ("out", "../apps/shop/"), ("apps/shop/below", "../")]
    {
        let folder = built(out);
        let compose = format!("{out}/deploy/dev/compose");
        let context = value(&folder.get(&format!("{compose}/compose.yaml")), "context: ");
        assert_eq!(context, format!("../../../{way}services/$$orders"), "--out {out}");
        let place = folder.0.join(compose).join(context.replace("$$", "$"));
        assert!(place.join("My.Dockerfile").is_file(), "--out {out}: {}", place.display());
    }
}

#[test]
fn the_pipeline_runs_from_the_root_of_the_output() {
    let folder = built(".");
    let step = folder.get("ci/lib.sh");
    assert!(step.contains("CONTEXT='apps/shop/services/$orders' DOCKERFILE=My.Dockerfile"), "{step}");
    let affected = folder.get("ci/affected.tsv");
    for row in ["apps/shop/services/$orders\torders\t", "apps/shop/contracts/orders.openapi.yaml\torders\t"] {
        assert!(affected.contains(row), "{row} is not in\n{affected}");
    }
    assert!(affected.contains("\napps/shop/bastide\t*\t"), "{affected}");
    let check = folder.get("ci/check.sh");
    assert!(check.ends_with("\ntool bastide build --check apps/shop/ --out .\n"), "{check}");
    // As the step says, from there.
    bastide(&folder, &["build", "--check", "apps/shop/", "--out", ".", "--quiet"]).exits(0);
    assert!(built("apps/shop").get("apps/shop/ci/check.sh").ends_with("\ntool bastide build --check\n"));
}

#[test]
fn the_lock_of_an_earlier_release_is_still_the_specs() {
    let folder = built("out");
    let own = "out/deploy/bastide.apps-shop.lock";
    std::fs::rename(folder.0.join(own), folder.0.join("out/deploy/bastide.lock"))
        .expect("it has a name of its own");
    folder.put("apps/shop/bastide.kdl", SPEC.replace("8080", "8081"));
    bastide(&folder, &["build", "apps/shop", "--quiet", "--out", "out"]).exits(0);
    bastide(&folder, &["build", "--check", "apps/shop", "--quiet", "--out", "out"]).exits(0);
    assert!(!folder.0.join(own).exists());
}

/// The command of compose that is installed.
fn compose() -> Option<Command> {
    let mut known = [vec!["docker", "compose"], vec!["docker-compose"]].into_iter();
    let words = known.find(|words| {
        let mut ask = Command::new(words[0]);
        ask.args(&words[1..]).arg("version").stdout(Stdio::null()).stderr(Stdio::null());
        ask.status().is_ok_and(|status| status.success())
    })?;
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    Some(command)
}

#[test]
fn compose_finds_the_contexts() {
    for out in ["apps/shop", ".", "out", "apps/shop/below"] {
        let folder = built(out);
        let Some(mut compose) = compose() else {
            println!("skipped: docker compose not found");
            return;
        };
        let place = folder.0.join(out).join("deploy/dev/compose");
        std::fs::create_dir_all(place.join("secrets")).expect("a folder");
        let said = run(compose.args(["config", "--format", "json"]).current_dir(&place)).exits(0);
        let read = said.json();
        let build = &read["services"]["orders"]["build"];
        let context = build["context"].as_str().expect("a path").replace("$$", "$");
        let meant = folder.0.canonicalize().expect("it is there").join("apps/shop/services/$orders");
        assert_eq!(std::path::Path::new(&context).canonicalize().expect("a folder"), meant);
        assert_eq!(build["dockerfile"], "My.Dockerfile");
    }
}
