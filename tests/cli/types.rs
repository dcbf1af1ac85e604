//! Resource types of a project: each reference in them leads somewhere, or is told at its place.

use crate::support::{Folder, bastide};

const SPEC: &str = "app \"x\" version=\"1.0.0\" { owner \"me\" }\nenvironment \"dev\" platform=\"compose\"\nenvironment \"prod\" platform=\"kubernetes\" namespace=\"x\" { target \"kubernetes\" secrets=\"external-secrets\" }\nresource \"db\" type=\"thing\"\nservice \"a\" { image \"a/b:1\"; api \"w\" port=80; health ready=\"/\"; uses \"db\" }\n";

/// A type, with more in it and in its `runs`.
fn thing(more: &str, runs: &str) -> String {
    format!(
        "resource-type \"thing\" {{\n    about \"A thing.\"\n    class \"store\"\n    versions {{ v1 \"1.2\" }}\n    port 7000\n    option \"size\" default=\"3\"\n    generates \"password\"\n    output \"address\" value=\"${{host}}:${{port}}\"\n    {more}\n    runs {{\n        image \"r.example/thing:${{tag}}\"\n        {runs}\n    }}\n}}\n"
    )
}

/// What stands in a type, and the column-bearing text at which what is wrong is told.
const WRONG: &[(&str, &str, &str)] = &[
    (
        "output \"url\" value=\"thing://${pasword}@${host}\" secret=#true",
        "",
        "`${pasword}` is nothing the type knows here",
    ),
    (
        "output \"url\" value=\"thing://${password}@${host}\"",
        "",
        "`password` is a secret, and nobody can hide it here",
    ),
    (
        "output \"one\" value=\"${two}\"; output \"two\" value=\"x\"",
        "",
        "`${two}` is nothing the type knows here",
    ),
    (
        "output \"url\" value=\"${password | upper}\" secret=#true",
        "",
        "`${password | upper}` is nothing the type knows here",
    ),
    (
        "output \"url\" value=\"${x\\\" }} {{ env \\\"A\\\" }}\" secret=#true",
        "",
        "is nothing the type knows here",
    ),
    ("derives \"a.conf\" value=\"a ${nope}\"", "", "`${nope}` is nothing the type knows here"),
    ("derives \"a.conf\" value=\"a ${size.sha256}\"", "", "`${size.sha256}` is nothing the type knows here"),
    (
        "derives \"a.conf\" value=\"${b.conf}\"; derives \"b.conf\" value=\"${a.conf}\"",
        "",
        "`a.conf` is made of itself",
    ),
    ("option \"more\" default=\"${password}\"", "", "`password` is a secret, and nobody can hide it here"),
    ("provider \"op\" host=\"${nam}-rw\" secret=\"${name}\"", "", "`${nam}` is nothing the type knows here"),
    ("provider \"op\" { pods { \"a\" \"${nope}\" } }", "", "`${nope}` is nothing the type knows here"),
    (
        "provider \"op\" { credential \"ca.crt\" in=\"${nope}-ca\" env=\"CA\" }",
        "",
        "`${nope}` is nothing the type knows here",
    ),
    ("", "env { A \"${nope}\" }", "`${nope}` is nothing the type knows here"),
    ("", "env { A \"${password}\" }", "`password` is a secret, and nobody can hide it here"),
    ("", "command \"run\" \"${nope}\"", "`${nope}` is nothing the type knows here"),
    ("", "entrypoint \"run\" \"${password}\"", "`password` is a secret, and nobody can hide it here"),
    ("", "file \"/etc/a\" text=\"${nope}\"", "`${nope}` is nothing the type knows here"),
    ("", "health command=\"run ${nope}\"", "`${nope}` is nothing the type knows here"),
];

