//! Which files are the two sides: two files, two folders, or a folder of versions and a file.

use crate::args::contract::ContractDiff;
use crate::fault::IoFault;
use crate::load::contract::contract;
use crate::load::files::ProjectFiles;
use crate::load::slashes;
use bastide_contract::Contract;
use bastide_contract::{ContractFormat, FORMATS};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{Role, Sources, Span};
use std::fs;
use std::path::{Path, PathBuf};

/// What is compared with what.
pub struct Pair {
    /// Name of the format.
    pub kind: &'static str,
    /// The two sides as the user named them.
    pub names: (String, String),
    /// Old and new, in the order of their paths; versions of a schema from the oldest.
    pub pairs: Vec<(Contract, Contract)>,
    /// Names of the old versions, if the old side is a folder of such.
    pub versions: Vec<String>,
    /// Files on one side only.
    pub alone: Vec<String>,
}

/// A side: its files by paths from a root.
struct Side {
    files: ProjectFiles,
    paths: Vec<String>,
    folder: bool,
}

/// Reads both sides; `None` if nobody knows their format, which is reported.
///
/// # Errors
/// A side is not there, or the disk refuses.
pub fn pair(
    args: &ContractDiff,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Option<Pair>, IoFault> {
    let (old, new) = (files(&args.old)?, files(&args.new)?);
    let guessed = match &args.kind {
        Some(kind) => Some(kind.format()),
        None => alike(args, &old, &new)?,
    };
    let Some(kind) = guessed else {
        unknown(&new, &args.new, sources, report)?;
        return Ok(None);
    };
    let (old, new) = (of_kind(old, kind, args.kind.is_some())?, of_kind(new, kind, args.kind.is_some())?);
    for (side, path) in [(&old, &args.old), (&new, &args.new)] {
        if side.paths.is_empty() {
            return Err(IoFault::say(path, format!("there is no {} file here", kind.name)));
        }
    }
    let names = (args.old.display().to_string(), args.new.display().to_string());
    let mut pair = Pair { kind: kind.name, names, pairs: vec![], versions: vec![], alone: vec![] };
    let mut read =
        |files: &Side, paths: &[String]| contract(&files.files, paths, Some(kind), sources, report);
    let versions = versions(&old, &new);
    if !versions.is_empty() {
        let new = read(&new, &new.paths)?;
        for path in versions {
            pair.pairs.push((read(&old, std::slice::from_ref(&path))?, new.clone()));
            pair.versions.push(path);
        }
        return Ok(Some(pair));
    }
    let whole = matches!(kind.name, "protobuf" | "graphql") || (old.paths.len() == 1 && new.paths.len() == 1);
    if whole {
        pair.pairs.push((read(&old, &old.paths)?, read(&new, &new.paths)?));
        return Ok(Some(pair));
    }
    for path in &old.paths {
        let one = std::slice::from_ref(path);
        if new.paths.contains(path) {
            pair.pairs.push((read(&old, one)?, read(&new, one)?));
        }
    }
    let lonely = |path: &&String| !(old.paths.contains(path) && new.paths.contains(path));
    pair.alone = old.paths.iter().chain(&new.paths).filter(lonely).cloned().collect();
    Ok(Some(pair))
}

/// The one format of both sides. Comparing some of the files and saying that nothing breaks would be a lie.
fn alike(args: &ContractDiff, old: &Side, new: &Side) -> Result<Option<&'static ContractFormat>, IoFault> {
    let (from, to) = (guess(old)?, guess(new)?);
    if let (Some(from), Some(to)) = (from, to)
        && from.name != to.name
    {
        let what = format!(
            "is {}, and the old side is {}; say `--kind`, or name the same contract",
            to.name, from.name
        );
        return Err(IoFault::say(&args.new, what));
    }
    let ends = |format: &&ContractFormat, path: &str| format.endings.iter().any(|end| path.ends_with(end));
    for (side, path) in [(old, &args.old), (new, &args.new)].into_iter().filter(|(side, _)| side.folder) {
        let here = FORMATS.iter().filter(|format| side.paths.iter().any(|path| ends(format, path)));
        let names: Vec<&str> = here.map(|format| format.name).collect();
        if names.len() > 1 {
            let what = format!("holds contracts of {}; say which: `--kind`", names.join(", "));
            return Err(IoFault::say(path, what));
        }
    }
    Ok(to.or(from))
}

