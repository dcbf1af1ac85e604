//! Same input, same bytes: wherever, whenever and by whomever a build is run. A second build changes nothing.

use crate::support::{self, Folder, bastide, project, run};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use std::{env, fs};

/// What may differ between machines and must not matter.
const SURROUNDINGS: &[&[(&str, &str)]] = &[
    &[],
    &[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
    &[("LC_ALL", "C"), ("TZ", "Pacific/Kiritimati")],
    &[("TZ", "America/Nome"), ("HOME", "/nonexistent"), ("USER", "nobody")],
    &[("XDG_CONFIG_HOME", "/nonexistent"), ("PATH", "/nonexistent"), ("TMPDIR", "/nonexistent")],
    &[("SOURCE_DATE_EPOCH", "1"), ("CI", "true"), ("GITHUB_ACTIONS", "true")],
    &[("COLUMNS", "20"), ("TERM", "dumb"), ("NO_COLOR", "1"), ("RUST_BACKTRACE", "full")],
    &[("BASTIDE_ENV", "dev"), ("ORDERS_URL", "http://x"), ("LOG_LEVEL", "trace"), ("app", "other")],
];

/// Projects to build: the small one, and the largest example.
fn projects() -> Vec<Folder> {
    vec![project(), support::copy_of("examples/shop")]
}

/// The files of a build, and what it said.
type Built = (BTreeMap<String, Vec<u8>>, String);

fn binary() -> Command {
    Command::new(env!("CARGO_BIN_EXE_bastide"))
}

#[test]
fn twenty_builds_are_one() {
    for project in projects() {
        // Into the folder of the spec, and into one beside it, from which the paths of the project lead another way.
        let mut first: [Option<Built>; 2] = [None, None];
        for round in 0..20 {
            // Of different depths and lengths, so that a path that got into a file would show.
            let (folder, out) = (Folder::new(), Folder::new());
            let place = format!("{}p", "a/".repeat(round % 4));
            for (path, bytes) in project.tree("") {
                folder.put(&format!("{place}/{path}"), bytes);
            }
            let place = folder.0.join(place);
            let mut command = if cfg!(unix) {
                let mut shell = Command::new("/bin/sh");
                let mask = ["umask 022", "umask 077", "umask 000"][round % 3];
                shell.args(["-c", &format!("{mask}; exec \"$0\" \"$@\"")]).arg(env!("CARGO_BIN_EXE_bastide"));
                shell
            } else {
                binary()
            };
            if round % 2 == 1 {
                command.env_clear();
            }
            command.envs(SURROUNDINGS[round % SURROUNDINGS.len()].iter().copied());
            // By the working folder and by a path: what is said must be the same, too.
            match round % 3 {
                0 => command.arg("build").current_dir(&place),
                1 => command.args(["build", "p"]).current_dir(place.parent().expect("it has one")),
                _ => command.arg("build").arg(&place).current_dir(&out.0),
            };
            let beside = round % 5 == 4;
            let target = if beside { place.with_file_name("x") } else { place };
            let said = run(command.arg("--out").arg(&target)).exits(0);
            let mut made = support::tree(&target);
            made.retain(|path, _| !project.0.join(path).exists());
            assert!(made.len() > 2, "{}", said.out);
            let first = &mut first[usize::from(beside)];
            match &first {
                None => *first = Some((made, said.out)),
                Some((files, text)) => {
                    assert!(*files == made, "round {round}: {:?}", differing(files, &made));
                    assert_eq!(*text, said.out, "round {round}");
                }
            }
        }
    }
}

fn differing<'a>(
    left: &'a BTreeMap<String, Vec<u8>>,
    right: &'a BTreeMap<String, Vec<u8>>,
) -> Vec<&'a String> {
    left.keys().chain(right.keys()).filter(|path| left.get(*path) != right.get(*path)).collect()
}

#[test]
fn findings_are_the_same_everywhere() {
    let folder = project();
    folder.put(
        "bastide.kdl",
        support::SPEC.replace("payments\" timeout", "paymints\" tiemout").replace("8080", "80800"),
    );
    for format in ["text", "json", "sarif", "github", "gitlab", "junit"] {
        let all: Vec<String> = SURROUNDINGS
            .iter()
            .map(|more| {
                let mut command = binary();
                run(command
                    .args(["check", "--format", format])
                    .current_dir(&folder.0)
                    .envs(more.iter().copied()))
                .exits(1)
                .out
            })
            .collect();
        assert!(all.iter().all(|text| *text == all[0]), "{format}: {all:#?}");
    }
}

fn times(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let time = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).expect("it is there");
    let files = support::tree(folder).into_keys().map(|path| folder.join(path));
    files.map(|path| (path.clone(), time(&path))).collect()
}

#[test]
fn a_second_build_writes_nothing() {
    for project in projects() {
        bastide(&project, &["build"]).exits(0);
        let before = times(&project.0);
        std::thread::sleep(std::time::Duration::from_millis(20));
        bastide(&project, &["build"]).exits(0).says("0 files written, 0 changed, 0 removed");
        assert_eq!(times(&project.0), before);
    }
}

#[test]
fn a_stale_tree_is_told_and_a_fresh_one_is_not() {
    for project in projects() {
        bastide(&project, &["build", "--check"]).exits(1);
        assert!(!project.0.join("deploy").exists());
        bastide(&project, &["build"]).exits(0);
        bastide(&project, &["build", "--check"]).exits(0).says("up to date");
        let spec = project.get("bastide.kdl");
        let version = spec.split_once("version=\"").map(|(head, rest)| format!("{head}version=\"9{rest}"));
        project.put("bastide.kdl", version.expect("an app has a version"));
        let before = project.tree("");
        bastide(&project, &["build", "--check"]).exits(1);
        assert_eq!(project.tree(""), before);
        project.put("bastide.kdl", spec);
        bastide(&project, &["build", "--check"]).exits(0);
    }
}

#[test]
fn an_edit_by_hand_is_told_and_kept() {
    let project = project();
    bastide(&project, &["build"]).exits(0);
    let path = "deploy/prod/plain/orders.yaml";
    let edited = format!("{}more: true\n", project.get(path));
    project.put(path, &edited);
    let said = bastide(&project, &["build", "--check", "--format", "json"]).exits(1);
    assert!(said.places().iter().any(|it| it.1 == path), "{:?}", said.places());
    bastide(&project, &["build"]).exits(1).says("orders.yaml");
    assert_eq!(project.get(path), edited);
    bastide(&project, &["build", "--force"]).exits(0);
    bastide(&project, &["build", "--check"]).exits(0);
}

#[test]
fn what_leaves_the_spec_leaves_the_tree() {
    let project = project();
    bastide(&project, &["build"]).exits(0);
    let spec = project.get("bastide.kdl");
    let (without, _) = spec.split_once("service \"payments\"").expect("it is there");
    project.put("bastide.kdl", without.replace("    calls \"payments\" timeout=\"800ms\"\n", ""));
    bastide(&project, &["build", "--check"]).exits(1);
    bastide(&project, &["build"]).exits(0).says("1 removed");
    assert!(!project.0.join("deploy/prod/plain/payments.yaml").exists());
    bastide(&project, &["build", "--check"]).exits(0);
}

#[cfg(unix)]
#[test]
fn programs_may_be_run_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let project = project();
    bastide(&project, &["build"]).exits(0);
    let mode = fs::metadata(project.0.join("deploy/prod/plain/run.sh")).expect("built").permissions().mode();
    assert_eq!(mode & 0o100, 0o100);
}
