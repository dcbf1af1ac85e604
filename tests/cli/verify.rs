//! `bastide verify`: tools on the path judge what was built, and nothing else; who is missing is named.

use crate::support::{Folder, Said, bastide, copy_of, everywhere, project, run};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::{env, fs};

/// The script that the pack of the tests writes.
const SCRIPT: &str = "deploy/prod/plain/run.sh";

/// A built project and a folder with tools that say what they are told to.
struct Bench {
    folder: Folder,
    tools: Folder,
}

impl Bench {
    fn new() -> Bench {
        let folder = project();
        bastide(&folder, &["build"]).exits(0);
        Bench { folder, tools: Folder::new() }
    }

    /// Puts a tool on the path: its version is 9.8.7, and else it runs these lines.
    fn tool(&self, name: &str, lines: &str) {
        let version = "case \"$1\" in --version|version) echo \"tool $0 v9.8.7 of abc1234\"; exit 0;; esac";
        self.tools.put(name, format!("#!/bin/sh\n{version}\n{lines}\n"));
        let runs = fs::Permissions::from_mode(0o755);
        fs::set_permissions(self.tools.0.join(name), runs).expect("its mode can be set");
    }

    fn verify(&self, args: &[&str]) -> Said {
        self.verify_with(self.tools.0.clone().into_os_string(), args)
    }

    fn verify_with(&self, path: impl AsRef<std::ffi::OsStr>, args: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bastide"));
        command.arg("verify").args(args).current_dir(&self.folder.0);
        run(command.env("PATH", path).env("REGISTRY_PASSWORD", "hunter22"))
    }

    /// What a tool wrote down beside itself.
    fn noted(&self, name: &str) -> String {
        self.tools.get(name)
    }
}

#[test]
fn a_tool_is_asked_about_what_was_built_and_nothing_else() {
    let bench = Bench::new();
    bench.folder.put("deploy/prod/plain/foreign.sh", "echo\n");
    bench.tool(
        "shellcheck",
        "here=${0%/*}; printf '%s\\n' \"$@\" > $here/arguments; export -p > $here/variables; exit 0",
    );
    let said = bench.verify(&["--only", "shellcheck"]).exits(0).says("shellcheck  9.8.7        1  good");
    assert!(!said.out.contains("foreign.sh"), "{}", said.out);
    let arguments = bench.noted("arguments");
    assert!(arguments.ends_with(&format!("--format\ngcc\n{SCRIPT}\n")), "{arguments}");
    assert!(!bench.noted("variables").contains("hunter22"), "a secret of the environment reaches a tool");
    bench.verify(&["--argument", "shellcheck=--shell=$(id) sh"]).exits(0);
    assert!(bench.noted("arguments").contains("\n--shell=$(id) sh\ndeploy/"), "{}", bench.noted("arguments"));
    bench.verify(&["-e", "prod"]).exits(0);
}

#[test]
fn a_refusal_is_a_finding_at_the_line_it_names() {
    let bench = Bench::new();
    bench.tool("shellcheck", &format!("echo '{SCRIPT}:2:1: error: bad'; exit 1"));
    let said = bench.verify(&["--only", "shellcheck", "--format", "json"]).exits(1);
    assert_eq!(said.places(), [("tool-refuses".into(), SCRIPT.into(), 2, 1)]);
    let tools = said.json()["tools"].clone();
    assert_eq!(tools[0]["verdict"], "refused");
    assert_eq!((&tools[0]["version"], &tools[0]["files"][0]), (&"9.8.7".into(), &SCRIPT.into()));
    bench.verify(&[]).exits(1).says("error: bad").says("refused");
    for format in ["sarif", "github", "gitlab", "junit"] {
        bench.verify(&["--format", format]).exits(1).says("tool-refuses");
    }
}

#[test]
fn who_is_missing_is_named_and_never_passes_in_silence() {
    let bench = Bench::new();
    let said = bench.verify(&[]).exits(2).says("nothing was judged");
    assert!(said.out.contains("`shellcheck` is not installed"), "{}", said.out);
    assert_eq!(bench.verify(&["--format", "json"]).exits(2).rules(), ["tool-missing"]);
    // A second kind of file, which nobody here knows.
    let pack = "target \"plain\" {\n    about \"x\"\n    emit \"run.sh.j2\" for=\"environment\" to=\"run.sh\"\n    emit \"run.sh.j2\" for=\"environment\" to=\"nginx.conf\"\n    covers \"app\" \"service\" \"api\" \"calls\"\n}\n";
    bench.folder.put("bastide/targets/plain/target.kdl", pack);
    bastide(&bench.folder, &["build"]).exits(0);
    bench.tool("shellcheck", "exit 0");
    bench.verify(&[]).exits(0).says("`nginx` is not installed");
    bench.verify(&["--strict"]).exits(2).says("`nginx` is not installed");
    bench.verify(&["--strict", "--only", "shellcheck"]).exits(0);
    let quiet = bench.verify(&["--quiet"]).exits(0);
    assert!(quiet.out.contains("tool-missing"), "{}", quiet.out);
}

