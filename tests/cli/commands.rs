//! What a user meets: whatever stands in a file or on the command line, bastide says what is wrong and where,
//! writes nothing it should not, and ends with the promised exit code.

use crate::support::{Folder, PACK, SPEC, Said, bastide, edited, noise, project, run};
use std::process::Command;

fn check(folder: &Folder) -> Said {
    bastide(folder, &["check", "--format", "json"])
}

fn build(folder: &Folder) -> Said {
    bastide(folder, &["build", "--format", "json"])
}

/// A spec with other bytes in it.
fn spec(bytes: &[u8]) -> Folder {
    let folder = Folder::new();
    folder.put("bastide.kdl", bytes);
    folder
}

#[test]
fn any_bytes_as_a_spec_are_findings() {
    for seed in 0..24 {
        let folder = spec(&noise(seed, 1 << (seed / 2)));
        let said = check(&folder).exits(1);
        assert!(!said.places().is_empty());
        bastide(&folder, &["check"]).exits(1);
        build(&folder).exits(1);
    }
    for bytes in [
        &b""[..],
        b"\xef\xbb\xbf",
        b"\0",
        b"{",
        b"}",
        b"\"",
        b"app",
        b"/*",
        b"\x7fELF\x02\x01\x01\0\0\0",
        b"app #null",
        b"#!/bin/sh\n",
    ] {
        check(&spec(bytes)).exits(1);
    }
}

#[test]
fn a_deep_spec_and_a_long_one_end() {
    check(&spec("a {".repeat(100_000).as_bytes())).exits(1);
    check(&spec(format!("app \"{}\"", "x".repeat(1 << 20)).as_bytes())).exits(1);
    check(&spec("service \"a\"\n".repeat(5_000).as_bytes())).exits(1);
}

