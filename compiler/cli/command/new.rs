//! `bastide new`: stubs of a rule, a target pack, a resource type. Never over an existing file.

use crate::fault::IoFault;
use crate::load::{load, slashes};
use crate::terminal;
use crate::write::{create, replace, standing};
use bastide_core::spec::value::bad_name;
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write the stub of a rule, a target pack or a resource type.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// What to start.
    #[arg(value_enum)]
    pub what: Stub,
    /// Its name.
    pub name: String,
    /// The group of a rule: a folder of `compiler/core/src/check/`.
    #[arg(long, value_name = "GROUP")]
    pub group: Option<String>,
    /// Project folder; by default the one of the nearest `bastide.kdl`.
    #[arg(long, value_name = "PATH")]
    pub spec: Option<PathBuf>,
}

/// What can be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stub {
    /// A rule of the compiler: its file and its page in `compiler/core/src/check/GROUP/`.
    Rule,
    /// A target pack of the project: `bastide/targets/NAME/`.
    Target,
    /// A resource type of the project: `bastide/stdlib/NAME.kdl`.
    Resource,
}

/// The stub of a rule. The tests of the core compile it as it is, so that a change of what rules are does not leave it behind.
const RULE: &str = include_str!("new/rule.rs");

/// The stub of its page.
const PAGE: &str = include_str!("new/rule.md");

pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    if let Some(why) = bad_name(&args.name) {
        return Err(IoFault::say(&args.name, format!("cannot be a name: {why}")));
    }
    let name = &args.name;
    match args.what {
        Stub::Rule => rule(name, args.group.as_deref())?,
        Stub::Target => {
            let (root, folder) = (root(args)?, format!("bastide/targets/{name}"));
            let services = "# Services of {{ app.name }}\n\n{% for service in services %}\n- {{ service.name }}\n{% endfor %}\n";
            let file = |file: &str, text: String| (format!("{folder}/{file}"), text);
            create(&root, &[file("target.kdl", target(name)), file("services.md.j2", services.into())])?;
            let folder = root.join(folder);
            terminal::say(&format!(
                "{} written; name it in an environment: `target \"{name}\"`\n",
                folder.display()
            ));
        }
        Stub::Resource => {
            let (root, path) = (root(args)?, format!("bastide/stdlib/{name}.kdl"));
            create(&root, &[(path.clone(), resource(name))])?;
            let path = root.join(path);
            terminal::say(&format!("{} written; use it: `resource \"x\" type=\"{name}\"`\n", path.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the file and the page of a rule, and its line into the `mod.rs` of its group.
fn rule(name: &str, group: Option<&str>) -> Result<(), IoFault> {
    let checks = Path::new("compiler/core/src/check");
    let module = name.replace('-', "_");
    let folder = checks.join(group.unwrap_or("GROUP").replace('-', "_"));
    let list = folder.join("mod.rs");
    let Some(modules) = standing(Path::new("."))(&slashes(&list)) else {
        let text = match checks.join("mod.rs").exists() {
            true => "no group: name the folder of the rule, such as `--group api` or `--group messaging`",
            false => {
                "is not here: rules are a part of the compiler's source; a rule of your own is a `policy` in the spec"
            }
        };
        return Err(IoFault::say(folder, text));
    };
    let file = folder.join(&module).with_extension("rs");
    let page = file.with_extension("md");
    let here = Path::new(".");
    create(here, &[(slashes(&file), RULE.replace("NAME", name)), (slashes(&page), PAGE.into())])?;
    let line = format!("pub mod {module};\n");
    let mut lines: Vec<&str> = modules.split_inclusive('\n').collect();
    let at = lines.iter().position(|other| other.starts_with("pub mod ") && **other > *line);
    lines.insert(at.unwrap_or(lines.len()), &line);
    replace(here, &slashes(&list), &modules, &lines.concat())?;
    let (file, list) = (file.display(), list.display());
    terminal::say(&format!("{file} written, with its page beside it and its line in {list}\n"));
    Ok(())
}

fn root(args: &Args) -> Result<PathBuf, IoFault> {
    load(args.spec.as_deref()).map(|project| project.root)
}

fn target(name: &str) -> String {
    format!(
        r#"target "{name}" {{
    about "What this target writes, in one sentence."
    option "title" default="Services" about="An option an environment may set."
    emit "services.md.j2" for="environment" to="services.md"
    covers "service"
}}
"#
    )
}

fn resource(name: &str) -> String {
    format!(
        r#"resource-type "{name}" {{
    about "What it is, in one sentence."
    class "store"
    versions {{
        "1" "1.0.0"
    }}
    port 8000
    generates "password"
    output "address" value="${{host}}:${{port}}"
    output "url" value="http://app:${{password}}@${{host}}:${{port}}" secret=#true
    runs {{
        image "registry.example.com/{name}:${{tag}}"
        user 10001
        stateful
        secret-file "password" env="PASSWORD_FILE"
        volume "/data" size="1Gi"
        health live="/livez" ready="/readyz" startup="30s"
        resources cpu="100m" memory="256Mi"
    }}
}}
"#
    )
}
