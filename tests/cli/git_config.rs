//! A repository whose own configuration, hooks and branch want to run programs or to answer in the place of the commit that
//! is asked for. Plans of commits are read all the same, and nothing runs.

use crate::support::{Folder, PACK, SPEC, TEMPLATE, bastide, bastide_in, commit, git};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

/// Every key of git that names a program or what may become one. `PROGRAM` writes a file that the test looks for.
const KEYS: [&str; 40] = [
    "core.fsmonitor=PROGRAM",
    "core.hooksPath=HOOKS",
    "core.sshCommand=PROGRAM",
    "core.gitProxy=PROGRAM",
    "core.pager=PROGRAM",
    "core.editor=PROGRAM",
    "core.askPass=PROGRAM",
    "core.alternateRefsCommand=PROGRAM",
    "core.attributesFile=ATTRIBUTES",
    "pager.cat-file=PROGRAM",
    "pager.ls-tree=PROGRAM",
    "pager.rev-parse=PROGRAM",
    "pager.merge-base=PROGRAM",
    "alias.rev-parse=!PROGRAM",
    "alias.ls-tree=!PROGRAM",
    "alias.cat-file=!PROGRAM",
    "alias.merge-base=!PROGRAM",
    "credential.helper=!PROGRAM",
    "diff.external=PROGRAM",
    "diff.evil.command=PROGRAM",
    "diff.evil.textconv=PROGRAM",
    "filter.evil.smudge=PROGRAM",
    "filter.evil.clean=PROGRAM",
    "filter.evil.process=PROGRAM",
    "filter.evil.required=true",
    "merge.evil.driver=PROGRAM",
    "gpg.program=PROGRAM",
    "gpg.ssh.program=PROGRAM",
    "log.showSignature=true",
    "uploadpack.packObjectsHook=PROGRAM",
    "receive.fsckObjects=true",
    "protocol.ext.allow=always",
    "protocol.file.allow=always",
    "protocol.allow=always",
    "extensions.partialClone=evil",
    "remote.evil.promisor=true",
    "remote.evil.url=ext::PROGRAM",
    "remote.evil.uploadpack=PROGRAM",
    "remote.evil.vcs=ext",
    "trace2.eventTarget=MARK",
];

/// A project of two commits: in the second, `orders` has another version.
fn repository() -> Folder {
    let folder = Folder::with(&[
        ("bastide.kdl", SPEC),
        ("bastide/targets/plain/target.kdl", PACK),
        ("bastide/targets/plain/service.yaml.j2", TEMPLATE),
        ("bastide/targets/plain/run.sh.j2", "#!/bin/sh\n"),
        (".gitattributes", "* filter=evil diff=evil merge=evil\n"),
    ]);
    git(&folder.0, &["init", "-qb", "main"]);
    commit(&folder.0);
    folder.put("bastide.kdl", SPEC.replace("orders:2.1.0", "orders:2.2.0"));
    commit(&folder.0);
    folder
}

const COMMANDS: [&[&str]; 5] = [
    &["diff", "HEAD~1"],
    &["plan", "HEAD~1"],
    &["check", "--against", "HEAD~1"],
    &["check", "--against"],
    &["diff", "main...", "."],
];

#[test]
fn no_program_of_a_repository_runs() {
    let folder = repository();
    let elsewhere = Folder::new();
    let mark = elsewhere.0.join("ran");
    elsewhere.put("program", format!("#!/bin/sh\ntouch {0}\necho {0}\n", mark.display()));
    elsewhere.put("attributes", "* filter=evil diff=evil\n");
    let run = fs::Permissions::from_mode(0o755);
    fs::set_permissions(elsewhere.0.join("program"), run.clone()).expect("it is ours");
    let there = |name: &str| elsewhere.0.join(name).display().to_string();
    for hook in
        ["post-checkout", "pre-auto-gc", "post-index-change", "reference-transaction", "fsmonitor-watchman"]
    {
        for hooks in [elsewhere.0.join("hooks"), folder.0.join(".git/hooks")] {
            fs::create_dir_all(&hooks).expect("a folder");
            fs::copy(elsewhere.0.join("program"), hooks.join(hook)).expect("copied");
        }
    }
    let said: Vec<String> = COMMANDS.iter().map(|args| bastide(&folder, args).out).collect();
    let mut tried = 0;
    // All at once, each alone, and by a file that is included.
    for from in 0..KEYS.len() + 2 {
        let keys = if from < KEYS.len() { &KEYS[from..=from] } else { &KEYS[..] };
        let config = folder.0.join(".git/config");
        let before = fs::read_to_string(&config).expect("a configuration");
        let to = if from > KEYS.len() { elsewhere.0.join("included") } else { config.clone() };
        for key in keys {
            let (name, value) = key.split_once('=').expect("a key and a value");
            let value = value.replace("PROGRAM", &there("program")).replace("HOOKS", &there("hooks"));
            let value = value.replace("ATTRIBUTES", &there("attributes")).replace("MARK", &there("ran"));
            git(&folder.0, &["config", "--file", &to.display().to_string(), name, &value]);
        }
        if from > KEYS.len() {
            git(&folder.0, &["config", "include.path", &there("included")]);
        }
        drop(fs::remove_file(&mark));
        let commands = if from < KEYS.len() { &COMMANDS[..2] } else { &COMMANDS[..] };
        for (args, said) in commands.iter().zip(&said) {
            assert_eq!(&bastide(&folder, args).out, said, "{args:?} {keys:?}");
            assert!(!mark.exists(), "{args:?} {keys:?}");
            tried += 1;
        }
        fs::write(&config, before).expect("it is ours");
    }
    println!("{tried} runs over {} keys", KEYS.len());
}

