//! From disk to a project: the spec and what it includes, stdlib, and the files the spec names.

mod base64;
pub mod baseline;
pub mod contract;
pub mod disk;
pub mod files;
pub mod git;
pub mod parts;
pub mod path_kind;
pub mod refusal;
pub mod relative;
mod requests;
mod text;

use crate::embedded::STDLIB;
use crate::fault::IoFault;
use bastide_core::form::path::MOUNT;
use bastide_core::model::dockerfile::Dockerfile;
use bastide_core::raw;
use bastide_core::resolve::{FileState, Inputs, NamedFile, dockerfiles, named_files};
use bastide_core::secret::literal::Literal;
use bastide_core::spec::{self, Spec};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Role, Sources, Span};
use files::{Drafts, ProjectFiles};
use path_kind::PathKind;
use refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// Name of the spec's main file.
pub const SPEC: &str = "bastide.kdl";
/// Folder of the project's own resource types.
const OWN_STDLIB: &str = "bastide/stdlib";

/// A spec, loaded.
pub struct Project {
    /// Folder of the main file: all paths are relative to it.
    pub root: PathBuf,
    /// Name of the main file.
    pub main: String,
    pub files: ProjectFiles,
    /// All texts.
    pub sources: Sources,
    /// The spec as written, stdlib included.
    pub spec: Spec,
    /// What lies on disk beside it.
    pub inputs: Inputs,
    /// What was found so far.
    pub report: Report,
}

/// Finds and reads the spec at `path`: a file, a folder, or by default the nearest one upwards.
pub fn load(path: Option<&Path>) -> Result<Project, IoFault> {
    load_with(path, Drafts::new())
}

/// The same with texts that are not written yet.
pub fn load_with(path: Option<&Path>, drafts: Drafts) -> Result<Project, IoFault> {
    let file = find(path)?;
    let root = file.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
    let main = file.file_name().map_or_else(|| SPEC.into(), |name| name.to_string_lossy().into_owned());
    let mut project = Project::empty(root, &main);
    project.files.drafts = drafts;
    project.read(&main)?;
    // What was not read may be what is missing.
    if !project.files.refused() {
        spec::incomplete(&project.spec, main_file(&project.sources), &mut project.report);
    }
    Ok(project)
}

/// The first file of the spec that is not of a library.
fn main_file(sources: &Sources) -> FileId {
    let mut own = sources.iter().filter(|(_, source)| source.role == Role::Spec);
    own.next().map_or(FileId(0), |(file, _)| file)
}

fn find(path: Option<&Path>) -> Result<PathBuf, IoFault> {
    let Some(path) = path else {
        let start = std::env::current_dir().map_err(IoFault::at(Path::new(".")))?;
        let found = start.ancestors().map(|folder| folder.join(SPEC)).find(|file| file.is_file());
        let why = "no spec here or in a folder above; `bastide init` makes one";
        return found.ok_or_else(|| IoFault::say(start.join(SPEC), why));
    };
    let file = if path.is_dir() { path.join(SPEC) } else { path.into() };
    match file.is_file() {
        true => Ok(file),
        false if path.is_dir() => Err(IoFault::say(file, "there is no spec here; `bastide init` makes one")),
        false => Err(IoFault::say(path, "no such file or folder")),
    }
}

impl Project {
    /// A project of which nothing was read yet.
    pub fn empty(root: PathBuf, main: &str) -> Project {
        Project {
            files: ProjectFiles::here(root.clone()),
            root,
            main: main.into(),
            sources: Sources::default(),
            spec: Spec::default(),
            inputs: Inputs::default(),
            report: Report::default(),
        }
    }

    fn stdlib(&mut self) -> Result<(), IoFault> {
        let mut known = baseline::built_in(&self.sources);
        if known.is_empty() {
            let add = |(path, text): &(&str, &'static str)| {
                self.sources.add_built_in(format!("stdlib/{path}"), text, Role::Stdlib)
            };
            known = STDLIB.iter().map(add).collect();
        }
        known.into_iter().for_each(|file| drop(self.read_spec(file, true)));
        let built_in = self.spec.items.len();
        self.own_folders()?;
        for path in self.files.in_folder(Path::new(OWN_STDLIB), "kdl")? {
            self.add(&path, Role::ProjectStdlib, None)?;
        }
        bastide_core::spec::replace(&mut self.spec, built_in);
        Ok(())
    }

