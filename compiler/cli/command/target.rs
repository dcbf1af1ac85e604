//! `bastide target`: the packs there are, what each writes, and a start for one's own.

use super::create::create;
use crate::args::{Target, TargetAction};
use crate::fault::IoFault;
use crate::load::{Project, SPEC, load};
use crate::packs::{Packs, packs};
use crate::terminal;
use bastide_core::target::manifest::Truth;
use bastide_report::source::Sources;
use bastide_report::suggest::did_you_mean;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs an action.
pub fn run(args: &Target) -> Result<ExitCode, IoFault> {
    let mut project = match load(args.spec.as_deref()) {
        Ok(project) => project,
        // Without a project the built-in packs are there all the same.
        Err(_) if args.spec.is_none() => Project::empty(PathBuf::from("."), SPEC),
        Err(fault) => return Err(fault),
    };
    let all = packs(&mut project)?;
    match &args.action {
        TargetAction::List => list(&all),
        TargetAction::Show { name } => return known(&all, name).map(|()| show(&all, name, &project.sources)),
        TargetAction::Eject { name, own } => {
            return known(&all, name).and_then(|()| eject(&all, name, own.as_deref(), &project));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn known(all: &Packs, name: &str) -> Result<(), IoFault> {
    if all.names().contains(&name) {
        return Ok(());
    }
    let help = did_you_mean(name, all.names()).unwrap_or_default();
    Err(IoFault::say(name, format!("there is no such target; {help}")))
}

fn list(all: &Packs) {
    let mut out = String::new();
    for name in all.names() {
        let Some(manifest) = all.manifest(name) else { continue };
        let own = if all.own.iter().any(|own| own == name) { " (the project's own)" } else { "" };
        let summary = manifest.about.split(". ").next().unwrap_or_default().trim_end_matches('.');
        let _ = writeln!(out, "{name:<16} {summary}{own}");
    }
    terminal::say(&out);
}

fn show(all: &Packs, name: &str, sources: &Sources) -> ExitCode {
    let Some(manifest) = all.manifest(name) else { return ExitCode::SUCCESS };
    let mut out = format!("{name}: {}\n", manifest.about);
    for option in &manifest.options {
        let takes = option.takes.words().replace('`', "");
        let _ = writeln!(out, "  option {} = {} ({takes}): {}", option.name, option.default, option.about);
    }
    for emit in &manifest.emits {
        let when = emit.when.as_ref().map(|(when, _)| format!(" when {when}")).unwrap_or_default();
        let _ = writeln!(out, "  {} for each {}{when} from {}", emit.to.0, emit.each, emit.template);
    }
    for cover in &manifest.covers {
        match &cover.truth {
            Truth::Exact => {}
            Truth::Approximated(how) => drop(writeln!(out, "  approximates {}: {how}", cover.field)),
            Truth::Refused(because) => drop(writeln!(out, "  refuses {}: {because}", cover.field)),
        }
    }
    for (file, (pack, id)) in all.files(name) {
        let _ = writeln!(out, "  file {file} of {pack} ({})", sources.get(id).path);
    }
    terminal::say(&out);
    ExitCode::SUCCESS
}

/// Writes `target.kdl` of a pack that extends another; under the same name, the whole pack.
fn eject(all: &Packs, name: &str, own: Option<&str>, project: &Project) -> Result<ExitCode, IoFault> {
    let own = own.unwrap_or(name);
    let folder = project.root.join("bastide/targets").join(own);
    if folder.exists() {
        return Err(IoFault::say(folder, "is there already"));
    }
    if let Some(why) = bastide_core::spec::value::bad_name(own) {
        return Err(IoFault::say(own, format!("cannot be the name of a target: {why}")));
    }
    if own == name {
        for (file, (_, id)) in all.files(name) {
            create(&folder.join(file), &project.sources.get(id).text)?;
        }
    } else {
        let about = format!("{{\n    about \"{name}, as we like it.\"\n}}\n");
        create(&folder.join("target.kdl"), &format!("target \"{own}\" extends=\"{name}\" {about}"))?;
    }
    terminal::say(&format!("{} written; files you put there replace those of `{name}`\n", folder.display()));
    Ok(ExitCode::SUCCESS)
}