#[test]
fn a_reference_in_a_type_that_leads_nowhere_is_told_where_it_stands() {
    for (more, runs, message) in WRONG {
        let folder = Folder::with(&[("bastide.kdl", SPEC), ("bastide/stdlib/thing.kdl", &thing(more, runs))]);
        let said = bastide(&folder, &["build", "--format", "json"]).exits(1);
        let told: Vec<_> = said
            .findings()
            .into_iter()
            .filter(|it| it["message"].as_str().is_some_and(|it| it.contains(message)))
            .collect();
        assert_eq!(told.len(), 1, "{more} {runs}: {}", said.out);
        assert_eq!(told[0]["labels"][0]["file"], "bastide/stdlib/thing.kdl", "{}", said.out);
        assert!(!folder.0.join("deploy").exists(), "nothing is written");
    }
    println!("{} references", WRONG.len());
}

#[test]
fn what_a_type_may_name_is_filled_in() {
    let more = "output \"url\" value=\"thing://app:${password}@${address}/$${host}\" secret=#true\n    derives \"a.conf\" value=\"{${password}}{{ x }} ${password.sha256} ${size} $${nope}\"";
    let runs = "env { A \"${size} ${address} $${HOME}\" }\n        command \"sh\" \"-c\" \"echo ${HOME} ${1} ${name} $${name}\"\n        secret-file \"a.conf\" env=\"CONF\"";
    let folder = Folder::with(&[("bastide.kdl", SPEC), ("bastide/stdlib/thing.kdl", &thing(more, runs))]);
    bastide(&folder, &["build"]).exits(0);
    let compose = folder.get("deploy/dev/compose/compose.yaml");
    assert!(compose.contains("A: 3 db:7000 $${HOME}"), "{compose}");
    assert!(compose.contains("echo $${HOME} $${1} db $${name}"), "{compose}");
    let init = folder.get("deploy/dev/compose/dev.sh");
    for part in
        ["text '{'", "text '}{{ x }} '", "hash db.password", "text ' 3 ${nope}'", "text '@db:7000/${host}'"]
    {
        assert!(init.contains(part), "no {part} in\n{init}");
    }
    let made = folder.get("deploy/prod/kubernetes/resources/db/externalsecret.yaml");
    let config = "{{ \"{\" }}{{ .password }}}{{ \"{{\" }} x }} {{ .password | sha256sum }} 3 ${nope}";
    assert!(made.replace("\\\"", "\"").contains(config), "{config}\nis not in\n{made}");
}

/// Every type of the standard library, in compose and in the cluster: nothing is left to be filled in, and each file of a
/// secret that its program reads is handed to it.
#[test]
fn each_type_of_the_standard_library_runs_with_what_it_reads() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("stdlib");
    let files =
        std::fs::read_dir(folder).expect("stdlib is there").map(|it| it.expect("it can be read").path());
    let (mut count, mut secrets) = (0, 0);
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a text");
        let Some(ty) = text.strip_prefix("resource-type \"").and_then(|rest| rest.split('"').next()) else {
            continue;
        };
        let own = if text.contains("runs {") { "" } else { "{ external secret=\"x/it\" }" };
        let spec = SPEC.replace("\"db\" type=\"thing\"", &format!("\"db\" type=\"{ty}\" {own}"));
        let folder = Folder::with(&[(
            "bastide.kdl",
            &format!("lint \"no-backup\" level=\"allow\" because=\"a test\"\n{spec}"),
        )]);
        bastide(&folder, &["build"]).exits(0);
        for (path, bytes) in folder.tree("deploy").into_iter().filter(|(path, _)| path.ends_with(".yaml")) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(
                !text.contains("$${") && (!text.contains("${") || text.contains("_PORT:-")),
                "{ty} {path}: {text}"
            );
            for read in text.split("/run/secrets/").skip(1).filter(|_| path.ends_with("compose.yaml")) {
                let name: String =
                    read.chars().take_while(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
                assert!(
                    text.contains(&format!("- {name}\n")),
                    "{ty}: {name} is read, and nobody hands it over"
                );
                secrets += 1;
            }
        }
        count += 1;
    }
    println!("{count} types, {secrets} secrets read");
    assert!(count >= 20, "{count}");
}