    /// Reads the main file and what it includes, each file once, in the order of the includes.
    fn read_files(&mut self, name: &str) -> Result<(), IoFault> {
        let mut waiting: Vec<(PathBuf, Option<Span>)> = vec![(PathBuf::from(name), None)];
        let mut seen = BTreeSet::new();
        while let Some((path, asked)) = waiting.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            for include in self.add(&path, self.files.role(), asked)?.into_iter().rev() {
                let mut found = self.expand(&path, &include)?;
                found.reverse();
                waiting.extend(found.into_iter().map(|path| (path, Some(include.span))));
            }
        }
        Ok(())
    }

    /// Adds a file of the spec and reads it.
    fn add(&mut self, path: &Path, role: Role, asked: Option<Span>) -> Result<Vec<spec::Include>, IoFault> {
        let added = self.files.add(path, role, asked, &mut self.sources, &mut self.report)?;
        Ok(added.map(|(file, whole)| self.read_spec(file, whole)).unwrap_or_default())
    }

    /// Tells of folders of the project's own that lie elsewhere: what is in them is not read.
    fn own_folders(&mut self) -> Result<(), IoFault> {
        for folder in [OWN_STDLIB, parts::OWN].map(Path::new) {
            if self.files.kind_of(folder)? == PathKind::Outside {
                self.files.refuse(folder, Refusal::Outside, None, &mut self.sources, &mut self.report);
            }
        }
        Ok(())
    }

    /// Reads a file into the spec. In one that is not UTF-8 every other fault may be the same one.
    fn read_spec(&mut self, file: FileId, whole: bool) -> Vec<spec::Include> {
        let mut quiet = Report::default();
        let report = if whole { &mut self.report } else { &mut quiet };
        let source = self.sources.get(file);
        let document = bastide_syntax::parse(file, &source.text, report);
        spec::read(&mut self.spec, source, &document, report);
        spec::includes(&document, &source.text)
    }

    /// The file a path means. Nothing is looked through for it.
    fn literal(&self, path: &str) -> Result<Vec<PathBuf>, IoFault> {
        let steps = Path::new(path).components().filter(|step| *step != Component::CurDir);
        let path: PathBuf = steps.collect();
        let there = !matches!(self.files.kind_of(&path)?, PathKind::Missing | PathKind::Folder);
        Ok(if there { vec![path] } else { vec![] })
    }

    /// The files an include pattern means, sorted, relative to the root.
    fn expand(&mut self, from: &Path, include: &spec::Include) -> Result<Vec<PathBuf>, IoFault> {
        let folder = from.parent().unwrap_or(Path::new(""));
        let bad = include.pattern.starts_with('/') || include.pattern.split('/').any(|part| part == "..");
        if bad {
            let (shown, asked) = (slashes(&folder.join(&include.pattern)), Some(include.span));
            Refusal::Outside.tell(&shown, asked, &mut self.sources, &mut self.report);
            return Ok(vec![]);
        }
        let pattern = slashes(&folder.join(&include.pattern));
        let Some(matcher) = matcher(&pattern) else {
            self.report.push(
                Finding::new("include-nothing", format!("`{}` is no pattern", include.pattern))
                    .label(include.span, "cannot be read")
                    .help("write a path, with `*` for any letters: `services/*.kdl`"),
            );
            return Ok(vec![]);
        };
        let fixed = pattern
            .split('/')
            .take_while(|part| !part.contains(['*', '?', '[', '{']))
            .collect::<Vec<_>>()
            .join("/");
        let mut found = if fixed == pattern {
            self.literal(&pattern)?
        } else if self.files.kind_of(Path::new(&fixed))? == PathKind::Outside {
            let asked = Some(include.span);
            Refusal::Outside.tell(&fixed, asked, &mut self.sources, &mut self.report);
            return Ok(vec![]);
        } else {
            let steps = |path: &str| path.split('/').filter(|step| !step.is_empty()).count();
            let flat = || steps(&pattern).saturating_sub(steps(&fixed) + 1);
            let depth = if pattern.contains("**") { usize::MAX } else { flat() };
            let mut found = self.files.walk(Path::new(&fixed), depth)?;
            found.retain(|path| matcher.is_match(slashes(path)));
            found
        };
        found.sort();
        if found.is_empty() {
            self.report.push(
                Finding::new("include-nothing", format!("`{}` matches no file", include.pattern))
                    .label(include.span, "nothing is included")
                    .help("correct the pattern (it is relative to this file), or make the file"),
            );
        }
        Ok(found)
    }

    /// Reads the files that are laid beside the output, and gives the secrets in them.
    fn raws(&mut self) -> Result<Vec<Literal>, IoFault> {
        let mut secrets = vec![];
        for (pattern, span) in raw::patterns(&self.spec) {
            let include = spec::Include { pattern: pattern.0.clone(), span };
            let mut raws = vec![];
            for path in self.expand(Path::new(""), &include)? {
                if path.starts_with("deploy") {
                    self.report.push(
                        Finding::new(
                            "raw-refused",
                            format!("`{}` is output of bastide itself", slashes(&path)),
                        )
                        .label(span, "names it")
                        .help("name files of your own"),
                    );
                    continue;
                }
                let (sources, report) = (&mut self.sources, &mut self.report);
                let added = self.files.add(&path, Role::Output, Some(span), sources, report)?;
                let Some((file, true)) = added else { continue };
                let source = sources.get(file);
                raws.extend(raw::read(file, source, pattern.1, &mut secrets, report));
            }
            self.inputs.raws.insert(pattern, raws);
        }
        secrets.iter().for_each(|it: &Literal| self.sources.hide(it.span));
        Ok(secrets)
    }

    /// Looks up the project files the spec names.
    fn named(&mut self) -> Result<(), IoFault> {
        for named in named_files(&self.spec) {
            let path = Path::new(&named.path);
            let kind = self.files.kind_of(path)?;
            let state = match kind {
                PathKind::Missing => FileState::Missing,
                PathKind::Outside => {
                    let asked = Some(named.span);
                    Refusal::Outside.tell(&slashes(path), asked, &mut self.sources, &mut self.report);
                    FileState::Exists
                }
                PathKind::Folder if named.wants_text => self.folder(path, &named)?,
                PathKind::Folder | PathKind::Other if named.wants_file => {
                    self.not_a_file(&named);
                    FileState::Exists
                }
                _ if named.wants_text => self.text(path, &named)?,
                _ => FileState::Exists,
            };
            self.inputs.files.insert(named.path, state);
        }
        self.dockerfiles()?;
        self.requests()
    }

    /// Reads the Dockerfiles of what is built. One that is not there is the builder's to tell: it may be made first.
    fn dockerfiles(&mut self) -> Result<(), IoFault> {
        let mut read = BTreeMap::new();
        for path in dockerfiles(&self.spec) {
            if self.files.kind_of(Path::new(&path))? == PathKind::File
                && let Ok(text) = self.files.read(Path::new(&path), Role::Output)?
            {
                read.insert(path, Dockerfile::read(&text.text));
            }
        }
        self.inputs.dockerfiles = read.into();
        Ok(())
    }
}