#[test]
fn bytes_that_are_no_utf8_are_reported_at_their_place() {
    let plain = SPEC.replace("    target \"plain\"\n", "");
    let mut bytes = plain.as_bytes().to_vec();
    bytes.extend(b"// caf\xe9\n");
    let lines = plain.lines().count() as u64;
    let said = check(&spec(&bytes)).exits(1);
    assert_eq!(said.places(), [("not-utf8".into(), "bastide.kdl".into(), lines + 1, 7)]);
    let wide: Vec<u8> = [0xfeff].into_iter().chain(plain.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let said = check(&spec(&wide)).exits(1).says("UTF-16");
    assert_eq!(said.rules(), ["not-utf8"]);
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let plain = SPEC.replace("    target \"plain\"\n", "");
    check(&spec(format!("\u{feff}{plain}").as_bytes())).exits(0);
}

#[test]
fn an_included_file_of_any_bytes_is_a_finding_in_that_file() {
    let folder = edited("service \"payments\"", "include \"more/*.kdl\"\nservice \"payments\"");
    folder.put("more/a.kdl", b"service \"web\xff\" { image \"x:1.0.0\" }\n");
    let said = check(&folder).exits(1);
    assert_eq!(said.places(), [("not-utf8".into(), "more/a.kdl".into(), 1, 13)]);
}

#[test]
fn a_spec_without_app_or_environment_is_not_clean() {
    let said = check(&spec(b"service \"a\" { image \"x\" }\n")).exits(1).says("app").says("environment");
    assert_eq!(said.rules(), ["missing-node"]);
}

#[test]
fn a_type_of_the_project_replaces_the_built_in_one() {
    let folder = spec(b"app \"a\" version=\"1.0.0\"\nenvironment \"dev\" platform=\"compose\"\nresource \"r\" type=\"redis\"\n");
    let ty = "resource-type \"redis\" {\n    class \"cache\"\n    versions { \"99\" \"99.0\" }\n    port 6379\n}\n";
    folder.put("bastide/stdlib/redis.kdl", ty);
    let said = bastide(&folder, &["model", "-e", "dev"]);
    assert!(said.out.contains("\"tag\": \"99.0\""), "{}", said.out);
    folder.put("bastide/stdlib/again.kdl", ty);
    check(&folder).says("repeated-name");
}

#[test]
fn a_contract_that_is_missing_or_a_folder_is_a_finding() {
    let contract = |path: &str| edited("api \"orders\"", &format!("api \"orders\" contract=\"{path}\""));
    let said = check(&contract("contracts/none.yaml")).exits(1);
    assert_eq!(said.places()[0].0, "missing-file");
    let folder = contract("contracts");
    folder.put("contracts/orders.yaml", "openapi: 3.1.0\n");
    assert_eq!(check(&folder).exits(1).places()[0].0, "missing-file");
    for path in ["../x.yaml", "/etc/hostname", "a\\\\b", "a\\u{0}b", ""] {
        assert_eq!(check(&contract(path)).exits(1).rules(), ["wrong-type"], "{path}");
    }
}

#[test]
fn any_bytes_as_a_template_are_findings() {
    for seed in 0..12 {
        let folder = project();
        folder.put("bastide/targets/plain/service.yaml.j2", noise(seed, 300));
        let said = build(&folder).exits(1);
        assert!(
            said.places().iter().any(|it| it.1 == "bastide/targets/plain/service.yaml.j2"),
            "{:?}",
            said.places()
        );
        assert!(folder.tree("deploy").is_empty());
    }
    for text in [
        "{{",
        "{%",
        "{% if %}",
        "{{ x }}",
        "{% for a in b %}",
        "{{ 1/0 }}",
        "a: {{ app.name }}x",
        "{% include 'x' %}",
    ] {
        let folder = project();
        folder.put("bastide/targets/plain/service.yaml.j2", text);
        build(&folder).exits(1);
        assert!(folder.tree("deploy").is_empty(), "{text}");
    }
}

#[test]
fn a_template_without_end_ends() {
    let folder = project();
    let text = "{% for a in range(100000) %}{% for b in range(100000) %}{% for c in range(100000) %}x{% endfor %}{% endfor %}{% endfor %}";
    folder.put("bastide/targets/plain/service.yaml.j2", text);
    build(&folder).exits(1);
}

#[test]
fn any_bytes_as_a_manifest_are_findings() {
    for seed in 0..12 {
        let folder = project();
        folder.put("bastide/targets/plain/target.kdl", noise(seed, 200));
        build(&folder).exits(1);
        assert!(folder.tree("deploy").is_empty());
    }
}

#[test]
fn any_bytes_as_the_lock_are_findings() {
    for seed in 0..12 {
        let folder = project();
        folder.put("deploy/bastide.lock", noise(seed, 200));
        let said = build(&folder).exits(1);
        assert!(said.places().iter().any(|it| it.1 == "deploy/bastide.lock"), "{:?}", said.places());
        assert_eq!(folder.tree("deploy").len(), 1);
    }
}

#[test]
fn control_characters_in_names_are_findings() {
    for bad in
        ["a\\u{0}b", "a\\nb", "a\\u{1b}[31mb", "\\u{202e}a", "é", "A", "", "-a", "a-", "a.b", "a/b", "../a"]
    {
        for (from, quote) in [
            ("service \"payments\"", "service"),
            ("environment \"prod\"", "environment"),
            ("app \"shop\"", "app"),
        ] {
            let said = check(&edited(from, &format!("{quote} \"{bad}\""))).exits(1);
            assert!(
                said.rules().contains(&"bad-name".into()) || said.rules().contains(&"wrong-type".into()),
                "{bad}: {:?}",
                said.rules()
            );
        }
        let text =
            bastide(&edited("service \"payments\"", &format!("service \"{bad}\"")), &["check"]).exits(1);
        assert!(!text.out.contains(['\u{1b}', '\0', '\u{202e}']), "{}", text.out);
    }
}

#[test]
fn names_of_variables_are_names() {
    for bad in ["a\\u{0}b", "A\\nB", "A B", "A=B", "1A", "", "é"] {
        let said = check(&edited("LOG_LEVEL \"info\"", &format!("\"{bad}\" \"info\""))).exits(1);
        assert!(said.rules() == ["bad-name"] || said.rules() == ["wrong-type"], "{bad}: {:?}", said.rules());
    }
    check(&edited("LOG_LEVEL \"info\"", "_x1 \"info\"")).exits(0);
}

#[test]
fn what_is_unknown_on_the_command_line_is_told() {
    let folder = project();
    let said = bastide(&folder, &["check", "-e", "prot", "--format", "json"]).exits(1).says("`prod`");
    assert_eq!(said.rules(), ["unknown-environment"]);
    bastide(&folder, &["check", "-e", "a\u{1b}[31m"]).exits(1);
    bastide(&folder, &["check", "--today", "nonsense"]).exits(2).says("--today").says("2027-03-01");
    bastide(&folder, &["check", "--today", "2027-02-30"]).exits(2);
    bastide(&folder, &["check", "--today", "2027-02-28"]).exits(0);
    bastide(&folder, &["check", "--bogus"]).exits(2).says("--bogus");
    bastide(&folder, &["nonsense"]).exits(2);
    bastide::<&str>(&folder, &[]).exits(2);
    bastide(&folder, &["target", "show", "plian"]).exits(2).says("`plain`");
    bastide(&folder, &["explain", "no-such-rule"]).exits(2);
}

#[test]
fn an_unknown_target_or_option_is_a_finding() {
    let said = build(&edited("target \"plain\"", "target \"plian\"")).exits(1).says("did you mean `plain`");
    assert!(said.rules().contains(&"unknown-target".into()));
    let said = build(&edited("target \"plain\"", "target \"plain\" colour=\"red\"")).exits(1);
    assert_eq!(said.rules(), ["unknown-option"]);
}

#[test]
fn a_pack_of_ones_own_says_what_its_options_take() {
    let options = "option \"colour\" default=\"\" { one-of \"red\" \"blue\" }\n    option \"size\" default=1\n    option \"free\"\n    emit \"run";
    let case = |set: &str| {
        let folder = edited("target \"plain\"", &format!("target \"plain\" {set}"));
        folder.put("bastide/targets/plain/target.kdl", PACK.replacen("emit \"run", options, 1));
        let rules =
            ["check", "build"].map(|command| bastide(&folder, &[command, "--format", "json"]).rules());
        assert_eq!(rules[0], rules[1], "{set}");
        rules[0].clone()
    };
    assert!(case("colour=\"blue\" size=2 free=#true").is_empty());
    assert!(case("colour=\"\" free=1.5").is_empty());
    for wrong in ["colour=\"blu\"", "colour=1", "size=1.5", "size=#true", "enabled=1"] {
        assert_eq!(case(wrong), ["wrong-type"], "{wrong}");
    }
    let folder = project();
    folder.put("bastide/targets/plain/target.kdl", PACK.replacen("emit \"run", options, 1));
    bastide(&folder, &["target", "show", "plain"]).exits(0).says("one of \"red\", \"blue\"");
}

#[test]
fn findings_in_json_have_the_documented_shape() {
    let said =
        bastide(&edited("platform=\"kubernetes\"", "platform=\"kubernets\""), &["check", "--format", "json"])
            .exits(1);
    let json = said.json();
    let keys = |it: &serde_json::Value| -> Vec<String> {
        it.as_object().map(|it| it.keys().cloned().collect()).unwrap_or_default()
    };
    assert_eq!(keys(&json), ["findings", "schema_version", "summary"]);
    assert_eq!(json["schema_version"], 1);
    assert_eq!(keys(&json["summary"]), ["deny", "info", "warn"]);
    assert_eq!(json["summary"]["deny"], 1);
    let finding = &json["findings"][0];
    assert_eq!(keys(finding), ["help", "labels", "level", "message", "rule"]);
    assert_eq!((&finding["rule"], &finding["level"]), (&"wrong-type".into(), &"deny".into()));
    assert!(finding["help"].as_str().is_some_and(|help| help.contains("kubernetes")));
    let label = &finding["labels"][0];
    assert_eq!(keys(label), ["column", "end_column", "end_line", "file", "line", "text"]);
    assert_eq!(
        (&label["file"], &label["line"], &label["column"]),
        (&"bastide.kdl".into(), &5.into(), &29.into())
    );
    assert_eq!((&label["end_line"], &label["end_column"]), (&5.into(), &40.into()));
}

#[test]
fn exit_codes_and_formats_agree() {
    let clean = project();
    for format in ["text", "json", "sarif", "github", "gitlab", "junit"] {
        let said = bastide(&clean, &["check", "--format", format]).exits(0);
        assert!(
            said.out.is_empty() && format == "github" || said.out.ends_with('\n'),
            "{format}: {:?}",
            said.out
        );
        let said = bastide(&spec(b"servic \"a\""), &["check", "--format", format]).exits(1);
        assert!(said.out.ends_with('\n') && said.err.is_empty(), "{format}: {:?}", said.out);
    }
    assert_eq!(bastide(&clean, &["check"]).exits(0).out, "no findings\n");
    assert_eq!(bastide(&clean, &["check", "--quiet"]).exits(0).out, "");
}

#[test]
fn a_pipe_gets_no_colours() {
    let folder = edited("timeout=\"800ms\"", "timeout=\"800 ms\"");
    for (name, value) in [("NO_COLOR", "1"), ("FORCE_COLOR", "1"), ("TERM", "xterm-256color")] {
        for args in [
            &["check"][..],
            &["build"],
            &["check", "--bogus"],
            &["--help"],
            &["why", "service.orders.calls.payments.timeout"],
        ] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_bastide"));
            let said = run(command.args(args).current_dir(&folder.0).env(name, value));
            assert!(
                !said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'),
                "{name} {args:?}: {}{}",
                said.out,
                said.err
            );
        }
    }
}

#[test]
fn a_broken_build_leaves_the_last_one() {
    let folder = project();
    build(&folder).exits(0);
    let before = folder.tree("deploy");
    folder.put("bastide.kdl", SPEC.replace("calls \"payments\"", "calls \"paymints\""));
    build(&folder).exits(1);
    folder.put("bastide.kdl", SPEC);
    folder.put("bastide/targets/plain/run.sh.j2", "{{ nothing }}");
    build(&folder).exits(1);
    assert_eq!(folder.tree("deploy"), before);
}

#[test]
fn each_command_has_its_page() {
    let folder = Folder::new();
    bastide(&folder, &["man"]).exits(0).says(".TH bastide 1").says("bastide\\-verify(1)");
    bastide(&folder, &["man", "contract", "diff"]).exits(0).says(".TH bastide-contract-diff 1");
    bastide(&folder, &["man", "chekc"]).exits(2).says("did you mean `check`?");
    let said = bastide(&folder, &["--version"]).exits(0);
    assert!(said.out.starts_with(concat!("bastide ", env!("CARGO_PKG_VERSION"))), "{}", said.out);
}
