//! The `emit`s of a manifest: whether there is a result for a node, and where it goes.

use super::Pack;
use super::context::{Common, Nodes, Shared, is_list};
use super::manifest::Emit;
use super::part::Part;
use bastide_report::finding::Finding;
use bastide_report::source::Span;
use bastide_template::{Expression, PathTemplate};
use minijinja::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The name under which a template sees what was written before it.
const FILES: &str = "files";
/// The kind of what is made once, not for each environment.
const APP: &str = "app";

/// An `emit` with its expressions, compiled.
pub(super) struct Ready<'p> {
    pub emit: &'p Emit,
    when: Option<(Result<Expression<'p>, String>, Span)>,
    to: Result<PathTemplate<'p>, String>,
    /// It asks what was written before it.
    asks: bool,
}

/// How many groups at the beginning ask nothing of what others write, so that all can be rendered at once.
pub(super) fn independent(groups: &[Vec<Ready<'_>>]) -> usize {
    groups.iter().position(|group| group.iter().any(|ready| ready.asks)).unwrap_or(groups.len())
}

/// The emits of a pack and of these parts of it that are written once for the app, or all others, in groups. Those for the nodes of one
/// list go together, whichever part they are of, so that a node becomes a template value once; those that ask what was
/// written come after all others.
pub(super) fn groups<'p>(pack: &'p Pack, app: bool, parts: &BTreeSet<&str>) -> Vec<Vec<Ready<'p>>> {
    let here = |part: Option<&Part>| part.is_none_or(|part| parts.contains(part.name.as_str()));
    let emits = pack.manifest.all_emits().filter(|(part, emit)| emit.of_app == app && here(*part));
    let (last, first): (Vec<_>, Vec<_>) =
        emits.map(|(_, emit)| Ready::new(pack, emit)).partition(|ready| ready.asks);
    let mut groups: Vec<Vec<Ready<'_>>> = vec![];
    for ready in first {
        let each = &ready.emit.each;
        match groups.iter_mut().find(|group| is_list(each) && group[0].emit.each == *each) {
            Some(group) => group.push(ready),
            None => groups.push(vec![ready]),
        }
    }
    groups.extend(last.into_iter().map(|ready| vec![ready]));
    groups
}

impl<'p> Ready<'p> {
    fn new(pack: &'p Pack, emit: &'p Emit) -> Ready<'p> {
        let when = emit.when.as_ref().map(|(text, span)| (pack.templates.expression(text), *span));
        let to = pack.templates.path(&emit.to.0);
        let asks = pack.templates.asks(&emit.template, FILES)
            || to.as_ref().is_ok_and(|to| to.asks(FILES))
            || when.as_ref().is_some_and(|(when, _)| when.as_ref().is_ok_and(|when| when.asks(FILES)));
        Ready { emit, when, to, asks }
    }
}

/// One rendering that is to be done: a template for a node.
pub(super) struct Task<'a> {
    /// The template and where its result goes.
    pub emit: &'a Emit,
    /// Path of the result.
    pub path: String,
    /// What the template sees.
    pub context: Value,
    /// The node in words: `service "orders"`.
    pub node: String,
    /// The number of the node.
    pub number: usize,
}

/// Emits for one kind of node, each of which may make a file for each node.
pub(super) struct Group<'p> {
    emits: &'p [Ready<'p>],
    kind: &'p str,
    shared: &'p Shared,
    common: Arc<Common>,
    /// What all paths begin with.
    folder: String,
}

impl<'p> Group<'p> {
    /// A group; `files` are the paths that earlier groups made.
    pub fn new(
        pack: &Pack,
        emits: &'p [Ready<'p>],
        nodes: &'p Arc<Nodes>,
        options: &Value,
        files: &mut [String],
    ) -> Group<'p> {
        let shared = nodes.shared();
        let asks = emits.iter().any(|ready| ready.asks);
        if asks {
            files.sort();
        }
        let kind = emits.first().map_or(APP, |first| &first.emit.each);
        let folder = match emits.first().is_none_or(|first| first.emit.of_app) {
            true => String::new(),
            false => format!("deploy/{}/{}/", shared.model.environment.name.value, pack.manifest.name),
        };
        let files: &[String] = if asks { files } else { &[] };
        let common = Common::new(nodes, &pack.manifest.name, options, files);
        Group { emits, kind, shared, common, folder }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.shared.count(self.kind)
    }

    /// The tasks for a node, each with the number of its emit.
    pub fn tasks(&self, node: usize) -> impl Iterator<Item = (usize, Result<Task<'p>, Finding>)> {
        // The node becomes a value once for all emits.
        let context = self.common.context(self.kind, node);
        let task = move |(emit, ready)| Some((emit, self.task(ready, node, &context).transpose()?));
        self.emits.iter().enumerate().filter_map(task)
    }

    /// A task; none if there is to be no result.
    fn task(&self, ready: &'p Ready<'p>, node: usize, context: &Value) -> Result<Option<Task<'p>>, Finding> {
        if let Some((when, span)) = &ready.when {
            let when = when.as_ref().map_err(String::clone).and_then(|when| when.value(context));
            if !when.map_err(|why| broken(*span, &why))?.is_true() {
                return Ok(None);
            }
        }
        let path = ready.to.as_ref().map_err(String::clone).and_then(|to| to.path(context));
        let path = path.map_err(|why| broken(ready.emit.to.1, &why))?;
        let (path, words) = (self.folder.clone() + &path, self.shared.words(self.kind, node));
        Ok(Some(Task { emit: ready.emit, path, context: context.clone(), node: words, number: node }))
    }

    /// A path as later groups see it among the `files`: from the folder of the pack. What is made for the app is seen by what
    /// else is made for the app alone, from the root of the repository.
    pub fn file(&self, path: &str, at_repository: bool) -> String {
        let above = if self.folder.is_empty() && !at_repository { self.shared.within.as_str() } else { "" };
        [above, &path[self.folder.len()..]].concat()
    }
}

/// The nodes of groups, each with the number of its group; and the order in which they are begun: what there is one of may be
/// about all others and take as long as they do.
pub(super) fn nodes(groups: &[Group<'_>]) -> (Vec<(usize, usize)>, Vec<usize>) {
    let of_group = |(number, group): (usize, &Group<'_>)| (0..group.len()).map(move |node| (number, node));
    let nodes: Vec<(usize, usize)> = groups.iter().enumerate().flat_map(of_group).collect();
    let mut begin: Vec<usize> = (0..nodes.len()).collect();
    begin.sort_by_key(|&at| groups[nodes[at].0].len() > 1);
    (nodes, begin)
}

/// A `when` of a part or a group, compiled once; `when` is its text and where it is written.
pub(super) fn question<'p>(
    pack: &'p Pack,
    (text, span): &'p (String, Span),
) -> impl Fn(&Value) -> Result<bool, Finding> + use<'p> {
    let when = pack.templates.expression(text);
    move |context| {
        let value = when.as_ref().map_err(String::clone).and_then(|when| when.value(context));
        value.map(|value| value.is_true()).map_err(|why| broken(*span, &why))
    }
}

fn broken(span: Span, why: &str) -> Finding {
    Finding::new("template-error", why.to_string())
        .label(span, "in this expression")
        .help("`bastide model` prints what there is")
}