/// The files of the old side from the oldest, if they are the versions `v1.*`, `v2.*` of what the new side is.
fn versions(old: &Side, new: &Side) -> Vec<String> {
    let number = |path: &String| path.strip_prefix('v')?.split('.').next()?.parse::<u64>().ok();
    let all: Option<Vec<(u64, &String)>> = old.paths.iter().map(|path| Some((number(path)?, path))).collect();
    let Some(mut all) = all.filter(|_| old.folder && !new.folder) else { return vec![] };
    all.sort();
    all.into_iter().map(|(_, path)| path.clone()).collect()
}

/// The files of a path, and where they lie. A folder may be a link, which is the user's word; a file that is one must lie
/// where references may lead.
fn files(path: &Path) -> Result<Side, IoFault> {
    if fs::metadata(path).map_err(IoFault::at(path))?.is_dir() {
        let real = fs::canonicalize(path).map_err(IoFault::at(path))?;
        let files = ProjectFiles::named(real, String::new(), path);
        let found = files.walk(Path::new(""), usize::MAX)?;
        let mut paths: Vec<String> = found.iter().map(|path| slashes(path)).collect();
        paths.sort();
        return Ok(Side { files, paths, folder: true });
    }
    let typed = path.parent().unwrap_or(Path::new(""));
    let folder = if typed.as_os_str().is_empty() { Path::new(".") } else { typed };
    let real =
        fs::canonicalize(folder).map_err(IoFault::at(folder))?.join(path.file_name().unwrap_or_default());
    let root = bound(&real);
    let asked = slashes(real.strip_prefix(&root).unwrap_or(&real));
    let folder = asked.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    Ok(Side { files: ProjectFiles::named(root, folder, typed), paths: vec![asked], folder: false })
}

/// The folder that references may not leave: the repository's, else the working folder, else the one above the file's.
fn bound(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(file);
    let repository = folder.ancestors().find(|it| it.join(".git").exists());
    // The root of a disk bounds nothing.
    let here = std::env::current_dir().and_then(fs::canonicalize).ok();
    let here = here.filter(|it| folder.starts_with(it) && it.parent().is_some());
    let found = repository.map(Path::to_path_buf).or(here);
    found.unwrap_or_else(|| folder.parent().unwrap_or(folder).to_path_buf())
}

/// The format of the first file that has one.
fn guess(files: &Side) -> Result<Option<&'static ContractFormat>, IoFault> {
    for path in &files.paths {
        if let Some(format) = FORMATS.iter().find(|it| it.endings.iter().any(|end| path.ends_with(end))) {
            return Ok(Some(format));
        }
    }
    for path in files.paths.iter().filter(|path| shared(path)) {
        let Ok(text) = files.files.read(Path::new(path), Role::Contract)? else { continue };
        if let Some(format) = ContractFormat::of(path, &text.text) {
            return Ok(Some(format));
        }
    }
    Ok(None)
}

/// Of a folder, the files of the format: by their endings, else by their first lines.
fn of_kind(mut files: Side, kind: &'static ContractFormat, said: bool) -> Result<Side, IoFault> {
    if !files.folder {
        return Ok(files);
    }
    let ends = |path: &String| kind.endings.iter().any(|end| path.ends_with(end));
    let named: Vec<String> = files.paths.iter().filter(|path| ends(path)).cloned().collect();
    if !named.is_empty() {
        files.paths = named;
        return Ok(files);
    }
    let mut found = vec![];
    for path in files.paths.iter().filter(|path| shared(path)) {
        let Ok(text) = files.files.read(Path::new(path), Role::Contract)? else { continue };
        if (kind.sniff)(&text.text) {
            found.push(path.clone());
        }
    }
    if found.is_empty() && said {
        found = files.paths.iter().filter(|path| shared(path)).cloned().collect();
    }
    files.paths = found;
    Ok(files)
}

fn shared(path: &str) -> bool {
    [".yaml", ".yml", ".json", ".avsc"].iter().any(|end| path.ends_with(end))
}

/// Says that nobody knows the format; what is no text says that itself.
fn unknown(files: &Side, path: &Path, sources: &mut Sources, report: &mut Report) -> Result<(), IoFault> {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let mut finding =
        Finding::new("contract-unsupported", format!("nobody knows what format `{}` has", path.display()));
    if let Some(first) = files.paths.first() {
        let contract = contract(&files.files, std::slice::from_ref(first), None, sources, report)?;
        let spans = contract.side.files.iter().map(|file| Span::new(file.id, 0, 0));
        finding = spans.fold(finding, |it, span| it.label(span, "does not begin like any of them"));
    }
    if !report.denied() {
        report.push(finding.help(format!("say `--kind` with one of {}", names.join(", "))));
    }
    Ok(())
}
