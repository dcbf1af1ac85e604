//! The table of tools, `tools.kdl`.

use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use bastide_syntax::{Node, Value};

/// What can be asked about built files.
#[derive(Clone, Debug)]
pub struct Tool {
    pub name: String,
    /// Patterns of the files it is for, and of those among them that it is not for.
    pub files: Vec<String>,
    pub but: Vec<String>,
    /// A file that must be built in the same folder.
    pub beside: Option<String>,
    /// The programs that can be asked; the first that is there is.
    pub programs: Vec<Program>,
    /// The folder it is asked in, from that of the file.
    pub at: Option<String>,
    /// Variables it gets.
    pub keeps: Vec<String>,
    /// What a line that stands beside the verdict begins with.
    pub says: Option<String>,
    /// What it says when it could not judge.
    pub unable: Vec<String>,
}

/// How a program is asked.
#[derive(Clone, Debug)]
pub struct Program {
    pub name: String,
    /// Arguments that print its version.
    pub version: Vec<String>,
    /// Arguments that judge; a text in braces is filled in.
    pub arguments: Vec<String>,
    /// Whether each file takes a run of its own.
    pub each: bool,
}

/// All tools, in the order of the table.
pub fn tools() -> Vec<Tool> {
    read(include_str!("tools.kdl"), &mut Report::default())
}

fn read(text: &'static str, report: &mut Report) -> Vec<Tool> {
    let mut sources = Sources::default();
    let file = sources.add_built_in("tools.kdl", text, Role::Output);
    bastide_syntax::parse(file, text, report).nodes(text).map(tool).collect()
}

fn tool(node: Node<'_>) -> Tool {
    let all = |name: &str| named(node, name).flat_map(texts).collect::<Vec<_>>();
    let one = |name: &str| all(name).into_iter().next();
    Tool {
        name: texts(node).join(" "),
        files: all("files"),
        but: all("but"),
        beside: one("beside"),
        programs: named(node, "program").map(program).collect(),
        at: one("at"),
        keeps: all("keeps"),
        says: one("says"),
        unable: all("unable"),
    }
}

fn program(node: Node<'_>) -> Program {
    let all = |name: &str| named(node, name).flat_map(texts).collect::<Vec<_>>();
    let each = named(node, "each").next().is_some();
    let arguments = all(if each { "each" } else { "all" });
    Program { name: texts(node).join(" "), version: all("version"), arguments, each }
}

fn named<'d>(node: Node<'d>, name: &str) -> impl Iterator<Item = Node<'d>> {
    node.children().filter(move |child| child.name() == name)
}

/// The arguments of a node that are texts.
fn texts(node: Node<'_>) -> Vec<String> {
    let text = |value| match value {
        Value::Str(text) => Some(text.to_string()),
        _ => None,
    };
    node.entries().filter_map(|entry| text(entry.value())).collect()
}

#[cfg(test)]
mod tests {
    use super::{read, tools};
    use bastide_report::finding::Report;

    #[test]
    fn the_table_is_whole() {
        let mut report = Report::default();
        let text = include_str!("tools.kdl");
        let all = read(text, &mut report);
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        let known = "tool files but beside program version each all at keeps says unable";
        for line in
            text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("//") && *it != "}")
        {
            let word = line.split(' ').next().unwrap_or_default();
            assert!(known.split(' ').any(|it| it == word), "`{word}` is no word of the table");
        }
        for tool in &all {
            assert!(!tool.name.is_empty() && !tool.files.is_empty() && !tool.programs.is_empty(), "{tool:?}");
            assert!(tool.files.iter().chain(&tool.but).all(|it| globset::Glob::new(it).is_ok()), "{tool:?}");
            for program in &tool.programs {
                assert!(!program.version.is_empty(), "{}: nobody asks its version", tool.name);
                let filled = |word: &str| program.arguments.iter().any(|it| it == word);
                let of_one = filled("{file}") || filled("{folder}");
                assert!(if program.each { of_one } else { filled("{files}") && !of_one }, "{program:?}");
            }
        }
        let mut names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), tools().len(), "a name stands twice");
    }
}
