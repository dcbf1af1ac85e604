//! Lists the rules: a module of `src/check/GROUP/mod.rs` with a page (`.md`) beside it is one. So the line `pub mod NAME;`
//! registers a rule, and its folder is its group.
#![allow(clippy::disallowed_methods, reason = "cargo runs this before the core is there")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the manifest folder"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets the output folder"));
    let checks = root.join("src/check");
    println!("cargo::rerun-if-changed={}", checks.display());
    let folders = fs::read_dir(&checks).expect("the folder of checks is there").flatten();
    let mut rules: Vec<(String, String)> = folders.flat_map(|folder| rules(&folder.path())).collect();
    rules.sort();
    let mut code = String::from("/// All rules, by name.\npub const RULES: &[&Rule] = &[\n");
    rules.iter().for_each(|(_, rule)| code += rule);
    fs::write(out.join("rules.rs"), code + "];\n").expect("the output folder can be written");
}

/// The rules of one group: the name of each, and its line of the list.
fn rules(folder: &Path) -> Vec<(String, String)> {
    let modules = fs::read_to_string(folder.join("mod.rs")).unwrap_or_default();
    let module = folder.file_name().unwrap_or_default().to_string_lossy();
    let group = module.replace('_', "-");
    let mut rules = vec![];
    for name in modules.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        let page = folder.join(name).with_extension("md");
        if page.exists() {
            let mut line = String::new();
            let _ = writeln!(
                line,
                "    &Rule {{ group: {group:?}, page: include_str!({page:?}), ..{module}::{name}::RULE }},"
            );
            rules.push((name.replace('_', "-"), line));
        }
    }
    rules
}
