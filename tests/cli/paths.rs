//! Paths: nothing is read from outside the project, nothing is written outside the output folder, nothing hangs.

use crate::support::{Folder, PACK, Said, bastide, edited, project};
use std::fs;
use std::process::Command;

fn check(folder: &Folder) -> Said {
    bastide(folder, &["check", "--format", "json"])
}

fn build(folder: &Folder) -> Said {
    bastide(folder, &["build", "--format", "json"])
}

#[test]
fn what_cannot_be_read_or_written_is_named_and_ends_with_2() {
    let folder = project();
    bastide(&folder, &["check", "none"]).exits(2).says("`none`");
    bastide(&folder, &["check", "bastide.kdl/below"]).exits(2).says("bastide.kdl/below");
    bastide(&folder, &["check", "bastide"]).exits(2).says("bastide/bastide.kdl");
    bastide(&folder, &["build", "--out", "bastide.kdl"]).exits(2).says("bastide.kdl");
    fs::create_dir_all(folder.0.join("deploy/bastide.lock")).expect("a folder");
    bastide(&folder, &["build"]).exits(1).says("deploy/bastide.lock");
}

#[cfg(unix)]
#[test]
fn pipes_and_cycles_do_not_hang() {
    let folder = project();
    let pipe = |path: &str| {
        assert!(Command::new("mkfifo").arg(folder.0.join(path)).status().is_ok_and(|it| it.success()));
    };
    pipe("bastide/targets/plain/pipe.j2");
    assert_eq!(build(&folder).exits(1).says("pipe.j2").rules(), ["unreadable-file"]);
    fs::remove_file(folder.0.join("bastide/targets/plain/pipe.j2")).expect("made above");
    for name in ["a", "b", "c"] {
        std::os::unix::fs::symlink("..", folder.0.join("bastide/targets/plain").join(name)).expect("a link");
    }
    build(&folder).exits(0);
    fs::remove_file(folder.0.join("deploy/bastide.lock")).expect("built");
    pipe("deploy/bastide.lock");
    assert_eq!(build(&folder).exits(1).says("bastide.lock").rules(), ["lock-unreadable"]);
}

#[test]
fn an_include_never_leaves_the_project() {
    for pattern in ["../x.kdl", "/etc/hostname", "a/../../x.kdl", "../**/*.kdl"] {
        let folder = edited("service \"payments\"", &format!("include \"{pattern}\"\nservice \"payments\""));
        assert_eq!(check(&folder).exits(1).rules(), ["include-outside"], "{pattern}");
    }
    let folder = edited("service \"payments\"", "include \"nothing/*.kdl\"\nservice \"payments\"");
    assert_eq!(check(&folder).exits(1).rules(), ["include-nothing"]);
}

#[cfg(unix)]
#[test]
fn an_include_through_a_link_never_leaves_the_project() {
    let outside = Folder::with(&[("x.kdl", "service \"x\" { image \"secret\" }\n")]);
    let folder = edited("service \"payments\"", "include \"more/*.kdl\"\nservice \"payments\"");
    folder.put("more/a.kdl", "");
    std::os::unix::fs::symlink(outside.0.join("x.kdl"), folder.0.join("more/x.kdl")).expect("a link");
    let said = check(&folder).exits(1);
    assert_eq!(said.rules(), ["include-outside"]);
    assert!(!said.out.contains("secret"));
}

#[test]
fn an_include_of_itself_is_read_once() {
    check(&edited("service \"payments\"", "include \"*.kdl\"\nservice \"payments\"")).exits(0);
}

#[test]
fn no_output_leaves_its_folder() {
    for to in [
        "../../x",
        "../../../x.yaml",
        "/tmp/x",
        "a//b",
        "./x",
        "a/../b",
        "{{ app.owner }}/../../x",
        ".git/hooks/x",
        "x\\u{0}y",
    ] {
        let folder = project();
        folder
            .put("bastide/targets/plain/target.kdl", PACK.replace("run.sh\" exec", &format!("{to}\" exec")));
        build(&folder).exits(1);
        let made = folder.tree("");
        assert!(made.keys().all(|path| path.starts_with("bastide")), "{to}: {:?}", made.keys());
        assert!(!folder.0.join("../x").exists());
    }
}

#[cfg(unix)]
#[test]
fn no_output_goes_through_a_link_that_leads_out() {
    let (outside, folder) = (Folder::new(), project());
    fs::create_dir_all(folder.0.join("deploy/prod")).expect("a folder");
    std::os::unix::fs::symlink(&outside.0, folder.0.join("deploy/prod/plain")).expect("a link");
    build(&folder).exits(1).says("goes through `deploy/prod/plain`, a link");
    assert!(outside.tree("").is_empty());
    assert!(!folder.0.join("deploy/bastide.lock").exists());
}

#[test]
fn two_files_of_one_path_are_refused_and_nothing_is_written() {
    for to in ["same.yaml", "{{ 'A' if service.name == 'orders' else 'a' }}.yaml"] {
        let folder = project();
        folder.put("bastide/targets/plain/target.kdl", PACK.replace("{{ service.name }}.yaml", to));
        let said = build(&folder).exits(1);
        assert!(said.rules().iter().all(|rule| rule != "template-error"), "{:?}", said.rules());
        assert!(folder.tree("deploy").is_empty());
    }
}

#[cfg(unix)]
#[test]
fn a_folder_behind_a_link_is_of_the_project_only_if_it_lies_there() {
    use std::os::unix::fs::symlink;
    let outside = Folder::with(&[("own/Dockerfile", "FROM scratch\n")]);
    let folder =
        edited("service \"payments\"", "service \"lent\" { build \"lent/own\" }\nservice \"payments\"");
    folder.put("beside/own/Dockerfile", "FROM scratch\n");
    let link = |to: &std::path::Path, from: &str| {
        let _ = fs::remove_file(folder.0.join("lent"));
        let _ = fs::remove_file(folder.0.join("lent/own"));
        symlink(to, folder.0.join(from)).expect("a link");
    };
    link(&outside.0, "lent");
    assert_eq!(check(&folder).exits(1).rules(), ["include-outside"], "a link above the folder");
    link("beside".as_ref(), "lent");
    check(&folder).exits(0);
    fs::remove_file(folder.0.join("lent")).expect("made above");
    fs::create_dir(folder.0.join("lent")).expect("a folder");
    link(&outside.0.join("own"), "lent/own");
    assert_eq!(check(&folder).exits(1).rules(), ["include-outside"], "the folder is a link");
    link("../beside/own".as_ref(), "lent/own");
    check(&folder).exits(0);
    link("../nowhere".as_ref(), "lent/own");
    assert_eq!(check(&folder).exits(1).rules(), ["missing-file"], "a link to nothing");
}