#[test]
fn a_tool_that_does_not_end_or_start_could_not_judge() {
    let bench = Bench::new();
    bench.tool("shellcheck", "while :; do :; done");
    let said = bench.verify(&["--only", "shellcheck", "--time-limit", "1", "--format", "json"]).exits(2);
    assert_eq!(said.rules(), ["tool-unable"]);
    // One that refuses to say its version is none: docker without its compose.
    bench.tool("shellcheck", "exit 0");
    let text = bench.noted("shellcheck").replace("exit 0;;", "exit 1;;");
    bench.tools.put("shellcheck", text);
    bench.verify(&[]).exits(2).says("`shellcheck` is not installed");
}

#[test]
fn what_was_edited_is_told_and_not_judged() {
    let bench = Bench::new();
    bench.tool("shellcheck", "echo asked; exit 1");
    let edited = bench.folder.get(SCRIPT) + "echo more\n";
    bench.folder.put(SCRIPT, edited);
    let only = ["--only", "shellcheck", "--format", "json"];
    let said = bench.verify(&only).exits(1);
    assert_eq!(said.rules(), ["edited-output"]);
    assert_eq!(said.json()["tools"].as_array().map(Vec::len), Some(0));
    fs::remove_file(bench.folder.0.join(SCRIPT)).expect("it is there");
    assert_eq!(bench.verify(&only).exits(1).rules(), ["edited-output"]);
}

#[test]
fn a_program_of_the_repository_is_not_run() {
    let bench = Bench::new();
    bench.tool("shellcheck", "exit 0");
    bench.folder.copy(&bench.tools.0);
    let runs = fs::Permissions::from_mode(0o755);
    fs::set_permissions(bench.folder.0.join("shellcheck"), runs).expect("its mode can be set");
    bench.verify_with(":.:./", &[]).exits(2).says("`shellcheck` is not installed");
    // Nor does a tool find it.
    bench.tool("shellcheck", "echo \"$PATH\"; exit 1");
    let path = format!(".:{}:./", bench.tools.0.display());
    let said = bench.verify_with(path, &["--only", "shellcheck"]).exits(1);
    assert!(said.out.contains(&format!("\n        {}\n", bench.tools.0.display())), "{}", said.out);
}

#[test]
fn what_cannot_be_done_is_said() {
    let bench = Bench::new();
    bench.verify(&["--only", "shelcheck"]).exits(2).says("did you mean `shellcheck`?");
    bench.verify(&["--argument", "shellcheck"]).exits(2).says("TOOL=ARGUMENT");
    bench.verify(&["-e", "pord"]).exits(1).says("did you mean `prod`?");
    fs::remove_dir_all(bench.folder.0.join("deploy")).expect("it is there");
    bench.verify(&[]).exits(2).says("run `bastide build`");
}

/// Real tools take what an example gives. Those that the judges install have to be there in CI.
#[test]
fn real_tools_take_the_example() {
    let bench = Bench { folder: copy_of("examples/shop"), tools: Folder::new() };
    bastide(&bench.folder, &["build", "--quiet"]).exits(0);
    let asked = ["docker compose", "actionlint", "zizmor", "shellcheck", "kustomize"];
    let only: Vec<&str> = asked.iter().flat_map(|name| ["--only", name]).collect();
    let said = bench.verify_with(everywhere(), &[&["--format", "json"][..], &only].concat());
    let json = said.json();
    let verdict = |name: &str| {
        let tools = json["tools"].as_array().expect("tools");
        tools
            .iter()
            .find(|it| it["tool"] == name)
            .map(|it| it["verdict"].as_str().unwrap_or_default().to_string())
    };
    for name in asked {
        match verdict(name).as_deref() {
            Some("missing") => {
                println!("skipped: {name} not found");
                assert!(env::var_os("CI").is_none_or(|it| it != "true"), "CI has no {name}");
            }
            other => assert_eq!(other, Some("good"), "{name}:\n{}", said.out),
        }
    }
}
