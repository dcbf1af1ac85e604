//! `bastide target`: the packs there are, what each writes, and a start for one's own.

use crate::fault::IoFault;
use crate::load::parts::{MANIFEST, OWN};
use crate::load::{Project, SPEC, load};
use crate::packs::{Packs, packs};
use crate::terminal;
use crate::write::create;
use bastide_core::target::manifest::{Cover, Emit, Opt, Truth};
use bastide_core::target::part::Part;
use bastide_core::tree::Field;
use bastide_report::source::Sources;
use bastide_report::suggest::did_you_mean;
use clap::Subcommand;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// List, show or take over target packs.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Folder or spec file; by default the nearest `bastide.kdl` upwards.
    #[arg(long, global = true, value_name = "PATH")]
    pub spec: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub action: TargetAction,
}

/// What to do with packs.
#[derive(Debug, Subcommand)]
pub enum TargetAction {
    /// List all packs.
    List,
    /// Show what a pack writes, its options and parts, and where each of its files comes from.
    Show {
        /// The pack, or one part of it: `PACK/PART`.
        name: String,
    },
    /// Start a pack of your own under `bastide/targets/` that extends another.
    Eject {
        /// The pack to start from, or one part of it to change: `PACK/PART`.
        name: String,
        /// Name of your own; by default the same, which replaces the built-in one whole.
        own: Option<String>,
    },
}

pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
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

/// Whether there is a pack of this name, or for `PACK/PART` a part.
fn known(all: &Packs, name: &str) -> Result<(), IoFault> {
    let (pack, part) = name.split_once('/').map_or((name, None), |(pack, part)| (pack, Some(part)));
    let Some(manifest) = all.manifest(pack) else {
        let help = did_you_mean(pack, all.names()).unwrap_or_default();
        return Err(IoFault::say(name, format!("there is no such target; {help}")));
    };
    let parts = || manifest.parts.iter().map(|part| part.name.as_str());
    match part.filter(|part| !parts().any(|name| name == *part)) {
        None => Ok(()),
        Some(part) => {
            let help = did_you_mean(part, parts()).unwrap_or_default();
            Err(IoFault::say(name, format!("`{pack}` has no such part; {help}")))
        }
    }
}

fn list(all: &Packs) {
    let mut out = String::new();
    for name in all.names() {
        let Some(manifest) = all.manifest(name) else { continue };
        let own = if all.own.iter().any(|own| own == name) { " (the project's own)" } else { "" };
        let _ = writeln!(out, "{name:<16} {}{own}", summary(&manifest.about));
        for part in &manifest.parts {
            let _ = writeln!(out, "  {:<20} {}", part.name, summary(&part.about));
        }
    }
    terminal::say(&out);
}

/// The first sentence.
fn summary(about: &str) -> &str {
    about.split(". ").next().unwrap_or_default().trim_end_matches('.')
}

fn show(all: &Packs, name: &str, sources: &Sources) -> ExitCode {
    let (name, only) = name.split_once('/').map_or((name, None), |(pack, part)| (pack, Some(part)));
    let Some(manifest) = all.manifest(name) else { return ExitCode::SUCCESS };
    if let Some(only) = only {
        let mut out = String::new();
        manifest.parts.iter().filter(|part| part.name == only).for_each(|part| show_part(part, &mut out));
        files(all, name, &format!("{only}/"), sources, &mut out);
        terminal::say(&out);
        return ExitCode::SUCCESS;
    }
    let mut out = format!("{name}: {}\n", manifest.about);
    let of_part =
        |it: &&Opt| manifest.parts.iter().flat_map(|part| &part.options).any(|own| own.name == it.name);
    options("  ", manifest.options.iter().filter(|it| !of_part(it)), &mut out);
    written("  ", &manifest.emits, &manifest.covers, &mut out);
    manifest.parts.iter().for_each(|part| show_part(part, &mut out));
    files(all, name, "", sources, &mut out);
    terminal::say(&out);
    ExitCode::SUCCESS
}

