//! Over pairs of contracts with the verdicts of other tools: how often the comparison says the same, kind by kind.
//! What it says otherwise stands in `docs/contracts.md` with the reason. The pairs are not part of the project: their
//! folder is `CONTRACT_CASES`, or `../shared/contracts`; without it there is nothing to test.

use bastide_contract::{Comparison, ContractFormat, File, Mode, Options, Side};
use bastide_report::source::{Role, Sources};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Folder of the cases, format, and how many of a hundred verdicts must be the same.
const KINDS: &[(&str, &str, f64)] = &[
    ("openapi", "openapi", 97.0),
    ("proto", "protobuf", 98.0),
    ("graphql", "graphql", 98.0),
    ("avro", "avro", 100.0),
    ("jsonschema", "json-schema", 97.0),
    ("asyncapi", "asyncapi", 97.0),
];

/// What came of one question: does it break, or does a mode or category hold?
#[derive(Default)]
struct Score {
    same: usize,
    missed: usize,
    alarms: usize,
    refused: usize,
}

/// A verdict that is not the oracle's.
struct Other {
    case: String,
    line: String,
    /// The oracles agree among themselves, or there is one only.
    counts: bool,
}

#[test]
fn verdicts_are_those_of_other_tools() {
    let given = env::var_os("CONTRACT_CASES").map(PathBuf::from);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = given.clone().unwrap_or_else(|| root.join("../shared/contracts"));
    if !cases.is_dir() {
        println!("skipped: contract cases not found");
        return;
    }
    let listed = listed(&fs::read_to_string(root.join("docs/contracts.md")).expect("the page is there"));
    let mut faults = vec![];
    println!("{:<28} {:>6} {:>8} {:>7} {:>7} {:>7}", "kind", "same", "of 100", "missed", "alarms", "refused");
    for (folder, format, least) in KINDS {
        let format = ContractFormat::named(format).expect("the format is one of the table");
        let (scores, others) = kind(&cases.join(folder), folder, format);
        for (question, score) in &scores {
            let all = score.same + score.missed + score.alarms + score.refused;
            let share = 100.0 * score.same as f64 / all as f64;
            let name = format!("{folder} {question}");
            let Score { same, missed, alarms, refused } = score;
            println!("{name:<28} {same:>6} {share:>8.1} {missed:>7} {alarms:>7} {refused:>7}");
            if share < *least && !question.starts_with("contested") {
                faults.push(format!("{name}: {share:.1} of 100 verdicts are the same, {least} must be"));
            }
        }
        for other in others {
            let known = listed.contains(&other.case);
            println!(
                "  {}{}{}",
                other.line,
                if other.counts { "" } else { " (contested)" },
                if known { "" } else { " NOT LISTED" }
            );
            if !known && given.is_none() {
                faults.push(format!("{} is not listed in docs/contracts.md", other.case));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The cases a page lists: the first cell of a row, `openapi/case`.
fn listed(page: &str) -> BTreeSet<String> {
    let cell = |line: &str| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned());
    page.lines().filter_map(cell).collect()
}

/// All cases of a kind: scores by question, and the verdicts that differ.
fn kind(folder: &Path, name: &str, format: &ContractFormat) -> (BTreeMap<String, Score>, Vec<Other>) {
    let (mut scores, mut others) = (BTreeMap::<String, Score>::new(), vec![]);
    for case in sorted(folder).into_iter().filter(|path| path.join("expect.json").is_file()) {
        let text = fs::read_to_string(case.join("expect.json")).expect("the verdict can be read");
        let expect: Value = serde_json::from_str(&text).expect("the verdict is JSON");
        if expect["lifecycle_only"] == true {
            continue;
        }
        // Payloads are beyond the oracle of AsyncAPI: it says that they changed and not what that means.
        let vague = expect["unclassified"].as_array().is_some_and(|all| !all.is_empty());
        let counts = expect["consensus"] != false && !vague;
        let title = format!("{name}/{}", case.file_name().expect("it has a name").to_string_lossy());
        let answers = answers(&case, format).unwrap_or_else(|| panic!("{title}: the comparison panicked"));
        for (question, wanted) in questions(&expect) {
            let key = if counts { question.clone() } else { format!("contested {question}") };
            let score = scores.entry(key).or_default();
            let harmless = question != "breaking" && expect["breaking_by_category"].is_null();
            let word = match answers.as_ref().and_then(|answers| answers.get(&question)) {
                None => (score.refused += 1, "refused").1,
                Some(said) if *said == wanted => {
                    score.same += 1;
                    continue;
                }
                Some(said) if *said == harmless => (score.missed += 1, "missed").1,
                Some(_) => (score.alarms += 1, "false alarm").1,
            };
            others.push(Other { case: title.clone(), line: format!("{title}: {word} ({question})"), counts });
        }
    }
    (scores, others)
}

/// What is asked of a case, and the oracle's answer: categories, else modes, else whether it breaks.
fn questions(expect: &Value) -> Vec<(String, bool)> {
    let map = [&expect["breaking_by_category"], &expect["modes"]].into_iter().find_map(Value::as_object);
    match map {
        Some(map) => map.iter().filter_map(|(key, value)| Some((key.clone(), value.as_bool()?))).collect(),
        None => vec![("breaking".into(), expect["breaking"].as_bool().expect("there is a verdict"))],
    }
}

/// Our answers to all questions; empty where a side was refused, `None` after a panic.
#[allow(clippy::option_option, reason = "a panic is not a refusal")]
fn answers(case: &Path, format: &ContractFormat) -> Option<Option<BTreeMap<String, bool>>> {
    let mut versions: Vec<PathBuf> = sorted(&case.join("history"));
    versions.extend(sorted(case).into_iter().filter(|path| stem(path) == "old"));
    let new = sorted(case).into_iter().find(|path| stem(path) == "new").expect("a case has a new side");
    let compare = |old: &PathBuf| {
        let mut sources = Sources::default();
        let (old, new) = (side(old, &mut sources), side(&new, &mut sources));
        (format.compare)(&old, &new, &sources, &Options::default())
    };
    let all: Vec<Comparison> =
        catch_unwind(AssertUnwindSafe(|| versions.iter().map(compare).collect())).ok()?;
    if all.iter().any(Comparison::unreadable) {
        return Some(None);
    }
    let last = all.last().expect("a case has an old side");
    let mut answers = BTreeMap::from([("breaking".to_owned(), last.breaking()), ("NONE".to_owned(), true)]);
    answers.extend(last.categories.iter().map(|(name, breaks)| ((*name).to_owned(), *breaks)));
    for mode in [Mode::Backward, Mode::Forward, Mode::Full] {
        let holds =
            |comparison: &Comparison| comparison.modes.iter().any(|(at, holds)| *at == mode && *holds);
        answers.insert(mode.as_str().into(), holds(last));
        answers.insert(format!("{}_TRANSITIVE", mode.as_str()), all.iter().all(holds));
    }
    Some(Some(answers))
}

/// A file, or all files of a folder.
fn side(path: &Path, sources: &mut Sources) -> Side {
    let mut files = vec![];
    let mut waiting = vec![path.to_owned()];
    while let Some(at) = waiting.pop() {
        if at.is_dir() {
            waiting.extend(sorted(&at));
            continue;
        }
        let Ok(text) = fs::read_to_string(&at) else { continue };
        let inside = at.strip_prefix(path).ok().filter(|inside| !inside.as_os_str().is_empty());
        let name = inside.unwrap_or(Path::new(at.file_name().expect("a file has a name")));
        let name = name.to_string_lossy().replace('\\', "/");
        let id = sources.add(name.clone(), text, Role::Spec);
        files.push(File { path: name, id, asked: true });
    }
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Side { files }
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
