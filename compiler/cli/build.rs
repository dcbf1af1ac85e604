//! Embeds `stdlib/` and `targets/`: one table of path and text each, so that a new file needs no edit here. Makes the
//! commands of the `pub mod` lines of `command/mod.rs`. And says which commit a release is built of.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the manifest folder"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets the output folder"));
    let mut code = String::new();
    for folder in ["stdlib", "targets"] {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = vec![];
        walk(&root.join(folder), &mut files);
        files.sort();
        let name = folder.to_uppercase();
        let _ = writeln!(
            code,
            "/// Files of `{folder}/`: path from there, text.\npub const {name}: &[(&str, &str)] = &["
        );
        for file in files {
            let relative = file.strip_prefix(root.join(folder)).expect("walked from there");
            let shown = relative.to_string_lossy().replace('\\', "/");
            let _ = writeln!(code, "    ({shown:?}, include_str!({file:?})),");
        }
        code.push_str("];\n");
    }
    fs::write(out.join("embedded.rs"), code).expect("the output folder can be written");
    fs::write(out.join("commands.rs"), commands(&root)).expect("the output folder can be written");
    let version = env::var("CARGO_PKG_VERSION").expect("cargo sets the version");
    let commit = commit(&root).map(|it| format!(" ({it})")).unwrap_or_default();
    println!("cargo::rustc-env=BASTIDE_VERSION={version}{commit}");
}

/// The commit this is built of, as far as anybody knows: what `BASTIDE_COMMIT` says (a container has no `.git`), what
/// `cargo package` noted in the package, or what git says. A debug build bears none: each commit would build it anew.
fn commit(root: &Path) -> Option<String> {
    println!("cargo::rerun-if-env-changed=BASTIDE_COMMIT");
    if env::var("PROFILE").is_ok_and(|profile| profile == "debug") {
        return None;
    }
    let said = env::var("BASTIDE_COMMIT").ok();
    let hash = said.or_else(|| noted(root)).or_else(|| asked(root))?;
    let whole = hash.len() >= 10 && hash.bytes().all(|it| it.is_ascii_hexdigit());
    whole.then(|| hash[..10].to_lowercase())
}

/// The commit in a package's own note.
fn noted(root: &Path) -> Option<String> {
    let note = fs::read_to_string(root.join(".cargo_vcs_info.json")).ok()?;
    note.split_once("\"sha1\": \"")?.1.split('"').next().map(str::to_string)
}

/// The commit of the checkout; sources that only lie somewhere in a repository are no checkout of theirs.
fn asked(root: &Path) -> Option<String> {
    if !root.join(".git").exists() {
        return None;
    }
    let git = |args: &[&str]| {
        let output = Command::new("git").arg("-C").arg(root).args(args).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_string())
    };
    let log = root.join(git(&["rev-parse", "--git-path", "logs/HEAD"])?);
    println!("cargo::rerun-if-changed={}", log.display());
    git(&["rev-parse", "HEAD"])
}

/// The commands as clap reads them, and which file runs which.
fn commands(root: &Path) -> String {
    let file = root.join("compiler/cli/command/mod.rs");
    println!("cargo::rerun-if-changed={}", file.display());
    let lines = fs::read_to_string(file).expect("the commands are there");
    let (mut variants, mut arms) = (String::new(), String::new());
    for module in lines.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        let name: String = module.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        let _ = writeln!(variants, "    {name}({module}::Args),");
        let _ = writeln!(arms, "        Command::{name}(args) => {module}::run(&args),");
    }
    format!(
        "#[derive(Debug, Subcommand)]\npub enum Command {{\n{variants}}}\n\n\
         pub fn run(command: Command) -> Result<ExitCode, IoFault> {{\n    match command {{\n{arms}    }}\n}}\n"
    )
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        match path.is_dir() {
            _ if hidden => {}
            true => walk(&path, files),
            false => files.push(path),
        }
    }
}
