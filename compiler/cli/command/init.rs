//! `bastide init`: the first spec, and the first lines of CI.

mod ci;

use crate::fault::IoFault;
use crate::load::{SPEC, relative};
use crate::terminal;
use crate::write::create;
use bastide_core::spec::value::bad_name;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Start a spec in this folder, or what checks it.
#[derive(clap::Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    pub what: Option<What>,
    /// Folder to start in; made if it is missing.
    pub path: Option<PathBuf>,
    /// Name of the app; the folder's by default.
    #[arg(long)]
    pub name: Option<String>,
}

/// What is started beside the spec.
#[derive(clap::Subcommand, Debug)]
pub enum What {
    Ci(ci::Args),
}

/// Writes a spec that checks and builds; never over an existing one.
pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    if let Some(What::Ci(args)) = &args.what {
        return ci::run(args);
    }
    let folder = args.path.clone().unwrap_or_else(|| PathBuf::from("."));
    let real = relative::real(&folder)?;
    let own = real.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = args.name.clone().unwrap_or_else(|| label(&own));
    if let Some(why) = bad_name(&name) {
        return Err(IoFault::say("--name", format!("`{name}` cannot be the name of an app: {why}")));
    }
    let path = folder.join(SPEC);
    let there = |path: &Path| fs::symlink_metadata(path).is_ok();
    if there(&path) {
        return Err(IoFault::say(path, "is there already; `bastide check` checks it"));
    }
    let mut files = vec![(SPEC.to_string(), spec(&name))];
    if !there(&folder.join(ATTRIBUTES_FILE)) {
        files.push((ATTRIBUTES_FILE.into(), ATTRIBUTES.into()));
    }
    create(&folder, &files)?;
    terminal::say(&format!("{} written; `bastide check` and `bastide build` come next\n", path.display()));
    Ok(ExitCode::SUCCESS)
}

const ATTRIBUTES_FILE: &str = ".gitattributes";
/// Two branches that change two services meet in the lock: both sides' lines are right there.
const ATTRIBUTES: &str = "/deploy/bastide*.lock merge=union linguist-generated\n";

/// A folder's name as an app's: other characters become `-`.
fn label(folder: &str) -> String {
    let letters = folder.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    let text: String =
        letters.collect::<String>().chars().skip_while(|c| !c.is_ascii_lowercase()).take(40).collect();
    let text = text.trim_end_matches('-');
    if text.is_empty() { "app".into() } else { text.into() }
}

fn spec(name: &str) -> String {
    format!(
        r##"app "{name}" version="0.1.0" {{
    owner "team" contact="#team"
    images "registry.example.com/{name}"
}}

environment "dev" platform="compose"
environment "prod" platform="kubernetes"

// A service of two lines is a whole one: probes, limits, scaling and network rules follow.
// `bastide why service.web.scale.min` shows where each value comes from.
service "web" {{
    image "registry.example.com/{name}/web:0.1.0"
    api "web" port=8080
    slo availability="99.5%"
}}

gateway "public" {{
    host "{name}.example.com"
    tls min="1.2" issuer="letsencrypt"
    limit "100/s" by="client"
    body-limit "1Mi"
    route "/" to="web" {{
        public
        timeout "2s"
    }}
}}
"##
    )
}
