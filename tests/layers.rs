//! The layers: which crate, and which folder of the core and of the shell, may use which. The tables under "Layers" in
//! `docs/architecture.md` are what this test holds: a row may use only rows above it, and uses exactly what it says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rows of a table, in its order: a name, and the names it uses.
type Table = Vec<(String, BTreeSet<String>)>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The words between backticks.
fn words(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_string).collect()
}

/// The table of `docs/architecture.md` whose first column has this title.
fn table(title: &str) -> Table {
    let page = fs::read_to_string(root().join("docs/architecture.md")).expect("the page is there");
    let rows = page.lines().skip_while(|line| !line.starts_with(&format!("| {title} |")));
    let rows = rows.skip(2).take_while(|line| line.starts_with('|')).map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        let name = words(cells[0]).into_iter().next().expect("a name between backticks");
        (name, cells.get(1).map_or_else(BTreeSet::new, |cell| words(cell).into_iter().collect()))
    });
    let rows: Table = rows.collect();
    assert!(!rows.is_empty(), "docs/architecture.md has no table `{title}`");
    rows
}

/// Every Rust file at a module's place: `NAME.rs` and all below `NAME/`, without its tests.
fn files(folder: &Path, module: &str) -> Vec<PathBuf> {
    let (mut found, mut waiting) = (vec![folder.join(format!("{module}.rs"))], vec![folder.join(module)]);
    while let Some(next) = waiting.pop() {
        for path in fs::read_dir(next).into_iter().flatten().flatten().map(|entry| entry.path()) {
            let test = path.file_stem().is_some_and(|name| name == "tests");
            match path.is_dir() {
                _ if test => {}
                true => waiting.push(path),
                false => found.push(path),
            }
        }
    }
    found.retain(|path| path.extension().is_some_and(|it| it == "rs") && path.is_file());
    found
}

/// The lines of a text without comments and tests: a test module of its own file is one line, one that is written out
/// stands last.
fn code(text: &str) -> Vec<&str> {
    let mut lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut code = vec![];
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            code.push(line);
        } else if !lines.find(|line| !line.starts_with("#[")).is_some_and(|item| item.ends_with(';')) {
            break;
        }
    }
    code
}

/// The modules of its crate that a text uses, outside its tests.
fn used(text: &str) -> BTreeSet<String> {
    let after = code(text).into_iter().flat_map(|line| line.split("crate::").skip(1));
    let name = |rest: &str| rest.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
    after.map(name).filter(|name: &String| !name.is_empty()).collect()
}

/// What each module of a folder uses of the others.
fn modules(folder: &Path, names: &BTreeSet<String>) -> BTreeMap<String, BTreeSet<String>> {
    let of = |name: &String| {
        let texts = files(folder, name).into_iter().map(|path| fs::read_to_string(path).expect("UTF-8"));
        let all: BTreeSet<String> = texts.flat_map(|text| used(&text)).collect();
        (name.clone(), all.into_iter().filter(|other| other != name && names.contains(other)).collect())
    };
    names.iter().map(of).collect()
}

/// The modules a file declares.
fn declared(file: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(file).expect("the file is there");
    let name = |line: &str| {
        let rest = line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("mod "))?;
        rest.strip_suffix(';').map(str::to_string)
    };
    code(&text).into_iter().filter_map(name).collect()
}

/// Compares a table with what the code does, and that it only points upwards.
fn hold(title: &str, code: &BTreeMap<String, BTreeSet<String>>) {
    let table = table(title);
    let mut above = BTreeSet::new();
    for (name, uses) in &table {
        assert!(uses.is_subset(&above), "`{name}` may use only what stands above it in the table `{title}`");
        above.insert(name.clone());
    }
    let page: BTreeMap<_, _> = table.into_iter().collect();
    let shown =
        |uses: &BTreeSet<String>| uses.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" ");
    let differs = |(name, uses): (&String, &BTreeSet<String>)| match page.get(name) {
        Some(told) if told == uses => None,
        Some(told) => Some(format!("`{name}`: the page says {}; the code uses {}", shown(told), shown(uses))),
        None => Some(format!("`{name}` has no row; it uses {}", shown(uses))),
    };
    let all: Vec<String> = code.iter().filter_map(differs).collect();
    assert!(all.is_empty(), "table `{title}` of docs/architecture.md:\n{}", all.join("\n"));
    assert_eq!(page.len(), code.len(), "`{title}` has a row for something that is gone");
}

#[test]
fn crates() {
    let mut code = BTreeMap::new();
    let entries = fs::read_dir(root().join("compiler")).expect("the crates").flatten();
    for entry in entries.filter(|entry| entry.path().is_dir()) {
        let manifest = match entry.file_name() == "cli" {
            true => root().join("Cargo.toml"),
            false => entry.path().join("Cargo.toml"),
        };
        let text = fs::read_to_string(manifest).expect("a manifest");
        let (_, rest) = text.split_once("\n[dependencies]\n").expect("it has some");
        let own = rest.split("\n[").next().unwrap_or_default();
        let uses = own.lines().filter_map(|line| line.strip_prefix("bastide-")?.split('.').next());
        code.insert(entry.file_name().to_string_lossy().into_owned(), uses.map(str::to_string).collect());
    }
    hold("crate", &code);
}

#[test]
fn folders_of_the_core() {
    let folder = root().join("compiler/core/src");
    hold("folder of the core", &modules(&folder, &declared(&folder.join("lib.rs"))));
}

#[test]
fn folders_of_the_shell() {
    let folder = root().join("compiler/cli");
    hold("folder of the shell", &modules(&folder, &declared(&folder.join("main.rs"))));
}
