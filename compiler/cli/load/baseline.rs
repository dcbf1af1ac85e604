//! The plan as it was: the spec of a commit or of another folder, its texts beside those of the plan as it is.

use super::files::ProjectFiles;
use super::git::Commit;
use super::{Project, SPEC};
use crate::fault::IoFault;
use crate::terminal;
use bastide_core::resolve::{Inputs, find_literals};
use bastide_core::secret::literal::Stands;
use bastide_core::spec::{self, Spec};
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Role, Sources};
use std::path::{Path, PathBuf};

/// Where the old plan is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// A commit of the project's repository: a ref, `REF...` for where the branch left it, `None` for where it left
    /// the main branch.
    Commit(Option<String>),
    Folder(PathBuf),
}

/// The old plan. Its texts are in the project's [`Sources`], shown as `path@ref`.
pub struct Baseline {
    /// What it is, for people: `main (3f9c1e2)`.
    pub about: String,
    pub files: ProjectFiles,
    /// The spec as it was, stdlib included; `None` if there was none yet.
    pub spec: Option<Spec>,
    /// Where a spec was that is gone, if there was none here: the project may have moved.
    pub moved: Option<String>,
    /// What lay beside it; the day is that of the project.
    pub inputs: Inputs,
    /// What was wrong with it. Nobody can correct it now.
    pub report: Report,
}

/// Loads the old plan of a project.
///
/// # Errors
/// There is no such commit or folder, or it cannot be read.
pub fn baseline(project: &mut Project, against: &Against) -> Result<Baseline, IoFault> {
    let (files, about) = match against {
        Against::Commit(reference) => {
            let commit = Commit::find(&project.root, reference.as_deref());
            let commit = commit.map_err(IoFault::at(&project.root))?;
            let about = commit.about.clone();
            (ProjectFiles::commit(commit), about)
        }
        Against::Folder(path) => folder(path)?,
    };
    let name = project.main.clone();
    if !files.is_file(Path::new(&name))? {
        if matches!(against, Against::Folder(_)) {
            return Err(IoFault::say(files.shown(&name), "there is no spec here to compare with"));
        }
        let moved = files.moved(&project.root, &name);
        let inputs = Inputs { today: project.inputs.today, ..Inputs::default() };
        return Ok(Baseline { about, files, spec: None, moved, inputs, report: Report::default() });
    }
    let sources = std::mem::take(&mut project.sources);
    let mut old = Project { files, sources, ..Project::empty(project.root.clone(), &name) };
    old.inputs.today = project.inputs.today;
    let read = old.read(&name);
    let Project { sources, spec, inputs, report, files, .. } = old;
    project.sources = sources;
    read?;
    Ok(Baseline { about, files, spec: Some(spec), moved: None, inputs, report })
}

fn folder(path: &Path) -> Result<(ProjectFiles, String), IoFault> {
    if path.is_file() && path.file_name().is_some_and(|name| name == SPEC) {
        let root = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return Ok((ProjectFiles::folder(root.into()), root.display().to_string()));
    }
    if !path.is_dir() {
        return Err(IoFault::say(path, "no such folder"));
    }
    Ok((ProjectFiles::folder(path.into()), path.display().to_string()))
}

impl Project {
    /// Reads the spec, what it includes and what it names, and keeps the secrets in it from being shown.
    pub(super) fn read(&mut self, name: &str) -> Result<(), IoFault> {
        self.stdlib()?;
        self.read_files(name)?;
        self.parts()?;
        spec::duplicates::find(&self.spec, &mut self.report);
        self.named()?;
        let beside = self.raws()?;
        let built_in = |file| self.sources.get(file).is_built_in();
        let mut literals = find_literals(&self.spec, built_in, &self.inputs);
        literals.extend(beside);
        for literal in &literals {
            terminal::hide(&literal.text);
            if literal.stands == Stands::Spec {
                self.sources.hide(literal.span);
            }
        }
        self.inputs.literals = Some(literals);
        Ok(())
    }
}

/// Built-in texts that were read already.
pub(super) fn built_in(sources: &Sources) -> Vec<FileId> {
    sources.iter().filter(|(_, source)| source.role == Role::Stdlib).map(|(file, _)| file).collect()
}