/// An object that is not here and whose remote is a program: nothing is fetched.
#[test]
fn nothing_is_fetched() {
    let folder = repository();
    let mark = folder.0.join(".git/ran");
    folder.put(".git/program", format!("#!/bin/sh\ntouch {}\n", mark.display()));
    fs::set_permissions(folder.0.join(".git/program"), fs::Permissions::from_mode(0o755))
        .expect("it is ours");
    let program = folder.0.join(".git/program").display().to_string();
    let id = Command::new("git").arg("-C").arg(&folder.0).args(["rev-parse", "HEAD~1:bastide.kdl"]).output();
    let id = String::from_utf8(id.expect("git runs").stdout).expect("an id");
    fs::remove_file(folder.0.join(".git/objects").join(&id[..2]).join(id[2..].trim()))
        .expect("a loose object");
    for url in [
        format!("ext::{program}"),
        format!("{program}:x"),
        "ssh://x.invalid/x".into(),
        "https://x.invalid/x".into(),
    ] {
        for (key, value) in [
            ("core.repositoryformatversion", "1"),
            ("extensions.partialClone", "evil"),
            ("remote.evil.promisor", "true"),
            ("remote.evil.url", url.as_str()),
            ("remote.evil.uploadpack", &program),
            ("core.sshCommand", &program),
            ("protocol.ext.allow", "always"),
        ] {
            git(&folder.0, &["config", key, value]);
        }
        for args in COMMANDS.iter().take(3) {
            let said = bastide(&folder, args);
            assert!(said.code == 2 && !mark.exists(), "{url} {args:?} {said:?}");
        }
    }
}

/// Folders that a branch commits may look like a bare repository: then it would answer for its own past.
#[test]
fn a_repository_in_the_branch_does_not_answer() {
    let (folder, fake) = (Folder::new(), Folder::new());
    let now = SPEC.replace("orders:2.1.0", "orders:2.2.0");
    folder.put("sub/bastide.kdl", SPEC);
    git(&folder.0, &["init", "-qb", "main"]);
    commit(&folder.0);
    // The fake knows the spec as it is now, so that nothing seems to have changed.
    fake.put("bastide.kdl", &now);
    git(&fake.0, &["init", "-qb", "main"]);
    commit(&fake.0);
    let mark = folder.0.join("ran");
    for (path, bytes) in fake.tree(".git") {
        folder.put(&format!("sub/{path}"), bytes);
    }
    fs::create_dir_all(folder.0.join("sub/refs/heads")).expect("a folder");
    folder.put("sub/config", format!("[core]\n\tbare = true\n\tfsmonitor = touch {}\n", mark.display()));
    folder.put("sub/bastide.kdl", &now);
    let said = bastide_in(&folder.0.join("sub"), &["diff", "main"]);
    said.exits(2).says("cannot use bare repository");
    assert!(!mark.exists());
}

/// Blobs that are links, submodules and large ones: what leads out of the commit is not there.
#[test]
fn links_of_a_commit_stay_in_it() {
    let folder = Folder::with(&[("sub/bastide.kdl", SPEC), ("above.kdl", "// canary\n"), ("big.kdl", "")]);
    fs::write(folder.0.join("sub/big.kdl"), vec![b' '; 17 << 20]).expect("a file");
    let links = [
        ("etc.kdl", "/etc/passwd"),
        ("up.kdl", "../above.kdl"),
        ("proc.kdl", "/proc/self/environ"),
        ("loop.kdl", "loop.kdl"),
    ];
    for (name, to) in links {
        symlink(to, folder.0.join("sub").join(name)).expect("a link");
    }
    git(&folder.0, &["init", "-qb", "main"]);
    let text = |name: &str| format!("include \"{name}\"\n{SPEC}");
    for (name, _) in links.into_iter().chain([("big.kdl", "")]) {
        folder.put("sub/bastide.kdl", text(name));
        commit(&folder.0);
        folder.put("sub/bastide.kdl", SPEC);
        let said = bastide_in(&folder.0.join("sub"), &["diff", "HEAD"]);
        assert!((0..=2).contains(&said.code), "{name}");
        for text in ["root:", "canary", "PATH="] {
            assert!(!said.out.contains(text) && !said.err.contains(text), "{name}: {said:?}");
        }
    }
}