impl Project {
    fn not_a_file(&mut self, named: &NamedFile) {
        self.report.push(
            Finding::new("missing-file", format!("`{}` is not a file", named.path))
                .label(named.span, "a file belongs here")
                .help("name the file, not the folder it is in"),
        );
    }

    /// The text of a file that becomes part of the output.
    fn text(&mut self, path: &Path, named: &NamedFile) -> Result<FileState, IoFault> {
        let text = match self.files.read(path, Role::Spec)? {
            Ok(text) => text,
            Err(why) => {
                let asked = Some(named.span);
                self.files.refuse(path, why, asked, &mut self.sources, &mut self.report);
                return Ok(FileState::Exists);
            }
        };
        if self.files.executable(path) {
            self.inputs.executables.insert(named.path.clone());
        }
        // What no YAML can hold as text goes as bytes.
        let strange = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
        Ok(match text.bad.is_empty() && !text.text.contains(strange) {
            true => FileState::Text(text.text),
            false => FileState::Binary(base64::encode(&text.into_bytes())),
        })
    }

    /// The files of a folder that becomes part of the output.
    fn folder(&mut self, path: &Path, named: &NamedFile) -> Result<FileState, IoFault> {
        let files = self.files.every(path)?;
        let mut own = vec![];
        let say = |message: String, help: &str| {
            Finding::new("unreadable-file", message).label(named.span, "mounted here").help(help)
        };
        if files.is_empty() || files.len() > MOST {
            let message = format!(
                "the folder `{}` holds {} files, and 1 to {MOST} can be mounted",
                named.path,
                files.len()
            );
            self.report.push(say(message, "name a smaller folder, or put the files into the image"));
            return Ok(FileState::Exists);
        }
        for file in files {
            let (Ok(rest), full) = (file.strip_prefix(path).map(slashes), slashes(&file)) else { continue };
            if (MOUNT.part)(&format!("/{rest}")).is_err() {
                let message = format!("`{full}` has a name that cannot be mounted");
                self.report.push(say(message, "rename it: letters, digits, `-`, `_` and `.`"));
                continue;
            }
            let one = NamedFile { path: full.clone(), ..named.clone() };
            let state = self.text(&file, &one)?;
            self.inputs.files.insert(full, state);
            own.push(rest);
        }
        own.sort();
        Ok(FileState::Folder(own))
    }
}

/// A path as it is written everywhere: with `/`.
pub fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Most files of one folder that are mounted: each is a mount of its own.
const MOST: usize = 500;

/// Longest pattern of an include in bytes: its braces are read one within another.
const PATTERN: usize = 1_000;

/// What an include pattern matches; `None` if it is none, or more than can be read.
fn matcher(pattern: &str) -> Option<globset::GlobSet> {
    let short = pattern.len() <= PATTERN;
    let glob = short.then(|| globset::GlobBuilder::new(pattern).literal_separator(true).build())?.ok()?;
    // A set says that it cannot be made, where the matcher of one pattern would panic.
    globset::GlobSetBuilder::new().add(glob).build().ok()
}