fn show_part(part: &Part, out: &mut String) {
    let when = part.asked_by().map(|when| format!(" ({when})")).unwrap_or_default();
    let _ = writeln!(out, "  part {}{when}: {}", part.name, part.about);
    options("    ", part.options.iter(), out);
    for form in &part.provides {
        let said = |it: &Field| format!(" {}={}", it.name, it.at.value.print());
        let says: String = form.fields.iter().map(said).collect();
        let _ = writeln!(out, "    provides {}{says}", form.key);
    }
    written("    ", &part.emits, &part.covers, out);
}

fn options<'o>(indent: &str, options: impl Iterator<Item = &'o Opt>, out: &mut String) {
    for option in options {
        let takes = option.takes.words().replace('`', "");
        let _ = writeln!(
            out,
            "{indent}option {} = {} ({takes}): {}",
            option.name,
            option.default_words().replace('`', ""),
            option.about
        );
    }
}

/// The files of a pack below a folder, and where each comes from.
fn files(all: &Packs, name: &str, below: &str, sources: &Sources, out: &mut String) {
    for (file, (pack, id)) in all.files(name).into_iter().filter(|(file, _)| file.starts_with(below)) {
        let _ = writeln!(out, "  file {file} of {pack} ({})", sources.get(id).path);
    }
}

/// What a pack or a part renders, and what it says of the language: exactly, in another way, or not.
fn written(indent: &str, emits: &[Emit], covers: &[Cover], out: &mut String) {
    for emit in emits {
        let when = emit.when.as_ref().map(|(when, _)| format!(" when {when}")).unwrap_or_default();
        let _ = writeln!(out, "{indent}{} for each {}{when} from {}", emit.to.0, emit.each, emit.template);
    }
    // What is said in one line of the manifest is one line here.
    for same in covers.chunk_by(|one, two| one.truth == two.truth && only(one) == only(two)) {
        let fields: Vec<&str> = same.iter().map(|it| it.field.as_str()).collect();
        let fields = format!("{}{}", fields.join(" "), only(&same[0]));
        let _ = match &same[0].truth {
            Truth::Exact => writeln!(out, "{indent}covers {fields}"),
            Truth::Approximated(how) => writeln!(out, "{indent}approximates {fields}: {how}"),
            Truth::Refused(because) => writeln!(out, "{indent}refuses {fields}: {because}"),
        };
    }
}

/// Of which nodes a claim holds, in words; nothing if of all.
fn only(cover: &Cover) -> String {
    cover.only.as_ref().map_or(String::new(), |(each, (when, _))| format!(" for each {each} when {when}"))
}

/// Writes `target.kdl` of a pack that extends another; under the same name, the whole pack; of `PACK/PART`, that part.
fn eject(all: &Packs, name: &str, own: Option<&str>, project: &Project) -> Result<ExitCode, IoFault> {
    let own = own.unwrap_or(name);
    let folder = project.root.join(OWN).join(own);
    let (pack, below) =
        name.split_once('/').map_or((name, String::new()), |(pack, part)| (pack, format!("{part}/")));
    if std::fs::symlink_metadata(&folder).is_ok() {
        return Err(IoFault::say(folder, "is there already"));
    }
    if !below.is_empty() && own != name {
        return Err(IoFault::say(own, "a part keeps its name: it takes the place of the built-in one"));
    }
    if let Some(why) = own.split('/').find_map(bastide_core::spec::value::bad_name) {
        return Err(IoFault::say(own, format!("cannot be the name of a target: {why}")));
    }
    let mut files = vec![];
    if own == name {
        for (file, (_, id)) in all.files(pack) {
            let Some(file) = file.strip_prefix(&below) else { continue };
            files.push((format!("{OWN}/{own}/{file}"), project.sources.get(id).text.clone().into_owned()));
        }
    } else {
        let about = format!("{{\n    about \"{name}, as we like it.\"\n}}\n");
        let text = format!("target \"{own}\" extends=\"{name}\" {about}");
        files.push((format!("{OWN}/{own}/{MANIFEST}"), text));
    }
    create(&project.root, &files)?;
    terminal::say(&format!("{} written; files you put there replace those of `{name}`\n", folder.display()));
    Ok(ExitCode::SUCCESS)
}
